//! Games: First Watch as it ships, and made-up cities of any size with nine families.

use commonwatch::geometry::{self, Adjacency};
use commonwatch::lab::{Game, Lineup, Policy};
use commonwatch::rules::id::{DistrictIx, KindIx, PrecinctIx};
use commonwatch::rules::view::Preview;
use commonwatch::rules::world::{Precinct, TurnLength, Unit};
use commonwatch::rules::{
    Action, Cents, Digest, Id, Ledger, Micro, State, Table, World, command, view,
};
use commonwatch::scenario::{Source, find_built_in, load};
use commonwatch::session::log::Chain;
use commonwatch::session::{Record, Setting};
use std::sync::Arc;

/// Families of a full-size scenario.
const FAMILIES: usize = 9;
/// Turns of a full-size scenario.
const TURNS: u16 = 12;

/// The files of First Watch.
pub fn first_watch_source() -> Source {
    source("first-watch")
}

/// First Watch.
pub fn first_watch() -> Arc<World> {
    world(&first_watch_source())
}

/// Pearl Bay, the flagship.
pub fn pearl_bay() -> Arc<World> {
    world(&source("pearl-bay"))
}

fn source(id: &str) -> Source {
    find_built_in(id).expect("it is built in").source()
}

fn world(source: &Source) -> Arc<World> {
    load(source).expect("it has no errors").scenario.world
}

/// A city of this many precincts: the families and kinds of First Watch, a team for each precinct
/// and one in three of the other kinds, no injects and no objectives.
pub fn made_up(precincts: usize) -> Arc<World> {
    let mut world = World::clone(&first_watch());
    world.scenario = Id::from("made-up");
    world.districts = vec![Id::from("city")];
    world.turn = TurnLength::Months(1);
    world.turns = TURNS;
    world.injects.clear();
    world.objectives.clear();
    world.families = (0..FAMILIES)
        .map(|k| {
            let mut family = world.families[k % world.families.len()].clone();
            family.id = Id(format!("family-{k}"));
            family
        })
        .collect();
    let city = geometry::city(precincts, 1);
    let adjacency =
        Adjacency::new(&city.points, &city.outlines).expect("a made-up city hangs together");
    world.precincts = (0..precincts)
        .map(|p| {
            let shared = adjacency.neighbours(p);
            let whole: f64 = shared.iter().map(|border| border.length_km).sum();
            Precinct {
                id: Id(format!("precinct-{p}")),
                district: DistrictIx(0),
                residents: 60_000 + 1_000 * (p as u32 % 60),
                area: 2.0,
                neighbours: shared
                    .iter()
                    .map(|border| {
                        let there = PrecinctIx::from_position(border.neighbour);
                        (there, border.length_km / whole)
                    })
                    .collect(),
                opportunity: (0..FAMILIES)
                    .map(|k| 0.7 + 0.1 * ((p + k) % 7) as f64)
                    .collect(),
                trust: Micro::points(45 + (p % 15) as i64),
                feel_safe: Micro::points(60),
                concentration: 1.0,
                outline: Vec::new(),
            }
        })
        .collect();
    let kinds = world.kinds.len();
    world.units = (0..precincts * 2)
        .filter(|n| n % 2 == 0 || n % 3 == 0)
        .map(|n| {
            let kind = if n % 2 == 0 { 0 } else { n % kinds };
            let place = PrecinctIx::from_position(n / 2);
            Unit {
                id: Id(format!("unit-{n}")),
                kind: KindIx::from_position(kind),
                from: 1,
                post: world.kinds[kind]
                    .tactics
                    .first()
                    .map(|tactic| (place, *tactic)),
                tier: None,
                home: None,
            }
        })
        .collect();
    let rich = Cents::funds(100 * precincts as i64);
    (world.purse.start, world.purse.income, world.purse.carry) = (rich, rich, rich);
    Arc::new(world)
}

/// A whole game in which a policy spreads the units, with the digest of its end.
pub fn game(world: &Arc<World>, seed: u32) -> u128 {
    let lineup = Lineup::policy(world, Policy::Even);
    let game = Game::new(Arc::clone(world), seed).and_then(|game| game.finish(&lineup));
    // Its result tells of the months after, too, and those are no turns.
    let game = game.expect("a policy orders what is allowed");
    game.state().digest().0
}

/// A whole game of that kind with its log.
pub fn logged(setting: &Setting, seed: u32) -> Game {
    let lineup = Lineup::policy(&setting.world, Policy::Even);
    let game = Game::logged(setting, seed).and_then(|game| game.finish(&lineup));
    game.expect("a policy orders what is allowed")
}

/// A world as a log names it.
pub fn setting(world: &Arc<World>) -> Setting {
    Setting::new(Arc::clone(world), Digest(0))
}

/// Every turn of a game of that kind as it opens.
pub fn openings(world: &Arc<World>, seed: u32) -> Vec<State> {
    let lineup = Lineup::policy(world, Policy::Even);
    let mut game = Game::new(Arc::clone(world), seed).expect("it has a desk");
    (0..world.turns)
        .map(|_| {
            let state = game.state().clone();
            game.turn(&lineup).expect("a policy orders what is allowed");
            state
        })
        .collect()
}

/// A game after so many turns, with the units where the scenario puts them.
pub fn after(world: &Arc<World>, seed: u32, turns: u16) -> State {
    let act = |state: &State, action| {
        command::apply(state, seat(world), action, &mut Ledger::without_detail())
            .expect("it is allowed")
    };
    let set_up = Action::SetUp {
        table: Table::Shared,
        presets: Vec::new(),
    };
    let mut state = act(&State::new(Arc::clone(world), seed), &set_up);
    for _ in 0..turns {
        state = act(&state, &Action::EndTurn);
    }
    state
}

/// One turn from there, with the ledger kept and the digest that goes into the log.
pub fn turn(state: &State) -> u128 {
    let mut ledger = Ledger::keeping();
    let next = command::apply(state, seat(state.world()), &Action::EndTurn, &mut ledger);
    next.expect("it is allowed").digest().0
}

/// The same with the lines that the log has of it.
pub fn written_turn(state: &State) -> String {
    let (mut chain, mut lines) = (Chain::default(), String::new());
    let mut write = |record| {
        let sealed = chain.seal(&record, &mut lines);
        sealed.expect("a line has room for a turn");
    };
    let (seat, action) = (seat(state.world()), Action::EndTurn);
    write(Record::Act {
        n: 1,
        parent: 0,
        seat: seat.clone(),
        action: action.clone(),
    });
    let mut ledger = Ledger::keeping();
    let next = command::apply(state, seat, &action, &mut ledger).expect("it is allowed");
    write(Record::Turn {
        n: 1,
        digest: next.digest(),
        summary: next.summary(),
    });
    lines
}

/// An order of each of these turns, with the turn: another team and another precinct every time.
pub fn orders(openings: &[State]) -> Vec<(&State, Action)> {
    let count = openings.len();
    let order = |(at, state)| {
        let mut legal = view(state, seat(state.world())).legal_placements();
        let middle = (2 * at + 1) * legal.len() / (2 * count);
        (state, legal.swap_remove(middle))
    };
    openings.iter().enumerate().map(order).collect()
}

/// What an order would do, as far as the table can know: what a hand over the map asks for at every
/// precinct it comes by.
pub fn preview((state, order): &(&State, Action)) -> Preview {
    let told = view(state, seat(state.world())).preview(order);
    told.expect("it is allowed").expect("it is about a place")
}

/// The desk that gives every order.
pub fn seat(world: &World) -> &Id {
    &world.seats[0].id
}
