//! The pace of the game and the standing orders of the desks, as they are set now.

use crate::rules::digest::{Canon, Walk, canon};
use crate::rules::id::{InjectIx, SeatIx};
use crate::rules::means::Means;
use crate::rules::view::View;
use crate::rules::world::{Controls, Dial, Posture, Tempo, World};
use std::sync::Arc;

/// The instrument that gives the room orders beyond its slots.
const MAP_COMMAND: &str = "map-command";

/// How the game is paced and what stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::rules) struct Routine {
    pub controls: Controls,
    /// The tempo of each turn.
    pub tempo: Vec<Tempo>,
    /// What stands at each desk.
    pub desks: Vec<Standing>,
    /// The decisions of this turn.
    pub decided: Vec<Decision>,
    /// For each desk, how many orders beyond its slots it has been given this turn.
    pub granted: Vec<u16>,
}

/// A desk's standing order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Who plays the desk.
    pub dial: Dial,
    /// Its posture; none where the scenario gives it none.
    pub posture: Option<Posture>,
    /// The posture that it takes next turn.
    pub next: Option<Posture>,
    /// The turn in which the posture was taken.
    pub since: u16,
    /// The last turn in which somebody chose it, again or for the first time; 0 if nobody has.
    pub reviewed: u16,
    /// How many orders it has issued.
    pub orders: u16,
}

/// A decision that a desk has taken this turn; another about the same thing is no new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::rules) struct Decision {
    /// The desk.
    pub seat: SeatIx,
    /// What it is about. Each act copies the turn's decisions, so their names are shared.
    pub about: Arc<str>,
    /// Whether it can be somebody's project.
    pub project: bool,
}

/// How many decisions a desk may take in a turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slots {
    /// Decisions that build, train, set or watch.
    pub projects: u16,
    /// Decisions of any kind.
    pub exceptions: u16,
}

canon! {
    Routine { controls, tempo, desks, decided, granted }
    Standing { dial, posture, next, since, reviewed, orders }
}

impl Canon for Decision {
    fn canon(&self, walk: &mut Walk) {
        let Self {
            seat,
            about,
            project,
        } = self;
        seat.canon(walk);
        about.as_ref().canon(walk);
        project.canon(walk);
    }
}

impl Routine {
    /// The routine at the start of a game.
    pub fn at_start(world: &World) -> Self {
        let mut routine = Self {
            tempo: world.tempo.clone(),
            desks: (world.seats.iter())
                .map(|seat| Standing {
                    posture: seat.postures.first().copied(),
                    since: 1,
                    ..Standing::default()
                })
                .collect(),
            granted: vec![0; world.seats.len()],
            ..Self::default()
        };
        routine.control(world.controls);
        routine
    }

    /// Sets how freely desks order. With slots, postures fill what is left open; otherwise nobody
    /// orders but people.
    pub fn control(&mut self, controls: Controls) {
        self.controls = controls;
        let dial = match controls {
            Controls::Open => Dial::Manual,
            Controls::Slots => Dial::Assisted,
        };
        for desk in self.desks.iter_mut().filter(|it| it.posture.is_some()) {
            desk.dial = dial;
        }
    }

    /// The tempo of a turn.
    pub fn tempo(&self, turn: u16) -> Tempo {
        let at = usize::from(turn.saturating_sub(1));
        self.tempo.get(at).copied().unwrap_or_default()
    }

    /// Closes a turn: postures that were chosen are taken, decisions are forgotten.
    pub fn turn_over(&mut self, turn: u16) {
        self.decided.clear();
        self.granted.fill(0);
        for desk in &mut self.desks {
            if let Some(next) = desk.next.take() {
                (desk.posture, desk.since) = (Some(next), turn + 1);
            }
        }
    }

    /// Notes what a desk has decided; about the same thing it has decided once.
    pub fn decided_by(&mut self, decision: Option<Decision>) {
        let new = decision.filter(|it| !self.has_decided(it.seat, &it.about));
        self.decided.extend(new);
    }

