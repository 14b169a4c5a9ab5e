//! The history of a game: every order by turn, a look at any moment, and the ways back to it.

use super::desk::reason_icon;
use super::model::stack;
use super::root;
use crate::app::semantics::{Cover, Semantics};
use crate::app::table::{Act, Step, Table, Way, is_order};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, LINE, filling, row};
use crate::app::words::{Words, capital};
use crate::session::Act as Given;
use bevy::prelude::*;

pub(super) fn page(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let about = words.say("history.about");
    page.spawn((Name::new("About"), stack(0.0)))
        .with_child(kit.text(Role::Body, lang, about, palette.ink2));
    let now = table.turn_now();
    scrubber(page, kit, words, table, now);
    let given = table.given();
    let last = given
        .last()
        .map_or(1, |act| act.turn)
        .max(now.min(last_turn(words)));
    let open = given.iter().rev().take_while(|act| !act.ends_turn());
    let start = table.opened(now);
    if let Some(n) = start.filter(|_| open.clone().any(|act| is_order(&act.action))) {
        let line = Node {
            flex_shrink: 0.0,
            padding: UiRect::all(Val::Px(4.0)),
            ..row(8.0)
        };
        page.spawn((Name::new("Restart"), line))
            .with_children(|line| {
                let act = Act::GoTo(Step { n, way: Way::Undo });
                let label = words.say("history.restart");
                kit.worded(
                    line,
                    lang,
                    "undo",
                    Semantics::button("history:restart", label, act),
                );
            });
    }
    for turn in (1..=last).rev() {
        let orders: Vec<&Given> = given
            .iter()
            .filter(|act| act.turn == turn && is_order(&act.action))
            .copied()
            .collect();
        page.spawn(kit.rule());
        page.spawn((Name::new("Turn"), stack(0.0)))
            .with_child(kit.text(Role::Strong, lang, words.turn(turn), palette.ink));
        if let Some(start) = start_taken(words, table).filter(|_| turn == 1) {
            page.spawn((Name::new("Start"), stack(0.0)))
                .with_child(kit.text(Role::Body, lang, start, palette.ink));
        }
        if orders.is_empty() {
            let none = words.say("history.none");
            page.spawn((Name::new("None"), stack(0.0)))
                .with_child(kit.text(Role::Label, lang, none, palette.ink2));
        }
        for act in orders.iter().rev() {
            order(page, kit, words, table, act);
        }
    }
    lines(page, kit, words, table);
}

/// The start that the set-up took, in words, where there is more than one.
pub(super) fn start_taken(words: &Words, table: &Table) -> Option<String> {
    if table.scenario.world.starts.0.is_empty() {
        return None;
    }
    let (name, _) = words.start(table.start_taken());
    Some(words.with("history.start", "name", &name))
}

/// A turn in the middle of a sentence.
fn short(words: &Words, turn: u16) -> String {
    words.turn_name(turn.min(last_turn(words)))
}

fn last_turn(words: &Words) -> u16 {
    words.scenario().world.turns
}

/// One step a turn; the one that is looked at is chosen.
fn scrubber(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    now: u16,
) {
    let looked = table.review().map(|review| table.turn_after(review.n));
    let last = last_turn(words);
    let mut steps: Vec<Semantics> = (1..=now.min(last))
        .filter_map(|turn| {
            let n = table.opened(turn)?;
            Some(Semantics::choice(
                format!("history:turn:{turn}"),
                capital(&short(words, turn)),
                looked == Some(turn),
                Act::Review(n),
            ))
        })
        .collect();
    let label = words.say("history.now");
    steps.push(Semantics::choice(
        "history:now",
        label,
        looked.is_none(),
        Act::Present,
    ));
    let ink = kit.palette().ink;
    let name = words.say(&format!("history.turns.{}", words.turn_unit()));
    page.spawn((Name::new("Timeline"), stack(6.0)))
        .with_children(|part| {
            part.spawn(kit.text(Role::Strong, words.lang, name, ink));
            kit.choices(part, words.lang, steps);
        });
}

