//! This city: the numbers that no study fixes, drawn once, and the sides of contested questions.
//!
//! Players see ranges, never draws. What they may read is worked out with the model card's central
//! values; what happens, with the city's own.

use super::chance::{Luck, Purpose};
use super::curve;
use super::institution;
use super::world::{Draw, Preset, World};
use std::sync::Arc;

/// The city of a seed. The same world where nothing is drawn and nothing is sealed.
pub(super) fn of(world: &Arc<World>, seed: u32) -> Arc<World> {
    let all_known = world.draws.is_empty() && world.sealed.is_empty();
    if all_known && !institution::is_drawn(world) {
        return Arc::clone(world);
    }
    let luck = Luck::new(seed);
    let mut city = World::clone(world);
    for (at, draw) in world.draws.iter().enumerate() {
        let middle = world.number(draw.number);
        let u = luck.draws(0, Purpose::City, at as u32).uniform();
        city.set(draw.number, drawn(draw, middle, u));
    }
    for (at, question) in world.sealed.iter().enumerate() {
        let sides: Vec<&Preset> = (world.presets.iter())
            .filter(|side| side.question == *question)
            .collect();
        // The card's own view is one of the possibilities.
        let lots = sides.len() + 1;
        let place = (world.draws.len() + at) as u32;
        let lot = luck.draws(0, Purpose::City, place).uniform() * lots as f64;
        if let Some(side) = sides.get(lot as usize) {
            city = city.taking(std::slice::from_ref(&side.id));
        }
    }
    institution::draw(&mut city, luck);
    Arc::new(city)
}

/// A number from its range, more often near the card's value than far from it (a triangle), for the
/// uniform number `u`.
fn drawn(draw: &Draw, middle: f64, u: f64) -> f64 {
    let width = draw.high - draw.low;
    if width <= 0.0 {
        return middle;
    }
    let (left, right) = (middle - draw.low, draw.high - middle);
    if u < left / width {
        draw.low + curve::max(0.0, u * width * left).sqrt()
    } else {
        draw.high - curve::max(0.0, (1.0 - u) * width * right).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::model::Coefficient;
    use crate::rules::world::Number;

    #[test]
    fn draws_keep_to_their_range_and_lie_round_the_middle() {
        let draw = Draw {
            number: Number::Coefficient(Coefficient::Fano),
            low: 1.5,
            high: 3.0,
        };
        let values: Vec<f64> = (0..1_000)
            .map(|i| drawn(&draw, 2.0, (f64::from(i) + 0.5) / 1_000.0))
            .collect();
        assert!(values.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(values.iter().all(|value| (1.5..=3.0).contains(value)));
        let mean = values.iter().sum::<f64>() / 1_000.0;
        assert!((mean - (1.5 + 2.0 + 3.0) / 3.0).abs() < 0.01, "{mean}");
    }
}
