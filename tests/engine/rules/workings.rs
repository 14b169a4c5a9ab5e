//! The mechanisms of the institution that settings with plain effects cannot say, each on and off
//! under the same luck.

use super::institution::{Aim, CITY, first, play, set, set_up};
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::institution::{Finding, verification};
use commonwatch::rules::world::{Domain, Over, SiteGrade, Tactic};
use commonwatch::rules::{
    Account, Action, Amount, Id, Index, Ledger, Micro, Refusal, Rule, State, World, view,
};
use std::sync::Arc;

pub(super) fn give(state: &State, order: &Action, book: &mut Ledger) -> State {
    apply(state, &first(), order, book).unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"))
}

pub(super) fn end(state: &State, book: &mut Ledger) -> State {
    give(state, &Action::EndTurn, book)
}

fn aim(world: &World, instrument: &str, subject: usize, setting: &str) -> Aim {
    let index = world.instrument(&Id::from(instrument)).expect("open");
    let found = world.instruments[index.at()].setting(&Id::from(setting));
    Aim {
        instrument: index,
        subject,
        setting: found.expect("a setting"),
    }
}

fn position(world: &World, domain: Domain) -> usize {
    let mut played = world.domains.iter();
    played
        .position(|open| open.domain == domain)
        .expect("played")
}

/// The mean of a figure over seeds, with its standard error.
pub(super) fn mean(seeds: u32, figure: impl Fn(u32) -> f64) -> (f64, f64) {
    let all: Vec<f64> = (0..seeds).map(figure).collect();
    let n = f64::from(seeds);
    let mean = all.iter().sum::<f64>() / n;
    let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
}

// ── The bundle ──

#[test]
fn a_bundle_works_where_three_ways_and_two_desks_are_and_nowhere_else() {
    let send = |unit: &str, tactic| Action::Assign {
        unit: Id::from(unit),
        to: Id::from("two"),
        tactic,
    };
    // At "two" stand teams at hot spots and community teams: two ways, two desks.
    let two_ways: [Action; 0] = [];
    let three_ways = [send("foot-a-1", Tactic::ProblemSolving)];
    let expected = |also: &[Action], bundled: bool| -> Vec<f64> {
        let book = &mut Ledger::without_detail();
        let mut state = set_up(&CITY, 1);
        for order in also {
            state = give(&state, order, book);
        }
        if bundled {
            state = give(&state, &set("bundle", Some("two"), "bundled"), book);
        }
        let forecast = view(&state, &first()).forecast();
        forecast.iter().map(|cell| cell.mean).collect()
    };
    assert_eq!(expected(&two_ways, true), expected(&two_ways, false));
    let (with, without) = (expected(&three_ways, true), expected(&three_ways, false));
    let families = CITY.families.len();
    let mut less = 0;
    for (at, (with, without)) in with.iter().zip(&without).enumerate() {
        let here = at / families == 1;
        assert!(if here {
            with <= without
        } else {
            with == without
        });
        less += usize::from(with < without);
    }
    assert!(less >= 5, "{less} families");
    // It is begun for two months, and one at a time.
    let book = &mut Ledger::without_detail();
    let state = give(
        &set_up(&CITY, 1),
        &set("bundle", Some("two"), "bundled"),
        book,
    );
    let second = check(&state, &first(), &set("bundle", Some("five"), "bundled"));
    assert!(matches!(second, Err(Refusal::TooMany { .. })), "{second:?}");
    let state = end(&state, book);
    let early = check(&state, &first(), &set("bundle", Some("two"), "none"));
    assert!(matches!(early, Err(Refusal::TooSoon { .. })), "{early:?}");
}

// ── The chain of goods ──

const STAGES: [&str; 5] = ["production", "sale", "carriage", "storage", "use"];

/// Plays with one stage inspected a month, in turn; the book and the state at the end.
fn inspecting(seed: u32) -> (Ledger, State) {
    let mut book = Ledger::keeping();
    let mut state = set_up(&CITY, seed);
    for month in 0.. {
        if state.over() {
            break;
        }
        let order = set(
            "goods-chain",
            Some(STAGES[month % STAGES.len()]),
            "inspected",
        );
        state = give(&state, &order, &mut book);
        state = end(&state, &mut book);
    }
    (book, state)
}

