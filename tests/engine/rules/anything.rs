//! A hundred thousand acts over the shipped scenarios, sensible and absurd: nothing breaks, nothing
//! leaves its range, and what is refused leaves no trace.

use crate::support::small_world;
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::emergency::{Beat, FirstIn, Statement};
use commonwatch::rules::table::{Reply, Wish};
use commonwatch::rules::world::{
    Controls, Dial, Duty, Governance, OrderKind, Posture, Tactic, Tempo, Tier, Work,
};
use commonwatch::rules::{Action, Cents, Id, Ledger, Micro, Refusal, State, Table, World, view};
use commonwatch::scenario::{built_in, load};
use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Over all scenarios.
const ACTS: usize = 100_000;
/// Acts after the end of each game.
const AFTER: usize = 12;

/// Somebody who tries everything.
struct Hand {
    dice: ChaCha8Rng,
}

impl Hand {
    fn below(&mut self, of: usize) -> usize {
        self.dice.random_range(0..of)
    }

    /// One in so many times.
    fn one_in(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        (!all.is_empty()).then(|| &all[self.below(all.len())])
    }

    /// What no scenario calls anything.
    fn nonsense(&mut self) -> Id {
        match self.below(7) {
            0 => Id::from(""),
            1 => Id::from("nobody"),
            2 => Id::from("片区"),
            3 => Id("x".repeat(3_000)),
            4 => Id::from("foot-18446744073709551616"),
            5 => Id::from("../\u{0}\u{202e}"),
            _ => Id(format!("{}", self.below(usize::MAX))),
        }
    }

