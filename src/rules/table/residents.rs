//! The seat for those who are governed: it commands nothing and sees what no desk sees.
//!
//! Each quarter it knows what really happened in two precincts, and what has gone wrong and is not
//! put right. It can put a figure on the map, put a question that has to be answered, and stand
//! behind a project or against it. (Beyond the source; SYSTEM row G3.)

use super::Talk;
use crate::rules::chance::{Luck, Purpose};
use crate::rules::digest::canon;
use crate::rules::id::{Id, PrecinctIx, SeatIx};
use crate::rules::ledger::{Account, Cause, Ledger, Rule, SCALE};
use crate::rules::means::Means;
use crate::rules::model::Coefficient as C;
use crate::rules::state::State;
use crate::rules::units::Micro;
use crate::rules::view::View;
use crate::rules::world::World;

/// In how many precincts the seat knows what happened.
const PLACES: usize = 2;

/// What the seat knows and has done.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Residents {
    /// What it knows of the turn just played, and nobody else does.
    pub witnessed: Vec<Witnessed>,
    /// What it has put on the map.
    pub testimonies: Vec<Testimony>,
    /// What it has stood behind or against.
    pub endorsements: Vec<Endorsement>,
}

/// What the seat knows of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct Witnessed {
    /// The turn in which it happened.
    pub turn: u16,
    /// Where.
    pub place: PrecinctIx,
    /// How many offences of each family there were in truth.
    pub happened: Vec<u32>,
    /// Wrongs done in the whole city and not put right, points.
    pub wrongs: Micro,
}

/// What the seat has put on the map, for all to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Testimony {
    /// The turn in which it was put there.
    pub turn: u16,
    /// What was put there.
    pub told: Witnessed,
}

/// A project that the seat has stood behind, or against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endorsement {
    /// The turn.
    pub turn: u16,
    /// The instrument that had been ordered.
    pub what: Id,
    /// Behind it.
    pub support: bool,
}

canon! {
    Residents { witnessed, testimonies, endorsements }
    Witnessed { turn, place, happened, wrongs }
    Testimony { turn, told }
    Endorsement { turn, what, support }
}

/// The quarter in which a turn lies, from 0.
pub(in crate::rules) fn quarter(world: &World, turn: u16) -> u16 {
    turn.saturating_sub(1) / world.turn.a_quarter()
}

/// Tells the seat what happened in the turn just played.
pub(in crate::rules) fn witness(state: &mut State) {
    let world = state.world.clone();
    let (turn, count) = (state.means.turn, world.precincts.len());
    if world.oversight().is_none() {
        return;
    }
    let quarter = u32::from(quarter(&world, turn));
    let mut draws = Luck::new(state.seed).draws(quarter, Purpose::Witness, 0);
    let mut places: Vec<usize> = Vec::new();
    while places.len() < PLACES.min(count) {
        let left = count - places.len();
        let mut at = ((draws.uniform() * left as f64) as usize).min(left - 1);
        places.sort_unstable();
        for taken in &places {
            at += usize::from(at >= *taken);
        }
        places.push(at);
    }
    let families = world.families.len();
    let page = state.hidden.last();
    let witnessed = places.into_iter().map(|at| Witnessed {
        turn,
        place: PrecinctIx::from_position(at),
        happened: page.map_or_else(Vec::new, |page| {
            page.happened[at * families..(at + 1) * families].to_vec()
        }),
        wrongs: state.truth.wrongs.get(),
    });
    state.means.residents.witnessed = witnessed.collect();
}

/// What the seat's words bring about when a turn is played: a question that nobody has answered is
/// a wrong, and people follow it towards a project or away from it.
pub(in crate::rules) fn heed(state: &mut State, ledger: &mut Ledger) {
    let (turn, world) = (state.means.turn, state.world.clone());
    let Some(seat) = world.oversight() else {
        return;
    };
    let open = questions(&state.means.talk, seat, turn) as f64;
    let wrong = world.model.get(C::Unanswered) * open;
    let causes = [(Cause::of(Rule::Unanswered), wrong)];
    if wrong > 0.0 {
        state.truth.wrong(&causes, ledger);
    }
    let endorsed = state.means.residents.endorsements.last();
    if let Some(endorsed) = endorsed.filter(|it| it.turn == turn) {
        let sign = if endorsed.support { 1.0 } else { -1.0 };
        let points = sign * world.model.get(C::Endorsement);
        let causes = [(Cause::of(Rule::Endorsement), points)];
        ledger.post_all(Account::Goodwill, &mut state.means.goodwill, &causes, SCALE);
    }
}

/// How many of the seat's questions of a turn have no answer.
fn questions(talk: &Talk, seat: SeatIx, turn: u16) -> usize {
    let asks = talk.asks.iter();
    asks.filter(|ask| ask.seat == seat && ask.turn == turn && ask.answer.is_none())
        .count()
}

/// The places of which a true figure lies on the map this turn.
pub(in crate::rules) fn told_places(means: &Means) -> impl Iterator<Item = PrecinctIx> {
    let told = means.residents.testimonies.iter();
    told.filter(|it| it.turn == means.turn)
        .map(|it| it.told.place)
}

impl<'a> View<'a> {
    /// What the seat for those who are governed knows; any other seat knows nothing of it.
    #[must_use]
    pub fn witnessed(&self) -> &'a [Witnessed] {
        if self.world.oversight() == Some(self.seat) {
            &self.means.residents.witnessed
        } else {
            &[]
        }
    }

    /// True figures that have been put on the map.
    #[must_use]
    pub fn testimonies(&self) -> &'a [Testimony] {
        &self.means.residents.testimonies
    }

    /// Projects that the seat has stood behind, or against.
    #[must_use]
    pub fn endorsements(&self) -> &'a [Endorsement] {
        &self.means.residents.endorsements
    }
}
