//! The institution: each instrument on and off under the same luck, what it costs, and the laws of
//! every game with everything open.

use commonwatch::rules::command::{apply, check};
use commonwatch::rules::id::{InstrumentIx, PrecinctIx};
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::world::{Domain, Lever, Over, Stays};
use commonwatch::rules::{
    Account, Action, Amount, Cents, Id, Index, Ledger, Micro, Refusal, State, Table, World, view,
};
use commonwatch::scenario::card::Card;
use commonwatch::scenario::{Source, load};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

/// A small city in which everything is open and money is no worry.
pub(super) static CITY: LazyLock<Arc<World>> = LazyLock::new(|| Arc::new(city("Central")));

pub(super) fn city(numbers: &str) -> World {
    city_with(numbers, str::to_owned)
}

/// The same, with its text changed.
pub(super) fn city_with(numbers: &str, change: impl Fn(&str) -> String) -> World {
    let mut open = String::new();
    for instrument in Card::built_in().instruments() {
        writeln!(open, "\"{}\": (),", instrument.id).expect("into a string");
    }
    let mut played = String::new();
    for domain in Domain::ALL {
        writeln!(played, "\"{}\": 45.0,", domain.id()).expect("into a string");
    }
    let text = include_str!("../fixtures/institution.ron")
        .replace("\"INSTITUTION\": ()", &open)
        .replace("\"DOMAINS\": 0.0", &played)
        .replace("city: Central", &format!("city: {numbers}"));
    let loaded = load(&Source::text("scenario.ron", &change(&text)));
    let loaded = loaded.unwrap_or_else(|report| panic!("{:#?}", report.diagnostics));
    World::clone(&loaded.scenario.world)
}

pub(super) fn first() -> Id {
    Id::from("coordination")
}

pub(super) fn set_up(world: &Arc<World>, seed: u32) -> State {
    let action = Action::SetUp {
        table: Table::Shared,
        presets: Vec::new(),
    };
    let state = State::new(Arc::clone(world), seed);
    apply(&state, &first(), &action, &mut Ledger::without_detail()).expect("the first act")
}

pub(super) fn set(what: &str, at: Option<&str>, to: &str) -> Action {
    Action::Set {
        what: Id::from(what),
        at: at.map(Id::from),
        to: Id::from(to),
    }
}

/// What a turn's orders are after: an instrument at a setting, for one of its things.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim {
    pub instrument: InstrumentIx,
    pub subject: usize,
    pub setting: u8,
}

impl Aim {
    /// Goes towards the setting as far as the rules let it, a step at a time where it is a ladder.
    fn pursue(self, world: &World, state: State, book: &mut Ledger) -> State {
        let instrument = &world.instruments[self.instrument.at()];
        let now = view(&state, &first()).pointers(self.instrument)[self.subject];
        let worn = instrument.settings[usize::from(self.setting)].fade > 0.0 && now.months > 0.0;
        if now.ordered() == self.setting && !worn {
            return state;
        }
        let to = if instrument.ladder {
            (now.setting + 1).min(self.setting)
        } else {
            self.setting
        };
        let order = set(
            instrument.id.as_str(),
            world.subject(&instrument.over, self.subject),
            instrument.settings[usize::from(to)].id.as_str(),
        );
        apply(&state, &first(), &order, book).unwrap_or(state)
    }
}

/// Plays a game towards some aims.
pub(super) fn play(world: &Arc<World>, seed: u32, aims: &[Aim], book: &mut Ledger) -> State {
    let mut state = set_up(world, seed);
    while !state.over() {
        for aim in aims {
            state = aim.pursue(world, state, book);
        }
        state = apply(&state, &first(), &Action::EndTurn, book).expect("a turn ends");
    }
    state
}

