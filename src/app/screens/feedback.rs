//! What happened: one headline, three figures with their usual wobble, what followed, and why.

use super::chrome::{Offers, bar_height, notice, reading_area, reading_tray_with, top_bar};
use super::figures::{figure_card, figures, recorded_of};
use super::{afterwards, beside, guide, root, why};
use crate::app::map::MapView;
use crate::app::semantics::{Heading, Semantics};
use crate::app::table::{Act, Guess, Screen, Table};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, column, filling, row};
use crate::app::words::{Words, whole};
use crate::rules::id::FamilyIx;
use crate::rules::state::OpenPage;
use crate::rules::{Action, Index, View};
use bevy::prelude::*;

pub(super) fn draw(
    mut commands: Commands,
    mut kit: Kit,
    table: Res<Table>,
    mut map: ResMut<MapView>,
) {
    let Some(view) = table.view() else {
        return;
    };
    map.frame = None;
    map.layer = None;
    (map.chosen, map.focus) = (None, None);
    let words = table.words();
    if table.on_map {
        let shown = afterwards::lay(&kit, &words, &table, &view, &mut map);
        let map = &*map;
        commands
            .spawn(root("What happened, on the map"))
            .with_children(|root| {
                let shown = shown.as_ref();
                afterwards::page(root, &mut kit, &words, &table, &view, map, shown);
            });
        return;
    }
    let (compact, narrow) = (kit.compact(), kit.narrow());
    let pages = view.pages();
    let turn = pages.last().map_or(1, |page| page.turn);
    commands.spawn(root("What happened")).with_children(|root| {
        let offers = Offers { turn, ..default() };
        top_bar(root, &mut kit, &words, &table, offers);
        let gap = if compact { 8.0 } else { 10.0 };
        let area = reading_area(&kit, bar_height(&kit));
        root.spawn((Name::new("Reading area"), area))
            .with_children(|area| {
                let left = Node {
                    width: if narrow {
                        Val::Auto
                    } else {
                        Val::Percent(43.0)
                    },
                    flex_grow: if narrow { 1.0 } else { 0.0 },
                    // Alone it is as wide as the window, however many families stand in a row.
                    flex_shrink: if narrow { 1.0 } else { 0.0 },
                    ..column(0.0)
                };
                let part = kit.scrolled("figures", left);
                let slip = guide::Slip::of(&kit, &words, &table, Screen::Feedback, false);
                part.fill(area, gap, |left| {
                    if let Some(slip) = slip.as_ref().filter(|_| narrow) {
                        slip.lay(left, &mut kit, &words, guide::Tip::None, default(), false);
                    }
                    headline(left, &mut kit, &words, &table, pages);
                    for figure in figures(&words, &table, &view) {
                        figure_card(left, &mut kit, &words, figure);
                    }
                    beside::card(left, &mut kit, &words, &table, &view);
                    question(left, &mut kit, &words, &table, pages);
                    followed(left, &mut kit, &words, &table, &view);
                    if narrow {
                        why::panel(left, &mut kit, &words, &table, &view);
                    }
                });
                if narrow {
                    return;
                }
                let side = Node {
                    flex_grow: 1.0,
                    flex_basis: Val::Px(0.0),
                    min_width: Val::Px(0.0),
                    ..column(if compact { 10.0 } else { 14.0 })
                };
                area.spawn((Name::new("Side"), side)).with_children(|side| {
                    if let Some(slip) = &slip {
                        let tip = guide::Tip::Down;
                        slip.lay(side, &mut kit, &words, tip, default(), false);
                    }
                    // As high as is left, whatever is in it.
                    let rest = Node {
                        flex_grow: 1.0,
                        flex_basis: Val::Px(0.0),
                        min_height: Val::Px(0.0),
                        ..default()
                    };
                    side.spawn((Name::new("Rest"), rest))
                        .with_children(|rest| why::panel(rest, &mut kit, &words, &table, &view));
                });
            });
        let sentence = words.say("feedback.records");
        reading_tray_with(root, &mut kit, &words, &sentence, onward(&words, &view));
        if let Some(text) = &table.notice {
            notice(root, &mut kit, &words, text);
        }
    });
}

/// The way to the next turn, or to the debrief.
pub(super) fn onward(words: &Words, view: &View) -> Semantics {
    let next = if view.over() {
        "feedback.debrief"
    } else {
        "feedback.next"
    };
    Semantics::button("onward", words.say(next), Act::Onward)
}

