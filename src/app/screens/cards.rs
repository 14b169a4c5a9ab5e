//! Event cards and calls: what is told, what can be answered, what two desks say.

use super::chrome::bar_height;
use super::desk::reason_signs;
use super::tray::tray_height;
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::table::{Act, Call, Table};
use crate::app::theme::{Palette, Role};
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::rules::id::{InjectIx, PrecinctIx};
use crate::rules::state::InjectState;
use crate::rules::{Cents, View};
use bevy::prelude::*;

fn state_of(view: &View, inject: InjectIx) -> InjectState {
    view.open_injects()
        .find(|(other, _)| *other == inject)
        .map(|(_, it)| it)
        .unwrap_or_default()
}

pub(super) fn veil(root: &mut ChildSpawnerCommands, palette: &Palette, top: f32, bottom: f32) {
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(0.0),
        right: Val::Px(0.0),
        top: Val::Px(top),
        bottom: Val::Px(bottom),
        ..default()
    };
    let shade = BackgroundColor(palette.veil.with_alpha(0.4));
    root.spawn((Name::new("Veil"), Cover, node, shade, ZIndex(8)));
}

/// An event card, open over the map.
pub(super) fn card(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    inject: InjectIx,
    table: &Table,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let compact = kit.compact();
    let what = &view.world().injects[inject.at()];
    // Four answers with two voices each are higher than a small window.
    let answers = what.options.len();
    let scrolls = kit.narrow() || answers > 3 || (compact && answers > 2);
    let (top, tray) = (bar_height(kit), tray_height(kit));
    veil(root, &palette, top, tray);
    let side = if kit.narrow() { 12.0 } else { 60.0 };
    let width = (kit.window().x - side).min(680.0);
    let area = Node {
        position_type: PositionType::Absolute,
        left: Val::Px((kit.window().x - width) / 2.0),
        width: Val::Px(width),
        top: Val::Px(top + 10.0),
        bottom: Val::Px(tray + 10.0),
        align_items: AlignItems::Center,
        ..default()
    };
    root.spawn((Name::new("Middle"), area, ZIndex(9)))
        .with_children(|middle| {
            let node = Node {
                flex_grow: 1.0,
                height: if scrolls {
                    Val::Percent(100.0)
                } else {
                    Val::Auto
                },
                max_height: Val::Percent(100.0),
                min_width: Val::Px(0.0),
                overflow: Overflow::clip(),
                ..column(0.0)
            };
            let sheet = kit.card("Event card", node);
            middle.spawn(sheet).with_children(|sheet| {
                let head = Node {
                    padding: UiRect::axes(Val::Px(18.0), Val::Px(10.0)),
                    border_radius: BorderRadius::top(Val::Px(8.0)),
                    ..row(10.0)
                };
                sheet
                    .spawn((Name::new("Head"), head, BackgroundColor(palette.btn)))
                    .with_children(|head| {
                        head.spawn(kit.icon("card", 20.0, palette.onbtn));
                        let whose = words.with("card.head", "desk", words.seat(what.seat));
                        head.spawn(kit.line(Role::Strong, lang, whose, palette.onbtn));
                    });
                let pad = if compact { 14.0 } else { 18.0 };
                let gap = match (compact, answers > 3) {
                    (true, _) => 5.0,
                    (false, true) => 6.0,
                    (false, false) => 10.0,
                };
                if scrolls {
                    let grow = Node {
                        flex_grow: 1.0,
                        padding: UiRect::all(Val::Px(8.0)),
                        ..column(0.0)
                    };
                    let part = kit.scrolled("card", grow);
                    part.fill(sheet, gap, |body| {
                        told(body, kit, words, view, inject, table)
                    });
                } else {
                    let inner = Node {
                        padding: UiRect::all(Val::Px(pad)),
                        ..column(gap)
                    };
                    sheet
                        .spawn((Name::new("Body"), inner))
                        .with_children(|body| told(body, kit, words, view, inject, table));
                }
            });
        });
}

