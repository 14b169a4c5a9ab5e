//! Who commands which desk in a game without people.

use super::game::{Game, Refused};
use super::plan::Plan;
use super::policy::{Hand, Policy, UnknownPolicy};
use crate::rules::chance::Luck;
use crate::rules::id::{SeatIx, UnitIx, nearest};
use crate::rules::world::Dial;
use crate::rules::{Action, Id, World, view};

/// Who commands which desk: policies, and the orders of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lineup {
    name: String,
    /// Each policy with its desks.
    hands: Vec<(Policy, Hand)>,
    /// The plan's orders, turn by turn.
    turns: Vec<Vec<Action>>,
    /// The turn that is left to the standing orders, if one is.
    left: Option<u16>,
}

/// A plan does not fit the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It names a desk that is not at the table; the nearest one.
    Desk(Id, Option<Id>),
    /// It gives a desk to two policies.
    DeskTwice(Id),
    /// It names a policy that does not exist.
    Policy(UnknownPolicy),
}

impl Lineup {
    /// One policy commands every desk.
    #[must_use]
    pub fn policy(world: &World, policy: Policy) -> Self {
        let seats = (0..world.seats.len()).map(SeatIx::from_position).collect();
        Self {
            name: policy.id().to_owned(),
            hands: vec![(policy, Hand::of(seats))],
            turns: Vec::new(),
            left: None,
        }
    }

    /// The same, but no desk tells another what it has heard.
    #[must_use]
    pub fn silent(world: &World, policy: Policy) -> Self {
        let mut lineup = Self::policy(world, policy);
        for (_, hand) in &mut lineup.hands {
            *hand = hand.clone().silent();
        }
        lineup
    }

    /// The same, but one desk is left to another policy.
    #[must_use]
    pub fn but_for(world: &World, policy: Policy, (desk, other): (SeatIx, Policy)) -> Self {
        let all = (0..world.seats.len()).map(SeatIx::from_position);
        let rest = all.filter(|seat| *seat != desk).collect();
        Self {
            hands: vec![(policy, Hand::of(rest)), (other, Hand::of(vec![desk]))],
            ..Self::policy(world, policy)
        }
    }

    /// The same, but one turn is left to the usual standing orders of all desks.
    #[must_use]
    pub fn but_in(world: &World, policy: Policy, turn: u16) -> Self {
        Self {
            left: Some(turn),
            ..Self::policy(world, policy)
        }
    }

    /// The policies in it that look ahead, with how many plans each weighs a turn.
    pub fn nodes(&self) -> impl Iterator<Item = (Policy, usize)> {
        let policies = self.hands.iter().map(|(policy, _)| *policy);
        policies.filter_map(|policy| Some((policy, policy.nodes()?)))
    }

    /// The desks do what a plan says, which is called `name`.
    ///
    /// # Errors
    ///
    /// The plan names a desk or a policy that does not exist.
    pub fn plan(world: &World, name: &str, plan: &Plan) -> Result<Self, Unfit> {
        for (at, (desk, _)) in plan.desks.iter().enumerate() {
            if plan.desks[..at].iter().any(|(other, _)| other == desk) {
                return Err(Unfit::DeskTwice(desk.0.clone()));
            }
        }
        let mut hands = Vec::new();
        for policy in Policy::ALL {
            let mut seats = Vec::new();
            for (desk, wanted) in &plan.desks {
                let Some(seat) = world.seat(&desk.0) else {
                    let known = world.seats.iter().map(|seat| seat.id.as_str());
                    let meant = nearest(desk.0.as_str(), known).map(Id::from);
                    return Err(Unfit::Desk(desk.0.clone(), meant));
                };
                if Policy::find(wanted).map_err(Unfit::Policy)? == policy {
                    seats.push(seat);
                }
            }
            if !seats.is_empty() {
                hands.push((policy, Hand::of(seats)));
            }
        }
        let turns = &plan.turns;
        Ok(Self {
            name: name.to_owned(),
            hands,
            turns: turns
                .iter()
                .map(|orders| orders.iter().map(super::plan::Order::action).collect())
                .collect(),
            left: None,
        })
    }

    /// Its name in results: a policy's, or a plan's.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many turns the plan has orders for; 0 for a policy.
    #[must_use]
    pub fn planned_turns(&self) -> usize {
        let last = self.turns.iter().rposition(|orders| !orders.is_empty());
        last.map_or(0, |at| at + 1)
    }

