//! Allocation is felt: what one token, kept three months in one precinct, does to it.

use commonwatch::lab::facts::{Arm, City, Run};
use commonwatch::rules::World;
use commonwatch::rules::id::FamilyIx;
use commonwatch::rules::model::Coefficient;
use commonwatch::rules::world::{Domain, Governance, OpenDomain, Tactic};
use commonwatch::rules::{Action, Amount, Id, Micro};
use std::sync::Arc;

/// The precinct of the dense city that is of the reference size, with the city's mean of everything.
const HERE: u16 = 8;
const MONTHS: u16 = 3;
const SEEDS: u32 = 16;

/// A token is felt when it changes the precinct's true street crime by this much, per cent …
const CRIME: f64 = 5.0;
/// … or its true trust by so many points.
const TRUST: f64 = 1.0;

/// … or a domain's pressure by so many.
const PRESSURE: f64 = 5.0;

/// A token that costs less than this share of a Fund a turn is small change: as many as a Fund buys
/// are tried together.
const SMALL_CHANGE: f64 = 0.5;

struct Token {
    name: String,
    uses: Vec<(String, Vec<Action>)>,
}

/// What three months of a use have changed: street crime of the month that follows, per cent, and
/// trust, points.
struct Size {
    token: String,
    by: String,
    crime: f64,
    trust: f64,
    pressure: f64,
}

impl Size {
    fn felt(&self) -> bool {
        self.crime.abs() >= CRIME || self.trust.abs() >= TRUST || self.pressure.abs() >= PRESSURE
    }
}

/// The city at the card's own values. A leak is an accident and no part of a token's size.
fn city(change: impl FnOnce(&mut World)) -> (Arc<World>, Vec<FamilyIx>) {
    let city = City::new(None);
    let world = city.world(|world| {
        world.turns = MONTHS + 1;
        world.model.set(Coefficient::Leak, 0.0);
        world.domains = vec![OpenDomain {
            domain: Domain::Grievance,
            start: Micro::points(50),
        }];
        change(world);
    });
    let street = city.families(&[
        "violence",
        "robbery",
        "burglary",
        "vehicle-theft",
        "street-theft",
    ]);
    (world, street)
}

fn assign(world: &World, unit: &str, tactic: Tactic) -> Action {
    Action::Assign {
        unit: Id::from(unit),
        to: world.precincts[usize::from(HERE)].id.clone(),
        tactic,
    }
}

/// Every kind of unit that the card has, a squad on each kind of checks for itself, and cameras.
fn tokens(world: &World) -> Vec<Token> {
    let mut tokens = Vec::new();
    for kind in &world.kinds {
        let price = kind.price.to_f64();
        let count = if price > 0.0 && price < SMALL_CHANGE {
            (1.0 / price) as u16
        } else {
            1
        };
        let (checks, rest): (Vec<Tactic>, Vec<Tactic>) = kind
            .tactics
            .iter()
            .partition(|tactic| matches!(tactic, Tactic::BroadChecks | Tactic::PreciseChecks));
        let order = |tactic: &Tactic| {
            let each = (1..=count).map(|n| assign(world, &format!("{}-{n}", kind.id), *tactic));
            (tactic.id().to_owned(), each.collect())
        };
        tokens.push(Token {
            name: kind.id.to_string(),
            uses: rest.iter().map(order).collect(),
        });
        tokens.extend(checks.iter().map(|tactic| Token {
            name: format!("{} on {}", kind.id, tactic.id()),
            uses: vec![order(tactic)],
        }));
    }
    for level in 1..=3 {
        let cameras = Action::Sense {
            precinct: Some(world.precincts[usize::from(HERE)].id.clone()),
            level,
            governance: Governance::Bare,
            live: true,
        };
        tokens.push(Token {
            name: format!("cameras {level}"),
            uses: vec![("watched".to_owned(), vec![cameras])],
        });
    }
    tokens
}