/// What a table could notice at the end of a game, by name, with the smallest step a screen shows.
fn figures(state: &State) -> Vec<(String, f64, f64)> {
    let world = state.world();
    let debrief = state.debrief().expect("over");
    let last = debrief.hidden.last().expect("played");
    let mut all = Vec::new();
    for index in Index::ALL {
        let points = last.indices[index as usize].to_f64();
        all.push((index.id().to_owned(), points, 0.1));
    }
    for (open, points) in world.domains.iter().zip(&last.pressures) {
        all.push((open.domain.id().to_owned(), points.to_f64(), 0.1));
    }
    let goodwill = view(state, &first()).free_goodwill().to_f64();
    all.push(("goodwill".to_owned(), goodwill, 0.1));
    let families = world.families.len();
    for (k, family) in world.families.iter().enumerate() {
        let recorded = debrief
            .open
            .iter()
            .flat_map(|page| page.recorded.iter().skip(k));
        let count: u32 = recorded.step_by(families).sum();
        all.push((format!("{} on record", family.id), f64::from(count), 1.0));
    }
    let (mut cleared, mut minutes, mut leaks, mut harm) = (0.0, 0.0, 0.0, 0.0);
    let (mut hits, mut false_alarms) = (0.0, 0.0);
    for page in debrief.open {
        cleared += page.cleared.iter().map(|n| f64::from(*n)).sum::<f64>();
        minutes += page.circles.iter().map(|c| c.minutes).sum::<f64>() / page.circles.len() as f64;
        leaks += page.leaks.len() as f64;
        harm += page.events.iter().map(|event| event.harm).sum::<f64>();
        let came = |domain| page.events.iter().any(|event| event.domain == domain);
        let true_ones = page
            .alerts
            .iter()
            .filter(|alert| came(alert.domain))
            .count();
        hits += true_ones as f64;
        false_alarms += (page.alerts.len() - true_ones) as f64;
    }
    all.push(("cleared up".to_owned(), cleared, 1.0));
    all.push((
        "minutes".to_owned(),
        minutes / debrief.open.len() as f64,
        0.05,
    ));
    all.push(("leaks".to_owned(), leaks, 0.05));
    all.push(("harm of events, %".to_owned(), harm * 100.0, 0.1));
    all.push(("alerts that came true".to_owned(), hits, 0.05));
    all.push(("false alarms".to_owned(), false_alarms, 0.05));
    all
}

/// The figures of the games of some seeds.
fn games(world: &Arc<World>, aims: &[Aim], seeds: u32) -> Vec<Vec<(String, f64, f64)>> {
    (0..seeds)
        .map(|seed| figures(&play(world, seed, aims, &mut Ledger::without_detail())))
        .collect()
}

/// The largest difference between two lots of games, among those that a screen would show and
/// that luck does not explain (three standard errors); its name and size.
fn felt(
    without: &[Vec<(String, f64, f64)>],
    with: &[Vec<(String, f64, f64)>],
) -> Option<(String, f64)> {
    let mut sums: BTreeMap<&str, (f64, f64, f64)> = BTreeMap::new();
    for (without, with) in without.iter().zip(with) {
        for ((name, x, step), (_, y, _)) in without.iter().zip(with) {
            let sum = sums.entry(name).or_insert((0.0, 0.0, *step));
            sum.0 += y - x;
            sum.1 += (y - x) * (y - x);
        }
    }
    let n = with.len() as f64;
    let seen = sums.into_iter().filter_map(|(name, (sum, squares, step))| {
        let mean = sum / n;
        let error = ((squares / n - mean * mean).max(0.0) / (n - 1.0)).sqrt();
        (mean.abs() > step && mean.abs() > 3.0 * error).then(|| (name.to_owned(), mean))
    });
    seen.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
}

/// Instruments that tell something and change nothing; what they tell has tests of its own.
const TELLING: [&str; 1] = ["verify-alert"];

/// Instruments that work only beside others; they have a test of their own.
const JOINT: [&str; 1] = ["bundle"];

/// Instruments whose price is asked later, by a rule of their own.
const OWED: [&str; 1] = ["mutual-aid"];

/// What must stand so that an instrument can be set at all.
fn groundwork(world: &World, instrument: InstrumentIx) -> Vec<Aim> {
    let mut aims = Vec::new();
    for (needed, setting) in &world.instruments[instrument.at()].needs {
        aims.extend(groundwork(world, *needed));
        aims.push(Aim {
            instrument: *needed,
            subject: 0,
            setting: *setting,
        });
    }
    aims
}

