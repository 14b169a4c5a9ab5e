//! Mandates: what each desk is asked to reach, and its release.

use crate::rules::chance::{Luck, Purpose};
use crate::rules::digest::canon;
use crate::rules::id::{Id, SeatIx};
use crate::rules::means::Means;
use crate::rules::scoring::{self, Outcome};
use crate::rules::state::State;
use crate::rules::view::View;
use crate::rules::world::{Goal, Layer, Mandate, World};

/// A desk that asked to be released from its mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Release {
    /// The desk.
    pub seat: SeatIx,
    /// The turn in which it asked.
    pub asked: u16,
    /// The turn in which it was released.
    pub granted: Option<u16>,
}

canon! {
    Release { seat, asked, granted }
}

/// A desk's own mandate, as the desk reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnMandate {
    /// The set of mandates that is played, in the scenario's list.
    pub set: u16,
    /// Where its words stand in the set.
    pub at: u16,
    /// The line. Its guard opens at the debrief.
    pub goal: Goal,
    /// How it stands, if it is read on the record.
    pub outcome: Option<Outcome>,
}

/// What became of a mandate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Became {
    /// It was met.
    Met,
    /// It was not met.
    Failed,
    /// The desk was released from it.
    Released,
}

impl Became {
    /// Everything that can become of one.
    pub const ALL: [Self; 3] = [Self::Met, Self::Failed, Self::Released];

    /// Its name in texts (`mandate.<id>`) and results.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Failed => "failed",
            Self::Released => "released",
        }
    }
}

/// A mandate as the debrief tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldMandate {
    /// The set, in the scenario's list.
    pub set: u16,
    /// Where its words stand in the set.
    pub at: u16,
    /// The mandate.
    pub mandate: Mandate,
    /// How it stood at the end.
    pub outcome: Outcome,
    /// How its guard stood.
    pub guard: Option<Outcome>,
    /// What became of it.
    pub became: Became,
    /// When the desk asked for its release, and when it was given.
    pub release: Option<Release>,
}

impl World {
    /// The desk that speaks for the whole table: coordination, or whoever sits first.
    #[must_use]
    pub fn coordination(&self) -> SeatIx {
        self.seat(&Id::from("coordination")).unwrap_or(SeatIx(0))
    }
}

impl super::Talk {
    /// How far a desk has come with its release; none if it has not asked.
    pub fn release(&self, seat: SeatIx) -> Option<Release> {
        self.releases.iter().copied().find(|it| it.seat == seat)
    }
}

/// The set of mandates that the seed draws.
pub(in crate::rules) fn draw_mandates(world: &World, seed: u32) -> Option<u16> {
    let sets = world.desks.mandates().len();
    let luck = Luck::new(seed).draws(0, Purpose::Mandates, 0).uniform();
    let lot = (luck * sets as f64) as usize;
    (sets > 0).then(|| lot.min(sets - 1) as u16)
}

/// The set that the set-up takes.
pub(in crate::rules) fn taken_mandates(world: &World, taken: &[Id]) -> Option<u16> {
    let at = world
        .desks
        .mandate_sets()
        .position(|set| taken.contains(set));
    at.map(|at| at as u16)
}

/// The mandates of the set that is played, each with its place in it.
fn played<'a>(
    world: &'a World,
    means: &Means,
) -> impl Iterator<Item = (u16, u16, &'a Mandate)> + use<'a> {
    let set = means.mandates.unwrap_or_default();
    let mandates = means
        .mandates
        .and_then(|set| world.desks.mandates().get(usize::from(set)))
        .map_or(&[][..], |set| &set.mandates);
    let numbered = mandates.iter().enumerate();
    numbered.map(move |(at, mandate)| (set, at as u16, mandate))
}

/// The mandate of a desk.
pub(in crate::rules) fn mandate_of<'a>(
    world: &'a World,
    means: &Means,
    seat: SeatIx,
) -> Option<(u16, u16, &'a Mandate)> {
    played(world, means).find(|(.., mandate)| mandate.seat == seat)
}

/// What became of every mandate, for the debrief.
pub(in crate::rules) fn told_mandates(state: &State) -> Vec<ToldMandate> {
    let read = |goal: &Goal| scoring::outcome(&state.world, goal, &state.open, &state.hidden);
    played(&state.world, &state.means)
        .map(|(set, at, mandate)| {
            let outcome = read(&mandate.goal);
            let release = state.means.talk.release(mandate.seat);
            let became = match release {
                Some(release) if release.granted.is_some() => Became::Released,
                _ if outcome.met => Became::Met,
                _ => Became::Failed,
            };
            ToldMandate {
                set,
                at,
                guard: mandate.guard.as_ref().map(read),
                mandate: mandate.clone(),
                outcome,
                became,
                release,
            }
        })
        .collect()
}

impl<'a> View<'a> {
    /// What the seat is asked to reach.
    #[must_use]
    pub fn mandate(&self) -> Option<OwnMandate> {
        let (set, at, mandate) = mandate_of(self.world, self.means, self.seat)?;
        let read = || scoring::outcome(self.world, &mandate.goal, self.open, &[]);
        Some(OwnMandate {
            set,
            at,
            goal: mandate.goal,
            outcome: (mandate.goal.layer == Layer::Published).then(read),
        })
    }

    /// The desks that are asked for something of their own: that is all the others know of it.
    pub fn mandated(&self) -> impl Iterator<Item = SeatIx> + use<'a> {
        played(self.world, self.means).map(|(.., mandate)| mandate.seat)
    }

    /// The desks that asked for their release, which was said aloud.
    #[must_use]
    pub fn releases(&self) -> &'a [Release] {
        &self.means.talk.releases
    }
}
