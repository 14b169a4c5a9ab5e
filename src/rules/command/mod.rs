//! Command: what may be ordered, and why not.
//!
//! [`check`] reads only what is open to the table, so a refusal gives nothing away.

mod funds;
mod institution;
mod measures;
mod residents;
mod routine;
mod talk;
mod units;

use super::action::{Action, Table};
use super::emergency::{self, Beat};
use super::id::{DistrictIx, Id, InstrumentIx, PrecinctIx, SeatIx, UnitIx, nearest};
use super::institution::{pilot, verification, yardstick};
use super::ledger::Ledger;
use super::means::{Campaign, Means, Post, Sensing, Site};
use super::refusal::Refusal;
use super::state::State;
use super::table::{self, Decision, Endorsement, Said, Testimony};
use super::turn;
use super::units::{Cents, Micro};
use super::world::{Controls, Dial, Duty, OrderKind, Posture, Tempo, Work, World};

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
        Order::SetUp(table, presets) => next.set_up(table, presets),
        Order::EndTurn => turn::play(&mut next, ledger),
        Order::Close => emergency::close(&mut next),
        Order::Means(order, decision) => {
            let set = order.setting();
            order.carry_out(&state.world, &mut next.means, action);
            next.means.routine.decided_by(decision);
            if let Some((instrument, at)) = set {
                verification::look(&mut next, instrument, at);
                yardstick::choose(&mut next, instrument);
            }
        }
    }
    Ok(next)
}

/// Gives an order of the turn on paper; tells whether it is one.
///
/// # Errors
///
/// The reason why the order is refused; the means are as they were.
pub(super) fn give(
    world: &World,
    means: &mut Means,
    seat: &Id,
    action: &Action,
) -> Result<bool, Refusal> {
    Ok(match resolve(world, means, seat, action)? {
        Order::Means(order, decision) => {
            order.carry_out(world, means, action);
            means.routine.decided_by(decision);
            true
        }
        Order::SetUp(..) | Order::Close | Order::EndTurn => false,
    })
}

/// An act with its names resolved.
enum Order {
    SetUp(Table, Vec<Id>),
    /// A change of the means, and the decision of a desk that it is.
    Means(Change, Option<Decision>),
    /// The orders of the turn are closed.
    Close,
    EndTurn,
}

/// What an order changes of the means.
enum Change {
    Place(UnitIx, Post),
    Train(UnitIx),
    Duty(Vec<DistrictIx>, Duty),
    Cameras(PrecinctIx, Sensing),
    Online(Sensing),
    Build(Work, PrecinctIx),
    Campaign(bool),
    Set(InstrumentIx, usize, u8),
    Pilot(InstrumentIx, u8, PrecinctIx),
    Answer(usize, u16),
    Say(Said),
    Posture(SeatIx, Posture),
    Dial(SeatIx, Dial),
    Tempo(u16, Tempo),
    Controls(Controls),
    Grant(SeatIx),
    Testify(Testimony),
    Endorse(Endorsement),
    Beat(Beat),
    /// What a desk's posture orders.
    Standing(SeatIx, Box<Change>),
}

impl Change {
    /// The instrument that is set and the position of what it is set for.
    fn setting(&self) -> Option<(InstrumentIx, usize)> {
        match self {
            Self::Set(instrument, at, _) => Some((*instrument, *at)),
            Self::Standing(_, order) => order.setting(),
            _ => None,
        }
    }

    fn carry_out(self, world: &World, means: &mut Means, action: &Action) {
        let model = &world.model;
        table::keep_by_order(means, action);
        match self {
            Self::Place(unit, post) => {
                means.units[unit.at()] = post;
                means.teams[unit.at()].training = false;
            }
            Self::Train(unit) => {
                means.units[unit.at()] = Post::OFF;
                means.teams[unit.at()].training = true;
            }
            Self::Duty(districts, level) => {
                for district in districts {
                    let grade = &mut means.duty[district.at()];
                    if grade.level != level {
                        *grade = super::means::Grade { level, months: 0.0 };
                    }
                }
            }
            Self::Cameras(precinct, sensing) => means.places[precinct.at()].cameras = sensing,
            Self::Online(sensing) => means.online = sensing,
            Self::Build(work, precinct) => {
                let Site {
                    lighting,
                    deterrence,
                    ..
                } = &mut means.places[precinct.at()];
                let begun = match work {
                    Work::Lighting => lighting,
                    Work::Deterrence => deterrence,
                };
                *begun = Some(0.0);
                means.ordered += measures::price_of_work(model, work);
            }
            Self::Campaign(reminder) => {
                means.campaign = Some(Campaign {
                    months: 0.0,
                    reminder,
                });
                means.ordered += measures::price_of_campaign(model, reminder);
            }
            Self::Set(instrument, at, to) => {
                super::institution::set(world, means, instrument, at, to);
            }
            Self::Pilot(instrument, setting, precinct) => {
                pilot::begin(world, means, instrument, (setting, precinct));
            }
            Self::Answer(inject, option) => means.injects[inject].answer = Some(option),
            Self::Say(said) => said.carry_out(means),
            Self::Posture(seat, posture) => {
                let turn = means.turn;
                let standing = &mut means.routine.desks[seat.at()];
                standing.reviewed = turn;
                standing.next = (standing.posture != Some(posture)).then_some(posture);
            }
            Self::Dial(seat, dial) => means.routine.desks[seat.at()].dial = dial,
            Self::Tempo(turn, tempo) => {
                if let Some(held) = means.routine.tempo.get_mut(usize::from(turn) - 1) {
                    *held = tempo;
                }
            }
            Self::Controls(controls) => means.routine.control(controls),
            Self::Grant(seat) => means.routine.granted[seat.at()] += 1,
            Self::Testify(testimony) => means.residents.testimonies.push(testimony),
            Self::Endorse(endorsed) => means.residents.endorsements.push(endorsed),
            Self::Beat(beat) => means.room.decide(beat),
            Self::Standing(seat, order) => {
                if let Action::Standing { order: action, .. } = action {
                    order.carry_out(world, means, action);
                }
                means.routine.desks[seat.at()].orders += 1;
            }
        }
    }
}

