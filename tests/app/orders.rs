//! Every kind of order that Pearl Bay allows is within reach of a hand: each is given once by presses
//! on what is on the screen.

use crate::support::{built_in, play};
use commonwatch::app::autopilot::rehearsal::Part;
use commonwatch::lab::Policy;
use commonwatch::lab::lineup::owner;
use commonwatch::rules::emergency::{Beat, FirstIn, Statement};
use commonwatch::rules::table::{Reply, Wish};
use commonwatch::rules::world::{
    Dial, Duty, Governance, InjectKind, OrderKind, Over, Tempo, Tier, Work,
};
use commonwatch::rules::{Action, Id, Ledger, Reason, State, command, view};
use commonwatch::text::Lang;
use std::collections::BTreeSet;

/// The kinds of order, by name, and the turns in which each is tried.
const KINDS: [(&str, &[u16]); 37] = [
    ("lighting", &[1, 2, 4]),
    ("grant", &[1, 5]),
    ("duty", &[2, 3, 5, 6]),
    ("assign", &[1, 3]),
    ("withdraw", &[2, 3]),
    ("train", &[2, 3, 6]),
    ("cameras", &[2, 3, 6]),
    ("online", &[3, 6, 7]),
    ("deterrence", &[3, 5, 6, 8, 9, 11]),
    ("campaign", &[2, 4, 6, 8, 10, 12]),
    ("pilot", &[3, 6, 8]),
    ("pin", &[1, 2]),
    ("ask-release", &[1, 2]),
    ("release", &[2, 3]),
    ("ask-word", &[1, 2]),
    ("ask-funds", &[1]),
    ("ask-order", &[1]),
    ("ask-unit", &[1, 2]),
    ("ask-setting", &[1]),
    ("yes", &[2, 3]),
    ("yes-later", &[2, 3]),
    ("yes-if", &[2, 3]),
    ("no", &[2, 3]),
    ("forecast", &[1, 2]),
    ("posture", &[1]),
    ("dial", &[1]),
    ("tempo", &[1]),
    ("testify", &[2, 4]),
    ("question", &[2, 4]),
    ("set", &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("endorse", &[2, 3]),
    ("oppose", &[5, 6, 8, 9]),
    ("card", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("call", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("first-in", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("in-command", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ("say", &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
];

/// In this game a call comes and an emergency.
const SEED: u32 = 18;

/// What is done on other screens, or by the desks' standing orders.
const OTHER: [&str; 5] = ["set-up", "controls", "standing", "close", "end-turn"];

/// The kind of an order. Another kind does not compile before it has a name here, and is not found
/// before it has a way by presses.
fn kind(state: &State, action: &Action) -> &'static str {
    match action {
        Action::SetUp { .. } => "set-up",
        Action::Assign { .. } => "assign",
        Action::Withdraw { .. } => "withdraw",
        Action::Train { .. } => "train",
        Action::Duty { .. } => "duty",
        Action::Sense {
            precinct: Some(_), ..
        } => "cameras",
        Action::Sense { precinct: None, .. } => "online",
        Action::Build {
            work: Work::Lighting,
            ..
        } => "lighting",
        Action::Build {
            work: Work::Deterrence,
            ..
        } => "deterrence",
        Action::Campaign { .. } => "campaign",
        Action::Set { .. } => "set",
        Action::Pilot { .. } => "pilot",
        Action::Answer { inject, .. } => {
            let index = state.world().inject(inject).expect("it is there");
            match state.world().injects[index.at()].kind {
                InjectKind::HotCall(_) => "call",
                _ => "card",
            }
        }
        Action::Pin { .. } => "pin",
        Action::AskRelease { .. } => "ask-release",
        Action::Release { .. } => "release",
        Action::Ask { what, .. } => match what {
            Wish::Funds(_) => "ask-funds",
            Wish::Order(_) => "ask-order",
            Wish::Unit { .. } => "ask-unit",
            Wish::Setting { .. } => "ask-setting",
            Wish::Word => "ask-word",
        },
        Action::Reply { reply, by, .. } => match (reply, by) {
            (Reply::Yes, None) => "yes",
            (Reply::Yes, Some(_)) => "yes-later",
            (Reply::YesIf(_), _) => "yes-if",
            (Reply::No, _) => "no",
        },
        Action::RoomForecast { .. } => "forecast",
        Action::Posture { .. } => "posture",
        Action::Dial { .. } => "dial",
        Action::Tempo { .. } => "tempo",
        Action::Controls(_) => "controls",
        Action::Grant { .. } => "grant",
        Action::Standing { .. } => "standing",
        Action::Testify { .. } => "testify",
        Action::Question { .. } => "question",
        Action::Endorse { support: true, .. } => "endorse",
        Action::Endorse { support: false, .. } => "oppose",
        Action::Close => "close",
        Action::Emergency(Beat::FirstIn(_)) => "first-in",
        Action::Emergency(Beat::InCommand(_)) => "in-command",
        Action::Emergency(Beat::Say(_)) => "say",
        Action::EndTurn => "end-turn",
    }
}

/// Orders of a kind, any of which will do.
fn candidates(kind: &str, state: &State) -> Vec<Action> {
    let world = state.world();
    let id = |name: &str| Id::from(name);
    let seen = |desk: &str| view(state, &Id::from(desk));
    let turn = seen("coordination").turn();
    let places = || world.precincts.iter().map(|place| place.id.clone());
    let units = || world.units.iter().map(|unit| unit.id.clone());
    let ask = |seat: &str, of: &str, what| Action::Ask {
        seat: Id::from(seat),
        of: Id::from(of),
        what,
    };
    let reply = |reply: Reply, by, reason| {
        let asks = view(state, &world.seats[0].id).asks();
        let open = asks.iter().filter(|ask| ask.answer.is_none());
        let reply = open.map(|ask| Action::Reply {
            ask: ask.id.clone(),
            reply: reply.clone(),
            by,
            reason,
        });
        reply.collect()
    };
    let endorse = |support| {
        let what = world.instruments.iter().map(|it| it.id.clone());
        what.map(|what| Action::Endorse { what, support }).collect()
    };
    match kind {
        "grant" => vec![Action::Grant { desk: id("street") }],
        "duty" => vec![Action::Duty {
            district: world.districts.last().cloned(),
            level: Duty::II,
        }],
        "assign" => {
            let free = seen("street").units().filter(|(_, post)| post.at.is_none());
            let orders = free.flat_map(|(unit, _)| {
                places().map(move |to| Action::Assign {
                    unit: world.units[unit.at()].id.clone(),
                    to,
                    tactic: *world
                        .kind_of(unit)
                        .tactics
                        .last()
                        .expect("it can do something"),
                })
            });
            orders.collect()
        }
        "withdraw" => units().map(|unit| Action::Withdraw { unit }).collect(),
        "train" => units().map(|unit| Action::Train { unit }).collect(),
        "cameras" => places()
            .map(|place| Action::Sense {
                precinct: Some(place),
                level: 2,
                governance: Governance::Notice,
                live: false,
            })
            .collect(),
        "online" => vec![Action::Sense {
            precinct: None,
            level: 1,
            governance: Governance::Purpose,
            live: true,
        }],
        "lighting" | "deterrence" => places()
            .skip(4)
            .map(|precinct| Action::Build {
                work: if kind == "lighting" {
                    Work::Lighting
                } else {
                    Work::Deterrence
                },
                precinct,
            })
            .collect(),
        "campaign" => vec![Action::Campaign { reminder: true }],
        "pilot" => (world.instruments.iter())
            .map(|instrument| Action::Pilot {
                instrument: instrument.id.clone(),
                precinct: id("night-market"),
            })
            .collect(),
        "pin" => (world.seats.iter())
            .flat_map(|seat| view(state, &seat.id).notes())
            .map(|note| Action::Pin { note: note.id })
            .collect(),
        "ask-release" => vec![Action::AskRelease {
            seat: id("street"),
            reason: Some(Reason::Cost),
        }],
        "release" => vec![Action::Release {
            desk: id("street"),
            reason: Some(Reason::Fairness),
        }],
        "ask-word" => vec![ask("data", "cyber", Wish::Word)],
        "ask-funds" => vec![ask("community", "coordination", Wish::Funds(2))],
        "ask-order" => vec![ask("street", "coordination", Wish::Order(OrderKind::Duty))],
        "ask-unit" => {
            let wish = Wish::Unit {
                unit: id("foot-6"),
                to: Some(id("opera-point")),
            };
            vec![ask("key-sites", "street", wish)]
        }
        "ask-setting" => {
            let own = |of: &str| {
                let seat = world.seat(&Id::from(of));
                world
                    .instruments
                    .iter()
                    .filter(move |it| Some(it.owner) == seat)
            };
            own("intelligence")
                .map(|it| Wish::Setting {
                    what: it.id.clone(),
                    to: it.settings[1].id.clone(),
                })
                .map(|wish| ask("street", "intelligence", wish))
                .collect()
        }
        "yes" => reply(Reply::Yes, None, None),
        "yes-later" => reply(Reply::Yes, Some(turn + 1), Some(Reason::Promise)),
        "yes-if" => reply(Reply::YesIf(Wish::Word), None, Some(Reason::Mandate)),
        "no" => reply(Reply::No, None, Some(Reason::Urgency)),
        "forecast" => {
            let view = seen("coordination");
            let figure = view.room_figure() as u16;
            vec![Action::RoomForecast {
                seat: world.seats[view.forecaster().at()].id.clone(),
                low: figure.saturating_sub(4),
                high: figure + 1,
            }]
        }
        "posture" => {
            let street = world.seat(&id("street")).expect("it is there");
            let other = world.seats[street.at()].postures.last();
            vec![Action::Posture {
                seat: id("street"),
                posture: *other.expect("it has three"),
            }]
        }
        "dial" => Dial::ALL
            .map(|dial| Action::Dial {
                seat: id("data"),
                dial,
            })
            .into(),
        "tempo" => vec![Action::Tempo {
            turn: turn + 3,
            tempo: Tempo::Working,
        }],
        "testify" => (seen("residents").witnessed().iter())
            .map(|it| Action::Testify {
                precinct: world.precincts[it.place.at()].id.clone(),
            })
            .collect(),
        "question" => vec![Action::Question { of: id("sensing") }],
        // Something near the top of its list, so that nobody steps through a whole city.
        "set" => (world.instruments.iter().cycle())
            .skip(usize::from(turn) * 4)
            .take(world.instruments.len())
            .flat_map(|it| {
                let at = match &it.over {
                    Over::City => None,
                    over => world.subject(over, usize::from(turn) % 3).map(Id::from),
                };
                it.settings.iter().skip(1).map(move |to| Action::Set {
                    what: it.id.clone(),
                    at: at.clone(),
                    to: to.id.clone(),
                })
            })
            .collect(),
        "endorse" => endorse(true),
        "oppose" => endorse(false),
        "card" => (seen("coordination").open_injects())
            .filter(|(_, it)| it.answer.is_none())
            .flat_map(|(inject, _)| {
                let card = &world.injects[inject.at()];
                card.options.iter().map(|option| Action::Answer {
                    inject: card.id.clone(),
                    option: option.id.clone(),
                })
            })
            .collect(),
        "first-in" => vec![Action::Emergency(Beat::FirstIn(FirstIn::Right))],
        "in-command" => vec![Action::Emergency(Beat::InCommand(Tier::City))],
        "say" => vec![Action::Emergency(Beat::Say(Statement::Now))],
        other => panic!("nobody knows what {other} is"),
    }
}

/// The calls that may come, each with an answer.
fn calls(state: &State) -> impl Iterator<Item = Action> {
    let world = state.world();
    let call = |it: &&commonwatch::rules::world::Inject| matches!(it.kind, InjectKind::HotCall(_));
    world.injects.iter().filter(call).map(|it| Action::Answer {
        inject: it.id.clone(),
        option: it.options[0].id.clone(),
    })
}

/// Whether a turn may pass without it: nobody calls a call or an emergency.
fn may_not_come(kind: &str) -> bool {
    matches!(kind, "call" | "first-in" | "in-command" | "say")
}

/// The orders of a turn: of each kind that is tried in it the first that the rules allow after those
/// before it.
fn script(state: &State) -> Vec<Action> {
    let seen = view(state, &state.world().seats[0].id);
    let mut draft = seen.draft();
    let mut orders = Vec::new();
    let now = KINDS
        .iter()
        .filter(|(_, turns)| turns.contains(&seen.turn()));
    for (name, _) in now {
        if *name == "call" {
            orders.extend(calls(state));
            continue;
        }
        let found = candidates(name, state).into_iter().find(|order| {
            let desk = owner(state.world(), order);
            may_not_come(name) || draft.give(&desk, order.clone()).is_ok()
        });
        orders.extend(found);
    }
    orders
}

#[test]
fn every_kind_of_order_is_given_by_presses_and_written_down_as_it_was_meant() {
    let part = Part {
        script: Some(script),
        set_up: &["controls:slots"],
        ..Part::of(Policy::Idle)
    };
    let played = play("pearl-bay", (1280, 800), Lang::En, SEED, part);
    assert!(played.faults.is_empty(), "{}", played.faults.join("\n"));

    let mut state = State::new(built_in("pearl-bay").world.clone(), SEED);
    let (mut seen, mut meant) = (BTreeSet::new(), Vec::new());
    for act in &played.acts {
        let kind = kind(&state, &act.action);
        seen.insert(kind);
        if !OTHER.contains(&kind) {
            // Those before it may have been for a call or an emergency that did not come.
            let at = meant.iter().position(|order| *order == act.action);
            let at = at.unwrap_or_else(|| panic!("nobody meant {:?}", act.action));
            for skipped in meant.drain(..=at).take(at) {
                let name = self::kind(&state, &skipped);
                assert!(may_not_come(name), "{skipped:?} was not given");
            }
        }
        let ledger = &mut Ledger::without_detail();
        state = command::apply(&state, &act.seat, &act.action, ledger).expect("it stands");
        if matches!(kind, "controls" | "end-turn") && !state.over() {
            for order in meant.drain(..) {
                let name = self::kind(&state, &order);
                assert!(may_not_come(name), "{order:?} was not given");
            }
            meant = script(&state);
        }
    }
    let all: BTreeSet<&str> = KINDS.iter().map(|(name, _)| *name).chain(OTHER).collect();
    let missing: Vec<_> = all.difference(&seen).collect();
    assert!(missing.is_empty(), "{missing:?}: {:?}", played.outcome);
    assert_eq!(played.outcome, Ok(state.digest()));
}