/// An order: who gave it, and a look at the moment after it.
pub(super) fn order(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    act: &Given,
) {
    let palette = kit.palette().clone();
    let lang = words.lang;
    let world = &table.scenario.world;
    let desk = world.seat(&act.seat);
    let desk = desk.map_or_else(
        || words.say("history.table"),
        |seat| words.seat(seat).to_owned(),
    );
    let reason = table.reason_at(act.n);
    let by: Vec<String> = std::iter::once(desk)
        .chain(reason.map(|reason| words.reason(reason)))
        .collect();
    let by = by.join(&words.say("list.then"));
    let what = words.act_label(&act.action);
    let on = table.review().is_some_and(|review| review.n == act.n);
    let means = Semantics::choice(
        format!("moment:{}", act.n),
        what.as_str(),
        on,
        Act::Review(act.n),
    )
    .with_value(by.as_str());
    let node = Node {
        min_height: Val::Px(kit.side(38.0)),
        padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
        column_gap: Val::Px(10.0),
        flex_shrink: 0.0,
        ..Node::default()
    };
    let mut button = page.spawn(kit.button(means, node));
    button.insert(BorderColor::all(palette.line));
    button.with_children(|line| {
        line.spawn(kit.icon("eye", 18.0, palette.ink2));
        line.spawn((Name::new("Words"), filling(0.0)))
            .with_children(|lines| {
                lines.spawn(kit.text(Role::Body, lang, what, palette.ink));
                lines.spawn(kit.text(Role::Label, lang, by, palette.ink2));
            });
        if let Some(reason) = reason {
            line.spawn(kit.icon(reason_icon(reason), 18.0, palette.ink2));
        }
    });
}

/// Lines of play that were left.
fn lines(page: &mut ChildSpawnerCommands, kit: &mut Kit, words: &Words, table: &Table) {
    let lines = table.lines();
    if lines.is_empty() {
        return;
    }
    let palette = kit.palette().clone();
    page.spawn(kit.rule());
    page.spawn((Name::new("Lines"), stack(2.0)))
        .with_children(|part| {
            let title = words.say("history.lines");
            part.spawn(kit.text(Role::Strong, words.lang, title, palette.ink));
            let about = words.say("history.lines.about");
            part.spawn(kit.text(Role::Label, words.lang, about, palette.ink2));
        });
    for line in lines {
        let text = words.get(
            "history.line",
            &[
                ("parts", &short(words, line.parts)),
                ("turn", &short(words, line.turn)),
                ("orders", &line.orders.to_string()),
            ],
        );
        let act = Act::GoTo(Step {
            n: line.n,
            way: Way::Line,
        });
        let means = Semantics::button(format!("line:{}", line.n), text.as_str(), act);
        let node = Node {
            min_height: Val::Px(kit.side(38.0)),
            padding: UiRect::axes(Val::Px(10.0), Val::Px(4.0)),
            column_gap: Val::Px(10.0),
            flex_shrink: 0.0,
            ..Node::default()
        };
        page.spawn(kit.button(means, node)).with_children(|button| {
            button.spawn(kit.icon("link", 18.0, palette.ink2));
            let text = kit.text(Role::Body, words.lang, text, palette.ink);
            button
                .spawn((Name::new("Words"), filling(0.0)))
                .with_child(text);
        });
    }
}

/// What is asked before a step back: what goes, what is kept, and who must agree.
pub(super) fn consent(
    page: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
) {
    let Some(step) = table.step else {
        return;
    };
    let palette = kit.palette().clone();
    let lang = words.lang;
    let gone = table.given().into_iter().filter(|act| act.n > step.n);
    let gone = gone.filter(|act| is_order(&act.action)).count().to_string();
    let key = match step.way {
        Way::Undo => "consent.undo",
        Way::Fork => "consent.fork",
        Way::Line => "consent.line",
    };
    let turn = short(words, table.turn_after(step.n));
    let text = words.get(key, &[("turn", &turn), ("orders", &gone)]);
    let means = Semantics::alert("consent", text.as_str(), words.say("consent.kept"));
    page.spawn((Name::new("Asked"), stack(8.0), means))
        .with_children(|part| {
            part.spawn(kit.text(Role::Body, lang, text, palette.ink));
            let kept = words.say("consent.kept");
            part.spawn(kit.text(Role::Body, lang, kept, palette.ink));
            let ask = words.say(if table.solo {
                "consent.ask.solo"
            } else {
                "consent.ask"
            });
            part.spawn(kit.text(Role::Strong, lang, ask, palette.ink));
        });
    let node = Node {
        flex_shrink: 0.0,
        flex_wrap: FlexWrap::Wrap,
        row_gap: Val::Px(8.0),
        padding: UiRect::all(Val::Px(4.0)),
        ..row(8.0)
    };
    page.spawn((Name::new("Answers"), node))
        .with_children(|line| {
            let yes = Semantics::button("consent:yes", words.say("consent.yes"), Act::Agree);
            kit.worded(line, lang, "tick", yes);
            let no = Semantics::button("consent:no", words.say("consent.no"), Act::Close);
            kit.worded(line, lang, "", no);
        });
}