    /// Whether a desk has decided something this turn.
    pub fn has_decided(&self, seat: SeatIx, about: &str) -> bool {
        let mut decided = self.decided.iter();
        decided.any(|it| it.seat == seat && *it.about == *about)
    }

    /// Whether a desk's decisions, with another one, fit its slots.
    pub fn fits(&self, slots: Slots, decision: &Decision) -> bool {
        if self.has_decided(decision.seat, &decision.about) {
            return true;
        }
        let own = self.decided.iter().filter(|it| it.seat == decision.seat);
        let (mut all, mut free) = (1, u16::from(!decision.project));
        for it in own {
            all += 1;
            free += u16::from(!it.project);
        }
        free <= slots.exceptions && all <= slots.exceptions + slots.projects
    }
}

/// How many orders beyond the slots the room can be given in a turn: two for each step that command
/// on the map has been built up.
pub(in crate::rules) fn capacity(world: &World, means: &Means) -> u16 {
    let map = world.open_instrument(MAP_COMMAND);
    2 * map.map_or(0, |map| u16::from(means.reached(map)))
}

/// How many decisions a desk may take in the turn. A desk with a card before it has one exception,
/// one without has two; where something that it builds goes to work, it has one fewer. In the first
/// turn nobody has a project yet, and everybody may change one thing.
pub(in crate::rules) fn slots(world: &World, means: &Means, seat: SeatIx) -> Slots {
    let routine = &means.routine;
    let (projects, exceptions) = match routine.tempo(means.turn) {
        Tempo::Quiet => return Slots::default(),
        Tempo::Planning if means.turn == 1 => (0, 1),
        Tempo::Planning => (1, 0),
        Tempo::Working => {
            let mut cards = (0..world.injects.len()).map(InjectIx::from_position);
            let card =
                cards.any(|card| world.injects[card.at()].seat == seat && means.is_open(card));
            (0, if card { 1 } else { 2 })
        }
    };
    let busy = u16::from(goes_live(world, means, seat));
    Slots {
        projects,
        exceptions: u16::saturating_sub(exceptions, busy) + routine.granted[seat.at()],
    }
}

/// Whether something that a desk has built goes to work this turn.
fn goes_live(world: &World, means: &Means, seat: SeatIx) -> bool {
    let mut built = world.instruments.iter().zip(&means.instruments);
    built.any(|(instrument, pointers)| {
        let fresh = |pointer: &crate::rules::institution::Pointer| {
            pointer.setting > instrument.start && pointer.months == 0.0 && pointer.coming.is_none()
        };
        instrument.owner == seat
            && instrument.ladder
            && means.turn > 1
            && pointers.iter().any(fresh)
    })
}

impl View<'_> {
    /// How freely desks order.
    #[must_use]
    pub fn controls(&self) -> Controls {
        self.means.routine.controls
    }

    /// The tempo of a turn, from 1.
    #[must_use]
    pub fn tempo(&self, turn: u16) -> Tempo {
        self.means.routine.tempo(turn)
    }

    /// What stands at each desk, in their order.
    #[must_use]
    pub fn standing(&self) -> &[Standing] {
        &self.means.routine.desks
    }

    /// How many decisions a desk may take this turn where desks fill slots.
    #[must_use]
    pub fn slots(&self, seat: SeatIx) -> Slots {
        slots(self.world, self.means, seat)
    }

    /// How many decisions a desk has taken this turn.
    #[must_use]
    pub fn decided(&self, seat: SeatIx) -> usize {
        let decided = self.means.routine.decided.iter();
        decided.filter(|it| it.seat == seat).count()
    }

    /// Orders beyond the slots that nobody has been given yet this turn.
    #[must_use]
    pub fn command_capacity(&self) -> u16 {
        let given: u16 = self.means.routine.granted.iter().sum();
        capacity(self.world, self.means).saturating_sub(given)
    }
}
