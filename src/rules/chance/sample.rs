//! Counts from one uniform number by inversion: for the same luck a count never falls when its
//! mean rises, so two histories share their incidents up to the shorter list.

use crate::rules::curve;

/// Means above this start the search at the mode, where the first probability would underflow.
const FROM_MODE: f64 = 30.0;

/// A Poisson count with this mean for the uniform number `u`.
#[must_use]
pub fn poisson(mean: f64, u: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    invert(
        u,
        mean,
        |k| curve::exp(k * curve::ln(mean) - mean - ln_factorial(k)),
        |k| mean / k,
    )
}

/// A negative-binomial count with this mean and variance `fano · mean`, for the uniform number `u`.
///
/// `fano` of 1 or less is a Poisson count. Source of the form: counts of a self-exciting process
/// with branching ratio n have Fano factor 1/(1−n)².
#[must_use]
pub fn negative_binomial(mean: f64, fano: f64, u: f64) -> u32 {
    if fano <= 1.000_001 {
        return poisson(mean, u);
    }
    if mean <= 0.0 {
        return 0;
    }
    // Size r and success share 1/fano: the mean is r·(fano − 1).
    let size = mean / (fano - 1.0);
    let (log_stop, share) = (-curve::ln(fano), (fano - 1.0) / fano);
    let at = |k: f64| {
        if k == 0.0 {
            return curve::exp(size * log_stop);
        }
        let ways = curve::ln_gamma(size + k) - curve::ln_gamma(size) - ln_factorial(k);
        curve::exp(ways + size * log_stop + k * curve::ln(share))
    };
    invert(u, mean, at, |k| share * (size + k - 1.0) / k)
}

/// How many of `n` trials succeed, each with chance `p`, for the uniform number `u`. Rises with
/// both `n` and `p`.
#[must_use]
pub fn binomial(n: u32, p: f64, u: f64) -> u32 {
    if n == 0 || p <= 0.0 {
        return 0;
    }
    if p >= 1.0 {
        return n;
    }
    if p > 0.5 {
        // Counting the failures keeps the first probability of the search from underflowing.
        return n - binomial(n, 1.0 - p, 1.0 - u);
    }
    let (trials, odds) = (f64::from(n), p / (1.0 - p));
    let at = |k: f64| {
        if k == 0.0 {
            return curve::exp(trials * curve::ln(1.0 - p));
        }
        let ways = ln_factorial(trials) - ln_factorial(k) - ln_factorial(trials - k);
        curve::exp(ways + k * curve::ln(p) + (trials - k) * curve::ln(1.0 - p))
    };
    invert(u, trials * p, at, |k| odds * (trials - k + 1.0) / k).min(n)
}

/// The smallest `k` whose cumulative probability exceeds `u`.
///
/// `at(k)` is the probability of `k`, `step(k)` the ratio of the probabilities of `k` and `k − 1`.
fn invert(u: f64, mean: f64, at: impl Fn(f64) -> f64, step: impl Fn(f64) -> f64) -> u32 {
    let start = if mean > FROM_MODE { mean.floor() } else { 0.0 };
    let mut probability = at(start);
    // Everything up to the start, summed downwards until it no longer counts.
    let mut below = probability;
    let (mut k, mut term) = (start, probability);
    while k > 0.0 {
        term /= step(k);
        k -= 1.0;
        below += term;
        if term < below * 1e-18 {
            break;
        }
    }
    let mut k = start;
    if u < below {
        while k > 0.0 {
            below -= probability;
            if below <= u {
                return k as u32;
            }
            probability /= step(k);
            k -= 1.0;
        }
        return 0;
    }
    // The tail beyond a few thousand standard deviations cannot hold a 53-bit uniform number.
    while below <= u && probability > 1e-300 {
        k += 1.0;
        probability *= step(k);
        below += probability;
        if k > mean && probability < 1e-17 {
            break;
        }
    }
    k as u32
}

fn ln_factorial(k: f64) -> f64 {
    curve::ln_gamma(k + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uniforms() -> impl Iterator<Item = f64> {
        (0..20_000).map(|i| (f64::from(i) + 0.5) / 20_000.0)
    }

    fn moments(sample: impl Fn(f64) -> u32) -> (f64, f64) {
        let (mut sum, mut squares) = (0.0, 0.0);
        for u in uniforms() {
            let x = f64::from(sample(u));
            sum += x;
            squares += x * x;
        }
        let mean = sum / 20_000.0;
        (mean, squares / 20_000.0 - mean * mean)
    }

    #[test]
    fn counts_have_the_mean_and_spread_they_promise() {
        for mean in [0.03, 0.8, 7.0, 29.9, 30.1, 180.0, 2_500.0] {
            let (m, v) = moments(|u| poisson(mean, u));
            assert!(
                (m / mean - 1.0).abs() < 0.01 && (v / mean - 1.0).abs() < 0.02,
                "{mean} {m} {v}"
            );
            let (m, v) = moments(|u| negative_binomial(mean, 2.0, u));
            assert!((m / mean - 1.0).abs() < 0.01, "{mean} {m}");
            assert!((v / mean - 2.0).abs() < 0.06, "{mean} {v}");
        }
        for (n, p) in [(3, 0.5), (200, 0.29), (5_000, 0.8)] {
            let (m, v) = moments(|u| binomial(n, p, u));
            let mean = f64::from(n) * p;
            assert!((m / mean - 1.0).abs() < 0.01, "{n} {p}");
            assert!((v / (mean * (1.0 - p)) - 1.0).abs() < 0.02, "{n} {p} {v}");
        }
    }

    #[test]
    fn the_ends_of_luck_are_counts_too() {
        let (low, high) = (0.5 / (1u64 << 53) as f64, 1.0 - 0.5 / (1u64 << 53) as f64);
        for mean in [1e-9, 0.5, 40.0, 10_000.0] {
            assert!(f64::from(poisson(mean, low)) <= mean);
            let top = f64::from(negative_binomial(mean, 2.0, high));
            assert!(
                top >= mean && top < mean + 60.0 + 15.0 * (2.0 * mean).sqrt(),
                "{mean} {top}"
            );
        }
    }
}
