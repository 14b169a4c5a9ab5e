//! The test city, and games played in it.

use crate::lab::lineup::owner;
use crate::rules::id::{FamilyIx, KindIx, PrecinctIx, SeatIx};
use crate::rules::means::Post;
use crate::rules::state::{HiddenPage, OpenPage};
use crate::rules::units::Cents;
use crate::rules::world::{
    Choice, Condition, Effect, Inject, InjectKind, PlaceRef, Unit, What, When,
};
use crate::rules::{Action, Amount, Digest, Draft, Id, Ledger, State, Table, Tactic, World};
use crate::rules::{command, digest, standing, view};
use crate::scenario::{Source, load};
use rayon::prelude::*;
use std::sync::Arc;

const SOURCE: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/assets/facts/city.ron"
));

/// The test city, with one preset of the model card or none.
pub struct City {
    world: World,
}

/// One arm of an experiment: a world and what is ordered in it.
pub struct Arm<'a> {
    /// The world.
    pub world: Arc<World>,
    /// The orders of each turn, from 1.
    pub orders: Box<dyn Fn(u16, &mut Orders) + Sync + 'a>,
}

/// The orders of one turn.
pub struct Orders<'a> {
    draft: Draft<'a>,
    world: &'a World,
}

/// A finished game of an arm.
pub struct Run {
    /// The world it was played in.
    pub world: Arc<World>,
    /// The seed of its luck.
    pub seed: u32,
    /// What everybody could read, turn by turn.
    pub open: Vec<OpenPage>,
    /// What was so, turn by turn.
    pub hidden: Vec<HiddenPage>,
    /// The state at the end.
    pub end: State,
}

fn read(text: &str) -> World {
    match load(&Source::text("city.ron", text)) {
        Ok(loaded) => World::clone(&loaded.scenario.world),
        Err(report) => panic!("the test city has errors: {:?}", report.diagnostics),
    }
}

impl City {
    /// The test city under a preset.
    ///
    /// # Panics
    ///
    /// Never in a build that passed its tests: the city is part of the program.
    #[must_use]
    pub fn new(preset: Option<&str>) -> Self {
        let sides: Vec<Id> = preset.map(Id::from).into_iter().collect();
        Self {
            world: read(SOURCE).taking(&sides),
        }
    }

    /// The test city with more fields of a scenario, such as `domains` or `institution`.
    ///
    /// # Panics
    ///
    /// The fields have errors.
    #[must_use]
    pub fn with(fields: &str) -> Self {
        let text = SOURCE.trim_end().trim_end_matches(')');
        Self {
            world: read(&format!("{text}{fields})")),
        }
    }

    /// The digest of the model's numbers in it.
    #[must_use]
    pub fn numbers(&self) -> Digest {
        digest(&(self.world.model.clone(), self.world.families.clone()))
    }

    /// Its world, changed: turns, people, units, cards.
    #[must_use]
    pub fn world(&self, change: impl FnOnce(&mut World)) -> Arc<World> {
        let mut world = self.world.clone();
        change(&mut world);
        Arc::new(world)
    }

    /// All its precincts.
    #[must_use]
    pub fn everywhere(&self) -> Vec<u16> {
        (0..self.world.precincts.len() as u16).collect()
    }

    /// The families with these names.
    ///
    /// # Panics
    ///
    /// The city does not have one of them.
    #[must_use]
    pub fn families(&self, ids: &[&str]) -> Vec<FamilyIx> {
        ids.iter().map(|id| self.family(id)).collect()
    }

    /// The family with this name.
    ///
    /// # Panics
    ///
    /// The city does not have it.
    #[must_use]
    pub fn family(&self, id: &str) -> FamilyIx {
        match self.world.family(&Id::from(id)) {
            Some(family) => family,
            None => panic!("the test city has no {id}"),
        }
    }
}