/// Resolves and checks an act on what is open to the table.
fn resolve(world: &World, means: &Means, seat: &Id, action: &Action) -> Result<Order, Refusal> {
    let Some(seat) = world.seat(seat) else {
        let names = world.seats.iter().map(|seat| seat.id.as_str());
        return Err(Refusal::UnknownSeat(seat.clone(), meant(seat, names)));
    };
    if let Action::SetUp { table, presets } = action {
        return match means.table {
            None => Ok(Order::SetUp(*table, chosen(world, presets)?)),
            Some(_) => Err(Refusal::AlreadySetUp),
        };
    }
    let Some(table) = means.table else {
        return Err(Refusal::NotSetUp);
    };
    if means.over {
        return Err(Refusal::GameOver { turns: world.turns });
    }
    let desk = Desk {
        world,
        means,
        seat,
        table,
    };
    if means.room.closed && !desk.while_closed(action) {
        return Err(Refusal::OrdersClosed);
    }
    order(&desk, &world.seats[seat.at()].id, action)
}

/// Resolves and checks an act of a desk in a game that is set up and not over.
fn order(desk: &Desk, seat: &Id, action: &Action) -> Result<Order, Refusal> {
    let turn = desk.means.turn;
    let change = match action {
        Action::SetUp { .. } => return Err(Refusal::AlreadySetUp),
        Action::EndTurn => return Ok(Order::EndTurn),
        Action::Close if desk.means.room.closed => return Err(Refusal::OrdersClosed),
        Action::Close => return Ok(Order::Close),
        Action::Assign { unit, to, tactic } => desk.assign(unit, to, *tactic)?,
        Action::Withdraw { unit } => desk.withdraw(unit)?,
        Action::Train { unit } => desk.train(unit)?,
        Action::Duty { district, level } => desk.duty(district.as_ref(), *level)?,
        Action::Sense {
            precinct,
            level,
            governance,
            live,
        } => desk.sense(
            precinct.as_ref(),
            Sensing {
                level: *level,
                governance: *governance,
                live: *live,
                from: turn,
                kept: 0.0,
            },
        )?,
        Action::Build { work, precinct } => desk.build(*work, precinct)?,
        Action::Campaign { reminder } => desk.campaign(*reminder)?,
        Action::Set { what, at, to } => desk.set(what, at.as_ref(), to)?,
        Action::Pilot {
            instrument,
            precinct,
        } => desk.pilot(instrument, precinct)?,
        Action::Answer { inject, option } => desk.answer(inject, option)?,
        Action::Pin { note } => desk.pin(note)?,
        Action::AskRelease { seat, .. } => desk.ask_release(seat)?,
        Action::Release { desk: seat, .. } => desk.release(seat)?,
        Action::Ask { seat, of, what } => desk.ask(seat, of, what)?,
        Action::RoomForecast { seat, low, high } => desk.forecast(seat, *low, *high)?,
        Action::Reply { ask, reply, by, .. } => desk.reply(ask, reply, *by)?,
        Action::Posture { seat, posture } => desk.posture(seat, *posture)?,
        Action::Dial { seat, dial } => desk.dial(seat, *dial)?,
        Action::Tempo { turn, tempo } => desk.tempo(*turn, *tempo)?,
        Action::Controls(controls) => desk.controls(*controls)?,
        Action::Grant { desk: seat } => desk.grant(seat)?,
        Action::Testify { precinct } => desk.testify(precinct)?,
        Action::Question { of } => desk.question(of)?,
        Action::Endorse { what, support } => desk.endorse(what, *support)?,
        Action::Emergency(beat) => desk.beat(*beat)?,
        Action::Standing { posture, order } => {
            // It is no decision of the desk's people.
            return Ok(Order::Means(desk.standing(seat, *posture, order)?, None));
        }
    };
    let decision = desk.decision(action, &change);
    if let Some(decision) = &decision {
        desk.fits(decision)?;
    }
    Ok(Order::Means(change, decision))
}

