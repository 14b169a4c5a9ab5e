//! Means, spreads and quantiles in exact integers, so that neither the order of the games nor the
//! number of threads can move a digit.

use crate::rules::{Amount, Micro};

/// How a figure is spread over games.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean, points.
    pub mean: f64,
    /// The standard deviation of the games around it (n − 1), points; 0 for a single game.
    pub sd: f64,
    /// One game in twenty lies below, points.
    pub p05: f64,
    /// The median, points.
    pub p50: f64,
    /// One game in twenty lies above, points.
    pub p95: f64,
}

impl Spread {
    /// The spread of these values; `None` without any.
    #[must_use]
    pub fn of(values: impl IntoIterator<Item = Micro>) -> Option<Self> {
        let mut sorted: Vec<i64> = values.into_iter().map(|value| value.0).collect();
        if sorted.is_empty() {
            return None;
        }
        sorted.sort_unstable();
        let n = sorted.len() as i128;
        let sum: i128 = sorted.iter().map(|value| i128::from(*value)).sum();
        let squares: i128 = sorted.iter().map(|v| i128::from(*v) * i128::from(*v)).sum();
        let sd = if n < 2 {
            0.0
        } else {
            ((n * squares - sum * sum) as f64 / (n * (n - 1)) as f64).sqrt()
        };
        Some(Self {
            mean: points(sum as f64 / n as f64),
            sd: points(sd),
            p05: points(quantile(&sorted, 0.05)),
            p50: points(quantile(&sorted, 0.5)),
            p95: points(quantile(&sorted, 0.95)),
        })
    }
}

/// Millionths of a point as points, without digits that no ledger holds.
fn points(micro: f64) -> f64 {
    Micro(micro.round_ties_even() as i64).to_f64()
}

/// The value below which a share of the sorted values lies, between neighbours in proportion.
fn quantile(sorted: &[i64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (low, part) = (at.floor() as usize, at - at.floor());
    let (below, above) = (sorted[low], sorted[(low + 1).min(sorted.len() - 1)]);
    below as f64 + part * (above - below) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_sample_has_its_known_figures_in_any_order() {
        let sample = [7, 1, 4, 2, 6, 3, 5].map(Micro::points);
        let spread = Spread::of(sample).unwrap();
        assert_eq!(
            (spread.mean, spread.p05, spread.p50, spread.p95),
            (4.0, 1.3, 4.0, 6.7)
        );
        assert!((spread.sd - (28.0f64 / 6.0).sqrt()).abs() < 1e-6);
        let mut other = sample;
        other.reverse();
        assert_eq!(Spread::of(other), Some(spread));
        assert_eq!(Spread::of([Micro(5)]).map(|one| one.sd), Some(0.0));
        assert_eq!(Spread::of([]), None);
    }
}