/// Over the map while an earlier moment is looked at: which, and the ways from there.
pub(super) fn banner(mut commands: Commands, mut kit: Kit, table: Res<Table>) {
    let Some(review) = table.review().filter(|_| table.overlay.is_none()) else {
        return;
    };
    let words = table.words();
    let palette = kit.palette().clone();
    let lang = words.lang;
    let turn = short(&words, table.turn_after(review.n));
    let act = table.act_of(review.n).filter(|act| is_order(&act.action));
    let after = match act {
        Some(act) => words.with("review.after", "order", &words.act(&act.action)),
        None => words.say("review.open"),
    };
    let title = words.with("review.title", "turn", &turn);
    // In the place of the tray, from which nothing can be taken then; where little fits beside each
    // other, over the map.
    let narrow = kit.narrow();
    let width = f32::min(if narrow { 720.0 } else { 1240.0 }, kit.window().x - 16.0);
    let (above, below) = if narrow {
        (Val::Px(super::chrome::bar_height(&kit) + 8.0), Val::Auto)
    } else {
        (Val::Auto, Val::Px(10.0))
    };
    commands
        .spawn((root("A look back"), ZIndex(30)))
        .with_children(|root| {
            let node = Node {
                position_type: PositionType::Absolute,
                left: Val::Px((kit.window().x - width) / 2.0),
                top: above,
                bottom: below,
                width: Val::Px(width),
                padding: UiRect::all(Val::Px(10.0)),
                border: UiRect::all(Val::Px(2.0)),
                ..stack(8.0)
            };
            let node = if narrow {
                node
            } else {
                Node {
                    flex_direction: FlexDirection::Row,
                    align_items: AlignItems::Center,
                    column_gap: Val::Px(12.0),
                    ..node
                }
            };
            let mut card = root.spawn(kit.card("Review", node));
            card.insert((BackgroundColor(palette.gold2), Cover));
            card.with_children(|card| {
                let means = Semantics::alert("review", title.as_str(), after.as_str());
                let head = Node {
                    align_items: AlignItems::FlexStart,
                    flex_grow: 1.0,
                    flex_basis: if narrow { Val::Auto } else { Val::Px(0.0) },
                    min_width: Val::Px(0.0),
                    ..row(10.0)
                };
                card.spawn((Name::new("Which"), head, means))
                    .with_children(|line| {
                        line.spawn(kit.icon("eye", 24.0, palette.ink));
                        line.spawn((Name::new("Words"), filling(1.0)))
                            .with_children(|lines| {
                                lines.spawn(kit.text(Role::Strong, lang, title, palette.ink));
                                lines.spawn(kit.text(Role::Label, lang, after, palette.ink));
                            });
                    });
                let node = Node {
                    flex_wrap: FlexWrap::Wrap,
                    row_gap: Val::Px(8.0),
                    padding: UiRect::all(Val::Px(LINE)),
                    ..row(8.0)
                };
                card.spawn((Name::new("Ways"), node)).with_children(|line| {
                    let now = words.say("review.now");
                    let now = Semantics::button("review:now", now, Act::Present);
                    kit.worded(line, lang, "play", now);
                    let given = table.given();
                    let at = given.iter().position(|act| act.n == review.n);
                    let near = |by: isize| at.and_then(|at| given.get(at.checked_add_signed(by)?));
                    let steps = [("before", "left", -1), ("after-one", "right", 1)];
                    for (name, icon, by) in steps {
                        if let Some(act) = near(by) {
                            let label = words.say(&format!("review.{name}"));
                            let id = format!("review:{name}");
                            let means = Semantics::button(id, label, Act::Review(act.n));
                            kit.square(line, icon, 40.0, means);
                        }
                    }
                    let ways = [("undo", "undo", Way::Undo), ("fork", "link", Way::Fork)];
                    let same = table.turn_after(review.n) == table.turn_now();
                    for (name, icon, way) in ways {
                        if way == Way::Fork && same {
                            continue;
                        }
                        let label = words.say(&format!("review.{name}"));
                        let act = Act::GoTo(Step { n: review.n, way });
                        let means = Semantics::button(format!("review:{name}"), label, act);
                        kit.worded(line, lang, icon, means);
                    }
                });
            });
        });
}
