//! The emergency: a grave event stops the response for a minute and a half, at most twice a game.
//!
//! Three things are decided, each by one desk: who goes in first, who commands, and what is said.
//! Each pays out what was prepared: a plan for the place and a ring that is held save a step, a
//! further channel survives the loss of the first, a staffed cell says nothing false.
//!
//! Source of the form: judgement (J). No study fixes these numbers, and the model card says so.

use super::chance::{Luck, Purpose};
use super::curve;
use super::digest::{canon, canon_tag};
use super::id::PrecinctIx;
use super::institution::Sway;
use super::ledger::{Account, Cause, Ledger, Rule, SCALE};
use super::means::Means;
use super::model::Coefficient as C;
use super::pressure;
use super::state::State;
use super::view::View;
use super::world::{Domain, Lever, Over, Tempo, Tier, World};
use serde::{Deserialize, Serialize};

/// The most emergencies in a game: a third would be a habit.
pub const MOST: usize = 2;
/// The domains whose events have a place where somebody has to go.
const SCENES: [Domain; 4] = [
    Domain::MassHarm,
    Domain::Transport,
    Domain::Grievance,
    Domain::Street,
];

/// Who goes in first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum FirstIn {
    /// Whoever is nearest, of whatever kind.
    #[default]
    Nearest,
    /// The unit that is trained for it, a step later.
    Right,
}

/// What people are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statement {
    /// What is known now.
    Now,
    /// What is known, once it has been checked.
    #[default]
    Verified,
    /// Nothing.
    Nothing,
}

/// One of the three decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Beat {
    /// Who goes in first.
    FirstIn(FirstIn),
    /// Which tier commands: the higher, the slower by a step, and the more it sees.
    InCommand(Tier),
    /// What people are told.
    Say(Statement),
}

/// An emergency and what was decided. What nobody decides goes by the book: the nearest unit, the
/// district in command, told once it has been checked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Emergency {
    /// The turn.
    pub turn: u16,
    /// In which domain.
    pub domain: Domain,
    /// Where.
    pub place: PrecinctIx,
    /// Who goes in first.
    pub first: Option<FirstIn>,
    /// Which tier commands.
    pub command: Option<Tier>,
    /// What people are told.
    pub said: Option<Statement>,
}

/// Whether the orders of the turn are closed, and the emergencies so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Room {
    pub closed: bool,
    pub emergencies: Vec<Emergency>,
}

canon_tag!(FirstIn, Statement);
canon! {
    Emergency { turn, domain, place, first, command, said }
    Room { closed, emergencies }
}

impl Room {
    /// The emergency of a turn.
    pub fn now(&self, turn: u16) -> Option<&Emergency> {
        self.emergencies.last().filter(|it| it.turn == turn)
    }

    /// Decides one of the three things.
    pub fn decide(&mut self, beat: Beat) {
        if let Some(now) = self.emergencies.last_mut() {
            match beat {
                Beat::FirstIn(first) => now.first = Some(first),
                Beat::InCommand(tier) => now.command = Some(tier),
                Beat::Say(said) => now.said = Some(said),
            }
        }
    }
}

/// Closes the orders of the turn. If something grave is about to happen where somebody has to go,
/// it becomes an emergency.
pub(super) fn close(state: &mut State) {
    if std::mem::replace(&mut state.means.room.closed, true) {
        return;
    }
    let turn = state.means.turn;
    let quiet = state.means.routine.tempo(turn) == Tempo::Quiet;
    if quiet || state.means.room.emergencies.len() >= MOST {
        return;
    }
    let city = state.city.clone();
    for domain in SCENES {
        let Some(at) = city.domain(domain) else {
            continue;
        };
        let (comes, mut event) = pressure::comes(state, at);
        if comes {
            state.means.room.emergencies.push(Emergency {
                turn,
                domain,
                place: pressure::place_of(&city, &mut event),
                first: None,
                command: None,
                said: None,
            });
            return;
        }
    }
}

/// What the decisions come to.
pub(super) struct Scene {
    pub domain: Domain,
    /// The event's harm, as a multiple of what it would be.
    pub harm: f64,
    /// What is said moves the pressure on public information, points.
    pub heard: (Cause, f64),
    /// Trust lost everywhere by saying what was not so, points.
    pub false_words: f64,
}

