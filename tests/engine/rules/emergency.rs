//! The emergency: orders closed, three decisions, and what they are worth.

use super::institution::{CITY, city_with, first, set, set_up};
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::emergency::{Beat, Emergency, FirstIn, MOST, Statement};
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::world::{Domain, Tempo, Tier, World};
use commonwatch::rules::{Account, Action, Amount, Id, Ledger, Micro, Refusal, State, Table, view};
use std::sync::Arc;

fn act(state: &State, action: &Action, book: &mut Ledger) -> State {
    apply(state, &first(), action, book).unwrap_or_else(|refusal| panic!("{action:?}: {refusal:?}"))
}

fn quick(state: &State, action: &Action) -> State {
    act(state, action, &mut Ledger::without_detail())
}

fn emergency(state: &State) -> Option<Emergency> {
    view(state, &first()).emergency().copied()
}

/// Games with an emergency in the first month, its orders closed, as many as wanted.
fn struck(world: &Arc<World>, many: usize) -> Vec<State> {
    let games = (0..).map(|seed| quick(&set_up(world, seed), &Action::Close));
    let games = games.take(2_000).filter(|state| emergency(state).is_some());
    let games: Vec<State> = games.take(many).collect();
    assert_eq!(games.len(), many);
    games
}

#[test]
fn once_orders_are_closed_only_what_is_urgent_is_decided() {
    let open = set_up(&CITY, 1);
    let beat = Action::Emergency(Beat::Say(Statement::Now));
    assert_eq!(check(&open, &first(), &beat), Err(Refusal::NoEmergency));
    let state = struck(&CITY, 1).remove(0);
    let order = set("call-list", None, "divert");
    assert_eq!(check(&state, &first(), &order), Err(Refusal::OrdersClosed));
    assert_eq!(
        check(&state, &first(), &Action::Close),
        Err(Refusal::OrdersClosed)
    );
    let state = quick(&state, &beat);
    let state = quick(&state, &Action::Emergency(Beat::Say(Statement::Nothing)));
    assert_eq!(emergency(&state).unwrap().said, Some(Statement::Nothing));
    let next = quick(&state, &Action::EndTurn);
    assert_eq!(check(&next, &first(), &order), Ok(()));
    assert!(emergency(&next).is_none());
}

#[test]
fn each_desk_decides_its_own() {
    let mut told = 0;
    for seed in 0..200 {
        let table = Table::Desks;
        let presets = Vec::new();
        let state = State::new(Arc::clone(&CITY), seed);
        let state = quick(&state, &Action::SetUp { table, presets });
        let state = quick(&state, &Action::Close);
        if emergency(&state).is_none() {
            continue;
        }
        told += 1;
        for (beat, desk) in [
            (Beat::FirstIn(FirstIn::Right), "street"),
            (Beat::InCommand(Tier::City), "coordination"),
            (Beat::Say(Statement::Now), "cyber"),
        ] {
            let action = Action::Emergency(beat);
            assert_eq!(check(&state, &Id::from(desk), &action), Ok(()), "{beat:?}");
            let other = check(&state, &Id::from("data"), &action);
            assert!(matches!(other, Err(Refusal::OtherDesk { .. })), "{other:?}");
        }
    }
    assert!(told > 0);
}

/// Whoever does not stop is served by the book: the same game, to the bit.
#[test]
fn what_nobody_decides_goes_by_the_book() {
    for state in struck(&CITY, 5) {
        let by_the_book = [
            Beat::FirstIn(FirstIn::Nearest),
            Beat::InCommand(Tier::District),
            Beat::Say(Statement::Verified),
        ];
        let mut decided = state.clone();
        for beat in by_the_book {
            decided = quick(&decided, &Action::Emergency(beat));
        }
        let told = |state: &State| quick(state, &Action::EndTurn).summary();
        let unclosed = set_up(&CITY, state.seed());
        assert_eq!(told(&decided), told(&state));
        assert_eq!(told(&unclosed), told(&state));
        let ended = |state: &State| quick(state, &Action::EndTurn).digest();
        assert_eq!(ended(&unclosed), ended(&state));
    }
}

#[test]
fn a_game_has_two_at_most_and_none_in_a_quiet_month() {
    let mut most = 0;
    for seed in 0..60 {
        let mut state = set_up(&CITY, seed);
        while !state.over() {
            state = quick(&state, &Action::EndTurn);
        }
        most = most.max(view(&state, &first()).emergencies().len());
    }
    assert_eq!(most, MOST);
    let mut quiet = World::clone(&CITY);
    quiet.tempo.fill(Tempo::Quiet);
    let quiet = Arc::new(quiet);
    for state in struck(&CITY, 5) {
        let same = quick(&set_up(&quiet, state.seed()), &Action::Close);
        assert!(emergency(&same).is_none());
    }
}

