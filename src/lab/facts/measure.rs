//! Estimates over paired games, with their intervals.

/// Where a figure must lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Band {
    /// From `low` to `high`.
    #[must_use]
    pub const fn new(low: f64, high: f64) -> Self {
        Self { low, high }
    }

    /// At most `high`.
    #[must_use]
    pub const fn at_most(high: f64) -> Self {
        Self {
            low: f64::NEG_INFINITY,
            high,
        }
    }

    /// At least `low`.
    #[must_use]
    pub const fn at_least(low: f64) -> Self {
        Self {
            low,
            high: f64::INFINITY,
        }
    }
}

/// A mean over seeds with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Half the width of the interval.
    pub half_width: f64,
}

impl Estimate {
    /// A figure that has no luck in it.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self {
            mean: value,
            half_width: 0.0,
        }
    }

    /// The mean of one figure for each seed.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|v| (v - mean) * (v - mean)).sum();
        let error = if values.len() > 1 {
            (squares / (n - 1.0) / n).sqrt()
        } else {
            0.0
        };
        Self {
            mean,
            half_width: 1.96 * error,
        }
    }

    /// By how many per cent the sum of the treated differs from the sum of the others, each pair of
    /// the same seed; the interval by leaving out one seed at a time.
    #[must_use]
    pub fn change(pairs: &[(f64, f64)]) -> Self {
        let sum = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>();
        let (treated, control) = (sum(|p| p.0), sum(|p| p.1));
        let change = |a: f64, b: f64| 100.0 * (a / b - 1.0);
        let n = pairs.len() as f64;
        let without: Vec<f64> = pairs
            .iter()
            .map(|(a, b)| change(treated - a, control - b))
            .collect();
        let mean = without.iter().sum::<f64>() / n;
        let squares: f64 = without.iter().map(|v| (v - mean) * (v - mean)).sum();
        Self {
            mean: change(treated, control),
            half_width: 1.96 * (squares * (n - 1.0) / n).sqrt(),
        }
    }

    /// The interval.
    #[must_use]
    pub fn interval(&self) -> [f64; 2] {
        [self.mean - self.half_width, self.mean + self.half_width]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_estimate_knows_its_error() {
        let estimate = Estimate::of(&[1.0, 2.0, 3.0, 4.0]);
        assert!((estimate.mean - 2.5).abs() < 1e-12);
        assert!((estimate.half_width - 1.96 * (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-12);
        let change = Estimate::change(&[(90.0, 100.0), (80.0, 100.0), (100.0, 100.0)]);
        assert!((change.mean + 10.0).abs() < 1e-12);
        assert!(change.half_width > 5.0);
    }
}