    /// Gives the orders of the turn that `game` stands in: the plan's own first, then those of the
    /// policies, which leave the units that the plan has placed this turn where they are.
    ///
    /// # Errors
    ///
    /// An order of the plan is refused, or the log cannot hold more.
    pub(super) fn order(&self, game: &mut Game) -> Result<(), Box<Refused>> {
        let turn = game.state().turn();
        if let Some(left) = self.left {
            if turn == left + 1 {
                dial(game, Dial::Manual)?;
            } else if turn == left {
                return dial(game, Dial::Delegated);
            }
        }
        let none = Vec::new();
        let planned = self.turns.get(usize::from(turn - 1)).unwrap_or(&none);
        for (at, action) in planned.iter().enumerate() {
            let seat = owner(game.state().world(), action);
            game.act(&seat, at + 1, action)?;
        }
        let held: Vec<UnitIx> = planned
            .iter()
            .filter_map(|action| match action {
                Action::Assign { unit, .. }
                | Action::Withdraw { unit }
                | Action::Train { unit } => game.state().world().unit(unit),
                _ => None,
            })
            .collect();
        for (policy, hand) in &self.hands {
            let hand = hand.clone().without(held.iter().copied());
            let state = game.state();
            let world = state.world().clone();
            let luck = Luck::new(state.seed());
            let Some(seat) = world.seats.first() else {
                continue;
            };
            let notes = world
                .seats
                .iter()
                .flat_map(|seat| view(state, &seat.id).notes());
            let hand = hand.with_notes(notes);
            let orders = policy.orders(&view(state, &seat.id), &hand, luck);
            for (at, action) in orders.iter().enumerate() {
                game.act(&owner(&world, action), planned.len() + at + 1, action)?;
            }
        }
        Ok(())
    }
}

/// Says of all desks that have standing orders who plays them.
fn dial(game: &mut Game, dial: Dial) -> Result<(), Box<Refused>> {
    let world = game.state().world().clone();
    for seat in world.seats.iter().filter(|seat| !seat.postures.is_empty()) {
        let seat = seat.id.clone();
        let action = Action::Dial {
            seat: seat.clone(),
            dial,
        };
        game.act(&seat, 0, &action)?;
    }
    Ok(())
}

/// The desk that gives an order: its unit's, or the one a card is addressed to. What names nothing
/// known is left to the first desk, which is told what is wrong with it.
#[must_use]
pub fn owner(world: &World, action: &Action) -> Id {
    let seat = match action {
        Action::Assign { unit, .. } | Action::Withdraw { unit } => {
            world.unit(unit).map(|unit| world.kind_of(unit).owner)
        }
        Action::Train { .. }
        | Action::Duty { .. }
        | Action::Sense { .. }
        | Action::Build { .. }
        | Action::Campaign { .. } => {
            let open = action.kind().and_then(|kind| world.order(kind));
            open.map(|open| open.owner)
        }
        Action::Set { what, .. }
        | Action::Pilot {
            instrument: what, ..
        } => world
            .instrument(what)
            .map(|instrument| world.instruments[instrument.at()].owner),
        Action::Answer { inject, .. } => world
            .inject(inject)
            .map(|inject| world.injects[inject.at()].seat),
        Action::Pin { note } => world.desks.desk_of(note),
        Action::AskRelease { seat, .. }
        | Action::Ask { seat, .. }
        | Action::RoomForecast { seat, .. }
        | Action::Posture { seat, .. }
        | Action::Dial { seat, .. } => world.seat(seat),
        Action::Release { .. } | Action::Grant { .. } => Some(world.coordination()),
        Action::Standing { order, .. } => return owner(world, order),
        Action::Testify { .. } | Action::Question { .. } | Action::Endorse { .. } => {
            world.oversight()
        }
        Action::Emergency(beat) => Some(world.decides(*beat)),
        // Whom an ask is put to is known at the table alone.
        Action::Reply { .. }
        | Action::SetUp { .. }
        | Action::Tempo { .. }
        | Action::Controls(_)
        | Action::Close
        | Action::EndTurn => None,
    };
    let seat = seat.unwrap_or(SeatIx(0));
    let seat = world.seats.get(seat.at());
    seat.map_or_else(|| Id::from(""), |seat| seat.id.clone())
}