/// What the chain did to the threat in each turn, points.
fn by_the_chain(book: &Ledger, turns: u16) -> Vec<f64> {
    let entries = || {
        let threat = Account::Pressure(Domain::MassHarm);
        let chain = move |entry: &&commonwatch::rules::Entry| {
            entry.account == threat && entry.cause.rule == Rule::GoodsChain
        };
        book.entries().iter().filter(chain)
    };
    (1..=turns)
        .map(|turn| {
            let now = entries().filter(|entry| entry.turn == turn);
            now.map(|entry| Micro(entry.amount).to_f64()).sum()
        })
        .collect()
}

#[test]
fn a_weak_stage_lets_danger_through_until_somebody_looks_there() {
    let world = &*CITY;
    let (mut looks, mut gaps) = (0, 0);
    for seed in 0..30 {
        let mut idle = Ledger::keeping();
        play(world, seed, &[], &mut idle);
        assert_eq!(
            by_the_chain(&idle, world.turns),
            vec![1.0; 9],
            "nobody looks"
        );

        let (book, state) = inspecting(seed);
        let moved = by_the_chain(&book, world.turns);
        let mut closed = false;
        for (page, points) in state.debrief().expect("over").open.iter().zip(&moved) {
            let [Finding::Stage { stage, gap }] = page.found[..] else {
                panic!("one stage was inspected: {:?}", page.found);
            };
            assert_eq!(
                usize::from(stage),
                usize::from(page.turn - 1) % STAGES.len()
            );
            looks += 1;
            if gap {
                gaps += 1;
                assert!((points + 8.0).abs() < 1e-5, "{points}");
                closed = true;
            } else if closed {
                // It holds until another stage becomes the weak one.
                assert!([-1.0, 0.0].contains(points), "{points}");
                closed = *points < 0.0;
            } else {
                assert!(
                    points.abs() < 1e-5,
                    "one point by the look, one through the gap"
                );
            }
        }
    }
    let share = f64::from(gaps) / f64::from(looks);
    assert!((0.1..0.3).contains(&share), "a guess of five: {share}");
}

#[test]
fn inspecting_the_chain_lowers_the_threat() {
    let world = &*CITY;
    let at = position(world, Domain::MassHarm);
    let threat = |state: &State| {
        let last = state
            .debrief()
            .expect("over")
            .hidden
            .last()
            .expect("played");
        last.pressures[at].to_f64()
    };
    let (less, error) = mean(30, |seed| {
        let idle = play(world, seed, &[], &mut Ledger::without_detail());
        threat(&idle) - threat(&inspecting(seed).1)
    });
    assert!(less > 5.0 && less > 3.0 * error, "{less} ± {error}");
}

// ── Looking into an alert ──

#[test]
fn a_look_is_worth_what_bayes_says() {
    let after = |before, confirmed| verification::after(&CITY.model, before, confirmed);
    for (before, yes, no) in [(0.08, 0.26, 0.02), (0.5, 0.8, 0.2)] {
        assert!((after(before, true) - yes).abs() < 0.005);
        assert!((after(before, false) - no).abs() < 0.005);
    }
}

