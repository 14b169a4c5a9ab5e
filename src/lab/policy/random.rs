//! Anything that is allowed, each possibility as likely as any other.

use super::Hand;
use crate::rules::chance::{Luck, Purpose};
use crate::rules::id::PrecinctIx;
use crate::rules::{Action, Cents, View};

pub(super) fn orders(view: &View, hand: &Hand, luck: Luck) -> Vec<Action> {
    let world = view.world();
    let mut lots = luck.stream(u32::from(view.turn()), Purpose::Policy);
    let mut pick = |place: usize, of: usize| {
        let lot = lots.at(place as u32).uniform();
        ((lot * of as f64) as usize).min(of.saturating_sub(1))
    };
    let mut free = view.free_funds();
    let mut orders = Vec::new();
    for (unit, post) in hand.units(view) {
        let (definition, kind) = (&world.units[unit.at()], world.kind_of(unit));
        let affordable = post.at.is_some() || kind.price <= free;
        let places = 0..world.precincts.len();
        let mut may: Vec<Option<Action>> = places
            .flat_map(|p| kind.tactics.iter().map(move |tactic| (p, *tactic)))
            .filter(|(p, tactic)| {
                affordable && post.at != Some((PrecinctIx::from_position(*p), *tactic))
            })
            .map(|(p, tactic)| {
                Some(Action::Assign {
                    unit: definition.id.clone(),
                    to: world.precincts[p].id.clone(),
                    tactic,
                })
            })
            .collect();
        may.push(None);
        if post.at.is_some() {
            may.push(Some(Action::Withdraw {
                unit: definition.id.clone(),
            }));
        }
        let Some(order) = may.swap_remove(pick(unit.at(), may.len())) else {
            continue;
        };
        match (&order, post.at) {
            (Action::Withdraw { .. }, _) => free += kind.price,
            (_, None) => free -= kind.price,
            _ => {}
        }
        orders.push(order);
    }
    for (index, state) in view.open_injects() {
        let inject = &world.injects[index.at()];
        if state.answer.is_some() || !hand.commands(inject.seat) {
            continue;
        }
        // Silence is one of the possibilities.
        let may: Vec<_> = inject
            .options
            .iter()
            .filter(|option| option.cost <= free || option.cost <= Cents(0))
            .collect();
        let chosen = pick(world.units.len() + index.at(), may.len() + 1);
        if let Some(option) = may.get(chosen) {
            free -= option.cost;
            orders.push(Action::Answer {
                inject: inject.id.clone(),
                option: option.id.clone(),
            });
        }
    }
    orders
}