/// What the paper writes about: the family that the exercise is about, whichever is being explained;
/// where that is as before, the one that left its usual wobble the furthest.
fn newsworthy(table: &Table, pages: &[OpenPage]) -> FamilyIx {
    let watched = table.watched();
    let swing = |family: FamilyIx| match recorded_of(table, pages, family).as_slice() {
        [.., before, now] => table.swings(*before, *now),
        _ => 0.0,
    };
    if pages.len() < 2 || swing(watched) > 1.0 {
        return watched;
    }
    let families = (0..table.scenario.world.families.len()).map(FamilyIx::from_position);
    let furthest = families.max_by(|a, b| swing(*a).total_cmp(&swing(*b)));
    furthest.filter(|it| swing(*it) > 1.0).unwrap_or(watched)
}

fn headline(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    pages: &[OpenPage],
) {
    let palette = kit.palette().clone();
    let about = newsworthy(table, pages);
    let counts = recorded_of(table, pages, about);
    let family = words.family_label(about);
    let text = match counts.as_slice() {
        [.., before, now] => {
            // A paper that cries at every wobble teaches a room to chase it.
            let key = if table.swings(*before, *now) <= 1.0 {
                "feedback.headline.same"
            } else if now < before {
                "feedback.headline.fewer"
            } else {
                "feedback.headline.more"
            };
            words.with(key, "family", &family)
        }
        [now] => words.get(
            "feedback.headline.first",
            &[("family", &family), ("count", &whole(*now))],
        ),
        [] => String::new(),
    };
    let compact = kit.compact();
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(Val::Px(16.0), Val::Px(if compact { 8.0 } else { 14.0 })),
        ..column(if compact { 2.0 } else { 6.0 })
    };
    left.spawn(kit.card("Headline", node))
        .with_children(|card| {
            card.spawn((Name::new("Paper"), row(8.0)))
                .with_children(|line| {
                    line.spawn(kit.icon("news", 20.0, palette.ink2));
                    let paper = words.say("feedback.paper");
                    line.spawn((Name::new("Paper's name"), filling(0.0)))
                        .with_child(kit.line(Role::Label, words.lang, paper, palette.ink2));
                    let means =
                        Semantics::button("on-map", words.say("feedback.on-map"), Act::OnMap(true));
                    kit.worded(line, words.lang, "layers", means);
                });
            let role = if compact { Role::Panel } else { Role::Heading };
            card.spawn((kit.text(role, words.lang, text, palette.ink), Heading));
        });
}

/// How many questions there are about each thing that a record can do.
const QUESTIONS: usize = 3;

/// One question to the room, by what the record did. It has no answer on the page.
fn question(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    pages: &[OpenPage],
) {
    let palette = kit.palette().clone();
    let counts = recorded_of(table, pages, table.watched());
    let safe = |page: &OpenPage| page.indices[Index::SenseOfSafety as usize].0;
    let about = match (counts.as_slice(), pages) {
        ([.., before, now], [.., last, page]) => {
            // As with the record, less than the survey's error is no change.
            let worse = (safe(last) - safe(page)) as f64 / 1e6 > table.survey_error();
            if table.swings(*before, *now) <= 1.0 {
                "chance"
            } else if now < before && worse {
                "apart"
            } else if now < before {
                "fewer"
            } else {
                "more"
            }
        }
        _ => "first",
    };
    // The same question month after month is no question any more.
    let text = match about {
        "first" | "apart" => words.say(&format!("question.{about}")),
        _ => words.say(&format!("question.{about}.{}", pages.len() % QUESTIONS)),
    };
    let title = words.say(if table.solo {
        "question.title.solo"
    } else {
        "question.title"
    });
    let means = Semantics::figure("question", title.as_str(), text.as_str());
    let pad = if kit.compact() { 5.0 } else { 10.0 };
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(Val::Px(14.0), Val::Px(pad)),
        align_items: AlignItems::FlexStart,
        column_gap: Val::Px(8.0),
        ..default()
    };
    left.spawn((kit.card("Question", node), means))
        .with_children(|card| {
            card.spawn(kit.icon("question", 20.0, palette.ink2));
            card.spawn((Name::new("Words"), filling(0.0)))
                .with_children(|lines| {
                    lines.spawn(kit.text(Role::Label, words.lang, title, palette.ink2));
                    lines.spawn(kit.text(Role::Body, words.lang, text, palette.ink));
                });
        });
}

/// A guess in the counts that make it come true: without them nobody could see why it did not.
fn guessed(words: &Words, guess: &Guess) -> String {
    let (low, high) = (guess.low.to_string(), guess.high.to_string());
    if guess.low <= 0 {
        words.with("guess.fewer", "count", &(guess.high + 1).to_string())
    } else if guess.high >= i64::from(u32::MAX) {
        words.with("guess.more", "count", &(guess.low - 1).to_string())
    } else {
        words.get("guess.same", &[("low", &low), ("high", &high)])
    }
}