#[test]
fn an_alert_is_looked_into_once_and_the_look_cannot_be_had_again() {
    let world = &*CITY;
    let book = &mut Ledger::without_detail();
    let (mut looked, mut without, mut with, mut yes) = (0.0, 0.0, 0.0, 0.0);
    for seed in 0..60 {
        let mut state = set_up(world, seed);
        while !state.over() {
            let alerts = view(&state, &first()).alerts().to_vec();
            let silent = (world.domains.iter())
                .find(|open| !alerts.iter().any(|alert| alert.domain == open.domain));
            if let Some(silent) = silent {
                assert_eq!(
                    check(
                        &state,
                        &first(),
                        &set("verify-alert", Some(silent.domain.id()), "yes")
                    ),
                    Err(Refusal::NoAlert {
                        domain: silent.domain
                    })
                );
            }
            let mut after = Vec::new();
            for alert in &alerts {
                let order = set("verify-alert", Some(alert.domain.id()), "yes");
                let analysts = view(&state, &first()).free_analysts();
                let (one, other) = (give(&state, &order, book), give(&state, &order, book));
                assert_eq!(one.digest(), other.digest(), "the same look");
                state = one;
                let seen = view(&state, &first());
                assert_eq!(seen.free_analysts(), analysts - 1);
                let now = seen.alerts().iter().find(|now| now.domain == alert.domain);
                let now = now.expect("still there").confidence;
                let may = [true, false]
                    .map(|lot| verification::after(&world.model, alert.confidence, lot));
                assert!(may.contains(&now), "{now} of {may:?}");
                yes += f64::from(u8::from(now > alert.confidence));
                after.push((alert.domain, alert.confidence, now));
                assert!(matches!(
                    check(
                        &state,
                        &first(),
                        &set("verify-alert", Some(alert.domain.id()), "no")
                    ),
                    Err(Refusal::TooSoon { .. })
                ));
            }
            state = end(&state, book);
            let page = view(&state, &first()).pages().last().expect("played");
            for (domain, before, now) in after {
                let came = page.events.iter().any(|event| event.domain == domain);
                let came = f64::from(u8::from(came));
                looked += 1.0;
                without += (before - came) * (before - came);
                with += (now - came) * (now - came);
            }
        }
    }
    assert!(
        yes > 0.2 * looked && yes < 0.6 * looked,
        "{yes} of {looked} confirmed"
    );
    assert!(
        with < 0.85 * without,
        "{with} of {without}: looks tell something"
    );
}

// ── Outreach by contract ──

#[test]
fn how_good_a_contract_is_shows_after_two_months_and_is_felt_before() {
    let world = &*CITY;
    let mut seen = Vec::new();
    for seed in 0..40 {
        let book = &mut Ledger::without_detail();
        let mut state = set_up(world, seed);
        state = give(&state, &set("outreach-hands", None, "contract"), book);
        let mut known = Vec::new();
        for _ in 0..5 {
            state = end(&state, book);
            known.push(view(&state, &first()).contract_quality());
        }
        // A month until it works, two months of work.
        let [None, None, Some(quality), Some(still), _] = known[..] else {
            panic!("{known:?}");
        };
        assert_eq!(quality, still);
        assert!((0.5..=0.9).contains(&quality));
        let told = view(&state, &first()).pages()[2]
            .found
            .contains(&Finding::Contract { quality });
        assert!(told, "the page says so");
        seen.push(quality);
    }
    let spread = seen
        .iter()
        .fold(0.0_f64, |most, x| most.max((x - seen[0]).abs()));
    assert!(spread > 0.15, "another seed, another firm");

    let trust = |seed, setting| {
        let aims = [aim(world, "outreach-hands", 0, setting)];
        let state = play(world, seed, &aims, &mut Ledger::without_detail());
        assert!(setting == "contract" || view(&state, &first()).contract_quality().is_none());
        let last = state
            .debrief()
            .expect("over")
            .hidden
            .last()
            .expect("played");
        last.indices[Index::Trust as usize].to_f64()
    };
    // What a contract gains in trust follows how good it turned out to be.
    let gains: Vec<f64> = (0..40)
        .map(|seed| trust(seed, "contract") - trust(seed, "own"))
        .collect();
    let (q, g) = (
        seen.iter().sum::<f64>() / 40.0,
        gains.iter().sum::<f64>() / 40.0,
    );
    let together: f64 = seen
        .iter()
        .zip(&gains)
        .map(|(x, y)| (x - q) * (y - g))
        .sum();
    let (sx, sy): (f64, f64) = (
        seen.iter().map(|x| (x - q) * (x - q)).sum(),
        gains.iter().map(|y| (y - g) * (y - g)).sum(),
    );
    let correlation = together / (sx * sy).sqrt();
    assert!(correlation > 0.8, "{correlation}");
}

