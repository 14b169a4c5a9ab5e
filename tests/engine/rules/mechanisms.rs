//! Each mechanism does what its page says, by sizes that a table would notice. Paired games under
//! the same luck, so that the difference is the decision.

use crate::support::small_world_with;
use commonwatch::rules::command::apply;
use commonwatch::rules::id::PrecinctIx;
use commonwatch::rules::world::{Tactic, World};
use commonwatch::rules::{Action, Amount, Id, Ledger, State, Table};
use std::sync::Arc;

struct Played {
    /// Expected true offences over the game, per precinct and family.
    expected: Vec<f64>,
    recorded: Vec<f64>,
    /// True trust at the end, per precinct.
    trust: Vec<f64>,
    feel_safe: Vec<f64>,
    rights: f64,
}

fn plain(change: impl FnOnce(&mut World)) -> Arc<World> {
    Arc::new(small_world_with(|world| {
        world.injects.clear();
        world.objectives.clear();
        world.units[1].post = None;
        change(world);
    }))
}

/// The mean over seeds of a game in which these orders are given in the first turn.
fn play(world: &Arc<World>, orders: &[(&str, &str, Tactic)]) -> Played {
    let cells = world.precincts.len() * world.families.len();
    let places = world.precincts.len();
    let mut sum = Played {
        expected: vec![0.0; cells],
        recorded: vec![0.0; cells],
        trust: vec![0.0; places],
        feel_safe: vec![0.0; places],
        rights: 0.0,
    };
    const SEEDS: u32 = 60;
    for seed in 0..SEEDS {
        let street = Id::from("street");
        let mut book = Ledger::without_detail();
        let mut state = State::new(world.clone(), seed);
        let mut act = |action: Action| {
            state = apply(&state, &street, &action, &mut book).expect("a legal act");
            state.clone()
        };
        act(Action::SetUp {
            table: Table::Shared,
            presets: Vec::new(),
        });
        for (unit, to, tactic) in orders {
            act(Action::Assign {
                unit: Id::from(*unit),
                to: Id::from(*to),
                tactic: *tactic,
            });
        }
        let mut end = act(Action::EndTurn);
        while !end.over() {
            end = act(Action::EndTurn);
        }
        let debrief = end.debrief().expect("over");
        for (open, hidden) in debrief.open.iter().zip(debrief.hidden) {
            for at in 0..cells {
                sum.expected[at] += hidden.expected[at];
                sum.recorded[at] += f64::from(open.recorded[at]);
            }
        }
        let last = debrief.hidden.last().expect("played");
        for p in 0..places {
            sum.trust[p] += last.trust[p].to_f64();
            sum.feel_safe[p] += last.feel_safe[p].to_f64();
        }
        sum.rights += last.indices[3].to_f64();
    }
    let n = f64::from(SEEDS);
    let mean = |values: Vec<f64>| values.into_iter().map(|v| v / n).collect();
    Played {
        expected: mean(sum.expected),
        recorded: mean(sum.recorded),
        trust: mean(sum.trust),
        feel_safe: mean(sum.feel_safe),
        rights: sum.rights / n,
    }
}

fn change(with: f64, without: f64) -> f64 {
    with / without - 1.0
}

const THEFT: usize = 2;
const DISPUTES: usize = 3;
const NORTH_WEST: usize = 0;
const NORTH_EAST: usize = 4;
const SOUTH_EAST: usize = 12;

#[test]
fn a_foot_team_at_the_hot_spots_is_felt_and_a_spread_one_hardly() {
    let world = plain(|_| {});
    let nobody = play(&world, &[]);
    let hot = play(&world, &[("foot-1", "north-west", Tactic::HotSpot)]);
    let spread = play(&world, &[("foot-1", "north-west", Tactic::Visible)]);
    let (hot_effect, spread_effect) = (
        change(
            hot.expected[NORTH_WEST + THEFT],
            nobody.expected[NORTH_WEST + THEFT],
        ),
        change(
            spread.expected[NORTH_WEST + THEFT],
            nobody.expected[NORTH_WEST + THEFT],
        ),
    );
    assert!((-0.16..-0.05).contains(&hot_effect), "{hot_effect}");
    assert!((-0.05..0.0).contains(&spread_effect), "{spread_effect}");
}