/// Places units of a kind at the start of a world: `per` in each of these precincts. They are the
/// starting deployment, against which Safety is measured.
pub fn posted(world: &mut World, kind: &str, precincts: &[u16], per: u16, tactic: Tactic) {
    let Some(kind_at) = world.kinds.iter().position(|k| k.id.as_str() == kind) else {
        return;
    };
    for &precinct in precincts {
        for n in 0..per {
            let id = Id(format!("{kind}-base-{precinct}-{n}"));
            world.units.push(Unit {
                id,
                kind: KindIx::from_position(kind_at),
                from: 1,
                post: Some((PrecinctIx(precinct), tactic)),
                tier: None,
                home: None,
            });
        }
    }
}

/// Something that happens to the whole city in a turn, whatever anybody orders.
pub fn event(world: &mut World, turn: u16, what: What) {
    world.injects.push(Inject {
        id: Id::from("event"),
        kind: InjectKind::Card,
        seat: SeatIx(0),
        when: When {
            first: turn,
            last: turn,
            condition: Condition::Always,
            chance: 1.0,
        },
        place: PlaceRef::City,
        options: vec![Choice::new("so", Cents(0), vec![Effect::new(0, what)])],
        silence: 0,
        variants: Vec::new(),
    });
}

impl Orders<'_> {
    /// Gives an order, which must be allowed.
    ///
    /// # Panics
    ///
    /// It is refused: the experiment asks for what the city cannot give.
    pub fn give(&mut self, action: Action) {
        let seat = owner(self.world, &action);
        if let Err(refusal) = self.draft.give(&seat, action.clone()) {
            panic!("{action:?} is refused in an experiment: {refusal:?}");
        }
    }

    /// Gives an order if it is allowed.
    pub fn give_if_allowed(&mut self, action: Action) {
        let seat = owner(self.world, &action);
        // A refusal is what was asked about, and changes nothing.
        drop(self.draft.give(&seat, action));
    }

    /// Places the units `from` to `from + per·n` of a kind: `per` in each of `n` precincts.
    pub fn place(&mut self, kind: &str, from: u16, precincts: &[u16], per: u16, tactic: Tactic) {
        let mut number = from;
        for &precinct in precincts {
            for _ in 0..per {
                self.give(Action::Assign {
                    unit: Id(format!("{kind}-{number}")),
                    to: self.world.precincts[usize::from(precinct)].id.clone(),
                    tactic,
                });
                number += 1;
            }
        }
    }

    /// Takes the units `from` to `from + count` of a kind off the map.
    pub fn withdraw(&mut self, kind: &str, from: u16, count: u16) {
        for number in from..from + count {
            let unit = Id(format!("{kind}-{number}"));
            self.give(Action::Withdraw { unit });
        }
    }

    /// The precinct's name.
    #[must_use]
    pub fn precinct(&self, at: u16) -> Id {
        self.world.precincts[usize::from(at)].id.clone()
    }

    /// What can be seen as the orders stand.
    #[must_use]
    pub fn draft(&self) -> &Draft<'_> {
        &self.draft
    }
}

impl<'a> Arm<'a> {
    /// An arm.
    pub fn new(world: &Arc<World>, orders: impl Fn(u16, &mut Orders) + Sync + 'a) -> Self {
        Self {
            world: Arc::clone(world),
            orders: Box::new(orders),
        }
    }

    /// An arm in which nobody orders anything.
    pub fn idle(world: &Arc<World>) -> Self {
        Self::new(world, |_, _| {})
    }

    /// Plays the game of a seed.
    ///
    /// # Panics
    ///
    /// An order is refused.
    #[must_use]
    pub fn play(&self, seed: u32) -> Run {
        let Some(seat) = self.world.seats.first().map(|seat| seat.id.clone()) else {
            panic!("the test city has seats");
        };
        let mut book = Ledger::without_detail();
        let mut act = |state: &State, seat: &Id, action: &Action| {
            command::apply(state, seat, action, &mut book)
                .unwrap_or_else(|refusal| panic!("{action:?} is refused: {refusal:?}"))
        };
        let set_up = Action::SetUp {
            table: Table::Shared,
            presets: Vec::new(),
        };
        let mut state = act(&State::new(Arc::clone(&self.world), seed), &seat, &set_up);
        while !state.over() {
            let turn = state.turn();
            let given = {
                let seen = view(&state, &seat);
                let mut orders = Orders {
                    draft: seen.draft(),
                    world: &self.world,
                };
                (self.orders)(turn, &mut orders);
                orders.draft.given()
            };
            for action in &given {
                state = act(&state, &seat, action);
            }
            // Desks that are left to their standing orders.
            for (desk, order) in standing::orders(&view(&state, &seat)) {
                state = act(&state, &desk, &order);
            }
            state = act(&state, &seat, &Action::EndTurn);
        }
        let (open, hidden) = match state.debrief() {
            Some(debrief) => (debrief.open.to_vec(), debrief.hidden.to_vec()),
            None => (Vec::new(), Vec::new()),
        };
        Run {
            world: Arc::clone(&self.world),
            seed,
            open,
            hidden,
            end: state,
        }
    }