/// What the card tells, its answers, and what silence means.
fn told(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    inject: InjectIx,
    table: &Table,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let state = state_of(view, inject);
    let what = &view.world().injects[inject.at()];
    let title = words.inject_title(inject, state.place);
    // Four answers leave less room for what is told.
    let small = kit.compact() || what.options.len() > 3;
    let role = if small { Role::Panel } else { Role::Heading };
    body.spawn((kit.text(role, lang, title, palette.ink), Heading));
    let text = words.inject_body(inject, state.place);
    let role = if small { Role::Body } else { Role::Event };
    body.spawn(kit.text(role, lang, text, palette.ink));
    body.spawn((Name::new("Why"), filling(0.0)))
        .with_children(|part| {
            reason_signs(
                part,
                kit,
                words,
                "card-reason",
                table.desk.reason,
                palette.ink2,
            )
        });
    for (at, option) in what.options.iter().enumerate() {
        // An icon for each part of the price, in the order in which the words come.
        let icons = [
            ("coin", option.cost.0 != 0),
            ("volunteer", option.goodwill.0 != 0),
            ("analyst", option.analysts != 0),
        ];
        let icons = icons.into_iter().filter(|(_, asked)| *asked);
        let price = icons.map(|(icon, _)| icon);
        let price = price.zip(words.option_price(inject, at as u16)).collect();
        // What was chosen before is given back when something else is chosen.
        let held = state
            .answer
            .map_or(Cents(0), |chosen| what.options[usize::from(chosen)].cost);
        let lacks = option.cost - held - view.free_funds();
        let lacks = (lacks > Cents(0)).then(|| words.funds(lacks));
        answer(
            body,
            kit,
            words,
            inject,
            at,
            option.id.as_str(),
            (price, lacks),
            state,
        );
    }
    let foot = Node {
        flex_shrink: 0.0,
        margin: UiRect::horizontal(Val::Px(3.0)),
        ..row(8.0)
    };
    body.spawn((Name::new("Foot"), foot)).with_children(|foot| {
        let silence = words.option_label(inject, table.unanswered(inject), state.place);
        let silence = words.with("card.silence", "answer", &silence);
        foot.spawn((Name::new("Silence"), filling(0.0)))
            .with_child(kit.text(Role::Label, lang, silence, palette.ink2));
        let node = Node {
            height: Val::Px(kit.side(40.0)),
            padding: UiRect::horizontal(Val::Px(14.0)),
            column_gap: Val::Px(8.0),
            flex_shrink: 0.0,
            ..default()
        };
        let means = Semantics::button(
            "card-close",
            words.say(if state.answer.is_some() {
                "menu.close"
            } else {
                "card.later"
            }),
            Act::PutBack,
        );
        let label = means.label.clone();
        foot.spawn(kit.button(means, node)).with_children(|button| {
            button.spawn(kit.line(Role::Button, lang, label, palette.ink));
            kit.caps(button, lang, "back", palette.ink2);
        });
    });
}

fn answer(
    body: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    inject: InjectIx,
    at: usize,
    id: &str,
    (price, lacks): (Vec<(&'static str, String)>, Option<String>),
    state: InjectState,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let option = at as u16;
    let chosen = state.answer == Some(option);
    let node = Node {
        padding: UiRect::axes(
            Val::Px(12.0),
            Val::Px(if kit.compact() { 5.0 } else { 8.0 }),
        ),
        column_gap: Val::Px(12.0),
        min_height: Val::Px(44.0),
        flex_shrink: 0.0,
        margin: UiRect::horizontal(Val::Px(3.0)),
        ..default()
    };
    let label = words.option_label(inject, option, state.place);
    let act = Act::Answer(inject, option);
    let lacks = lacks.map(|sum| words.with("card.lacks", "sum", &sum));
    let spoken = price.iter().map(|(_, part)| part.as_str());
    let spoken: Vec<&str> = spoken.chain(lacks.as_deref()).collect();
    let means = Semantics {
        enabled: lacks.is_none(),
        ..Semantics::choice(format!("answer:{id}"), label.as_str(), chosen, act)
    }
    .with_value(spoken.join(&words.say("list.comma")));
    body.spawn(kit.button(means, node)).with_children(|button| {
        letter(button, kit, words, at);
        let grow = Node {
            flex_grow: 1.0,
            flex_shrink: 1.0,
            min_width: Val::Px(0.0),
            ..column(3.0)
        };
        button
            .spawn((Name::new("Words"), grow))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Strong, lang, label, palette.ink));
                if let Some(lacks) = lacks {
                    lines.spawn(kit.text(Role::Label, lang, lacks, palette.neg));
                }
                voices(lines, kit, words, inject, option, state.place);
            });
        if !price.is_empty() {
            let node = Node {
                flex_shrink: 0.0,
                ..column(2.0)
            };
            button
                .spawn((Name::new("Price"), node))
                .with_children(|parts| {
                    for (icon, part) in price {
                        parts
                            .spawn((Name::new("Part"), row(5.0)))
                            .with_children(|line| {
                                line.spawn(kit.icon(icon, 18.0, palette.ink));
                                line.spawn(kit.line(Role::Plate, lang, part, palette.ink));
                            });
                    }
                });
        }
        if chosen {
            button.spawn(kit.icon("tick", 22.0, palette.pos));
        }
    });
}