/// The settings that nobody would notice, tried for `domains` of the risk domains.
fn unnoticed(seeds: u32, domains: usize) -> Vec<String> {
    let world = &*CITY;
    let plain = games(world, &[], 3 * seeds);
    let mut dead = Vec::new();
    for (at, instrument) in world.instruments.iter().enumerate() {
        let index = InstrumentIx::from_position(at);
        let base = groundwork(world, index);
        let grounded = (!base.is_empty()).then(|| games(world, &base, seeds));
        let without = grounded.as_ref().unwrap_or(&plain);
        for setting in 0..instrument.settings.len() as u8 {
            let apart = TELLING.iter().chain(&JOINT);
            if setting == instrument.start || apart.clone().any(|id| *id == instrument.id.as_str())
            {
                continue;
            }
            // What differs from thing to thing is tried for each; of places, as many as may be.
            let (things, at_once) = match &instrument.over {
                Over::Named(things) => (things.len(), 1),
                Over::Domains => (domains, 1),
                Over::City => (1, 1),
                // What a desk lends is little; it is there that all can.
                Over::Seats => (1, world.seats.len()),
                over => (
                    1,
                    usize::from(instrument.most).clamp(1, world.subjects(over)),
                ),
            };
            for thing in 0..things {
                let mut aims = base.clone();
                aims.extend((0..at_once).map(|more| Aim {
                    instrument: index,
                    subject: thing + more,
                    setting,
                }));
                // What waits for an event in one place needs more games to be told from luck.
                let rare = matches!(instrument.over, Over::Precincts);
                let dead_after = |games_played: u32| {
                    let with = games(world, &aims, games_played);
                    felt(without, &with).is_none()
                };
                if dead_after(if rare { 3 * seeds } else { seeds }) {
                    let thing = world.subject(&instrument.over, thing).unwrap_or("the city");
                    let setting = &instrument.settings[usize::from(setting)].id;
                    dead.push(format!("{} at {setting} for {thing}", instrument.id));
                }
            }
        }
    }
    dead
}

#[test]
fn every_setting_of_every_instrument_is_felt_by_more_than_its_price() {
    let dead = unnoticed(40, 1);
    assert!(dead.is_empty(), "nobody would notice: {dead:#?}");
}

/// The same for each risk domain, with the hundred games that the design asks for.
#[test]
#[ignore = "takes minutes; the long run has it"]
fn every_setting_is_felt_in_every_domain() {
    let dead = unnoticed(100, CITY.domains.len());
    assert!(dead.is_empty(), "nobody would notice: {dead:#?}");
}

#[test]
fn every_instrument_has_a_price_besides_its_good() {
    for instrument in &CITY.instruments {
        for setting in &instrument.settings[1..] {
            let bad = |lever: Lever, amount: f64| match lever {
                Lever::Handling | Lever::Delay | Lever::Leak | Lever::Watching => amount > 0.0,
                Lever::Wrongs | Lever::Overtime | Lever::FalseAlarms(_) => amount > 0.0,
                Lever::Pressure(_) => amount > 0.0,
                _ => amount < 0.0,
            };
            let mut effects = setting.effects.iter().chain(&setting.later);
            let paid = setting.price.0 > 0
                || setting.upkeep.0 > 0
                || setting.analysts > 0
                || setting.goodwill.0 > 0
                || instrument.most > 0
                || OWED.contains(&instrument.id.as_str())
                || effects.any(|effect| bad(effect.lever, effect.amount));
            assert!(paid, "{} at {} is free", instrument.id, setting.id);
        }
    }
}

#[test]
fn a_ladder_is_built_a_step_at_a_time_and_takes_its_months() {
    let world = &*CITY;
    let state = set_up(world, 1);
    let two = set("one-map", None, "2");
    assert_eq!(
        check(&state, &first(), &two),
        Err(Refusal::OneStep {
            instrument: Id::from("one-map"),
            next: Id::from("1"),
        })
    );
    let book = &mut Ledger::keeping();
    let before = view(&state, &first()).free_funds();
    let mut state = apply(&state, &first(), &set("one-map", None, "1"), book).expect("affordable");
    let price = world.instruments[0].settings[1].price;
    assert_eq!(view(&state, &first()).free_funds(), before - price);
    // The same desk builds one thing at a time.
    let other = world.instruments.iter().find(|instrument| {
        instrument.ladder
            && instrument.owner == world.instruments[0].owner
            && instrument.id != world.instruments[0].id
    });
    if let Some(other) = other {
        let refused = check(&state, &first(), &set(other.id.as_str(), None, "1"));
        assert!(
            matches!(refused, Err(Refusal::Building { .. })),
            "{refused:?}"
        );
    }
    let mut stood = Vec::new();
    for _ in 0..3 {
        state = apply(&state, &first(), &Action::EndTurn, book).expect("ends");
        stood.push(view(&state, &first()).pointers(InstrumentIx(0))[0].setting);
    }
    assert_eq!(stood, [0, 1, 1], "two months until it works");
    let paid: i64 = (book.entries().iter())
        .filter(|entry| entry.account == Account::Funds && entry.cause.rule == Rule::OrderPrice)
        .map(|entry| entry.amount)
        .sum();
    let upkeep = world.instruments[0].settings[1].upkeep;
    assert_eq!(
        Cents(-paid),
        price + upkeep,
        "the price once and a month's upkeep"
    );
}

