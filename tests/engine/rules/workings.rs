//! The mechanisms of the institution that settings with plain effects cannot say, each on and off
//! under the same luck.

use super::institution::{Aim, CITY, city, city_with, first, play, set, set_up};
use commonwatch::rules::command::{apply, check};
use commonwatch::rules::id::InstrumentIx;
use commonwatch::rules::institution::{Finding, verification};
use commonwatch::rules::world::{Domain, Over, Tactic, Tier};
use commonwatch::rules::{
    Account, Action, Amount, Id, Index, Ledger, Micro, Refusal, Rule, State, World, view,
};
use std::sync::Arc;

fn give(state: &State, order: &Action, book: &mut Ledger) -> State {
    apply(state, &first(), order, book).unwrap_or_else(|refusal| panic!("{order:?}: {refusal:?}"))
}

fn end(state: &State, book: &mut Ledger) -> State {
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
fn mean(seeds: u32, figure: impl Fn(u32) -> f64) -> (f64, f64) {
    let all: Vec<f64> = (0..seeds).map(figure).collect();
    let n = f64::from(seeds);
    let mean = all.iter().sum::<f64>() / n;
    let squares: f64 = all.iter().map(|x| (x - mean) * (x - mean)).sum();
    (mean, (squares / (n - 1.0) / n).sqrt())
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
fn minutes(state: &State) -> f64 {
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

// ── Three tiers of command ──

/// The city of these tests with its first pair of teams and a community team in a tier.
fn tiered(tier: &str) -> Arc<World> {
    Arc::new(city_with("Central", |text| {
        let tier = format!("tier: {tier}, at: ");
        let changed = text
            .replace("count: 2, at: \"one\"", &format!("count: 2, {tier}\"one\""))
            .replace("count: 6, at: \"two\"", &format!("count: 6, {tier}\"two\""));
        assert_ne!(changed, text);
        changed
    }))
}

fn send(unit: &str, to: &str, tactic: Tactic) -> Action {
    Action::Assign {
        unit: Id::from(unit),
        to: Id::from(to),
        tactic,
    }
}

#[test]
fn a_tier_says_how_far_a_unit_may_be_sent() {
    let refused = |tier: &str, to: &str| {
        let state = set_up(&tiered(tier), 1);
        check(&state, &first(), &send("foot-a-1", to, Tactic::HotSpot)).err()
    };
    let home = |tier| {
        Some(Refusal::OutOfReach {
            unit: Id::from("foot-a-1"),
            tier,
            home: Id::from("one"),
        })
    };
    // One to three are the south, four to six the north.
    assert_eq!(refused("Station", "two"), home(Tier::Station));
    assert_eq!(refused("District", "two"), None);
    assert_eq!(refused("District", "four"), home(Tier::District));
    assert_eq!(refused("City", "four"), None);
    let stays = check(
        &set_up(&tiered("Station"), 1),
        &first(),
        &send("foot-a-1", "one", Tactic::Visible),
    );
    assert_eq!(stays, Ok(()), "another tactic at home");
    assert!(matches!(
        check(
            &set_up(&CITY, 1),
            &first(),
            &send("foot-a-1", "four", Tactic::HotSpot)
        ),
        Ok(())
    ));
}

#[test]
fn city_units_do_less_among_strangers() {
    let (city, district) = (tiered("City"), tiered("District"));
    let patrol = |world: &Arc<World>| {
        let state = set_up(world, 1);
        let order = send("foot-a-1", "one", Tactic::Visible);
        let preview = view(&state, &first()).preview(&order).expect("legal");
        preview.expect("of a precinct").minutes
    };
    let ratio = patrol(&city) / patrol(&district);
    assert!((ratio - 0.9).abs() < 1e-9, "{ratio}");
    let trust = |world: &Arc<World>, seed| {
        let state = play(world, seed, &[], &mut Ledger::without_detail());
        let last = state
            .debrief()
            .expect("over")
            .hidden
            .last()
            .expect("played");
        last.trust[1].to_f64()
    };
    let (less, error) = mean(20, |seed| trust(&district, seed) - trust(&city, seed));
    assert!(less > 0.1 && less > 3.0 * error, "{less} ± {error}");
}

// ── Pilots ──

fn pilot(instrument: &str, precinct: &str) -> Action {
    Action::Pilot {
        instrument: Id::from(instrument),
        precinct: Id::from(precinct),
    }
}

#[test]
fn a_pilot_works_in_one_precinct_for_three_months_at_a_part_of_the_price() {
    let world = &*CITY;
    let book = &mut Ledger::without_detail();
    let plain = set_up(world, 2);
    let mut tried = give(&plain, &pilot("one-map", "two"), book);
    let price = world.instruments[0].settings[1].price;
    let paid = view(&plain, &first()).free_funds() - view(&tried, &first()).free_funds();
    assert!((paid.to_f64() - 0.3 * price.to_f64()).abs() < 1e-9);
    assert_eq!(
        view(&tried, &first()).pointers(InstrumentIx(0))[0].setting,
        0
    );
    let (before, after) = (
        view(&plain, &first()).forecast(),
        view(&tried, &first()).forecast(),
    );
    let families = world.families.len();
    for (at, (before, after)) in before.iter().zip(&after).enumerate() {
        let here = at / families == 1;
        assert!(if here {
            after.mean <= before.mean
        } else {
            after == before
        });
    }
    assert!((before.iter().zip(&after)).any(|(before, after)| after.mean < before.mean));
    for month in 0..3 {
        assert_eq!(view(&tried, &first()).pilots().len(), 1, "month {month}");
        assert!(matches!(
            check(&tried, &first(), &pilot("one-map", "five")),
            Err(Refusal::TooSoon { .. })
        ));
        tried = end(&tried, book);
    }
    assert!(view(&tried, &first()).pilots().is_empty());
    let page = view(&tried, &first()).pages().last().expect("played");
    assert!(
        matches!(page.found[..], [Finding::Pilot(_)]),
        "{:?}",
        page.found
    );
    for nothing in ["call-list", "risk-files"] {
        assert!(matches!(
            check(&tried, &first(), &pilot(nothing, "two")),
            Err(Refusal::NothingToTry { .. })
        ));
    }
    assert!(matches!(
        check(&tried, &first(), &pilot("one-map", "tow")),
        Err(Refusal::UnknownPrecinct(_, Some(_)))
    ));
}

#[test]
fn a_pilot_narrows_what_is_known_of_this_city() {
    let world = &Arc::new(city("Drawn"));
    let index = world.instrument(&Id::from("one-map")).expect("open");
    let of_first = |state: &State| {
        let known = view(state, &first()).known(index);
        known.filter(|known| known.setting == 1).collect::<Vec<_>>()
    };
    let (mut inside, mut all, mut spread) = (0.0, 0.0, Vec::new());
    for seed in 0..40 {
        let book = &mut Ledger::without_detail();
        let mut state = set_up(world, seed);
        let before = of_first(&state);
        assert_eq!(
            before.len(),
            world.instruments[index.at()].settings[1].effects.len()
        );
        state = give(&state, &pilot("one-map", "two"), book);
        for _ in 0..3 {
            assert_eq!(of_first(&state), before, "nothing is known before the end");
            state = end(&state, book);
        }
        let after = of_first(&state);
        while !state.over() {
            state = end(&state, book);
        }
        let own = &state.city().expect("over").instruments[index.at()].settings[1].effects;
        for known in &after {
            let card = before
                .iter()
                .find(|card| card.effect == known.effect)
                .expect("there");
            assert!(card.low <= known.low && known.high <= card.high);
            assert!(
                known.high - known.low < 0.85 * (card.high - card.low),
                "{known:?} {card:?}"
            );
            all += 1.0;
            let amount = own[usize::from(known.effect)].amount;
            inside += f64::from(u8::from((known.low..=known.high).contains(&amount)));
        }
        spread.push(after[0].low);
    }
    assert!(
        inside > 0.85 * all && inside < all,
        "{inside} of {all} hold this city's number"
    );
    spread.sort_by(f64::total_cmp);
    spread.dedup();
    assert!(
        spread.len() > 10,
        "what a pilot tells differs from city to city"
    );
}

// ── Assessment ──

#[test]
fn the_list_follows_the_yardstick_and_is_told_beside_those_that_looked_alike() {
    let world = &*CITY;
    let listed = world.instrument(&Id::from("listed")).expect("open");
    let on_list = |state: &State| {
        let pointers = view(state, &first()).pointers(listed).iter().enumerate();
        let on = pointers.filter(|(_, pointer)| pointer.setting > 0);
        on.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let book = &mut Ledger::without_detail();
    for seed in 0..10 {
        let plain = set_up(world, seed);
        let mut state = give(&plain, &set("yardstick", None, "trust"), book);
        for _ in 0..3 {
            assert_eq!(
                on_list(&state),
                [] as [usize; 0],
                "nothing before the second quarter"
            );
            state = end(&state, book);
        }
        let pages = view(&state, &first()).pages();
        let survey = |p: usize| pages.iter().map(|page| page.trust[p].0).sum::<i64>();
        let mut worst: Vec<usize> = (0..world.precincts.len()).collect();
        worst.sort_by_key(|p| survey(*p));
        worst.truncate(2);
        worst.sort_unstable();
        assert_eq!(on_list(&state), worst);
        let name = world.precincts[0].id.as_str();
        assert!(matches!(
            check(&state, &first(), &set("listed", Some(name), "listed")),
            Err(Refusal::ByYardstick { .. })
        ));
        // A precinct that helps gives to those on the list and has less itself.
        let helper = (0..world.precincts.len())
            .find(|p| !worst.contains(p))
            .expect("one");
        let helper = world.precincts[helper].id.as_str();
        let helped = give(
            &state,
            &set("helping-precinct", Some(helper), "helps"),
            book,
        );
        if worst.contains(&1) {
            assert!(minutes(&helped) > minutes(&state));
        }
        for _ in 0..3 {
            state = end(&state, book);
        }
        let page = view(&state, &first()).pages().last().expect("played");
        let told: Vec<usize> = (page.found.iter())
            .filter_map(|finding| match finding {
                Finding::Compared { listed, .. } => Some(listed.at()),
                _ => None,
            })
            .collect();
        let mut told_sorted = told.clone();
        told_sorted.sort_unstable();
        assert_eq!(told_sorted, worst);
    }
}

#[test]
fn every_yardstick_lists_by_published_figures_alone() {
    let world = &*CITY;
    let lists = |yardstick: &str| {
        (0..8)
            .map(|seed| {
                let book = &mut Ledger::without_detail();
                let mut state = set_up(world, seed);
                state = give(&state, &set("yardstick", None, yardstick), book);
                for _ in 0..3 {
                    state = end(&state, book);
                }
                let listed = world.instrument(&Id::from("listed")).expect("open");
                let pointers = view(&state, &first()).pointers(listed).iter();
                pointers.map(|pointer| pointer.setting).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let all = ["recorded", "harm", "trust", "unexplained"].map(lists);
    for list in all.iter().flatten() {
        assert_eq!(list.iter().filter(|setting| **setting > 0).count(), 2);
    }
    for (at, one) in all.iter().enumerate() {
        assert!(
            all[at + 1..].iter().all(|other| other != one),
            "each its own list"
        );
    }
}