    /// A name of the scenario; now and then of another sort, or of nothing.
    fn name<'a>(&mut self, world: &World, right: impl Iterator<Item = &'a Id>) -> Id {
        let right: Vec<&Id> = right.collect();
        match self.below(12) {
            0 => self.nonsense(),
            1 => {
                let precinct = self.pick(&world.precincts).map(|p| &p.id);
                precinct.cloned().unwrap_or_else(|| self.nonsense())
            }
            _ => match self.pick(&right) {
                Some(id) => (*id).clone(),
                None => self.nonsense(),
            },
        }
    }

    fn unit(&mut self, world: &World) -> Id {
        self.name(world, world.units.iter().map(|unit| &unit.id))
    }

    fn precinct(&mut self, world: &World) -> Id {
        self.name(world, world.precincts.iter().map(|precinct| &precinct.id))
    }

    fn seat(&mut self, world: &World) -> Id {
        match self.pick(&world.seats) {
            Some(seat) if !self.one_in(25) => seat.id.clone(),
            _ => self.nonsense(),
        }
    }

    fn set_up(&mut self, world: &World) -> Action {
        let table = if self.one_in(2) {
            Table::Desks
        } else {
            Table::Shared
        };
        let wanted = if self.one_in(2) { 0 } else { self.below(4) };
        let choices = || {
            let sides = world.presets.iter().map(|preset| &preset.id);
            let starts = world.starts.0.iter().map(|start| &start.id);
            sides.chain(world.desks.mandate_sets()).chain(starts)
        };
        let presets = (0..wanted).map(|_| self.name(world, choices())).collect();
        Action::SetUp { table, presets }
    }

    /// An act of any kind, in any place, of any amount.
    fn any(&mut self, world: &World) -> Action {
        let anywhere = self.one_in(3);
        let somewhere = |hand: &mut Self| (!anywhere).then(|| hand.precinct(world));
        match self.below(20) {
            0..5 => Action::Assign {
                unit: self.unit(world),
                to: self.precinct(world),
                tactic: Tactic::ALL[self.below(Tactic::ALL.len())],
            },
            5..7 => Action::Withdraw {
                unit: self.unit(world),
            },
            7 => Action::Train {
                unit: self.unit(world),
            },
            8 => Action::Duty {
                district: if anywhere {
                    None
                } else {
                    Some(self.name(world, world.districts.iter()))
                },
                level: Duty::ALL[self.below(Duty::ALL.len())],
            },
            9 | 10 => Action::Sense {
                precinct: somewhere(self),
                level: if self.one_in(4) {
                    self.below(256) as u8
                } else {
                    self.below(5) as u8
                },
                governance: Governance::ALL[self.below(Governance::ALL.len())],
                live: self.one_in(2),
            },
            11 => Action::Build {
                work: Work::ALL[self.below(Work::ALL.len())],
                precinct: self.precinct(world),
            },
            12 => Action::Campaign {
                reminder: self.one_in(2),
            },
            13 | 14 => {
                let options = world.injects.iter().flat_map(|inject| &inject.options);
                Action::Answer {
                    inject: self.name(world, world.injects.iter().map(|inject| &inject.id)),
                    option: self.name(world, options.map(|option| &option.id)),
                }
            }
            15..19 => self.word(world),
            _ => self.set_up(world),
        }
    }

    /// Something that is said at the table.
    fn word(&mut self, world: &World) -> Action {
        let wish = match self.below(4) {
            0 => Wish::Word,
            1 => Wish::Funds(self.below(1 << 16) as u16),
            2 => Wish::Order(OrderKind::ALL[self.below(OrderKind::ALL.len())]),
            _ => Wish::Unit {
                unit: self.unit(world),
                to: Some(self.precinct(world)),
            },
        };
        // Names that notes and asks have in some games.
        let numbered = |hand: &mut Self| {
            let seat = hand.seat(world);
            Id(format!("{seat}-{}", hand.below(100)))
        };
        if self.one_in(3) {
            return self.routine(world);
        }
        match self.below(7) {
            0 | 1 => Action::Pin {
                note: numbered(self),
            },
            2 => Action::Ask {
                seat: self.seat(world),
                of: self.seat(world),
                what: wish,
            },
            3 => {
                let seat = self.seat(world);
                Action::Reply {
                    ask: Id(format!("{seat}-{}", self.below(3))),
                    reply: match self.below(3) {
                        0 => Reply::Yes,
                        1 => Reply::YesIf(wish),
                        _ => Reply::No,
                    },
                    by: self.one_in(2).then(|| self.below(20) as u16),
                    reason: None,
                }
            }
            4 => Action::AskRelease {
                seat: self.seat(world),
                reason: None,
            },
            5 => Action::Release {
                desk: self.seat(world),
                reason: None,
            },
            _ => Action::RoomForecast {
                seat: self.seat(world),
                low: self.below(100) as u16,
                high: self.below(100) as u16,
            },
        }
    }

    /// What paces the game, what stands, and what the residents say.
    fn routine(&mut self, world: &World) -> Action {
        let instrument = |hand: &mut Self| {
            hand.name(
                world,
                world.instruments.iter().map(|instrument| &instrument.id),
            )
        };
        match self.below(13) {
            0 => Action::Posture {
                seat: self.seat(world),
                posture: Posture::ALL[self.below(Posture::ALL.len())],
            },
            1 | 2 => Action::Dial {
                seat: self.seat(world),
                dial: Dial::ALL[self.below(Dial::ALL.len())],
            },
            3 => Action::Tempo {
                turn: self.below(16) as u16,
                tempo: Tempo::ALL[self.below(Tempo::ALL.len())],
            },
            4 => Action::Controls(if self.one_in(2) {
                Controls::Slots
            } else {
                Controls::Open
            }),
            5 => Action::Grant {
                desk: self.seat(world),
            },
            6 => Action::Testify {
                precinct: self.precinct(world),
            },
            7 => Action::Question {
                of: self.seat(world),
            },
            8 => Action::Endorse {
                what: instrument(self),
                support: self.one_in(2),
            },
            9 => Action::Close,
            10 => Action::Emergency(match self.below(3) {
                0 => Beat::FirstIn(FirstIn::Right),
                1 => Beat::InCommand(Tier::City),
                _ => Beat::Say(Statement::Now),
            }),
            _ => {
                let order = match self.below(3) {
                    0 => self.any(world),
                    1 => Action::EndTurn,
                    _ => Action::Withdraw {
                        unit: self.unit(world),
                    },
                };
                Action::Standing {
                    posture: Posture::ALL[self.below(Posture::ALL.len())],
                    order: Box::new(order),
                }
            }
        }
    }

    /// What the table offers now: placements from the list of legal ones, and the cards that lie on
    /// it with their answers.
    fn offered(&mut self, state: &State, placements: &[Action]) -> Action {
        let world = state.world();
        let cards: Vec<_> = view::view(state, &world.seats[0].id)
            .open_injects()
            .map(|(inject, _)| &world.injects[inject.at()])
            .collect();
        if self.one_in(4)
            && let Some(card) = self.pick(&cards)
            && let Some(option) = self.pick(&card.options)
        {
            return Action::Answer {
                inject: card.id.clone(),
                option: option.id.clone(),
            };
        }
        match self.pick(placements) {
            Some(action) => action.clone(),
            None => self.any(world),
        }
    }
}

