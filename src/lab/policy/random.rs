//! Anything that is allowed, each possibility as likely as any other.

use super::{Hand, Paper};
use crate::rules::chance::{Luck, Purpose};
use crate::rules::world::{Duty, Governance, Work};
use crate::rules::{Action, Id, View, World};

pub(super) fn orders(view: &View, hand: &Hand, luck: Luck) -> Vec<Action> {
    let world = view.world();
    let mut lots = luck.stream(u32::from(view.turn()), Purpose::Policy);
    let mut pick = |place: usize, of: usize| {
        let lot = lots.at(place as u32).uniform();
        ((lot * of as f64) as usize).min(of.saturating_sub(1))
    };
    let mut paper = Paper::new(view, hand);
    for (unit, _) in hand.units(view) {
        let (definition, kind) = (&world.units[unit.at()], world.kind_of(unit));
        let id = || definition.id.clone();
        let placements = world
            .precincts
            .iter()
            .flat_map(|precinct| kind.tactics.iter().map(move |tactic| (precinct, *tactic)));
        let mut may: Vec<Action> = placements
            .map(|(precinct, tactic)| Action::Assign {
                unit: id(),
                to: precinct.id.clone(),
                tactic,
            })
            .collect();
        may.push(Action::Withdraw { unit: id() });
        may.push(Action::Train { unit: id() });
        may.retain(|action| paper.may(action));
        // Leaving it as it is, is one of the possibilities.
        let chosen = pick(unit.at(), may.len() + 1);
        if chosen < may.len() {
            paper.give(may.swap_remove(chosen));
        }
    }
    for (at, mut may) in measures(world).into_iter().enumerate() {
        may.retain(|action| paper.may(action));
        let chosen = pick(
            world.units.len() + world.injects.len() + at,
            may.len() * 2 + 1,
        );
        if chosen < may.len() {
            paper.give(may.swap_remove(chosen));
        }
    }
    for (index, state) in view.open_injects() {
        let inject = &world.injects[index.at()];
        if state.answer.is_some() || !hand.commands(inject.seat) {
            continue;
        }
        let mut may: Vec<Action> = (inject.options.iter())
            .map(|option| Action::Answer {
                inject: inject.id.clone(),
                option: option.id.clone(),
            })
            .collect();
        may.retain(|action| paper.may(action));
        // Silence is one of the possibilities.
        let chosen = pick(world.units.len() + index.at(), may.len() + 1);
        if chosen < may.len() {
            paper.give(may.swap_remove(chosen));
        }
    }
    paper.orders()
}

/// Every order that is not about units, in groups of those that shut each other out.
pub(in crate::lab) fn measures(world: &World) -> Vec<Vec<Action>> {
    let mut groups = Vec::new();
    for district in &world.districts {
        let to = |level: &Duty| Action::Duty {
            district: Some(district.clone()),
            level: *level,
        };
        groups.push(Duty::ALL.iter().map(to).collect());
    }
    let levels = |precinct: Option<&Id>, most: u8| {
        let mut all = Vec::new();
        for level in 0..=most {
            for governance in Governance::ALL {
                for live in [false, true] {
                    all.push(Action::Sense {
                        precinct: precinct.cloned(),
                        level,
                        governance,
                        live,
                    });
                }
            }
        }
        all
    };
    groups.push(levels(None, 1));
    for precinct in &world.precincts {
        groups.push(levels(Some(&precinct.id), 3));
        let build = |work: &Work| Action::Build {
            work: *work,
            precinct: precinct.id.clone(),
        };
        groups.push(Work::ALL.iter().map(build).collect());
    }
    groups.push(vec![
        Action::Campaign { reminder: false },
        Action::Campaign { reminder: true },
    ]);
    groups
}