// ── Mutual aid ──

/// Patrol minutes that a team would add to, as the table can see them.
pub(super) fn minutes(state: &State) -> f64 {
    let order = Action::Assign {
        unit: Id::from("foot-a-1"),
        to: Id::from("two"),
        tactic: Tactic::HotSpot,
    };
    let preview = view(state, &first()).preview(&order).expect("legal");
    preview.expect("of a precinct").minutes
}

#[test]
fn aid_is_asked_back_in_a_month_that_others_choose_and_say_ahead() {
    let world = &*CITY;
    let mut months = Vec::new();
    for seed in 0..20 {
        let book = &mut Ledger::without_detail();
        let mut plain = set_up(world, seed);
        let mut asked = give(&plain, &set("mutual-aid", None, "asked"), book);
        assert!(minutes(&asked) > minutes(&plain), "people from elsewhere");
        let mut said = None;
        let mut away = Vec::new();
        loop {
            (plain, asked) = (end(&plain, book), end(&asked, book));
            if asked.over() {
                break;
            }
            let turn = asked.turn();
            if let (None, [debt]) = (said, view(&asked, &first()).owed()) {
                said = Some((turn, debt.from, debt.until));
            }
            if minutes(&asked) < 0.9 * minutes(&plain) {
                away.push(turn);
            }
        }
        let (told, from, until) = said.expect("asked back within six months");
        assert_eq!(
            (told, until),
            (from - 1, from),
            "a month ahead, for a month"
        );
        assert_eq!(away, [from], "seed {seed}");
        assert!((3..=7).contains(&from));
        months.push(from);
    }
    months.sort_unstable();
    months.dedup();
    assert!(months.len() >= 4, "nobody can plan for it: {months:?}");
}

// ── Rings ──

#[test]
fn a_ring_is_held_only_where_its_owner_stands() {
    let world = &*CITY;
    let rings = &world.instruments[world.instrument(&Id::from("rings")).expect("open").at()];
    let Over::Named(names) = &rings.over else {
        panic!("three rings");
    };
    let three = names
        .iter()
        .position(|id| id.as_str() == "three")
        .expect("there");
    // Minutes to a call gained by the ring of three minutes, with cars in so many districts.
    let gained = |world: &Arc<World>, off: &[&str]| {
        let after = |ring: bool| {
            let book = &mut Ledger::without_detail();
            let mut state = set_up(world, 4);
            for unit in off {
                let order = Action::Withdraw {
                    unit: Id::from(*unit),
                };
                state = give(&state, &order, book);
            }
            if ring {
                state = give(
                    &state,
                    &set("rings", Some(names[three].as_str()), "held"),
                    book,
                );
            }
            state = end(&state, book);
            let page = view(&state, &first())
                .pages()
                .last()
                .expect("played")
                .clone();
            page.circles
                .iter()
                .map(|circle| circle.minutes)
                .sum::<f64>()
                / page.circles.len() as f64
        };
        after(false) - after(true)
    };
    let (both, one, none) = (
        gained(world, &[]),
        gained(world, &["car-a"]),
        gained(world, &["car-a", "car-b"]),
    );
    assert!(
        both > one + 0.05 && one > none + 0.05,
        "{both} > {one} > {none}"
    );
    assert!(
        none < 0.02,
        "nobody holds it, and patrol time is gone all the same: {none}"
    );
}

#[test]
fn the_map_shows_a_site_as_it_is_guarded_now() {
    let world = &*CITY;
    let book = &mut Ledger::without_detail();
    let state = set_up(world, 4);
    let grades = |state: &State| {
        let view = view(state, &first());
        [0, 1].map(|site| view.site_grade(site))
    };
    assert_eq!(grades(&state), [SiteGrade::C, SiteGrade::C]);
    let state = give(&state, &set("site-grade", Some("square"), "b"), book);
    assert_eq!(grades(&state), [SiteGrade::C, SiteGrade::B]);
}