#[test]
fn refusals_name_what_is_missing() {
    let world = &*CITY;
    let state = set_up(world, 1);
    let refused = |order: &Action| check(&state, &first(), order).expect_err("refused");
    assert!(matches!(
        refused(&set("one-mop", None, "1")),
        Refusal::UnknownInstrument(_, Some(near)) if near.as_str() == "one-map"
    ));
    assert!(matches!(
        refused(&set("risk-files", None, "fresh")),
        Refusal::UnknownSubject { subject: None, .. }
    ));
    assert!(matches!(
        refused(&set("risk-files", Some("grievence"), "fresh")),
        Refusal::UnknownSubject { nearest: Some(near), .. } if near.as_str() == "grievance"
    ));
    assert!(matches!(
        refused(&set("call-list", None, "diverts")),
        Refusal::UnknownSetting { nearest: Some(near), .. } if near.as_str() == "divert"
    ));
    assert!(matches!(
        refused(&set("image-keeping", None, "90-days")),
        Refusal::NeedsFirst { needs, .. } if needs.as_str() == "video-cloud"
    ));
    assert!(matches!(
        refused(&set("call-list", None, "answer-all")),
        Refusal::AlreadySet { .. }
    ));
    let mut state = state.clone();
    for domain in ["grievance", "network", "force"] {
        let order = set("risk-files", Some(domain), "fresh");
        state = apply(&state, &first(), &order, &mut Ledger::without_detail()).expect("three");
    }
    assert_eq!(
        check(
            &state,
            &first(),
            &set("risk-files", Some("transport"), "fresh")
        ),
        Err(Refusal::TooMany {
            instrument: Id::from("risk-files"),
            most: 3,
        })
    );
}

#[test]
fn what_is_set_for_a_turn_goes_back_and_is_felt_for_a_while() {
    let world = &*CITY;
    let book = &mut Ledger::keeping();
    let mut state = set_up(world, 3);
    state = apply(
        &state,
        &first(),
        &set("remedy", Some("grievance"), "yes"),
        book,
    )
    .expect("legal");
    let remedy = world.instrument(&Id::from("remedy")).expect("open");
    assert_eq!(world.instruments[remedy.at()].stays, Stays::Turn);
    for _ in 0..4 {
        state = apply(&state, &first(), &Action::EndTurn, book).expect("ends");
        let set = view(&state, &first())
            .pointers(remedy)
            .iter()
            .any(|p| p.setting > 0);
        assert!(!set, "it stands for one turn");
    }
    let eased: Vec<(u16, i64)> = (book.entries().iter())
        .filter(|entry| entry.account == Account::Pressure(Domain::Grievance))
        .filter(|entry| entry.cause.instrument == Some(remedy))
        .map(|entry| (entry.turn, entry.amount))
        .collect();
    let each = -Micro::points(3).0;
    assert_eq!(
        eased,
        [(1, each), (2, each), (3, each)],
        "now and in two more months"
    );
}

#[test]
fn pressures_build_up_by_themselves_and_press_on_each_other() {
    let world = &*CITY;
    let mut book = Ledger::keeping();
    let state = play(world, 5, &[], &mut book);
    let pages = state.debrief().expect("over").hidden;
    let grievance = world
        .domains
        .iter()
        .position(|d| d.domain == Domain::Grievance)
        .expect("played");
    assert!(pages[5].pressures[grievance] > pages[0].pressures[grievance]);
    let pressed = book.entries().iter().any(|entry| {
        entry.account == Account::Pressure(Domain::Information)
            && entry.cause.rule == Rule::Coupling
    });
    assert!(pressed, "grievance beyond forty presses on information");
}

#[test]
fn events_come_as_often_as_the_card_says_and_alerts_are_worth_what_they_claim() {
    let world = &*CITY;
    let (mut expected, mut happened) = (0.0, 0.0);
    let (mut claimed, mut true_ones, mut alerts) = (0.0, 0.0, 0.0);
    for seed in 0..300 {
        let state = play(world, seed, &[], &mut Ledger::without_detail());
        let debrief = state.debrief().expect("over");
        let mut before: Vec<f64> = world.domains.iter().map(|d| d.start.to_f64()).collect();
        for (page, hidden) in debrief.open.iter().zip(debrief.hidden) {
            for (at, pressure) in before.iter().enumerate() {
                expected += commonwatch::rules::pressure::hazard(&world.model, *pressure);
                let domain = world.domains[at].domain;
                let came = page.events.iter().any(|event| event.domain == domain);
                happened += f64::from(u8::from(came));
                if let Some(alert) = page.alerts.iter().find(|alert| alert.domain == domain) {
                    alerts += 1.0;
                    claimed += alert.confidence;
                    true_ones += f64::from(u8::from(came));
                }
            }
            before = hidden.pressures.iter().map(|p| p.to_f64()).collect();
        }
    }
    let error = f64::sqrt(expected);
    assert!(
        (happened - expected).abs() < 3.0 * error,
        "{happened} of {expected}"
    );
    // Readings are off by six points, which blurs what an alert claims a little.
    let (claimed, came) = (claimed / alerts, true_ones / alerts);
    assert!(
        (claimed - came).abs() < 0.06,
        "claimed {claimed}, came true {came}"
    );
}

