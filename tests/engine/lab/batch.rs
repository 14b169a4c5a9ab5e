//! Many games at once, by policies and plans.

use crate::support::{small_world, small_world_with};
use commonwatch::lab::lineup::Unfit;
use commonwatch::lab::{Game, Job, Lineup, Plan, Policy};
use commonwatch::rules::scoring::Index;
use commonwatch::rules::{Action, Amount, Refusal};
use commonwatch::session::{ActError, Setting, verify};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

fn each(_: &Game) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn plan(text: &str) -> Plan {
    Plan::read("mine.ron", text.as_bytes().to_vec()).unwrap()
}

fn job(policy: Policy, seeds: std::ops::Range<u64>) -> Job {
    let world = small_world();
    let lineup = Lineup::policy(&world, policy);
    Job::new(world, lineup, seeds)
}

#[test]
fn threads_and_steps_do_not_change_what_comes_out() {
    let one = job(Policy::Random, 3..40).run(1, each).unwrap();
    let four = job(Policy::Random, 3..40).run(4, each).unwrap();
    assert_eq!(one, four);
    let mut stepped = job(Policy::Random, 3..40);
    let mut steps = 0;
    while !stepped.step(5).unwrap().finished() {
        steps += 1;
    }
    assert!(steps > 37, "it stops when the budget is used up");
    assert_eq!(stepped.batch(), one);
    assert_eq!(one.games.len(), 37);
    assert_eq!(one.games[0].seed, 3);
    let other = job(Policy::Random, 4..41).run(2, each).unwrap();
    assert_ne!(one.digest(), other.digest());
}

#[test]
fn a_batch_sums_up_its_games() {
    let batch = job(Policy::Even, 0..25).run(2, each).unwrap();
    let world = small_world();
    let lineup = Lineup::policy(&world, Policy::Even);
    let mut sum = 0.0;
    let mut met = 0;
    for seed in 0..25 {
        let game = Game::new(Arc::clone(&world), seed)
            .unwrap()
            .finish(&lineup)
            .unwrap();
        let debrief = game.state().debrief().unwrap();
        let truth = debrief.hidden.last().unwrap().indices;
        sum += truth[Index::Trust as usize].to_f64();
        met += usize::from(debrief.outcomes[2].met);
    }
    let trust = batch.truth(Index::Trust as usize).unwrap();
    assert!((trust.mean - sum / 25.0).abs() < 2e-6);
    assert!(trust.p05 <= trust.p50 && trust.p50 <= trust.p95);
    assert!((batch.met(2) - met as f64 / 25.0).abs() < 1e-12);
}

