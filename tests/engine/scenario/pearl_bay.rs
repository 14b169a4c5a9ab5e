//! The flagship as it ships: the means its table is told of, and a year that does not win itself.

use commonwatch::lab::{Game, Lineup, Policy};
use commonwatch::rules::world::{Layer, Measure, World};
use commonwatch::rules::{Amount, Cents};
use commonwatch::scenario::{Scenario, find_built_in, load};
use std::sync::Arc;

fn pearl_bay() -> Scenario {
    let source = find_built_in("pearl-bay").expect("built in").source();
    load(&source).expect("good").scenario
}

/// The true indices at the end, a row a game.
fn ends(world: &Arc<World>, policy: Policy) -> Vec<Vec<f64>> {
    let lineup = Lineup::policy(world, policy);
    let end = |seed| {
        let game = Game::new(Arc::clone(world), seed).unwrap();
        let game = game.finish(&lineup).unwrap();
        let debrief = game.state().debrief().unwrap();
        let last = debrief.hidden.last().unwrap().indices;
        last.iter().map(|index| index.to_f64()).collect()
    };
    (0..12).map(end).collect()
}

fn mean(ends: &[Vec<f64>], index: usize) -> f64 {
    ends.iter().map(|end| end[index]).sum::<f64>() / ends.len() as f64
}

#[test]
fn twelve_funds_are_spoken_for_and_eight_are_free() {
    let world = pearl_bay().world;
    let posted = world.units.iter().filter(|unit| unit.post.is_some());
    let bill: i64 = posted.map(|unit| world.kinds[unit.kind.at()].price.0).sum();
    assert_eq!(Cents(bill), Cents::funds(12));
    assert_eq!(world.purse.income, Cents::funds(20));
}

#[test]
fn each_of_the_five_lines_lies_above_a_year_without_orders() {
    let world = pearl_bay().world;
    let idle = ends(&world, Policy::Idle);
    let lines = world.objectives.iter().filter_map(|objective| {
        let goal = objective.goal;
        match goal.measure {
            Measure::Index(index) if goal.layer == Layer::True => Some((index, goal.line)),
            _ => None,
        }
    });
    let mut count = 0;
    for (index, line) in lines {
        let reached = mean(&idle, index as usize);
        assert!(reached < line - 0.5, "{index:?}: {reached} of {line}");
        count += 1;
    }
    assert_eq!(count, 5);
}

/// The lines of means and of harm can be reached without the cards; those of trust and rights are
/// for who answers them.
#[test]
fn care_for_the_year_reaches_three_lines() {
    let world = pearl_bay().world;
    let care = ends(&world, Policy::Balanced);
    for id in ["safer", "fair", "kept"] {
        let objective = world.objectives.iter().find(|it| it.id.as_str() == id);
        let goal = objective.expect(id).goal;
        let Measure::Index(index) = goal.measure else {
            panic!("{id} is not about an index");
        };
        let reached = mean(&care, index as usize);
        assert!(reached > goal.line, "{id}: {reached} of {}", goal.line);
    }
}