#[test]
fn the_first_team_does_most() {
    let world = plain(|world| world.units[2].from = 1);
    let effect =
        |orders: &[(&str, &str, Tactic)]| play(&world, orders).expected[NORTH_EAST + THEFT];
    let teams = [
        ("foot-1", "north-east", Tactic::HotSpot),
        ("foot-2", "north-east", Tactic::HotSpot),
        ("foot-3", "north-east", Tactic::HotSpot),
    ];
    let [none, one, two, three] = [
        effect(&[]),
        effect(&teams[..1]),
        effect(&teams[..2]),
        effect(&teams),
    ];
    assert!(none - one > 2.0 * (one - two), "{none} {one} {two}");
    assert!(
        one - two > 1.5 * (two - three) && two > three,
        "{one} {two} {three}"
    );
}

#[test]
fn some_of_the_thefts_move_next_door_and_none_across_town() {
    let world = plain(|_| {});
    let nobody = play(&world, &[]);
    let hot = play(&world, &[("foot-1", "north-west", Tactic::HotSpot)]);
    let prevented = nobody.expected[NORTH_WEST + THEFT] - hot.expected[NORTH_WEST + THEFT];
    let moved = hot.expected[NORTH_EAST + THEFT] - nobody.expected[NORTH_EAST + THEFT];
    let far = hot.expected[SOUTH_EAST + THEFT] - nobody.expected[SOUTH_EAST + THEFT];
    assert!(
        moved > 0.02 * prevented && moved < 0.3 * prevented,
        "{moved} of {prevented}"
    );
    assert!(far.abs() < 0.25 * moved, "{far} {moved}");
}

#[test]
fn visits_raise_trust_and_records_while_thefts_fall() {
    let world = plain(|_| {});
    let nobody = play(&world, &[]);
    let visits = play(&world, &[("officer", "north-west", Tactic::Outreach)]);
    assert!(
        visits.trust[0] - nobody.trust[0] > 1.0,
        "{:?}",
        visits.trust
    );
    let at = NORTH_WEST + THEFT;
    assert!(visits.expected[at] < nobody.expected[at]);
    assert!(visits.recorded[at] > nobody.recorded[at] * 1.05);
}

#[test]
fn mediation_settles_disputes() {
    let world = plain(|world| world.units[4].from = 1);
    let nobody = play(&world, &[]);
    let mediated = play(&world, &[("mediator", "north-west", Tactic::Mediation)]);
    let at = NORTH_WEST + DISPUTES;
    let effect = change(mediated.expected[at], nobody.expected[at]);
    assert!((-0.30..-0.08).contains(&effect), "{effect}");
    assert!(mediated.trust[0] > nobody.trust[0]);
}

#[test]
fn patrol_is_seen_and_its_contacts_cost_trust_and_rights() {
    let world = plain(|_| {});
    let nobody = play(&world, &[]);
    let patrolled = play(&world, &[("foot-1", "north-west", Tactic::Visible)]);
    assert!(patrolled.feel_safe[0] > nobody.feel_safe[0] + 0.5);
    assert!(patrolled.rights < nobody.rights);
    // What people feel pays a part of it back; unfair contacts must still be the larger part in a
    // city where every contact is unfair.
    let harsh = plain(|world| {
        world.kinds[0].contacts = 1_800.0;
    });
    let calm = play(&harsh, &[]);
    let stopped = play(&harsh, &[("foot-1", "north-west", Tactic::Visible)]);
    assert!(
        stopped.trust[0] < calm.trust[0] - 1.0,
        "{:?} {:?}",
        stopped.trust,
        calm.trust
    );
}

#[test]
fn patrol_in_the_same_place_grows_stale() {
    let world = plain(|world| world.turns = 12);
    let (mut first, mut last) = (0.0, 0.0);
    let street = Id::from("street");
    for treated in [true, false] {
        let mut state = State::new(world.clone(), 4);
        let mut book = Ledger::without_detail();
        let act = |state: &State, action: Action, book: &mut Ledger| {
            apply(state, &street, &action, book).expect("legal")
        };
        state = act(
            &state,
            Action::SetUp {
                table: Table::Shared,
                presets: Vec::new(),
            },
            &mut book,
        );
        if treated {
            let order = Action::Assign {
                unit: Id::from("foot-1"),
                to: Id::from("north-west"),
                tactic: Tactic::HotSpot,
            };
            state = act(&state, order, &mut book);
        }
        while !state.over() {
            state = act(&state, Action::EndTurn, &mut book);
        }
        let pages = state.debrief().expect("over").hidden;
        let at = world.cell(PrecinctIx(0), commonwatch::rules::id::FamilyIx(2));
        let sign = if treated { 1.0 } else { -1.0 };
        first += sign * pages[1].expected[at];
        last += sign * pages[11].expected[at];
    }
    assert!(first < 0.0 && last < 0.0, "{first} {last}");
    assert!(
        last / first < 0.7,
        "the last month still does {last} of {first}"
    );
}