fn points(value: Micro) -> bool {
    (Micro(0)..=Micro::points(100)).contains(&value)
}

fn share(value: f64) -> bool {
    (0.0..=1.0).contains(&value)
}

fn count(value: f64) -> bool {
    value.is_finite() && value >= 0.0
}

/// Everything that a seat can see, and the indices in both forms.
fn in_range(state: &State) -> Result<(), &'static str> {
    let world = state.world();
    let seen = view::view(state, &world.seats[0].id);
    let all = |what, holds: bool| if holds { Ok(()) } else { Err(what) };
    let summary = state.summary();
    all("an index", seen.indices().into_iter().all(points))?;
    all(
        "an index",
        (summary.published.iter().chain(&summary.truth)).all(|value| points(Micro(*value))),
    )?;
    all("Funds", seen.funds() >= Cents(0))?;
    all("free Funds", seen.free_funds() >= Cents(0))?;
    all("free goodwill", seen.free_goodwill() >= Micro(0))?;
    all("analysts", seen.free_analysts() <= world.analysts)?;
    all(
        "a team",
        seen.teams().iter().all(|team| {
            team.fatigue.get() >= Micro(0)
                && count(team.rest_owed)
                && count(team.owed_for)
                && share(team.skill)
        }),
    )?;
    all(
        "a post",
        seen.units().all(|(_, post)| {
            count(post.months) && post.at.is_none_or(|(p, _)| p.at() < world.precincts.len())
        }),
    )?;
    all(
        "a place",
        seen.places().iter().all(|site| {
            share(site.solved)
                && count(site.familiarity)
                && count(site.cameras.kept)
                && site.cameras.level <= 3
        }),
    )?;
    let Some(page) = seen.pages().last() else {
        return Ok(());
    };
    let survey = || page.trust.iter().chain(&page.feel_safe);
    all("a survey", survey().all(|value| points(*value)))?;
    all("an expectation", page.expected.iter().all(|n| count(*n)))?;
    all(
        "a clearance",
        (page.cleared.iter().zip(&page.recorded)).all(|(cleared, recorded)| cleared <= recorded),
    )?;
    all(
        "a response",
        (page.circles.iter()).all(|circle| {
            count(circle.minutes) && share(circle.busy) && circle.within.into_iter().all(share)
        }),
    )
}

/// What was hidden.
fn was_in_range(state: &State) -> Result<(), &'static str> {
    let Some(debrief) = state.debrief() else {
        return Ok(());
    };
    // What comes late to the record belongs to a turn before, in the first turn to none of the game.
    let (mut recorded, mut happened) = (Vec::new(), Vec::new());
    let add = |sums: &mut Vec<u32>, counts: &[u32]| {
        sums.resize(counts.len(), 0);
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
    };
    for (open, hidden) in debrief.open.iter().zip(debrief.hidden) {
        if open.turn > 1 || state.world().instruments.is_empty() {
            add(&mut recorded, &open.recorded);
        }
        add(&mut happened, &hidden.happened);
        let mut trust = hidden.trust.iter().chain(&hidden.feel_safe);
        let mut counts = recorded.iter().zip(&happened);
        let holds = trust.all(|value| points(*value))
            && hidden.indices.into_iter().all(points)
            && hidden.expected.iter().all(|n| count(*n))
            && hidden.hot.iter().all(|n| share(*n))
            && counts.all(|(recorded, happened)| recorded <= happened);
        if !holds {
            return Err("a hidden page");
        }
    }
    Ok(())
}

