//! Standing orders: what each desk's posture does for it when the orders of a turn are closed.
//!
//! A posture sees what its desk sees, errors included, and gives orders like any other, wrapped in
//! [`Action::Standing`], so a log never depends on how a posture decides. It leaves alone what its
//! desk has decided this turn.

mod desks;
mod units;

use super::action::Action;
use super::draft::Draft;
use super::id::{Id, PrecinctIx, SeatIx, UnitIx};
use super::means::Post;
use super::sight::{Wish, ranked, trust, weighed};
use super::units::Cents;
use super::view::View;
use super::world::{Dial, InjectKind, Posture, Tactic, World};

/// Funds that [`Posture::ReserveFirst`] keeps.
const RESERVE: Cents = Cents(200);

/// What the postures of the desks order now, desk by desk, each order allowed once those before it
/// are given. Desks that people alone play have none.
#[must_use]
pub fn orders(view: &View) -> Vec<(Id, Action)> {
    drawn_up(view).0
}

/// The same, with the Funds that they take in all.
#[must_use]
pub fn drawn_up(view: &View) -> (Vec<(Id, Action)>, Cents) {
    let world = view.world();
    // Most games are played by people alone, and a draft costs a copy of all that stands.
    if view.standing().iter().all(|desk| desk.dial == Dial::Manual) {
        return (Vec::new(), Cents(0));
    }
    let kept = (view.standing().iter())
        .any(|desk| desk.dial != Dial::Manual && desk.posture == Some(Posture::ReserveFirst));
    let mut draft = view.draft();
    let mut given = Vec::new();
    for (at, stands) in view.standing().iter().enumerate() {
        let (Some(posture), true) = (stands.posture, stands.dial != Dial::Manual) else {
            continue;
        };
        let seat = SeatIx::from_position(at);
        let mut desk = Desk {
            seat,
            id: world.seats[at].id.clone(),
            view: view.of(seat),
            posture,
            reserve: if kept { RESERVE } else { Cents(0) },
            draft,
            given,
        };
        desk.carry_on();
        (draft, given) = (desk.draft, desk.given);
    }
    let price = view.free_funds() - draft.view().free_funds();
    (given, price)
}

/// A desk whose posture is at work.
struct Desk<'a> {
    seat: SeatIx,
    id: Id,
    /// What the desk saw before any of this.
    view: View<'a>,
    posture: Posture,
    /// Funds that are left alone.
    reserve: Cents,
    draft: Draft<'a>,
    given: Vec<(Id, Action)>,
}