/// Harm of the first emergency over many games, as a share of what it is by the book.
fn harm(world: &Arc<World>, prepare: &[Action], beats: &[Beat]) -> f64 {
    let (mut by_book, mut as_decided) = (0.0, 0.0);
    for state in struck(world, 60) {
        let emergency = emergency(&state).expect("struck");
        let play = |beats: &[Beat], prepare: &[Action]| -> f64 {
            let mut state = set_up(world, state.seed());
            for action in prepare {
                state = quick(&state, action);
            }
            state = quick(&state, &Action::Close);
            for beat in beats {
                state = quick(&state, &Action::Emergency(*beat));
            }
            state = quick(&state, &Action::EndTurn);
            let page = view(&state, &first())
                .pages()
                .last()
                .cloned()
                .expect("a page");
            let mut events = page.events.iter();
            events
                .find(|event| event.domain == emergency.domain)
                .map_or(0.0, |event| event.harm)
        };
        by_book += play(&[], &[]);
        as_decided += play(beats, prepare);
    }
    as_decided / by_book
}

#[test]
fn the_higher_the_command_the_more_it_sees_and_preparation_saves_its_steps() {
    let right = Beat::FirstIn(FirstIn::Right);
    let in_command = |tier| Beat::InCommand(tier);
    let station = harm(&CITY, &[], &[in_command(Tier::Station)]);
    let city = harm(&CITY, &[], &[in_command(Tier::City)]);
    assert!(station > 1.0 && city < 1.0, "{station} {city}");
    let both = harm(&CITY, &[], &[right, in_command(Tier::City)]);
    assert!(both < city, "{both} {city}");
    // A further channel survives the loss of the first.
    let channel = [set("third-channel", None, "kept")];
    let kept = harm(&CITY, &channel, &[in_command(Tier::City)]);
    assert!(kept < city, "{kept} {city}");
}

#[test]
fn what_is_said_is_felt_and_a_staffed_cell_says_nothing_false() {
    let said = |statement, prepare: &[Action]| -> (f64, f64) {
        let (mut heard, mut trust) = (0.0, 0.0);
        let games = struck(&CITY, 60);
        let count = games.len() as f64;
        for game in games {
            let mut state = set_up(&CITY, game.seed());
            for action in prepare {
                state = quick(&state, action);
            }
            state = quick(&state, &Action::Close);
            state = quick(&state, &Action::Emergency(Beat::Say(statement)));
            let mut book = Ledger::keeping();
            act(&state, &Action::EndTurn, &mut book);
            for entry in book.entries() {
                if entry.cause.rule == Rule::Emergency {
                    let points = Micro(entry.amount).to_f64();
                    match entry.account {
                        Account::Pressure(Domain::Information) => heard += points,
                        Account::Trust(_) => trust += points,
                        // The indices repeat what moved them.
                        Account::Index(_) => {}
                        other => panic!("{other:?}"),
                    }
                }
            }
        }
        (heard / count, trust / count)
    };
    let (nothing, _) = said(Statement::Nothing, &[]);
    let (verified, _) = said(Statement::Verified, &[]);
    assert!(nothing > verified && verified > 0.0, "{nothing} {verified}");
    let (now, lost) = said(Statement::Now, &[]);
    assert!(lost < 0.0, "some of it was not so: {lost}");
    let cell = [set("fusion-cells", Some("reply"), "staffed")];
    let (staffed, kept) = said(Statement::Now, &cell);
    assert!(staffed < now && kept == 0.0, "{staffed} {now} {kept}");
}

#[test]
fn what_was_prepared_can_be_read_once_there_is_an_emergency() {
    let game = struck(&CITY, 1).remove(0);
    let before = set_up(&CITY, game.seed());
    assert_eq!(view(&before, &first()).prepared(), None);
    let plain = view(&game, &first()).prepared().expect("an emergency");
    assert_eq!((plain.channel, plain.cell), (Some(false), Some(false)));
    let mut state = before;
    for order in [
        set("third-channel", None, "kept"),
        set("fusion-cells", Some("reply"), "staffed"),
    ] {
        state = quick(&state, &order);
    }
    let state = quick(&state, &Action::Close);
    let ready = view(&state, &first()).prepared().expect("the same");
    assert_eq!((ready.channel, ready.cell), (Some(true), Some(true)));
    assert_eq!((ready.plan, ready.rings), (plain.plan, plain.rings));
}

#[test]
fn a_city_without_domains_has_no_emergency() {
    let calm = Arc::new(city_with("Central", |text| {
        let from = text.find("domains: {").expect("domains");
        let to = from + text[from..].find("},").expect("their end") + 2;
        text.replace(&text[from..to], "")
    }));
    for seed in 0..50 {
        let state = quick(&set_up(&calm, seed), &Action::Close);
        assert!(emergency(&state).is_none());
    }
}
