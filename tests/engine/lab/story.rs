//! The plan for Pearl Bay that was made by hand, and the story that is told of it: the plan is taken
//! and does what the story says, and the story's tables say what the engine does.

use commonwatch::lab::plan::Order;
use commonwatch::lab::{Game, GameResult, Lineup, Plan, Policy};
use commonwatch::rules::table::Became;
use commonwatch::rules::{Amount, Id, Index, Micro, World};
use commonwatch::scenario::{built_in, load};
use std::path::PathBuf;
use std::sync::Arc;

/// The seed for which the plan is made.
const SEED: u32 = 1;

fn file(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/pearl-bay");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn plan() -> Plan {
    Plan::read("plan.ron", file("plan.ron").into_bytes()).expect("the plan reads")
}

fn world() -> Arc<World> {
    let pearl_bay = built_in().iter().find(|it| it.id == "pearl-bay");
    let loaded = load(&pearl_bay.expect("Pearl Bay is built in").source());
    loaded.expect("Pearl Bay has no errors").scenario.world
}

fn finished(world: &Arc<World>, lineup: &Lineup) -> Game {
    let game = Game::new(Arc::clone(world), SEED).and_then(|game| game.finish(lineup));
    game.unwrap_or_else(|refused| {
        panic!(
            "{}: order {} of turn {} is refused: {:?}, {:?}",
            lineup.name(),
            refused.order,
            refused.turn,
            refused.action,
            refused.why
        )
    })
}

fn by_plan(world: &Arc<World>, plan: &Plan) -> Game {
    finished(world, &Lineup::plan(world, "plan", plan).unwrap())
}

fn balanced(world: &Arc<World>) -> GameResult {
    let policy = Policy::find("balanced").unwrap();
    let game = finished(world, &Lineup::policy(world, policy));
    game.result().expect("the game is over")
}

fn met(result: &GameResult) -> usize {
    result.met.iter().filter(|it| **it).count()
}

fn mandates(result: &GameResult, became: Became) -> usize {
    let told = result.mandates.iter();
    told.filter(|(_, it)| *it == became).count()
}

/// The plan with the orders by which it could have had more Safety: wide requests to platforms, files
/// on persons, or both. The files take the Fund a month that the stewards had, and the analyst who
/// looked into rumours.
fn dearer(plan: &Plan, wide: bool, files: bool) -> Plan {
    let mut plan = plan.clone();
    for order in plan.turns.iter_mut().flatten() {
        if let Order::Set { what, to, .. } = order
            && wide
            && what.as_str() == "platform-requests"
        {
            *to = Id::from("wide");
        }
    }
    if files {
        let taken = |order: &Order| match order {
            Order::Set { what, .. } => ["event-security", "rumour-reply"].contains(&what.as_str()),
            _ => false,
        };
        for turn in &mut plan.turns {
            turn.retain(|order| !taken(order));
        }
        let files = Order::Set {
            what: Id::from("persons-registry"),
            at: None,
            to: Id::from("violence"),
        };
        plan.turns[2].insert(0, files);
    }
    plan
}

/// A row of a table in the story.
fn row(name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {name} | {} |", cells.join(" | "))
}

fn figures(points: &[Micro]) -> Vec<String> {
    points.iter().map(Micro::to_string).collect()
}

/// The rows of the story's table that begins with this header, without header and rule.
fn told(story: &str, header: &str) -> Vec<String> {
    let lines = story.lines().skip_while(|line| !line.starts_with(header));
    let table = lines.take_while(|line| line.starts_with('|')).skip(2);
    table.map(str::to_owned).collect()
}

/// Panics with the rows as they should be.
fn assert_told(story: &str, header: &str, rows: &[String]) {
    assert!(
        told(story, header) == rows,
        "docs/pearl-bay/story.md tells something else; the rows below '{header}' should be:\n{}\n\
         and the sentences about them may have to change as well",
        rows.join("\n")
    );
}

#[test]
fn the_plan_beats_balanced_as_the_story_says() {
    let world = world();
    let plan = by_plan(&world, &plan()).result().unwrap();
    let other = balanced(&world);
    for index in Index::ALL {
        // Stewardship is what it gives up: two tenths of a point.
        let margin = if index == Index::Stewardship {
            0.3
        } else {
            0.0
        };
        let (ours, theirs) = (plan.left[index as usize], other.left[index as usize]);
        let index = index.id();
        assert!(
            ours.to_f64() >= theirs.to_f64() - margin,
            "{index}: {ours}, {theirs}"
        );
    }
    assert_eq!((met(&plan), met(&other)), (6, 3));
    assert_eq!(mandates(&plan, Became::Met), 5);
    assert_eq!(mandates(&plan, Became::Released), 1);
    assert_eq!(mandates(&other, Became::Met), 4);
    assert_eq!((plan.promises.kept, plan.promises.broken), (2, 0));
}

#[test]
fn the_story_tells_what_the_two_games_come_to() {
    let world = world();
    let plan = by_plan(&world, &plan()).result().unwrap();
    let other = balanced(&world);
    let mut rows = Vec::new();
    for (name, result) in [("the plan", plan), ("`balanced`", other)] {
        let (objectives, desks) = (result.met.len(), result.mandates.len());
        let mut cells = figures(&result.truth);
        cells.extend([String::new(), String::new()]);
        rows.push(row(&format!("{name}, at the end"), cells));
        let mut cells = figures(&result.left);
        cells.push(format!("{} of {objectives}", met(&result)));
        cells.push(format!("{} of {desks}", mandates(&result, Became::Met)));
        rows.push(row(&format!("{name}, three months later"), cells));
    }
    assert_told(&file("story.md"), "| game |", &rows);
}

#[test]
fn the_story_tells_each_month() {
    let game = by_plan(&world(), &plan());
    let debrief = game.state().debrief().expect("the game is over");
    let months = (1..).zip(debrief.hidden);
    let rows: Vec<String> = months
        .map(|(month, hidden)| row(&format!("{month}"), figures(&hidden.indices)))
        .collect();
    assert_told(&file("story.md"), "| month |", &rows);
}

#[test]
fn the_story_tells_what_the_plan_gave_up() {
    let world = world();
    let plan = plan();
    let rows = [
        ("as it is", false, false),
        ("asking platforms widely", true, false),
        ("files on persons, for violence", false, true),
        ("both", true, true),
    ]
    .map(|(name, wide, files)| {
        let game = by_plan(&world, &dearer(&plan, wide, files));
        let result = game.result().expect("the game is over");
        let mut cells = figures(&result.left);
        cells.push(format!("{} of {}", met(&result), result.met.len()));
        row(name, cells)
    });
    assert_told(&file("story.md"), "| the plan |", &rows);
}