/// What a choice of the set-up answers. Which mandates are played and how the game starts are questions
/// too, without names of their own.
#[derive(PartialEq)]
enum Question<'a> {
    Contested(&'a Id),
    Mandates,
    Start,
}

/// The choices of these names, one answer to a question at most.
fn chosen(world: &World, choices: &[Id]) -> Result<Vec<Id>, Refusal> {
    let mut questions: Vec<(Question, &Id)> = Vec::new();
    for id in choices {
        let preset = world.presets.iter().find(|preset| preset.id == *id);
        let mut starts = world.starts.0.iter().map(|start| &start.id);
        let question = match preset {
            Some(preset) => Question::Contested(&preset.question),
            None if world.desks.mandate_sets().any(|set| set == id) => Question::Mandates,
            None if starts.any(|start| start == id) => Question::Start,
            None => {
                let names = world.presets.iter().map(|preset| &preset.id);
                let names = names.chain(world.desks.mandate_sets());
                let names = names.chain(world.starts.0.iter().map(|start| &start.id));
                let names = names.map(Id::as_str);
                return Err(Refusal::UnknownPreset(id.clone(), meant(id, names)));
            }
        };
        let other = questions.iter().find(|(other, _)| *other == question);
        if let Some((_, other)) = other {
            return Err(Refusal::SameQuestion((*other).clone(), id.clone()));
        }
        questions.push((question, id));
    }
    Ok(choices.to_vec())
}

/// A desk that gives orders.
struct Desk<'a> {
    world: &'a World,
    means: &'a Means,
    seat: SeatIx,
    table: Table,
}

impl Desk<'_> {
    fn own(&self, owner: SeatIx) -> Result<(), Refusal> {
        if self.table == Table::Shared || self.seat == owner {
            Ok(())
        } else {
            Err(Refusal::OtherDesk {
                owner: self.world.seats[owner.at()].id.clone(),
            })
        }
    }

    /// Whether the desk gives orders of this kind in this scenario.
    fn may(&self, kind: OrderKind) -> Result<(), Refusal> {
        match self.world.order(kind) {
            Some(open) => self.own(open.owner),
            None => Err(Refusal::NotInScenario { order: kind }),
        }
    }

    fn desk(&self, id: &Id) -> Result<SeatIx, Refusal> {
        self.world.seat(id).ok_or_else(|| {
            let names = self.world.seats.iter().map(|seat| seat.id.as_str());
            Refusal::UnknownSeat(id.clone(), meant(id, names))
        })
    }

    fn precinct(&self, id: &Id) -> Result<PrecinctIx, Refusal> {
        self.world.precinct(id).ok_or_else(|| {
            let names = self.world.precincts.iter().map(|p| p.id.as_str());
            Refusal::UnknownPrecinct(id.clone(), meant(id, names))
        })
    }

    /// Whether the analysts reach for what `after` binds.
    fn analysts(&self, after: &Means) -> Result<(), Refusal> {
        let before = self.means.analysts_bound(self.world);
        let bound = after.analysts_bound(self.world);
        if bound > before && bound > self.world.analysts {
            return Err(Refusal::Analysts {
                needs: bound - before,
                free: self.world.analysts.saturating_sub(before),
            });
        }
        Ok(())
    }

    fn answer(&self, inject: &Id, option: &Id) -> Result<Change, Refusal> {
        let (world, means) = (self.world, self.means);
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
        self.own(definition.seat)?;
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
            .and_then(|at| definition.options.get(usize::from(at)));
        let choice = &definition.options[at];
        let free = means.free(world) + given.map_or(Cents(0), |choice| choice.cost);
        let needs = choice.cost;
        if needs > free && needs > Cents(0) {
            return Err(self.answer_too_dear(needs, free));
        }
        let bound = means.goodwill_bound(world) - given.map_or(Micro(0), |choice| choice.goodwill);
        let free = means.goodwill.get() - bound;
        if choice.goodwill > free && choice.goodwill > Micro(0) {
            return Err(Refusal::Goodwill {
                needs: choice.goodwill,
                free,
            });
        }
        let mut after = means.clone();
        after.injects[index.at()].answer = Some(at as u16);
        self.analysts(&after)?;
        Ok(Change::Answer(index.at(), at as u16))
    }
}

fn meant<'a>(wanted: &Id, names: impl Iterator<Item = &'a str>) -> Option<Id> {
    nearest(wanted.as_str(), names).map(Id::from)
}