#[test]
fn a_city_of_its_own_has_its_own_institution_and_nobody_sees_it() {
    let world = Arc::new(city("Drawn"));
    let one = set_up(&world, 1);
    let (a, b) = (
        view(&one, &first()).digest(),
        view(&set_up(&world, 1), &first()).digest(),
    );
    assert_eq!(a, b);
    let over = play(&world, 1, &[], &mut Ledger::without_detail());
    let own = over.city().expect("open at the end");
    let differs = (own.instruments.iter().zip(&world.instruments)).any(|(own, card)| own != card);
    assert!(differs, "judged effects are this city's own");
}

/// Any order about the institution, legal or not.
fn any_set() -> impl Strategy<Value = Action> {
    let world = &*CITY;
    (
        0..world.instruments.len(),
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..10,
    )
        .prop_map(|(at, thing, setting, wrong)| {
            let instrument = &CITY.instruments[at];
            let subjects = CITY.subjects(&instrument.over);
            let subject = CITY.subject(&instrument.over, thing.index(subjects));
            let setting = &instrument.settings[setting.index(instrument.settings.len())].id;
            match wrong {
                0 => set(instrument.id.as_str(), Some("nowhere"), setting.as_str()),
                1 => set(instrument.id.as_str(), subject, "never"),
                _ => set(instrument.id.as_str(), subject, setting.as_str()),
            }
        })
}

/// Any pilot, legal or not.
fn any_pilot() -> impl Strategy<Value = Action> {
    let world = &*CITY;
    (0..world.instruments.len(), 0..world.precincts.len()).prop_map(|(instrument, precinct)| {
        Action::Pilot {
            instrument: CITY.instruments[instrument].id.clone(),
            precinct: CITY.precincts[precinct].id.clone(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// With everything open each stock still moves by its entries alone, stays on its scale, and a
    /// turn never opens in debt.
    #[test]
    fn the_book_balances_with_the_whole_institution(
        seed in any::<u32>(),
        orders in prop::collection::vec(prop_oneof![6 => any_set(), 1 => any_pilot(), 1 => Just(Action::EndTurn)], 1..90),
    ) {
        let world = &*CITY;
        let mut state = set_up(world, seed);
        let mut book = Ledger::keeping();
        for order in orders {
            if let Ok(next) = apply(&state, &first(), &order, &mut book) {
                state = next;
            }
            let seen = view(&state, &first());
            prop_assert!(seen.free_funds().0 >= 0, "a turn in debt");
            prop_assert!(seen.free_goodwill().0 >= 0, "goodwill that is not there");
        }
        while !state.over() {
            state = apply(&state, &first(), &Action::EndTurn, &mut book).expect("it ends");
        }
        let mut sums: BTreeMap<Account, i64> = BTreeMap::new();
        for entry in book.entries() {
            *sums.entry(entry.account).or_insert(0) += entry.amount;
        }
        let moved = |account| sums.get(&account).copied().unwrap_or(0);
        let last = state.debrief().expect("over").hidden.last().expect("played");
        for (p, precinct) in world.precincts.iter().enumerate() {
            let account = Account::Trust(PrecinctIx::from_position(p));
            prop_assert_eq!(precinct.trust.0 + moved(account), last.trust[p].0);
        }
        for (open, points) in world.domains.iter().zip(&last.pressures) {
            prop_assert_eq!(open.start.0 + moved(Account::Pressure(open.domain)), points.0);
            prop_assert!((0..=100_000_000).contains(&points.0));
        }
        let start = set_up(world, seed);
        let before = view(&start, &first()).indices();
        for index in Index::ALL {
            let value = last.indices[index as usize].0;
            prop_assert_eq!(before[index as usize].0 + moved(Account::Index(index)), value, "{:?}", index);
            prop_assert!((0..=100_000_000).contains(&value));
        }
    }
}