/// The emergency of this turn, played out.
pub(super) fn scene(state: &State, city: &World, sway: &Sway, luck: Luck) -> Option<Scene> {
    let means = &state.means;
    let now = means.room.now(means.turn)?;
    let model = &city.model;
    let mut draws = luck.draws(u32::from(means.turn), Purpose::Emergency, 0);
    let (lost, wrong, untrue) = (draws.uniform(), draws.uniform(), draws.uniform());
    let tier = match now.command.unwrap_or(Tier::District) {
        Tier::Station => 0.0,
        Tier::District => 1.0,
        Tier::City => 2.0,
    };
    let planned = plan_for(city, means, now);
    let mut steps = tier;
    let mut avoided = model.get(C::EmergencyCommand) * tier;
    match now.first.unwrap_or_default() {
        FirstIn::Right => {
            steps += 1.0;
            avoided += model.get(C::EmergencyRight);
        }
        // Whoever has rehearsed it is of the right kind.
        FirstIn::Nearest if !planned && wrong < model.get(C::EmergencyWrongKind) => {
            avoided -= model.get(C::EmergencyWrong);
        }
        FirstIn::Nearest => {}
    }
    if lost < model.get(C::EmergencyChannel) && !stands(city, means, "third-channel") {
        steps += 1.0;
    }
    for saved in [planned, stands(city, means, "rings")] {
        steps -= f64::from(u8::from(saved));
    }
    // Where orders reach units later than they would by radio, everything is a step later.
    steps += f64::from(u8::from(sway.city(Lever::Handling) > 0.0));
    let late = model.get(C::EmergencyStep) * curve::max(0.0, steps);

    let said = now.said.unwrap_or_default();
    let is_false =
        said == Statement::Now && !staffed(city, means) && untrue < model.get(C::EmergencySayFalse);
    let heard = match said {
        Statement::Now if is_false => model.get(C::EmergencyFalsePressure),
        Statement::Now => -model.get(C::EmergencySayNow),
        Statement::Verified => model.get(C::EmergencySayVerified),
        Statement::Nothing => model.get(C::EmergencySayNothing),
    };
    let cause = Cause::of(Rule::Emergency).in_domain(Domain::Information);
    Some(Scene {
        domain: now.domain,
        harm: curve::clamp(1.0 - avoided + late, 0.2, 2.0),
        heard: (cause, heard),
        false_words: if is_false {
            model.get(C::EmergencyFalseTrust)
        } else {
            0.0
        },
    })
}

/// What earlier choices do for an emergency, each where the scenario has it open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prepared {
    /// Whether a plan for this kind of event lies ready for the place.
    pub plan: Option<bool>,
    /// Whether a ring is held.
    pub rings: Option<bool>,
    /// Whether a further channel stands.
    pub channel: Option<bool>,
    /// Whether the cell that answers the public is staffed.
    pub cell: Option<bool>,
}

impl View<'_> {
    /// What was prepared for the emergency of the turn; none where there is no emergency.
    #[must_use]
    pub fn prepared(&self) -> Option<Prepared> {
        let (world, means) = (self.world, self.means);
        let now = self.emergency()?;
        let open = |instrument, is: bool| world.open_instrument(instrument).map(|_| is);
        Some(Prepared {
            plan: open("contingency-plans", plan_for(world, means, now)),
            rings: open("rings", stands(world, means, "rings")),
            channel: open("third-channel", stands(world, means, "third-channel")),
            cell: open("fusion-cells", staffed(world, means)),
        })
    }
}

/// What was said and was not so costs trust everywhere.
pub(super) fn tell(state: &mut State, scene: &Scene, ledger: &mut Ledger) {
    if scene.false_words == 0.0 {
        return;
    }
    let causes = [(Cause::of(Rule::Emergency), -scene.false_words)];
    for (p, stock) in state.truth.trust.iter_mut().enumerate() {
        let account = Account::Trust(PrecinctIx::from_position(p));
        ledger.post_all(account, stock, &causes, SCALE);
    }
}

/// Whether a plan for this kind of event lies ready for the place.
fn plan_for(city: &World, means: &Means, now: &Emergency) -> bool {
    let Some(plans) = city.open_instrument("contingency-plans") else {
        return false;
    };
    let instrument = &city.instruments[plans.at()];
    let Some(pointer) = means.instruments[plans.at()].get(now.place.at()) else {
        return false;
    };
    let setting = &instrument.settings[usize::from(pointer.setting)];
    let mut effects = setting.effects.iter();
    instrument.over == Over::Precincts
        && effects.any(|effect| effect.lever == Lever::Harm(now.domain))
}

/// Whether an instrument stands above its first setting anywhere.
fn stands(city: &World, means: &Means, instrument: &str) -> bool {
    let open = city.open_instrument(instrument);
    open.is_some_and(|index| means.reached(index) > 0)
}

/// Whether the cell that answers the public is staffed.
fn staffed(city: &World, means: &Means) -> bool {
    let Some(index) = city.open_instrument("fusion-cells") else {
        return false;
    };
    let over = &city.instruments[index.at()].over;
    let mut cells = means.instruments[index.at()].iter().enumerate();
    cells.any(|(at, cell)| cell.setting > 0 && city.subject(over, at) == Some("reply"))
}
