//! Who may be sent where, instruments tried before they are paid for, and the assessment of
//! precincts: each on and off under the same luck.

use super::institution::{CITY, city, city_with, first, play, set, set_up};
use super::workings::{end, give, mean, minutes};
use commonwatch::rules::command::check;
use commonwatch::rules::id::InstrumentIx;
use commonwatch::rules::institution::Finding;
use commonwatch::rules::world::{Tactic, Tier};
use commonwatch::rules::{Action, Amount, Id, Ledger, Refusal, State, World, view};
use std::sync::Arc;

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
        let told = view(&state, &first()).listed().expect("a list");
        assert_eq!(told.by, Id::from("trust"));
        let mut list: Vec<usize> = told.list.iter().map(|place| place.at()).collect();
        list.sort_unstable();
        assert_eq!(list, worst);
        let alike = told.alike.iter();
        assert!(alike.clone().count() > 0 && alike.clone().all(|it| !worst.contains(&it.at())));
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
        let mut told: Vec<usize> = (page.found.iter())
            .filter_map(|finding| match finding {
                Finding::Compared { listed, .. } => Some(listed.at()),
                _ => None,
            })
            .collect();
        told.sort_unstable();
        assert_eq!(told, worst);
    }
}

#[test]
fn a_yardstick_chosen_as_a_quarter_opens_is_followed_at_once() {
    let world = &*CITY;
    let listed = world.instrument(&Id::from("listed")).expect("open");
    let long = |state: &State| {
        let pointers = view(state, &first()).pointers(listed).iter();
        pointers.filter(|pointer| pointer.setting > 0).count()
    };
    let book = &mut Ledger::without_detail();
    let mut state = set_up(world, 3);
    for turn in 1..=5 {
        let chosen = give(&state, &set("yardstick", None, "harm"), book);
        // The second quarter opens with the fourth month.
        assert_eq!(long(&chosen), if turn == 4 { 2 } else { 0 }, "turn {turn}");
        state = end(&state, book);
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
