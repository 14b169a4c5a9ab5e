//! What the next shift finds: three months on the orders left behind, without luck.

use super::super::inspector::fact;
use super::{Page, line_of_figures, says, sheet, titled};
use crate::app::semantics::Semantics;
use crate::app::theme::Role;
use crate::app::widgets::{Kit, cell, filling, row};
use crate::app::words::{beside_line, capital, signed, tenths};
use crate::rules::Index;
use crate::rules::id::{ObjectiveIx, PrecinctIx};
use crate::rules::table::Handover;
use crate::rules::units::Amount;
use crate::rules::world::Measure;
use bevy::prelude::*;

/// How many precincts are named.
const PLACES: usize = 4;
/// The width of a column of figures, pixels.
const WIDE: f32 = 78.0;
/// The same where two stand side by side.
const NEAR: f32 = 58.0;

/// The true figures at the end, and three months later.
pub(super) fn figures(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    let palette = kit.palette().clone();
    let lang = words.lang;
    let (Some(left), Some(hidden)) = (&page.table.opened.left, page.debrief.hidden.last()) else {
        return;
    };
    side.spawn(sheet(kit, "Handed over", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "handover.title");
            says(card, kit, words, words.say("handover.about"));
            card.spawn((Name::new("Columns"), row(8.0)))
                .with_children(|line| {
                    let name =
                        kit.text(Role::Plate, lang, words.say("handover.true"), palette.ink2);
                    line.spawn((Name::new("Name"), filling(0.0)))
                        .with_child(name);
                    for key in ["handover.end", "handover.later", "handover.change"] {
                        line.spawn((Name::new("Column"), cell(WIDE)))
                            .with_child(kit.line(Role::Label, lang, words.say(key), palette.ink2));
                    }
                });
            for index in Index::ALL {
                card.spawn(kit.rule());
                let at = index as usize;
                let (end, later) = (hidden.indices[at].to_f64(), left.indices[at].to_f64());
                let told = words.get(
                    "ledger.from-to",
                    &[("from", &tenths(end)), ("to", &tenths(later))],
                );
                let id = format!("left:{}", index.id());
                let means = Semantics::figure(id, words.index(index), told);
                let by = later - end;
                let ink = if by < -0.05 { palette.neg } else { palette.ink };
                let figures = [
                    (tenths(end), palette.ink),
                    (tenths(later), palette.ink),
                    (signed(by), ink),
                ];
                line_of_figures(card, kit, words, means, WIDE, &figures);
            }
        });
}

/// What is left in the city: places, pressures, means, and the objectives that are read then.
pub(super) fn left(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let Some(left) = &page.table.opened.left else {
        return;
    };
    means(page, side, kit, left);
    lasting(page, side, kit);
    places(page, side, kit, left);
    pressures(page, side, kit, left);
}

fn means(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit, left: &Handover) {
    let words = page.words;
    side.spawn(sheet(kit, "Means left", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "handover.means");
            fact(card, kit, words, "coin", words.funds(left.funds));
            let units = words.with("handover.units", "count", &left.units.to_string());
            fact(card, kit, words, "team", units);
            // Months that nobody plays pile money up, tire nobody out, and heal goodwill or not.
            for (cause, points) in &left.stewardship {
                let icon = match *points {
                    points if points >= 0.05 => "rise",
                    points if points <= -0.05 => "fall",
                    _ => continue,
                };
                let slots = [
                    ("index", &*words.index(Index::Stewardship)),
                    ("points", &*signed(*points)),
                    ("cause", &*words.rule(cause.rule)),
                ];
                fact(
                    card,
                    kit,
                    words,
                    icon,
                    words.get("handover.because", &slots),
                );
            }
        });
}

