//! What the next shift finds: three months on the orders left behind, without luck.

use super::super::inspector::fact;
use super::{Page, cell, says, sheet, tenths, titled, value};
use crate::app::semantics::{Heading, Semantics};
use crate::app::theme::Role;
use crate::app::widgets::{Kit, filling, row};
use crate::app::words::{capital, signed};
use crate::rules::Index;
use crate::rules::id::{ObjectiveIx, PrecinctIx};
use crate::rules::table::Handover;
use bevy::prelude::*;

/// How many precincts are named.
const PLACES: usize = 4;
/// The width of a column of figures, pixels.
const WIDE: f32 = 78.0;

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
                let (end, later) = (value(hidden.indices[at]), value(left.indices[at]));
                let told = words.get(
                    "ledger.from-to",
                    &[("from", &tenths(end)), ("to", &tenths(later))],
                );
                let id = format!("left:{}", index.id());
                let means = Semantics::figure(id, words.index(index), told);
                card.spawn((Name::new("Figure"), row(8.0), means))
                    .with_children(|line| {
                        let name = kit.text(Role::Body, lang, words.index(index), palette.ink);
                        line.spawn((Name::new("Name"), filling(0.0)))
                            .with_child(name);
                        let by = later - end;
                        let ink = if by < -0.05 { palette.neg } else { palette.ink };
                        for (text, ink) in [
                            (tenths(end), palette.ink),
                            (tenths(later), palette.ink),
                            (signed(by), ink),
                        ] {
                            line.spawn((Name::new("Points"), cell(WIDE)))
                                .with_child(kit.line(Role::Strong, lang, text, ink));
                        }
                    });
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
        });
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
                        line.spawn(kit.line(Role::Plate, words.lang, words.say(key), ink));
                    });
            }
        });
}

/// The precincts with least trust, then and now.
fn places(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit, left: &Handover) {
    let (words, lang) = (page.words, page.words.lang);
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
            let title = words.say("handover.trust");
            card.spawn((kit.text(Role::Panel, lang, title, palette.ink), Heading));
            for place in places.into_iter().take(PLACES) {
                let later = value(left.trust[place.at()]);
                let by = later - value(hidden.trust[place.at()]);
                let name = words.precinct(place);
                let means = Semantics::figure(
                    format!(
                        "left:{}",
                        page.table.scenario.world.precincts[place.at()].id
                    ),
                    name,
                    tenths(later),
                );
                card.spawn((Name::new("Place"), row(8.0), means))
                    .with_children(|line| {
                        let name = kit.text(Role::Body, lang, name, palette.ink);
                        line.spawn((Name::new("Name"), filling(0.0)))
                            .with_child(name);
                        for text in [tenths(later), signed(by)] {
                            line.spawn((Name::new("Points"), cell(58.0)))
                                .with_child(kit.line(Role::Strong, lang, text, palette.ink));
                        }
                    });
            }
        });
}

/// The pressures of the risk domains, then and now.
fn pressures(page: &Page, side: &mut ChildSpawnerCommands, kit: &mut Kit, left: &Handover) {
    let (words, lang) = (page.words, page.words.lang);
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
                let by = value(*later) - value(*end);
                let told = tenths(value(*later));
                let id = format!("left-pressure:{at}");
                let means = Semantics::figure(id, name.as_str(), told.as_str());
                card.spawn((Name::new("Pressure"), row(8.0), means))
                    .with_children(|line| {
                        let name = kit.text(Role::Body, lang, name, palette.ink);
                        line.spawn((Name::new("Name"), filling(0.0)))
                            .with_child(name);
                        // A pressure that rises is no good news.
                        let ink = if by > 0.05 { palette.neg } else { palette.ink };
                        for (text, ink) in [(told, palette.ink), (signed(by), ink)] {
                            line.spawn((Name::new("Points"), cell(58.0)))
                                .with_child(kit.line(Role::Strong, lang, text, ink));
                        }
                    });
            }
        });
}
