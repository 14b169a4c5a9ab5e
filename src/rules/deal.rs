//! What the seed settles about the injects before the first turn, and nobody is told: which arcs are
//! in the game, and how things stand behind each card.

use super::chance::{Luck, Purpose};
use super::digest::canon;
use super::id::InjectIx;
use super::means::Means;
use super::world::{Variant, World};

/// What lies in the pile.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Deal {
    /// Whether each arc is in the game.
    pub arcs: Vec<bool>,
    /// How things stand behind each inject: the position among its variants, 0 where there are none.
    pub variants: Vec<u8>,
}

canon! {
    Deal { arcs, variants }
}

impl Deal {
    /// The pile of a game.
    pub fn of(world: &World, seed: u32) -> Self {
        let luck = Luck::new(seed);
        let mut order: Vec<(f64, usize)> = (0..world.arcs.len())
            .map(|at| (luck.draws(0, Purpose::Arcs, at as u32).uniform(), at))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut arcs = vec![false; world.arcs.len()];
        for (_, at) in order.into_iter().take(usize::from(world.arcs_drawn)) {
            arcs[at] = true;
        }
        let variants = (0..world.injects.len())
            .map(InjectIx::from_position)
            .map(|inject| {
                let shared = world.injects[inject.at()].variants.is_empty();
                // One truth lies behind all cards of an arc, so its first card draws for them.
                let first = world.strand(inject).and_then(|(arc, _)| arc.cards.first());
                let key = first.copied().filter(|_| shared).unwrap_or(inject);
                let draw = luck.draws(0, Purpose::Variants, key.at() as u32).uniform();
                pick(world.variants(inject), draw)
            })
            .collect();
        Self { arcs, variants }
    }

    /// Whether an inject can come now, as far as its arc goes.
    pub fn lets(&self, world: &World, means: &Means, inject: InjectIx) -> bool {
        (world.arcs.iter().zip(&self.arcs)).all(|(arc, drawn)| {
            let at = arc.cards.iter().position(|card| *card == inject);
            at.is_none_or(|at| {
                let before = at.checked_sub(1).map(|at| arc.cards[at]);
                *drawn && before.is_none_or(|card| means.injects[card.at()].settled)
            })
        })
    }
}

/// The variant that a draw from 0 to 1 falls on.
fn pick(variants: &[Variant], draw: f64) -> u8 {
    let mut left = draw * variants.iter().map(|variant| variant.weight).sum::<f64>();
    for (at, variant) in variants.iter().enumerate() {
        left -= variant.weight;
        if left < 0.0 {
            return at as u8;
        }
    }
    variants.len().saturating_sub(1) as u8
}
