//! Command: what may be ordered, and why not.
//!
//! [`check`] reads only what is open to the table, so a refusal gives nothing away.

use super::action::{Action, Refusal, Table};
use super::id::{Id, KindIx, SeatIx, UnitIx, nearest};
use super::ledger::Ledger;
use super::state::{Means, Post, State};
use super::turn;
use super::units::Cents;
use super::world::{Tactic, World};

/// Whether a seat may do this now.
///
/// # Errors
///
/// The reason why not, with its figures.
pub fn check(state: &State, seat: &Id, action: &Action) -> Result<(), Refusal> {
    check_open(&state.world, &state.means, seat, action)
}

/// The same, on what is open to the table.
pub(super) fn check_open(
    world: &World,
    means: &Means,
    seat: &Id,
    action: &Action,
) -> Result<(), Refusal> {
    resolve(world, means, seat, action).map(|_| ())
}

/// The state after an act; the state before is untouched. `EndTurn` plays the turn and writes into
/// the ledger.
///
/// # Errors
///
/// The reason why the act is refused; nothing has changed then.
pub fn apply(
    state: &State,
    seat: &Id,
    action: &Action,
    ledger: &mut Ledger,
) -> Result<State, Refusal> {
    let order = resolve(&state.world, &state.means, seat, action)?;
    let mut next = state.clone();
    match order {
        Order::SetUp(table) => next.means.table = Some(table),
        Order::Place(unit, post) => next.means.units[unit.at()] = post,
        Order::Answer(inject, option) => next.means.injects[inject].answer = Some(option),
        Order::EndTurn => turn::play(&mut next, ledger),
    }
    Ok(next)
}

/// An act with its names resolved.
enum Order {
    SetUp(Table),
    Place(UnitIx, Post),
    Answer(usize, u16),
    EndTurn,
}

/// Resolves and checks an act on what is open to the table.
fn resolve(world: &World, means: &Means, seat: &Id, action: &Action) -> Result<Order, Refusal> {
    let Some(seat) = world.seat(seat) else {
        let names = world.seats.iter().map(|seat| seat.id.as_str());
        return Err(Refusal::UnknownSeat(seat.clone(), meant(seat, names)));
    };
    if let Action::SetUp { table } = action {
        return match means.table {
            None => Ok(Order::SetUp(*table)),
            Some(_) => Err(Refusal::AlreadySetUp),
        };
    }
    let Some(table) = means.table else {
        return Err(Refusal::NotSetUp);
    };
    if means.over {
        return Err(Refusal::GameOver { turns: world.turns });
    }
    match action {
        Action::SetUp { .. } => Err(Refusal::AlreadySetUp),
        Action::Assign { unit, to, tactic } => assign(world, means, seat, table, unit, to, *tactic),
        Action::Withdraw { unit } => {
            let index = known_unit(world, unit)?;
            own(world, seat, table, world.kind_of(index).owner)?;
            match means.units[index.at()].at {
                Some(_) => Ok(Order::Place(
                    index,
                    Post {
                        at: None,
                        months: 0.0,
                    },
                )),
                None => Err(Refusal::NotPlaced { unit: unit.clone() }),
            }
        }
        Action::Answer { inject, option } => answer(world, means, seat, table, inject, option),
        Action::EndTurn => Ok(Order::EndTurn),
    }
}

fn assign(
    world: &World,
    means: &Means,
    seat: SeatIx,
    table: Table,
    unit: &Id,
    to: &Id,
    tactic: Tactic,
) -> Result<Order, Refusal> {
    let index = known_unit(world, unit)?;
    let kind = world.kind_of(index);
    own(world, seat, table, kind.owner)?;
    let Some(place) = world.precinct(to) else {
        let names = world.precincts.iter().map(|precinct| precinct.id.as_str());
        return Err(Refusal::UnknownPrecinct(to.clone(), meant(to, names)));
    };
    let definition = &world.units[index.at()];
    if definition.from > means.turn {
        return Err(Refusal::NotHereYet {
            unit: unit.clone(),
            from: definition.from,
        });
    }
    if !kind.tactics.contains(&tactic) {
        return Err(Refusal::CannotDo {
            kind: kind.id.clone(),
            tactic,
            can: kind.tactics.clone(),
        });
    }
    let now = means.units[index.at()].at;
    if now == Some((place, tactic)) {
        return Err(Refusal::AlreadyThere {
            unit: unit.clone(),
            at: to.clone(),
        });
    }
    let free = means.free(world);
    if now.is_none() && kind.price > free {
        return Err(Refusal::Funds {
            kind: Some(kind.id.clone()),
            needs: kind.price,
            free,
            instead: affordable(world, means, free),
        });
    }
    Ok(Order::Place(
        index,
        Post {
            at: Some((place, tactic)),
            months: 0.0,
        },
    ))
}

/// The cheapest kind of unit that stands ready and that the money reaches for.
fn affordable(world: &World, means: &Means, free: Cents) -> Option<(Id, Cents)> {
    means
        .units
        .iter()
        .enumerate()
        .filter(|(at, post)| post.at.is_none() && world.units[*at].from <= means.turn)
        .map(|(at, _)| world.units[at].kind)
        .filter(|kind| world.kinds[kind.at()].price <= free)
        .min_by_key(|kind: &KindIx| (world.kinds[kind.at()].price, *kind))
        .map(|kind| {
            (
                world.kinds[kind.at()].id.clone(),
                world.kinds[kind.at()].price,
            )
        })
}

fn answer(
    world: &World,
    means: &Means,
    seat: SeatIx,
    table: Table,
    inject: &Id,
    option: &Id,
) -> Result<Order, Refusal> {
    let Some(index) = world.inject(inject) else {
        let names = world.injects.iter().map(|inject| inject.id.as_str());
        return Err(Refusal::UnknownInject(inject.clone(), meant(inject, names)));
    };
    if !means.is_open(index) {
        return Err(Refusal::NotOpen {
            inject: inject.clone(),
        });
    }
    let definition = &world.injects[index.at()];
    own(world, seat, table, definition.seat)?;
    let Some(at) = definition
        .options
        .iter()
        .position(|choice| choice.id == *option)
    else {
        let names = definition.options.iter().map(|choice| choice.id.as_str());
        return Err(Refusal::UnknownOption {
            inject: inject.clone(),
            option: option.clone(),
            nearest: meant(option, names),
        });
    };
    let given = means.injects[index.at()]
        .answer
        .and_then(|at| definition.options.get(usize::from(at)))
        .map_or(Cents(0), |choice| choice.cost);
    let free = means.free(world) + given;
    let needs = definition.options[at].cost;
    if needs > free && needs > Cents(0) {
        return Err(Refusal::Funds {
            kind: None,
            needs,
            free,
            instead: None,
        });
    }
    Ok(Order::Answer(index.at(), at as u16))
}

fn known_unit(world: &World, unit: &Id) -> Result<UnitIx, Refusal> {
    world.unit(unit).ok_or_else(|| {
        let names = world.units.iter().map(|unit| unit.id.as_str());
        Refusal::UnknownUnit(unit.clone(), meant(unit, names))
    })
}

fn own(world: &World, seat: SeatIx, table: Table, owner: SeatIx) -> Result<(), Refusal> {
    if table == Table::Shared || seat == owner {
        Ok(())
    } else {
        Err(Refusal::OtherDesk {
            owner: world.seats[owner.at()].id.clone(),
        })
    }
}

fn meant<'a>(wanted: &Id, names: impl Iterator<Item = &'a str>) -> Option<Id> {
    nearest(wanted.as_str(), names).map(Id::from)
}