impl<'a> Desk<'a> {
    fn world(&self) -> &'a World {
        self.view.world()
    }

    /// Gives an order if it stands, leaves the reserve alone and is not about what the desk has
    /// decided; tells whether it was given.
    fn give(&mut self, order: Action) -> bool {
        let decision = self.world().decision(&order);
        if decision.is_some_and(|it| it.seat != self.seat) || self.has_decided(&order) {
            return false;
        }
        let action = Action::Standing {
            posture: self.posture,
            order: Box::new(order),
        };
        let before = self.draft.view().free_funds();
        let mut tried = self.draft.clone();
        if tried.give(&self.id, action.clone()).is_err() {
            return false;
        }
        let after = tried.view().free_funds();
        if after < before && after < self.reserve {
            return false;
        }
        self.draft = tried;
        self.given.push((self.id.clone(), action));
        true
    }

    /// Whether people have decided this turn what the order is about.
    fn has_decided(&self, order: &Action) -> bool {
        let routine = &self.view.means.routine;
        let decision = self.world().decision(order);
        decision.is_some_and(|it| routine.has_decided(it.seat, &it.about))
    }

    /// Sets an instrument.
    fn set(&mut self, what: &str, at: Option<&str>, to: &str) -> bool {
        self.give(Action::Set {
            what: Id::from(what),
            at: at.map(Id::from),
            to: Id::from(to),
        })
    }

    fn carry_on(&mut self) {
        self.take_calls();
        match self.posture {
            Posture::EvenSplit | Posture::ReserveFirst => self.ordinary_duty(),
            Posture::MandateFirst => {
                self.ordinary_duty();
                self.light_the_worst();
            }
            Posture::HarmFirst => self.verify(true, 0),
            Posture::LikelyFirst => self.verify(false, 0),
            Posture::ServeStreet => self.verify(true, 2),
            Posture::SteadySync => self.mend_systems(),
            Posture::CleanFirst => {
                self.mend_systems();
                self.teach();
            }
            Posture::ServeDesks => {
                self.mend_systems();
                self.link();
            }
            Posture::HoldAndRotate => self.rotate(),
            Posture::FollowTheRecord => self.follow_the_record(),
            Posture::EvenCover => self.cover_evenly(),
            Posture::KeepTheBeat => self.keep_the_beat(),
            Posture::LowestTrust => {
                let trust = trust(&self.view);
                self.move_a_team(|p| -trust[p.at()]);
            }
            Posture::MostCalls => {
                let quarrels = weighed(&self.view, |family| family.mediation_effect);
                self.move_a_team(|p| quarrels[p.at()]);
            }
            Posture::HoldA => self.inspect_in_turn(),
            Posture::ShareWithB => {
                self.inspect_in_turn();
                self.share_posts();
            }
            Posture::InspectFirst => {
                self.inspect_in_turn();
                self.register();
            }
            Posture::NoticeFirst => self.put_up_notices(),
            Posture::FollowIncidents => {
                self.put_up_notices();
                self.add_a_camera();
            }
            Posture::Shrink => {
                self.put_up_notices();
                self.take_a_camera_down();
            }
            Posture::VerifyThenAnswer => {
                self.set("rumour-reply", None, "verify");
                self.remind();
            }
            Posture::AnswerFast => {
                self.set("rumour-reply", None, "at-once");
                self.remind();
            }
            Posture::FraudFirst => {
                self.remind();
                self.set("rumour-reply", None, "silent");
            }
        }
    }

    /// A call is not left to silence: the first answer that the means allow. Cards are, because
    /// what silence does is on them.
    fn take_calls(&mut self) {
        let world = self.world();
        for (inject, state) in self.view.open_injects() {
            let card = &world.injects[inject.at()];
            let call = matches!(card.kind, InjectKind::HotCall(_));
            if !call || card.seat != self.seat || state.answer.is_some() {
                continue;
            }
            for choice in &card.options {
                let answer = Action::Answer {
                    inject: card.id.clone(),
                    option: choice.id.clone(),
                };
                if self.give(answer) {
                    break;
                }
            }
        }
    }

    /// The desk's units that its people have not ordered this turn.
    fn units(&self, can: Tactic) -> Vec<(UnitIx, Post)> {
        let world = self.world();
        let routine = &self.view.means.routine;
        let free = |unit: &UnitIx| {
            let about = format!("unit/{}", world.units[unit.at()].id);
            !routine.has_decided(self.seat, &about)
        };
        (self.view.units())
            .filter(|(unit, _)| world.kind_of(*unit).owner == self.seat)
            .filter(|(unit, _)| world.kind_of(*unit).tactics.contains(&can) && free(unit))
            .collect()
    }

    /// Sends a unit somewhere.
    fn send(&mut self, (unit, to, tactic): Wish) -> bool {
        let world = self.world();
        self.give(Action::Assign {
            unit: world.units[unit.at()].id.clone(),
            to: world.precincts[to.at()].id.clone(),
            tactic,
        })
    }

    /// The precincts in which no unit does this, as the orders stand.
    fn without(&self, tactic: Tactic) -> Vec<PrecinctIx> {
        let view = self.draft.view();
        let mut all = ranked(&view, |_| 0.0);
        let stands = |place: &PrecinctIx| {
            view.units()
                .any(|(_, post)| post.at == Some((*place, tactic)))
        };
        all.retain(|place| !stands(place));
        all
    }

    /// The best of some places by a figure.
    fn best(
        places: impl IntoIterator<Item = PrecinctIx>,
        figure: impl Fn(PrecinctIx) -> f64,
    ) -> Option<PrecinctIx> {
        let mut best: Option<(f64, PrecinctIx)> = None;
        for place in places {
            let value = figure(place);
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, place));
            }
        }
        best.map(|(_, place)| place)
    }

    /// Whether a quarter of a year begins with this turn.
    fn new_quarter(&self) -> bool {
        (self.view.turn() - 1).is_multiple_of(self.world().turn.a_quarter())
    }
}
