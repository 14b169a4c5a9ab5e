//! The table that pins the rules: what the policies make of every built-in scenario.
//!
//! It is the same natively, in wasm and on AArch64, in debug and in release builds; its digest is
//! the version of the rules ([`crate::rules::version`]).

use super::game::Game;
use super::lineup::Lineup;
use super::policy::Policy;
use crate::scenario::{built_in, load};
use std::sync::Arc;

/// The seeds of the table.
const SEEDS: std::ops::RangeInclusive<u32> = 1..=3;

/// The table: a line `scenario policy seed digest` for each game.
#[must_use]
pub fn table() -> String {
    let mut table = String::new();
    for built_in in built_in() {
        let id = built_in.id;
        let world = match load(&built_in.source()) {
            Ok(loaded) => loaded.scenario.world,
            // The line stands where the games should, so that the table cannot be taken for good.
            Err(_) => {
                table += &format!("{id} has errors\n");
                continue;
            }
        };
        // What looks ahead would take longer than all others together, and orders nothing that
        // they do not.
        for policy in Policy::ALL.into_iter().filter(|it| it.nodes().is_none()) {
            let lineup = Lineup::policy(&world, policy);
            for seed in SEEDS {
                let game = Game::new(Arc::clone(&world), seed);
                let result = game.and_then(|game| game.finish(&lineup));
                let told = match result.map(|game| game.result()) {
                    Ok(Some(result)) => result.digest.to_string(),
                    Ok(None) => "has no end".to_owned(),
                    Err(refused) => format!("stopped in turn {}", refused.turn),
                };
                table += &format!("{id} {} {seed} {told}\n", policy.id());
            }
        }
    }
    table
}
