//! Records are not the city: what is reported falls with trust, and ranks places otherwise.

use super::{SET_UP, played};
use commonwatch::lab::Policy;
use commonwatch::lab::facts::City;
use commonwatch::rules::command::apply;
use commonwatch::rules::id::{FamilyIx, PrecinctIx, SeatIx};
use commonwatch::rules::world::{
    Choice, Condition, Effect, Inject, InjectKind, PlaceRef, What, When,
};
use commonwatch::rules::{Action, Amount, Cents, Id, Index, Ledger, State, World};
use commonwatch::scenario::{built_in, find_built_in, load};
use rayon::prelude::*;
use std::sync::Arc;

const SEEDS: u32 = 40;
/// The turn in which trust falls.
const FALL: u16 = 2;

/// The dense city and every shipped scenario, without cards: their places follow the record.
fn cities() -> Vec<World> {
    let mut all = vec![World::clone(
        &City::new(None).world(|world| world.turns = 8),
    )];
    for shipped in built_in() {
        let loaded = load(&shipped.source()).expect("it has no errors");
        all.push(World::clone(&loaded.scenario.world));
    }
    for world in &mut all {
        world.injects.clear();
    }
    all
}

/// Something that everybody hears of.
fn news(what: What) -> Inject {
    Inject {
        id: Id::from("news"),
        kind: InjectKind::Card,
        seat: SeatIx(0),
        when: When {
            first: FALL,
            last: FALL,
            condition: Condition::Always,
            chance: 1.0,
        },
        place: PlaceRef::City,
        options: vec![Choice::new("so", Cents(0), vec![Effect::new(0, what)])],
        silence: 0,
        variants: Vec::new(),
    }
}

fn end(world: &Arc<World>, seed: u32) -> State {
    played(world, Policy::Idle, seed, &mut Ledger::without_detail())
}

#[test]
fn when_trust_crashes_the_record_falls_and_nobody_is_safer() {
    for world in cities() {
        for what in [What::Trust(-20.0), What::Misconduct(20.0)] {
            let name = format!("{}, {what:?}", world.scenario);
            let mut shaken = world.clone();
            shaken.injects.push(news(what));
            let (calm, shaken) = (Arc::new(world.clone()), Arc::new(shaken));
            (1..=SEEDS).into_par_iter().for_each(|seed| {
                let (calm, shaken) = (end(&calm, seed), end(&shaken, seed));
                let after = usize::from(FALL) - 1..;
                let on_record = |state: &State| -> u32 {
                    let pages = &state.debrief().expect("over").open[after.clone()];
                    pages.iter().flat_map(|page| &page.recorded).sum()
                };
                let (quiet, usual) = (on_record(&shaken), on_record(&calm));
                assert!(
                    quiet < usual,
                    "{name}, seed {seed}: {quiet} on record, {usual} without"
                );
                let (calm, shaken) = (
                    calm.debrief().expect("over").hidden,
                    shaken.debrief().expect("over").hidden,
                );
                for (turn, (usual, after)) in calm.iter().zip(shaken).enumerate() {
                    let at = Index::Safety as usize;
                    assert!(
                        after.indices[at] <= usual.indices[at],
                        "{name}, seed {seed}, turn {}: true Safety rose",
                        turn + 1
                    );
                }
            });
        }
    }
}

/// Mean Safety over all months of the games of all seeds, published and true, points.
fn both_layers(world: &World) -> [f64; 2] {
    // Residents of the card's middle, so that the two layers are about the same city.
    let mut world = world.clone();
    world.draws.clear();
    world.sealed.clear();
    let world = Arc::new(world);
    let ends: Vec<State> = (1..=SEEDS)
        .into_par_iter()
        .map(|seed| end(&world, seed))
        .collect();
    let (mut published, mut truth, mut months) = (0.0, 0.0, 0.0);
    for state in &ends {
        let pages = state.debrief().expect("over");
        for (open, hidden) in pages.open.iter().zip(pages.hidden) {
            published += open.indices[Index::Safety as usize].to_f64();
            truth += hidden.indices[Index::Safety as usize].to_f64();
            months += 1.0;
        }
    }
    [published / months, truth / months]
}

#[test]
fn where_nobody_decides_anything_published_safety_is_the_true_one() {
    for world in cities() {
        let [published, truth] = both_layers(&world);
        assert!(
            (published - truth).abs() < 2.0,
            "{}: {published} published, {truth} true",
            world.scenario
        );
    }
}

#[test]
fn a_month_that_is_known_to_come_late_is_no_quiet_month() {
    let flagship = find_built_in("pearl-bay").expect("shipped");
    let loaded = load(&flagship.source()).expect("it has no errors");
    let world = &loaded.scenario.world;
    let order = Action::Set {
        what: Id::from("patching"),
        at: None,
        to: Id::from("now"),
    };
    let published = |state: &State, turn: usize| {
        let page = &state.debrief().expect("over").open[turn];
        page.indices[Index::Safety as usize].to_f64()
    };
    let swing = |seed: u32, patched: bool| {
        let mut book = Ledger::without_detail();
        let state = State::new(Arc::clone(world), seed);
        let mut state = apply(&state, &Id::from("data"), &SET_UP, &mut book).expect("legal");
        while !state.over() {
            if patched && state.turn() == FALL {
                state = apply(&state, &Id::from("data"), &order, &mut book).expect("legal");
            }
            let end = Action::EndTurn;
            state = apply(&state, &Id::from("data"), &end, &mut book).expect("ends");
        }
        let at = usize::from(FALL) - 1;
        (published(&state, at), published(&state, at + 1))
    };
    let off: Vec<[f64; 2]> = (1..=SEEDS)
        .map(|seed| {
            let (patched, plain) = (swing(seed, true), swing(seed, false));
            [patched.0 - plain.0, patched.1 - plain.1]
        })
        .collect();
    for at in 0..2 {
        let mean = off.iter().map(|off| off[at]).sum::<f64>() / f64::from(SEEDS);
        assert!(mean.abs() < 4.0, "{mean} points, {} months after", at);
    }
}

/// The three precincts with most harm, the worst first, by some counts of each turn.
fn worst<'a>(world: &World, pages: impl Iterator<Item = &'a Vec<u32>>) -> Vec<usize> {
    let mut harm = vec![0.0; world.precincts.len()];
    for counts in pages {
        for (p, sum) in harm.iter_mut().enumerate() {
            for (k, family) in world.families.iter().enumerate() {
                let cell = world.cell(PrecinctIx::from_position(p), FamilyIx::from_position(k));
                *sum += family.harm * f64::from(counts[cell]);
            }
        }
    }
    let mut ranked: Vec<usize> = (0..harm.len()).collect();
    ranked.sort_by(|a, b| harm[*b].total_cmp(&harm[*a]));
    ranked.truncate(3);
    ranked
}

#[test]
fn the_record_and_the_truth_may_rank_the_worst_otherwise() {
    for world in cities() {
        let world = Arc::new(world);
        let differ = (1..=SEEDS)
            .into_par_iter()
            .filter(|seed| {
                let state = end(&world, *seed);
                let pages = state.debrief().expect("over");
                let quarter = pages.open.len() - 3..;
                let recorded = pages.open[quarter.clone()].iter().map(|p| &*p.recorded);
                let happened = pages.hidden[quarter].iter().map(|p| &*p.happened);
                worst(&world, recorded) != worst(&world, happened)
            })
            .count();
        assert!(differ > 0, "{}", world.scenario);
    }
}