#[test]
fn logged_games_are_the_same_games_and_their_logs_play_again() {
    let world = small_world();
    let setting = Setting::new(Arc::clone(&world), commonwatch::rules::Digest(1));
    let logs = Mutex::new(Vec::new());
    let logged = job(Policy::Random, 0..4).logged(setting.clone());
    let batch = logged
        .run(2, |game| {
            logs.lock().unwrap().push(game.log().unwrap().to_vec());
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(batch, job(Policy::Random, 0..4).run(1, each).unwrap());
    let logs = logs.into_inner().unwrap();
    let mut digests: Vec<_> = logs
        .iter()
        .map(|log| {
            let report = verify(log, &setting, None).unwrap();
            assert!(report.ok && report.turns == 6, "{report:?}");
            report.digest.unwrap()
        })
        .collect();
    let mut expected: Vec<_> = batch.games.iter().map(|game| game.digest).collect();
    digests.sort_unstable();
    expected.sort_unstable();
    assert_eq!(digests, expected);
}

#[test]
fn a_batch_ends_early_when_nobody_wants_more_of_it() {
    let played = AtomicU32::new(0);
    let enough = |_: &Game| {
        played.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Break(())
    };
    // All of them would take minutes.
    job(Policy::Idle, 7..1 << 20).run(1, enough).unwrap();
    assert_eq!(played.into_inner(), 1);
    let world = small_world();
    let refused = plan(r#"Plan(turns: [[Withdraw(unit: "fot-2")]])"#);
    let lineup = Lineup::plan(&world, "mine", &refused).unwrap();
    let job = Job::new(Arc::clone(&world), lineup, 7..1 << 20);
    assert_eq!(job.run(2, each).unwrap_err().seed, 7);
}

#[test]
fn an_empty_range_plays_nothing() {
    let batch = job(Policy::Idle, 5..5).run(1, each).unwrap();
    assert!(batch.games.is_empty());
    assert_eq!(batch.truth(0), None);
}

#[test]
fn a_plan_orders_what_it_says_and_its_policies_leave_those_units_alone() {
    let world = small_world();
    let plan = plan(
        r#"Plan(
            desks: {Street: "hotspot"},
            turns: [
                [Assign(unit: "foot-1", to: "south-east", tactic: Visible)],
                [Assign(unit: "officer", to: "north-west", tactic: Outreach)],
            ],
        )"#,
    );
    let lineup = Lineup::plan(&world, "mine", &plan).unwrap();
    assert_eq!((lineup.name(), lineup.planned_turns()), ("mine", 2));
    let mut game = Game::new(Arc::clone(&world), 1).unwrap();
    game.turn(&lineup).unwrap();
    game.turn(&lineup).unwrap();
    while !game.state().over() {
        game.turn(&lineup).unwrap();
    }
    let debrief = game.state().debrief().unwrap();
    let at = |turn: usize, unit: &str| {
        let index = world.unit(&unit.into()).unwrap();
        let post = debrief.open[turn].posts[index.at()].at;
        post.map(|(place, tactic)| (world.precincts[place.at()].id.to_string(), tactic.id()))
    };
    assert_eq!(at(0, "foot-1"), Some(("south-east".into(), "visible")));
    assert_eq!(at(0, "foot-2").map(|post| post.1), Some("hot-spot"));
    assert_eq!(at(0, "officer"), None, "nobody commands this desk yet");
    assert_eq!(at(1, "officer"), Some(("north-west".into(), "outreach")));
    assert_eq!(at(5, "officer"), at(1, "officer"), "orders stand");
}

#[test]
fn a_refused_order_stops_with_its_turn_its_number_and_the_reason() {
    let world = small_world_with(|world| world.turns = 3);
    let world = Arc::new(world);
    let run = |text: &str| {
        let plan = plan(text);
        let lineup = Lineup::plan(&world, "mine", &plan).unwrap();
        let job = Job::new(Arc::clone(&world), lineup, 4..12);
        *job.run(2, each).unwrap_err()
    };
    let refused = run(
        r#"Plan(turns: [[], [Withdraw(unit: "foot-2"), Assign(unit: "foot-3", to: "north-east", tactic: Visible)]])"#,
    );
    assert_eq!((refused.seed, refused.turn, refused.order), (4, 2, 2));
    assert!(matches!(refused.action, Action::Assign { .. }));
    assert_eq!(
        refused.why,
        ActError::Refused(Refusal::NotHereYet {
            unit: "foot-3".into(),
            from: 3
        })
    );
    let refused = run(r#"Plan(turns: [[Withdraw(unit: "fot-2")]])"#);
    assert_eq!(
        refused.why,
        ActError::Refused(Refusal::UnknownUnit("fot-2".into(), Some("foot-2".into())))
    );
}

#[test]
fn a_plan_that_names_no_desk_or_policy_does_not_start() {
    let world = small_world();
    let lineup = |text: &str| Lineup::plan(&world, "mine", &plan(text));
    assert_eq!(
        lineup(r#"Plan(desks: {Stret: "even"})"#),
        Err(Unfit::Desk("stret".into(), Some("street".into())))
    );
    assert_eq!(
        lineup(r#"Plan(desks: {Street: "even", "street": "idle"})"#),
        Err(Unfit::DeskTwice("street".into()))
    );
    assert!(matches!(
        lineup(r#"Plan(desks: {Street: "evn"})"#),
        Err(Unfit::Policy(unknown)) if unknown.nearest == Some("even")
    ));
}