fn letter(button: &mut ChildSpawnerCommands, kit: &Kit, words: &Words, at: usize) {
    let palette = kit.palette();
    let node = Node {
        width: Val::Px(32.0),
        height: Val::Px(32.0),
        border: UiRect::all(Val::Px(LINE)),
        border_radius: BorderRadius::all(Val::Px(16.0)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    let name = char::from(b'A' + at.min(25) as u8).to_string();
    button
        .spawn((Name::new("Letter"), node, BorderColor::all(palette.ink)))
        .with_child(kit.line(Role::Strong, words.lang, name, palette.ink));
}

fn voices(
    lines: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    inject: InjectIx,
    option: u16,
    place: Option<PrecinctIx>,
) {
    let palette = kit.palette().clone();
    for (seat, said) in words.option_voices(inject, option, place) {
        let text = words.get("card.voice", &[("desk", words.seat(seat)), ("said", &said)]);
        lines.spawn(kit.text(Role::Label, words.lang, text, palette.ink2));
    }
}

/// A call: the board stops, and the seconds run.
pub(super) fn call(
    root: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    call: Call,
    table: &Table,
) {
    let palette = kit.palette().clone();
    let inject = call.inject;
    veil(root, &palette, 0.0, 0.0);
    let narrow = kit.narrow();
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(0.0),
        right: Val::Px(0.0),
        bottom: Val::Px(0.0),
        top: if narrow { Val::Px(0.0) } else { Val::Auto },
        border: UiRect::top(Val::Px(2.0)),
        padding: UiRect::all(Val::Px(if narrow { 8.0 } else { 20.0 })),
        align_items: if narrow {
            AlignItems::Stretch
        } else {
            AlignItems::Center
        },
        column_gap: Val::Px(if narrow { 10.0 } else { 24.0 }),
        ..default()
    };
    let wood = (
        BackgroundColor(palette.walnut),
        BorderColor::all(palette.ink),
        ZIndex(10),
    );
    root.spawn((Name::new("Call"), Cover, node, wood))
        .with_children(|tray| {
            dial(tray, kit, words, (call.left, call.seconds));
            let grow = filling(10.0);
            if narrow {
                let part = kit.scrolled("call", grow);
                part.fill(tray, 10.0, |side| {
                    asked(side, kit, words, view, inject, table)
                });
            } else {
                tray.spawn((Name::new("Call and answers"), grow))
                    .with_children(|side| asked(side, kit, words, view, inject, table));
            }
        });
}

/// What the call asks, and its answers.
fn asked(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    view: &View,
    inject: InjectIx,
    table: &Table,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let narrow = kit.narrow();
    let state = state_of(view, inject);
    let what = &view.world().injects[inject.at()];
    let title = words.inject_title(inject, state.place);
    let role = if narrow { Role::Panel } else { Role::Title };
    side.spawn((kit.text(role, lang, title, palette.onwalnut), Heading));
    let text = words.inject_body(inject, state.place);
    side.spawn(kit.text(Role::Event, lang, text, palette.onwalnut));
    let rows = Node {
        column_gap: Val::Px(12.0),
        row_gap: Val::Px(8.0),
        align_items: AlignItems::Stretch,
        flex_shrink: 0.0,
        flex_direction: if narrow {
            FlexDirection::Column
        } else {
            FlexDirection::Row
        },
        ..default()
    };
    side.spawn((Name::new("Answers"), rows))
        .with_children(|answers| {
            for (at, option) in what.options.iter().enumerate() {
                call_answer(answers, kit, words, inject, at, option.id.as_str(), state);
            }
        });
    reason_signs(
        side,
        kit,
        words,
        "call-reason",
        table.desk.reason,
        palette.onwalnut2,
    );
    let silence = words.option_label(inject, table.unanswered(inject), state.place);
    let foot = Node {
        flex_shrink: 0.0,
        ..row(10.0)
    };
    side.spawn((Name::new("Foot"), foot)).with_children(|foot| {
        let text = words.with("call.silence", "answer", &silence);
        let grow = filling(0.0);
        foot.spawn((Name::new("Silence"), grow))
            .with_child(kit.text(Role::Body, lang, text, palette.onwalnut2));
        let means = Semantics::button("let-pass", words.say("call.pass"), Act::LetPass(inject));
        kit.worded(foot, lang, "", means);
    });
}

/// The seconds that are left, of how many there were.
pub(super) fn dial(
    tray: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    (left, seconds): (f32, u16),
) {
    let palette = kit.palette().clone();
    let left = left.ceil().max(0.0);
    let side = if kit.compact() { 92.0 } else { 132.0 };
    let node = Node {
        width: Val::Px(side),
        height: Val::Px(side),
        border: UiRect::all(Val::Px(3.0)),
        border_radius: BorderRadius::all(Val::Px(side / 2.0)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..column(0.0)
    };
    let share = left / f32::from(seconds.max(1));
    tray.spawn((
        Name::new("Dial"),
        node,
        BackgroundColor(palette.card),
        BorderColor::all(palette.ink),
    ))
    .with_children(|dial| {
        let inner = side - 6.0;
        let picture = kit.picture(inner, inner, |canvas, scale| {
            let (middle, radius) = (inner / 2.0, inner / 2.0 - 11.0);
            super::why::arc(
                canvas,
                scale,
                middle,
                radius,
                share,
                palette.gold,
                palette.line,
            );
        });
        dial.spawn((
            Name::new("Seconds left"),
            Node {
                position_type: PositionType::Absolute,
                ..default()
            },
        ))
        .with_child(picture);
        dial.spawn(kit.line(Role::Display, words.lang, format!("{left:.0}"), palette.ink));
        dial.spawn(kit.line(
            Role::Label,
            words.lang,
            words.say("call.seconds"),
            palette.ink2,
        ));
    });
}

/// The number key that takes what stands beside it.
pub(super) fn number(
    button: &mut ChildSpawnerCommands,
    kit: &Kit,
    words: &Words,
    at: usize,
    (side, role): (f32, Role),
) {
    let palette = kit.palette();
    let cap = Node {
        width: Val::Px(side),
        height: Val::Px(side),
        border_radius: BorderRadius::all(Val::Px(6.0)),
        align_items: AlignItems::Center,
        justify_content: JustifyContent::Center,
        flex_shrink: 0.0,
        ..default()
    };
    let digit = kit.line(role, words.lang, (at + 1).to_string(), palette.card);
    button
        .spawn((Name::new("Number"), cap, BackgroundColor(palette.ink)))
        .with_child(digit);
}

fn call_answer(
    answers: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    inject: InjectIx,
    at: usize,
    id: &str,
    state: InjectState,
) {
    let palette = kit.palette().clone();
    let option = at as u16;
    let node = Node {
        flex_grow: 1.0,
        flex_basis: if kit.narrow() {
            Val::Auto
        } else {
            Val::Px(0.0)
        },
        min_width: Val::Px(0.0),
        padding: UiRect::all(Val::Px(12.0)),
        column_gap: Val::Px(12.0),
        flex_shrink: if kit.narrow() { 0.0 } else { 1.0 },
        ..default()
    };
    let label = words.option_label(inject, option, state.place);
    let act = Act::Answer(inject, option);
    let means = Semantics::button(format!("answer:{id}"), label.as_str(), act);
    answers
        .spawn(kit.button(means, node))
        .with_children(|button| {
            number(button, kit, words, at, (34.0, Role::Panel));
            let grow = Node {
                flex_grow: 1.0,
                flex_shrink: 1.0,
                min_width: Val::Px(0.0),
                ..column(3.0)
            };
            button
                .spawn((Name::new("Words"), grow))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Strong, words.lang, label, palette.ink));
                    voices(lines, kit, words, inject, option, state.place);
                });
        });
}
