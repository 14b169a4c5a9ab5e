//! Set-up: who gives orders, whose luck, and which desks there are.

use super::chrome::{language, notice, reading_area, reading_tray_with};
use super::root;
use crate::app::map::{Frame, MapView};
use crate::app::semantics::{Cover, Heading, Semantics};
use crate::app::table::{Act, Overlay, Setting, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, column, filling, row};
use crate::app::words::Words;
use crate::rules::Table as Command;
use crate::rules::id::SeatIx;
use crate::rules::world::Controls;
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let words = table.words();
    let window = kit.window();
    map.chosen = None;
    map.focus = None;
    map.frame = map.board.as_ref().map(|board| {
        let view = Rect::new(40.0, 70.0, window.x - 40.0, window.y - 100.0);
        Frame::fit(board, window, view)
    });
    commands.spawn(root("Set-up")).with_children(|root| {
        let top = 60.0;
        head(root, &mut kit, &words);
        let area = reading_area(&kit, top);
        let gap = if kit.compact() { 8.0 } else { 12.0 };
        root.spawn((Name::new("Reading area"), area))
            .with_children(|area| {
                let grow = Node {
                    flex_grow: 1.0,
                    ..column(0.0)
                };
                let narrow = kit.narrow();
                let part = kit.scrolled("setup", grow);
                part.fill(area, gap, |page| {
                    let sides = if narrow {
                        Node {
                            flex_shrink: 0.0,
                            ..column(gap)
                        }
                    } else {
                        Node {
                            column_gap: Val::Px(gap),
                            flex_shrink: 0.0,
                            flex_grow: 1.0,
                            ..default()
                        }
                    };
                    page.spawn((Name::new("Sides"), sides))
                        .with_children(|sides| {
                            let side = || Node {
                                flex_grow: 1.0,
                                flex_basis: if narrow { Val::Auto } else { Val::Px(0.0) },
                                min_width: Val::Px(0.0),
                                ..column(gap)
                            };
                            sides
                                .spawn((Name::new("Choices"), side()))
                                .with_children(|side| {
                                    hints(side, &mut kit, &words, &table);
                                    command(side, &mut kit, &words, &table);
                                    starts(side, &mut kit, &words, &table);
                                    luck(side, &mut kit, &words, &table);
                                    workshop(side, &mut kit, &words, &table);
                                });
                            sides
                                .spawn((Name::new("Desks"), side()))
                                .with_children(|side| desks(side, &mut kit, &words, &table));
                        });
                });
            });
        let onward = Semantics::button("start", words.say("setup.start"), Act::Start);
        let hint = if table.solo {
            "setup.hint.solo"
        } else {
            "setup.hint"
        };
        reading_tray_with(root, &mut kit, &words, &words.say(hint), onward);
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

fn head(root: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let ink = kit.palette().ink;
    let narrow = kit.narrow();
    let margin = if kit.compact() { 8.0 } else { 16.0 };
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(0.0),
        right: Val::Px(0.0),
        top: Val::Px(0.0),
        height: Val::Px(60.0),
        padding: UiRect::horizontal(Val::Px(margin)),
        border: UiRect::bottom(Val::Px(LINE)),
        ..row(12.0)
    };
    let paper = (
        BackgroundColor(kit.palette().card),
        BorderColor::all(ink),
        Cover,
    );
    root.spawn((Name::new("Head"), node, paper))
        .with_children(|head| {
            let means = Semantics::button("back", words.say("bar.back"), Act::Back);
            kit.square(head, "left", 40.0, means);
            let grow = filling(0.0);
            let role = if narrow { Role::Card } else { Role::Display };
            let title = kit.text(role, words.lang, words.title(), ink);
            head.spawn((Name::new("Title"), grow))
                .with_child((title, Heading));
            let means = Semantics::button(
                "settings",
                words.say("menu.settings"),
                Act::Show(Overlay::Settings),
            );
            if narrow {
                kit.square(head, "gear", 40.0, means);
            } else {
                kit.worded(head, words.lang, "gear", means);
            }
            language(head, kit, words);
        });
}

/// A sheet of paper with a title.
fn sheet(
    side: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    key: &str,
    fill: impl FnOnce(&mut ChildSpawnerCommands, &mut Kit),
) {
    let compact = kit.compact();
    let pad = if compact { 12.0 } else { 20.0 };
    let node = Node {
        padding: UiRect::all(Val::Px(pad)),
        flex_shrink: 0.0,
        ..column(if compact { 8.0 } else { 12.0 })
    };
    let frame = kit.card(key, node);
    let title = kit.text(Role::Panel, words.lang, words.say(key), kit.palette().ink);
    side.spawn(frame).with_children(|card| {
        card.spawn(title);
        fill(card, kit);
    });
}

/// Whether a newcomer is led, where there is something to lead through.
fn hints(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    if !table.can_be_led() {
        return;
    }
    sheet(side, kit, words, "settings.hints", |card, kit| {
        let ink = kit.palette().ink2;
        let choices = [true, false].map(|on| {
            let name = if on { "on" } else { "off" };
            let label = words.say(&format!("settings.{name}"));
            let act = Act::Set(Setting::Hints(on));
            Semantics::choice(format!("lead:{name}"), label, table.hints == on, act)
        });
        kit.choices(card, words.lang, choices);
        let about = words.say("setup.hints.about");
        card.spawn(kit.text(Role::Body, words.lang, about, ink));
    });
}

fn command(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    sheet(side, kit, words, "setup.command", |card, kit| {
        let lang = words.lang;
        let ink = kit.palette().ink2;
        let kinds = [(Command::Shared, "shared"), (Command::Desks, "desks")];
        let choices = kinds.map(|(kind, name)| {
            Semantics::choice(
                format!("command:{name}"),
                words.say(&format!("setup.command.{name}")),
                table.command == kind,
                Act::Command(kind),
            )
        });
        kit.choices(card, lang, choices);
        let chosen = kinds.iter().find(|(kind, _)| *kind == table.command);
        let name = chosen.map_or("shared", |(_, name)| name);
        let about = words.say(&format!("setup.command.{name}.about"));
        card.spawn(kit.text(Role::Body, lang, about, ink));
        freedom(card, kit, words, table);
    });
}

/// What a table with many desks can choose besides: who plays them, how freely they order, and
/// whether the laptop is handed on covered.
fn freedom(card: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let world = &table.scenario.world;
    let lang = words.lang;
    let ink = kit.palette().ink2;
    if table.command == Command::Desks && table.has_secrets() {
        let choices = [true, false].map(|on| {
            let name = if on { "covered" } else { "open" };
            let label = words.say(&format!("setup.privacy.{name}"));
            Semantics::choice(
                format!("privacy:{name}"),
                label,
                table.privacy == on,
                Act::Privacy(on),
            )
        });
        kit.choices(card, lang, choices);
    }
    // Where no desk has a standing order, there is nothing to leave to one.
    if world.seats.iter().all(|seat| seat.postures.is_empty()) {
        return;
    }
    let choices = [false, true].map(|solo| {
        let name = if solo { "solo" } else { "room" };
        let label = words.say(&format!("setup.{name}"));
        Semantics::choice(
            format!("people:{name}"),
            label,
            table.solo == solo,
            Act::Solo(solo),
        )
    });
    kit.choices(card, lang, choices);
    let about = if table.solo {
        "setup.solo.about"
    } else {
        "setup.room.about"
    };
    card.spawn(kit.text(Role::Body, lang, words.say(about), ink));
    let choices = [Controls::Open, Controls::Slots].map(|controls| {
        let label = words.say(&format!("setup.controls.{}", controls.id()));
        let on = table.controls == controls;
        let id = format!("controls:{}", controls.id());
        Semantics::choice(id, label, on, Act::Controls(controls))
    });
    kit.choices(card, lang, choices);
    let about = words.say(&format!("setup.controls.{}.about", table.controls.id()));
    card.spawn(kit.text(Role::Body, lang, about, ink));
}

/// How the game starts, where the scenario offers more than one way.
fn starts(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let starts = &table.scenario.world.starts.0;
    if starts.is_empty() {
        return;
    }
    sheet(side, kit, words, "setup.starts", |card, kit| {
        let usual = std::iter::once((None, "usual"));
        let others = starts.iter().enumerate();
        let others = others.map(|(at, start)| (Some(at), start.id.as_str()));
        let choices: Vec<Semantics> = usual
            .chain(others)
            .map(|(at, id)| {
                let (name, _) = words.start(at);
                let on = table.deployment == at;
                Semantics::choice(format!("start:{id}"), name, on, Act::Deploy(at))
            })
            .collect();
        kit.choices(card, words.lang, choices);
        let (_, about) = words.start(table.deployment);
        let ink = kit.palette().ink2;
        card.spawn(kit.text(Role::Body, words.lang, about, ink));
    });
}

/// The way to what the scenario says to whoever runs a workshop with it.
fn workshop(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    if !table.has_workshop_notes() {
        return;
    }
    sheet(side, kit, words, "workshop.title", |card, kit| {
        let ink = kit.palette().ink2;
        let about = words.say("workshop.about");
        card.spawn(kit.text(Role::Body, words.lang, about, ink));
        let act = Act::Show(Overlay::Workshop);
        let means = Semantics::button("workshop", words.say("workshop.open"), act);
        card.spawn((Name::new("Way"), row(0.0)))
            .with_children(|line| kit.worded(line, words.lang, "note", means));
    });
}

fn luck(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    sheet(side, kit, words, "setup.luck", |card, kit| {
        let lang = words.lang;
        let palette = kit.palette().clone();
        let line = || Node {
            flex_wrap: FlexWrap::Wrap,
            row_gap: Val::Px(8.0),
            ..row(8.0)
        };
        card.spawn((Name::new("Seed"), line()))
            .with_children(|line| {
                number(line, kit, words, table);
                let step = |name: &str, up: bool| Semantics {
                    enabled: table.seed != if up { u32::MAX } else { 0 },
                    ..Semantics::button(
                        format!("seed-{name}"),
                        words.say(&format!("setup.seed-{name}")),
                        Act::SeedStep(up),
                    )
                };
                kit.square(line, "minus", 40.0, step("less", false));
                kit.square(line, "plus", 40.0, step("more", true));
                let label = words.say("setup.seed-digits");
                let means =
                    Semantics::choice("seed-digits", label, table.seed_digits, Act::SeedDigits);
                kit.worded(line, lang, "edit", means);
                let means = Semantics::button("shuffle", words.say("setup.shuffle"), Act::Shuffle);
                kit.worded(line, lang, "die", means);
            });
        if table.seed_digits {
            card.spawn((Name::new("Digits"), line()))
                .with_children(|line| digits(line, kit, words));
        }
        let about = words.say("setup.luck.about");
        card.spawn(kit.text(Role::Body, lang, about, palette.ink2));
    });
}

/// The seed in groups of three, so that one room can read it out to another.
fn number(line: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let seed = table.seed.to_string();
    let label = words.say("setup.seed");
    let means = Semantics::figure("seed", label.as_str(), seed.as_str());
    let node = Node {
        // With its edge it is as high as the buttons beside it.
        height: Val::Px(kit.side(40.0)),
        padding: UiRect::horizontal(Val::Px(10.0)),
        border: UiRect::bottom(Val::Px(if table.typing_seed { 3.0 } else { LINE })),
        flex_shrink: 0.0,
        ..row(7.0)
    };
    let edge = BorderColor::all(if table.typing_seed {
        palette.focus
    } else {
        palette.line2
    });
    line.spawn((Name::new("Number"), node, edge, means))
        .with_children(|number| {
            number.spawn(kit.line(Role::Label, words.lang, label, palette.ink2));
            let first = (seed.len() - 1) % 3 + 1;
            let (head, rest) = seed.split_at(first);
            let rest = (0..rest.len()).step_by(3).map(|at| &rest[at..at + 3]);
            for group in std::iter::once(head).chain(rest) {
                number.spawn(kit.line(Role::Panel, words.lang, group, palette.ink));
            }
            if table.typing_seed {
                let caret = Node {
                    width: Val::Px(2.0),
                    height: Val::Px(22.0),
                    ..default()
                };
                number.spawn((Name::new("Caret"), caret, BackgroundColor(palette.focus)));
            }
        });
}

/// The digits, for fingers and for those who do not type.
fn digits(line: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words) {
    let ink = kit.palette().ink;
    for digit in 0..=9_u8 {
        let label = digit.to_string();
        let id = format!("seed-digit:{digit}");
        let means = Semantics::button(id, label.as_str(), Act::SeedDigit(digit));
        let side = kit.side(36.0);
        let node = Node {
            width: Val::Px(side),
            height: Val::Px(side),
            justify_content: JustifyContent::Center,
            flex_shrink: 0.0,
            ..default()
        };
        line.spawn(kit.button(means, node)).with_child(kit.line(
            Role::Strong,
            words.lang,
            label,
            ink,
        ));
    }
    let means = Semantics::button("seed-back", words.say("setup.seed-back"), Act::SeedRubOut);
    kit.worded(line, words.lang, "left", means);
}

fn desks(side: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let scenario = &table.scenario;
    if scenario.world.seats.is_empty() {
        return;
    }
    sheet(side, kit, words, "setup.desks", |card, kit| {
        let lang = words.lang;
        let palette = kit.palette().clone();
        for at in 0..scenario.world.seats.len() {
            let seat = SeatIx::from_position(at);
            let id = &scenario.world.seats[at].id;
            let line = Node {
                align_items: AlignItems::FlexStart,
                ..row(12.0)
            };
            card.spawn((Name::new("Desk"), line)).with_children(|line| {
                line.spawn(kit.icon(desk_icon(id.as_str()), 24.0, palette.ink));
                let grow = filling(2.0);
                line.spawn((Name::new("Words"), grow))
                    .with_children(|lines| {
                        lines.spawn(kit.text(Role::Strong, lang, words.seat(seat), palette.ink));
                        if let Some(brief) = scenario.names.briefs.get(at) {
                            let brief = brief.in_lang(lang);
                            lines.spawn(kit.text(Role::Body, lang, brief, palette.ink2));
                        }
                    });
            });
        }
    });
}

/// The icon of a desk.
pub(super) fn desk_icon(id: &str) -> &'static str {
    match id {
        "coordination" => "coordination",
        "intelligence" => "intelligence",
        "data" => "data",
        "street" => "street",
        "community" => "community",
        "key-sites" => "keysites",
        "sensing" => "sensing",
        "cyber" => "cyber",
        _ => "person",
    }
}