    /// Plays the games of the first seeds.
    pub fn each<T: Send>(&self, seeds: u32, look: impl Fn(Run) -> T + Sync) -> Vec<T> {
        (1..=seeds)
            .into_par_iter()
            .map(|seed| look(self.play(seed)))
            .collect()
    }

    /// Plays the games of the first seeds beside those of another arm under the same luck.
    pub fn beside<T: Send>(
        &self,
        other: &Arm,
        seeds: u32,
        look: impl Fn(Run, Run) -> T + Sync,
    ) -> Vec<T> {
        (1..=seeds)
            .into_par_iter()
            .map(|seed| look(self.play(seed), other.play(seed)))
            .collect()
    }
}

impl Run {
    /// Sums over turns (from 1, half open), precincts and families.
    fn sum(
        &self,
        turns: std::ops::Range<u16>,
        precincts: &[u16],
        families: &[FamilyIx],
        value: impl Fn(usize, usize) -> f64,
    ) -> f64 {
        let mut sum = 0.0;
        for turn in turns {
            for &p in precincts {
                for &k in families {
                    sum += value(usize::from(turn - 1), self.world.cell(PrecinctIx(p), k));
                }
            }
        }
        sum
    }

    /// Offences that happened.
    #[must_use]
    pub fn happened(&self, turns: std::ops::Range<u16>, p: &[u16], k: &[FamilyIx]) -> f64 {
        self.sum(turns, p, k, |turn, cell| {
            f64::from(self.hidden[turn].happened[cell])
        })
    }

    /// Offences that were expected to happen: the same without the luck of the turn.
    #[must_use]
    pub fn expected(&self, turns: std::ops::Range<u16>, p: &[u16], k: &[FamilyIx]) -> f64 {
        self.sum(turns, p, k, |turn, cell| self.hidden[turn].expected[cell])
    }

    /// Offences at the hottest micro-places, as far as they were expected.
    #[must_use]
    pub fn at_hot_spots(&self, turns: std::ops::Range<u16>, p: &[u16], k: &[FamilyIx]) -> f64 {
        self.sum(turns, p, k, |turn, cell| {
            f64::from(self.hidden[turn].happened[cell]) * self.hidden[turn].hot[cell]
        })
    }

    /// Offences on record.
    #[must_use]
    pub fn recorded(&self, turns: std::ops::Range<u16>, p: &[u16], k: &[FamilyIx]) -> f64 {
        self.sum(turns, p, k, |turn, cell| {
            f64::from(self.open[turn].recorded[cell])
        })
    }

    /// Offences cleared up.
    #[must_use]
    pub fn cleared(&self, turns: std::ops::Range<u16>, p: &[u16], k: &[FamilyIx]) -> f64 {
        self.sum(turns, p, k, |turn, cell| {
            f64::from(self.open[turn].cleared[cell])
        })
    }

    /// Mean true trust of precincts after a turn, points.
    #[must_use]
    pub fn trust(&self, turn: u16, precincts: &[u16]) -> f64 {
        let page = &self.hidden[usize::from(turn - 1)];
        let sum: f64 = precincts
            .iter()
            .map(|p| page.trust[usize::from(*p)].to_f64())
            .sum();
        sum / precincts.len() as f64
    }

    /// Where the units stood in a turn.
    #[must_use]
    pub fn posts(&self, turn: u16) -> &[Post] {
        &self.open[usize::from(turn - 1)].posts
    }
}