/// Acts and refusals by name.
#[derive(Default)]
struct Tally {
    taken: usize,
    turns: usize,
    ends: usize,
    refused: BTreeMap<&'static str, usize>,
}

/// Plays one game after another until so many acts have been tried.
fn try_everything(world: &Arc<World>, acts: usize, hand: &mut Hand, tally: &mut Tally) {
    let mut tried = 0;
    while tried < acts {
        let seed = hand.below(1 << 20) as u32;
        let mut state = State::new(Arc::clone(world), seed);
        let mut book = if hand.one_in(2) {
            Ledger::keeping()
        } else {
            Ledger::without_detail()
        };
        let mut digest = state.digest();
        let mut placements = Vec::new();
        let mut after = 0;
        while after < AFTER && tried < acts {
            let set_up = view::view(&state, &world.seats[0].id).table().is_some();
            let action = if !set_up && hand.one_in(3) {
                hand.set_up(world)
            } else if hand.one_in(24) {
                Action::EndTurn
            } else if hand.one_in(2) {
                hand.offered(&state, &placements)
            } else {
                hand.any(world)
            };
            let seat = hand.seat(world);
            tried += 1;
            after += usize::from(state.over());
            let at = || format!("{}, seed {seed}: {seat:?} {action:?}", world.scenario);
            let entries = book.entries().len();
            let told = check(&state, &seat, &action);
            match apply(&state, &seat, &action, &mut book) {
                Ok(next) => {
                    assert_eq!(told, Ok(()), "{}", at());
                    let held = in_range(&next).and_then(|()| was_in_range(&next));
                    assert_eq!(held, Ok(()), "{}", at());
                    tally.taken += 1;
                    tally.turns += usize::from(action == Action::EndTurn);
                    tally.ends += usize::from(next.over());
                    state = next;
                    digest = state.digest();
                    let desk = hand.pick(&world.seats).map(|seat| &seat.id);
                    placements = desk
                        .map_or_else(Vec::new, |desk| view::view(&state, desk).legal_placements());
                }
                Err(refusal) => {
                    *tally.refused.entry(Refusal::id(&refusal)).or_default() += 1;
                    assert_eq!(told, Err(refusal), "{}", at());
                    assert_eq!(book.entries().len(), entries, "{}", at());
                }
            }
            assert_eq!(state.digest(), digest, "{}", at());
        }
    }
}

#[test]
fn whatever_is_tried_nothing_breaks() {
    let shipped = built_in();
    let acts = ACTS.div_ceil(shipped.len());
    let mut worlds: Vec<Arc<World>> = (shipped.iter())
        .map(|scenario| load(&scenario.source()).expect("it has no errors"))
        .map(|loaded| loaded.scenario.world)
        .collect();
    // Beside them a world in which every order is open, which few scenarios are.
    worlds.push(small_world());
    let mut tally = Tally::default();
    for (at, world) in worlds.iter().enumerate() {
        let mut hand = Hand {
            dice: ChaCha8Rng::seed_from_u64(at as u64),
        };
        try_everything(world, acts, &mut hand, &mut tally);
    }
    let Tally {
        taken,
        turns,
        ends,
        refused,
    } = tally;
    // Nobody has tried everything who was never refused, or always.
    let all = taken + refused.values().sum::<usize>();
    assert!(all >= ACTS, "{all}");
    assert!(taken > ACTS / 5, "{taken} taken, {refused:?}");
    assert!(turns > 1_000 && ends > 100, "{turns} turns, {ends} ends");
    for reason in [
        "unknown-seat",
        "unknown-unit",
        "unknown-precinct",
        "unknown-preset",
        "unknown-inject",
        "unknown-option",
        "not-set-up",
        "already-set-up",
        "game-over",
        "other-desk",
        "not-here-yet",
        "cannot-do",
        "already-there",
        "not-placed",
        "funds",
        "not-in-scenario",
        "not-open",
        "no-change",
        "no-such-level",
        "in-training",
        "nobody-to-tell",
        "unknown-note",
        "unknown-ask",
        "own-ask",
        "too-many-asks",
        "ask-answered",
        "promise-outside",
        "no-mandate",
        "release-not-asked",
        "empty-range",
    ] {
        assert!(refused.contains_key(reason), "{reason}: {refused:?}");
    }
}
