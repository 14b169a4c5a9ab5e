//! Cards do not drown what the table decides: what one answer may move, over every shipped scenario.

use commonwatch::rules::World;
use commonwatch::rules::id::{FamilyIx, InjectIx, PrecinctIx};
use commonwatch::rules::model::Coefficient;
use commonwatch::rules::world::{Choice, DOMAINS, Effect, PlaceRef, What};
use commonwatch::scenario::{built_in, load};

/// Three tokens' worth in a precinct: points of trust, and the share of one family.
const TRUST: f64 = 4.0;
const FAMILY: f64 = 0.15;
/// Points of an index of the whole city.
const INDEX: f64 = 1.5;

/// Points of a risk domain's pressure.
const PRESSURE: f64 = 12.0;

/// The least and the most that a figure may be moved, over the places that may be meant.
#[derive(Clone, Copy, Default)]
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn add(&mut self, by: &[f64]) {
        self.low += by.iter().copied().fold(f64::INFINITY, f64::min);
        self.high += by.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    }

    fn most(self) -> f64 {
        self.high.max(-self.low)
    }
}

/// The precincts that an effect may reach: one of these lists will be the one.
fn reached(world: &World, place: PlaceRef) -> Vec<Vec<PrecinctIx>> {
    let all: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    match place {
        PlaceRef::City => vec![all],
        PlaceRef::Precinct(p) => vec![vec![p]],
        // Settled in the game: it may be any.
        _ => all.into_iter().map(|p| vec![p]).collect(),
    }
}

/// Harm of a family in a precinct a month, as the scenario has it.
fn harm(world: &World, p: PrecinctIx, k: FamilyIx) -> f64 {
    let (precinct, family) = (&world.precincts[p.at()], &world.families[k.at()]);
    family.harm * family.base_rate * f64::from(precinct.residents) * precinct.opportunity[k.at()]
}

/// What an answer moves at most, by its line: trust and offences of a precinct, and the indices of
/// the city that its effects reach. Trust and wrongs add up over the turns; offences and the sense of
/// safety pass.
fn moved(world: &World, own: PlaceRef, choice: &Choice, variant: u8) -> Vec<(String, f64, f64)> {
    let precincts: Vec<PrecinctIx> = (0..world.precincts.len())
        .map(PrecinctIx::from_position)
        .collect();
    let families: Vec<FamilyIx> = (0..world.families.len())
        .map(FamilyIx::from_position)
        .collect();
    let all_harm: f64 = precincts
        .iter()
        .flat_map(|p| families.iter().map(|k| harm(world, *p, *k)))
        .sum();
    let people = |places: &[PrecinctIx]| -> f64 {
        let sum: f64 = (places.iter())
            .map(|p| f64::from(world.precincts[p.at()].residents))
            .sum();
        sum / world.residents()
    };
    let mut most: Vec<(String, f64, f64)> = Vec::new();
    let mut note =
        |what: &str, found: f64, line: f64| match most.iter_mut().find(|(known, ..)| known == what)
        {
            Some((_, most, _)) => *most = most.max(found),
            None => most.push((what.to_owned(), found, line)),
        };
    let last = |what: &What, after: u16| match what {
        What::Offences { turns, .. } => after + turns,
        _ => after + 1,
    };
    // What hangs on a chance may all come.
    let here = |effect: &&Effect| effect.variant.is_none_or(|only| only == variant);
    let effects: Vec<&Effect> = choice.effects.iter().filter(here).collect();
    let turns = effects.iter().map(|e| last(&e.what, e.after)).max();
    let mut pressures = [0.0; DOMAINS];
    let mut trust = vec![Range::default(); precincts.len()];
    let (mut city_trust, mut rights, mut feel) =
        (Range::default(), Range::default(), Range::default());
    for turn in 0..turns.unwrap_or(0) {
        let mut safety = Range::default();
        let mut offences = vec![Range::default(); precincts.len() * families.len()];
        for effect in &effects {
            let reached = reached(world, effect.place.unwrap_or(own));
            let begins = effect.after == turn;
            let everybody = |points: f64| -> Vec<f64> {
                (reached.iter().map(|places| points * people(places))).collect()
            };
            match effect.what {
                What::Trust(points) | What::Misconduct(points) if begins => {
                    let points = match effect.what {
                        What::Misconduct(_) => -points,
                        _ => points,
                    };
                    for (p, range) in precincts.iter().zip(&mut trust) {
                        let there = |places: &Vec<_>| if places.contains(p) { points } else { 0.0 };
                        range.add(&reached.iter().map(there).collect::<Vec<_>>());
                    }
                    city_trust.add(&everybody(points));
                }
                What::FeelSafe(points) if begins => feel.add(&everybody(points)),
                What::Wrong(points) if begins => rights.add(&[-points]),
                What::Pressure(domain, points) if begins => pressures[domain as usize] += points,
                What::Offences {
                    family,
                    factor,
                    turns,
                } if (effect.after..effect.after + turns).contains(&turn) => {
                    let on = |k: &FamilyIx| family.is_none_or(|only| only == *k);
                    for (at, range) in offences.iter_mut().enumerate() {
                        let (p, k) = (precincts[at / families.len()], at % families.len());
                        let here = |places: &Vec<_>| {
                            let hit = places.contains(&p) && on(&families[k]);
                            if hit { factor - 1.0 } else { 0.0 }
                        };
                        range.add(&reached.iter().map(here).collect::<Vec<_>>());
                    }
                    let share = |places: &Vec<PrecinctIx>| -> f64 {
                        let hit = places.iter().flat_map(|p| {
                            let on_them = families.iter().filter(|k| on(k));
                            on_them.map(|k| harm(world, *p, *k))
                        });
                        hit.sum::<f64>() / all_harm
                    };
                    let scale = world.model.get(Coefficient::SafetyScale) * (1.0 - factor);
                    safety.add(
                        &(reached.iter().map(|places| scale * share(places))).collect::<Vec<_>>(),
                    );
                }
                _ => {}
            }
        }
        for range in &trust {
            note("trust of a precinct", range.most(), TRUST);
        }
        for range in &offences {
            note("a family in a precinct", range.most(), FAMILY);
        }
        note("Trust", city_trust.most(), INDEX);
        note("Rights", rights.most(), INDEX);
        note("the sense of safety", feel.most(), INDEX);
        note("Safety", safety.most(), INDEX);
        for pressure in pressures {
            note("a pressure", f64::abs(pressure), PRESSURE);
        }
    }
    most
}

#[test]
fn no_answer_of_a_shipped_card_moves_more_than_three_tokens() {
    let mut wrong = Vec::new();
    let mut answers = 0;
    for shipped in built_in() {
        let loaded = load(&shipped.source()).expect("it has no errors");
        let world = &loaded.scenario.world;
        for (at, inject) in world.injects.iter().enumerate() {
            let major = loaded.scenario.names.injects[at].major;
            let variants = world.variants(InjectIx::from_position(at)).len().max(1);
            let mut moves_more = false;
            for choice in &inject.options {
                answers += 1;
                for variant in 0..variants {
                    let found = moved(world, inject.place, choice, variant as u8);
                    for (what, most, line) in found.iter().filter(|(_, most, line)| most > line) {
                        moves_more = true;
                        if !major {
                            wrong.push(format!(
                                "{}, {}, {}: {what} by {most:.3}, at most {line}",
                                shipped.id, inject.id, choice.id
                            ));
                        }
                    }
                }
            }
            if major && !moves_more {
                wrong.push(format!("{}, {} is not major", shipped.id, inject.id));
            }
        }
    }
    assert!(answers > 0);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