/// So many of what happened in the domains of risk are told, the gravest first.
const MOST_EVENTS: usize = 4;

/// What the cards of the turn led to, and what people said at their doors.
fn followed(
    left: &mut ChildSpawnerCommands,
    kit: &mut Kit,
    words: &Words,
    table: &Table,
    view: &View,
) {
    let lang = words.lang;
    let turn = view.pages().last().map_or(0, |page| page.turn);
    // An icon, the card a line comes from, and the line.
    let mut lines: Vec<(&str, Option<String>, String)> = Vec::new();
    let mut events = view
        .pages()
        .last()
        .map_or(Vec::new(), |page| page.events.clone());
    events.sort_by(|a, b| b.harm.total_cmp(&a.harm));
    for event in events.iter().take(MOST_EVENTS) {
        let harm = whole((event.harm * 100.0).max(1.0));
        let place = words.precinct(event.place);
        let title = words.get(
            "emergency.title.short",
            &[("domain", &words.domain(event.domain)), ("place", place)],
        );
        lines.push((
            "warn",
            Some(title),
            words.with("followed.event", "harm", &harm),
        ));
    }
    for (inject, state) in view.settled_injects() {
        if state.fired != Some(turn) {
            continue;
        }
        let option = state
            .answer
            .unwrap_or(view.world().injects[inject.at()].silence);
        let after = words.option_after(inject, option, state.place);
        let label = words.option_label(inject, option, state.place);
        let title = words.inject_title(inject, state.place);
        let text = if after.is_empty() { label } else { after };
        let text = match state.answer {
            Some(_) => text,
            None => words.with("followed.silence", "after", &text),
        };
        lines.push(("card", Some(title), text));
    }
    let family = table.family;
    for survey in view.surveys().iter().filter(|survey| survey.turn == turn) {
        let now = survey
            .now
            .get(family.at())
            .copied()
            .unwrap_or(0)
            .to_string();
        let place = words.precinct(survey.precinct);
        let slots = |before: &str| {
            let slots = [
                ("place", place),
                ("family", words.family(family)),
                ("now", &now),
                ("before", before),
            ];
            let key = if before.is_empty() {
                "followed.survey-first"
            } else {
                "followed.survey"
            };
            words.get(key, &slots)
        };
        let before = survey
            .before
            .get(family.at())
            .map(u32::to_string)
            .unwrap_or_default();
        lines.push(("home", None, slots(&before)));
    }
    for guess in table.guesses().iter().filter(|guess| guess.turn == turn) {
        let (Some(recorded), Some(right)) = (guess.recorded, guess.right()) else {
            continue;
        };
        let key = if right {
            "followed.guess-right"
        } else {
            "followed.guess-wrong"
        };
        let text = words.get(
            key,
            &[
                ("place", words.precinct(guess.place)),
                ("guess", &guessed(words, guess)),
                ("family", words.family(guess.family)),
                ("count", &recorded.to_string()),
            ],
        );
        lines.push(("analyst", None, text));
    }
    let standing = table
        .given()
        .into_iter()
        .filter(|act| act.turn == turn && matches!(act.action, Action::Standing { .. }));
    let standing = standing.count();
    if standing > 0 {
        let text = words.with("followed.standing", "count", &standing.to_string());
        lines.push(("clock", None, text));
    }
    if lines.is_empty() {
        lines.push(("card", None, words.say("followed.none")));
    }
    let compact = kit.compact();
    let pad = if compact { 5.0 } else { 10.0 };
    let node = Node {
        flex_shrink: 0.0,
        padding: UiRect::axes(Val::Px(14.0), Val::Px(pad)),
        ..column(if compact { 1.0 } else { 4.0 })
    };
    left.spawn(kit.card("What followed", node))
        .with_children(|card| {
            let palette = kit.palette().clone();
            card.spawn(kit.line(Role::Strong, lang, words.say("followed.title"), palette.ink));
            for (icon, title, text) in lines {
                let line = Node {
                    align_items: AlignItems::FlexStart,
                    ..row(8.0)
                };
                card.spawn((Name::new("Line"), line)).with_children(|line| {
                    line.spawn(kit.icon(icon, 19.0, palette.ink2));
                    let grow = Node {
                        flex_grow: 1.0,
                        min_width: Val::Px(0.0),
                        ..column(0.0)
                    };
                    line.spawn((Name::new("Words"), grow))
                        .with_children(|lines| {
                            if let Some(title) = title {
                                lines.spawn(kit.text(Role::Label, lang, title, palette.ink2));
                            }
                            let role = if compact { Role::Label } else { Role::Body };
                            lines.spawn(kit.text(role, lang, text, palette.ink));
                        });
                });
            }
        });
}