fn size(world: &Arc<World>, street: &[FamilyIx], token: &str, by: &str, kept: &[Action]) -> Size {
    let with = Arm::new(world, |turn, orders| {
        if turn == 1 {
            kept.iter().for_each(|order| orders.give(order.clone()));
        }
    });
    let found = with.beside(&Arm::idle(world), SEEDS, |t, c| {
        let crime = |run: &Run| run.expected(MONTHS + 1..MONTHS + 2, &[HERE], street);
        let trust = |run: &Run| run.trust(MONTHS, &[HERE]);
        let pressure = |run: &Run| run.hidden[usize::from(MONTHS) - 1].pressures[0].to_f64();
        let felt = [trust(&t) - trust(&c), pressure(&t) - pressure(&c)];
        (crime(&t), crime(&c), felt)
    });
    let sum = |of: fn(&(f64, f64, [f64; 2])) -> f64| found.iter().map(of).sum::<f64>();
    Size {
        token: token.to_owned(),
        by: by.to_owned(),
        crime: 100.0 * (sum(|row| row.0) / sum(|row| row.1) - 1.0),
        trust: sum(|row| row.2[0]) / found.len() as f64,
        pressure: sum(|row| row.2[1]) / found.len() as f64,
    }
}

#[test]
fn a_token_kept_three_months_is_felt() {
    let (world, street) = city(|_| {});
    let mut told = String::new();
    let mut wrong = Vec::new();
    let tokens = tokens(&world);
    for token in &tokens {
        let mut felt = false;
        for (by, order) in &token.uses {
            let size = size(&world, &street, &token.name, by, order);
            felt |= size.felt();
            told += &format!(
                "{:24}{:18}{:7.2} % of street crime {:6.2} points of trust {:6.2} of pressure\n",
                size.token, size.by, size.crime, size.trust, size.pressure
            );
        }
        if !felt {
            wrong.push(format!("{} is not felt", token.name));
        }
    }
    assert!(wrong.is_empty(), "{}\n{told}", wrong.join("\n"));
}

/// The sizes that the card's notes state, in the first month. What people feel and what an analyst
/// gets wrong are no part of them.
#[test]
fn tokens_are_of_the_size_that_they_state() {
    let (world, _) = city(|world| {
        world.model.set(Coefficient::TrustPerformance, 0.0);
        world.model.set(Coefficient::PackageWrong, 0.0);
    });
    let thefts = City::new(None).families(&["street-theft"]);
    let first_month = |orders: &[Action]| {
        let arm = Arm::new(&world, |turn, paper| {
            if turn == 1 {
                orders.iter().for_each(|order| paper.give(order.clone()));
            }
        });
        let (with, without) = (arm.play(1), Arm::idle(&world).play(1));
        let crime = |run: &Run| run.expected(1..2, &[HERE], &thefts);
        (
            100.0 * (crime(&with) / crime(&without) - 1.0),
            with.trust(1, &[HERE]) - without.trust(1, &[HERE]),
        )
    };
    let near = |what: &str, found: f64, stated: f64, by: f64| {
        assert!(
            (found - stated).abs() <= by,
            "{what}: {found:.3}, stated {stated:.3}"
        );
    };
    let foot = |n: u16, tactic| assign(&world, &format!("foot-{n}"), tactic);
    let teams: Vec<Action> = (1..=3).map(|n| foot(n, Tactic::HotSpot)).collect();
    let [one, two, three] = [1, 2, 3].map(|n| first_month(&teams[..n]).0);
    near("a first foot team", one, -7.9, 0.05);
    near("a second", two - one, -2.9, 0.05);
    near("a third", three - two, -1.1, 0.05);
    let trust = |order| first_month(&[order]).1;
    // Of the people stopped, three in four are treated fairly, which pays a part back.
    let (broad, precise) = (
        trust(foot(1, Tactic::BroadChecks)),
        trust(foot(1, Tactic::PreciseChecks)),
    );
    near("broad checks", broad, -0.40 + 0.75 * 0.02 * 5.0, 0.01);
    near("precise checks", precise, -0.08 + 0.75 * 0.004 * 5.0, 0.002);
    let visits = trust(assign(&world, "officer-1", Tactic::Outreach));
    // Thirteen in a hundred residents, none twice: five points a month if everybody were met well.
    near("a community team, new", visits, 5.0 * 0.1219 * 0.5, 0.01);
    let settled = trust(assign(&world, "mediator-1", Tactic::Mediation));
    near("a mediator team", settled, 0.2, 0.01);
}