/// What a lasting objective came to three months later, held against its line.
pub(super) fn later(page: &Page, at: usize) -> Option<String> {
    let value = page.debrief.outcomes[at].later?;
    let goal = &page.table.scenario.world.objectives[at].goal;
    let value = beside_line(value, goal.line);
    Some(match goal.measure {
        Measure::Offences(_) => page.words.with("handover.of-start", "value", &value),
        Measure::Index(_) | Measure::LowestTrust => value,
    })
}

/// The objectives that are read after the handover.
fn lasting(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit) {
    let words = page.words;
    let objectives = page.table.scenario.world.objectives.iter().enumerate();
    let lasting: Vec<usize> = objectives
        .filter(|(_, objective)| objective.lasting)
        .map(|(at, _)| at)
        .collect();
    if lasting.is_empty() {
        return;
    }
    side.spawn(sheet(kit, "Lasting", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "handover.lasting");
            for at in lasting {
                let outcome = &page.debrief.outcomes[at];
                let guard = page.debrief.guards.get(at).and_then(Option::as_ref);
                let palette = kit.palette().clone();
                let (icon, ink, key) = super::counted::verdict(outcome, guard, &palette);
                card.spawn((Name::new("Objective"), row(8.0)))
                    .with_children(|line| {
                        line.spawn(kit.icon(icon, 18.0, ink));
                        let name = words.objective(ObjectiveIx::from_position(at));
                        let text = kit.text(Role::Body, words.lang, name, palette.ink);
                        line.spawn((Name::new("Words"), filling(0.0)))
                            .with_child(text);
                        let verdict = match later(page, at) {
                            Some(value) => words.get(
                                "handover.verdict",
                                &[("verdict", &words.say(key)), ("value", &value)],
                            ),
                            None => words.say(key),
                        };
                        line.spawn(kit.line(Role::Plate, words.lang, verdict, ink));
                    });
            }
        });
}

/// The precincts with least trust, then and now.
fn places(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit, left: &Handover) {
    let words = page.words;
    let Some(hidden) = page.debrief.hidden.last() else {
        return;
    };
    let palette = kit.palette().clone();
    let mut places: Vec<PrecinctIx> = (0..left.trust.len())
        .map(PrecinctIx::from_position)
        .collect();
    places.sort_by_key(|place| left.trust[place.at()].0);
    side.spawn(sheet(kit, "Least trust", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "handover.trust");
            for place in places.into_iter().take(PLACES) {
                let later = left.trust[place.at()].to_f64();
                let by = later - hidden.trust[place.at()].to_f64();
                let name = words.precinct(place);
                let means = Semantics::figure(
                    format!(
                        "left:{}",
                        page.table.scenario.world.precincts[place.at()].id
                    ),
                    name,
                    tenths(later),
                );
                let figures = [tenths(later), signed(by)].map(|text| (text, palette.ink));
                line_of_figures(card, kit, words, means, NEAR, &figures);
            }
        });
}

/// The pressures of the risk domains, then and now.
fn pressures(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit, left: &Handover) {
    let words = page.words;
    let domains = &page.table.scenario.world.domains;
    let Some(hidden) = page.debrief.hidden.last().filter(|_| !domains.is_empty()) else {
        return;
    };
    let palette = kit.palette().clone();
    side.spawn(sheet(kit, "Pressures", 0.0))
        .with_children(|card| {
            titled(card, kit, words, "handover.pressures");
            for (at, open) in domains.iter().enumerate() {
                let (Some(later), Some(end)) = (left.pressures.get(at), hidden.pressures.get(at))
                else {
                    continue;
                };
                let name = capital(&words.domain(open.domain));
                let by = later.to_f64() - end.to_f64();
                let told = tenths(later.to_f64());
                let id = format!("left-pressure:{at}");
                let means = Semantics::figure(id, name.as_str(), told.as_str());
                // A pressure that rises is no good news.
                let ink = if by > 0.05 { palette.neg } else { palette.ink };
                let figures = [(told, palette.ink), (signed(by), ink)];
                line_of_figures(card, kit, words, means, NEAR, &figures);
            }
        });
}
