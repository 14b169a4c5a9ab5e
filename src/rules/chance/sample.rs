//! Counts from one uniform number by inversion: for the same luck a count never falls when its
//! mean rises, so two histories share their incidents up to the shorter list.

use super::shape::Shape;
use crate::rules::curve;
use std::sync::LazyLock;

/// Means up to this are searched from zero; above it the way from zero is longer than the way from
/// the mode, and at last the first probability would underflow.
const FROM_MODE: f64 = 64.0;

/// So many standard deviations below the mode are added up at first. What lies beyond is a
/// thousandth, and almost never decides.
const REACH: f64 = 3.5;

/// A Poisson count with this mean for the uniform number `u`.
#[must_use]
pub fn poisson(mean: f64, u: f64) -> u32 {
    if mean <= 0.0 {
        return 0;
    }
    if let Some(count) = Shape::new(1.0).count(mean, u) {
        return count;
    }
    poisson_searched(mean, u)
}

/// The same, added up.
fn poisson_searched(mean: f64, u: f64) -> u32 {
    let at = |k: f64| {
        if k == 0.0 {
            return curve::exp(-mean);
        }
        curve::exp(k * curve::ln(mean) - mean - ln_factorial(k))
    };
    let follows = Follows { a: 0.0, b: mean };
    clearly(u, mean, mean, at, &follows).unwrap_or_else(|| invert(u, mean, mean, at, &follows))
}

/// A negative-binomial count with this mean and variance `fano · mean`, for the uniform number `u`.
#[must_use]
pub fn negative_binomial(mean: f64, fano: f64, u: f64) -> u32 {
    Clustered::new(fano).count(mean, u)
}

/// Counts whose variance is the same multiple of their mean: negative-binomial ones.
///
/// Source of the form: counts of a self-exciting process with branching ratio n have Fano factor
/// 1/(1−n)².
#[derive(Clone, Copy, Debug)]
pub struct Clustered {
    fano: f64,
    shape: Shape,
    /// The success share 1/fano, as a logarithm.
    log_stop: f64,
    /// What is left of it, and its logarithm.
    share: f64,
    log_share: f64,
}

impl Clustered {
    /// Counts with this variance over their mean; 1 or less makes them Poisson counts.
    #[must_use]
    pub fn new(fano: f64) -> Self {
        let share = (fano - 1.0) / fano;
        Self {
            fano,
            shape: Shape::new(fano),
            log_stop: -curve::ln(fano),
            share,
            log_share: curve::ln(share),
        }
    }

    /// A count with this mean, for the uniform number `u`.
    #[inline]
    #[must_use]
    pub fn count(&self, mean: f64, u: f64) -> u32 {
        if self.fano <= 1.000_001 {
            return poisson(mean, u);
        }
        if mean <= 0.0 {
            return 0;
        }
        match self.shape.count(mean, u) {
            Some(count) => count,
            None => self.searched(mean, u),
        }
    }

    /// The same, added up. Most counts never come here, and need none of its registers.
    #[inline(never)]
    fn searched(&self, mean: f64, u: f64) -> u32 {
        // Size r: the mean is r·(fano − 1).
        let size = mean / (self.fano - 1.0);
        let at = |k: f64| {
            if k == 0.0 {
                return curve::exp(size * self.log_stop);
            }
            let ways = curve::ln_gamma(size + k) - curve::ln_gamma(size) - ln_factorial(k);
            curve::exp(ways + size * self.log_stop + k * self.log_share)
        };
        let follows = Follows {
            a: self.share,
            b: self.share * (size - 1.0),
        };
        let variance = mean * self.fano;
        clearly(u, mean, variance, at, &follows)
            .unwrap_or_else(|| invert(u, mean, variance, at, &follows))
    }
}

/// How many of `n` trials succeed, each with chance `p`, for the uniform number `u`. Rises with
/// both `n` and `p`.
#[must_use]
pub fn binomial(n: u32, p: f64, u: f64) -> u32 {
    if n == 0 {
        return 0;
    }
    Trials::new(p).successes(n, u)
}

/// Trials that each succeed with the same chance.
#[derive(Clone, Copy, Debug)]
pub struct Trials {
    /// The chance that one succeeds.
    p: f64,
    /// The chance of the rarer outcome, which is counted: that keeps the first probability of the
    /// search from underflowing.
    rarer: f64,
    shape: Shape,
}

impl Trials {
    /// Trials with this chance of success.
    #[must_use]
    pub fn new(p: f64) -> Self {
        let rarer = if p > 0.5 { 1.0 - p } else { p };
        Self {
            p,
            rarer,
            shape: Shape::new(1.0 - rarer),
        }
    }

    /// How many of `n` succeed, for the uniform number `u`.
    #[inline]
    #[must_use]
    pub fn successes(&self, n: u32, u: f64) -> u32 {
        if n == 0 || self.p <= 0.0 {
            0
        } else if self.p >= 1.0 {
            n
        } else if self.p > 0.5 {
            n - self.rarer_ones(n, 1.0 - u)
        } else {
            self.rarer_ones(n, u)
        }
    }

    #[inline]
    fn rarer_ones(&self, n: u32, u: f64) -> u32 {
        match self.shape.count(f64::from(n) * self.rarer, u) {
            Some(count) => count.min(n),
            None => self.searched(n, u),
        }
    }

    /// The same, added up. Most counts never come here, and need none of its registers.
    #[inline(never)]
    fn searched(&self, n: u32, u: f64) -> u32 {
        let p = self.rarer;
        let (trials, odds) = (f64::from(n), p / (1.0 - p));
        let at = |k: f64| {
            let log_other = curve::ln(1.0 - p);
            if k == 0.0 {
                return curve::exp(trials * log_other);
            }
            let ways = ln_factorial(trials) - ln_factorial(k) - ln_factorial(trials - k);
            curve::exp(ways + k * curve::ln(p) + (trials - k) * log_other)
        };
        let (mean, variance) = (trials * p, trials * p * (1.0 - p));
        let follows = Follows {
            a: -odds,
            b: odds * (trials + 1.0),
        };
        if n <= CLEAR_TRIALS {
            // A few products do for a probability whose last bits nothing depends on.
            let start = |k: f64| if k == 0.0 { power(1.0 - p, n) } else { at(k) };
            if let Some(count) = clearly(u, mean, variance, start, &follows) {
                return count;
            }
        }
        invert(u, mean, variance, at, &follows).min(n)
    }
}

/// How one probability follows from the one before: that of `k` is that of `k − 1` times `a + b/k`.
/// Poisson, negative-binomial and binomial counts are all of this kind, and no others (Panjer 1981).
struct Follows {
    a: f64,
    b: f64,
}

impl Follows {
    fn times(&self, k: f64) -> f64 {
        self.a + self.b / k
    }
}

/// The smallest `k` whose cumulative probability exceeds `u`, where `at(k)` is the probability of
/// `k`.
fn invert(u: f64, mean: f64, variance: f64, at: impl Fn(f64) -> f64, follows: &Follows) -> u32 {
    if mean <= FROM_MODE {
        let none = at(0.0);
        return if u < none {
            0
        } else {
            upwards(u, mean, (0.0, none, none), follows).0
        };
    }
    let mode = mean.floor();
    let probability = at(mode);
    // Everything up to the mode is summed downwards, as far as the answer asks for it.
    let stretch = REACH * variance.sqrt();
    let (mut bottom, mut term, mut sum) = (mode, probability, probability);
    loop {
        let end = curve::max(0.0, bottom - stretch.ceil());
        while bottom > end {
            term /= follows.times(bottom);
            bottom -= 1.0;
            sum += term;
        }
        let (k, below) = if u < sum {
            downwards(u, (mode, probability, sum), follows)
        } else {
            upwards(u, mean, (mode, probability, sum), follows)
        };
        // The terms further down fall faster than a geometric series. If all of them would still
        // leave `u` above what lies below `k`, they cannot change the answer.
        let rest = if bottom > 0.0 {
            term / (follows.times(bottom) - 1.0)
        } else {
            0.0
        };
        if u - below >= rest || rest < sum * 1e-18 {
            return k;
        }
    }
}

/// How far a uniform number lies from the edges of its count where [`clearly`] finds one. What the
/// two searches leave out or round differently comes to a tenth of this at most.
const MARGIN: f64 = 1e-10;

/// The most trials for which that is so.
const CLEAR_TRIALS: u32 = 1024;

/// From here on a direct way to the first probability is shorter than the way from zero.
const FAR: f64 = 48.0;

/// One divided by each count that [`clearly`] comes by, from 1.
const INVERSES: [f64; 1024] = {
    let mut inverses = [0.0; 1024];
    let mut k = 0;
    while k < inverses.len() {
        inverses[k] = 1.0 / (k + 1) as f64;
        k += 1;
    }
    inverses
};

/// The count that [`invert`] finds, in a third of the steps of a processor: always upwards, with
/// products in place of quotients, several counts at once. None where the uniform number lies within
/// [`MARGIN`] of an edge, because there the last bits of the sums could decide.
fn clearly(
    u: f64,
    mean: f64,
    variance: f64,
    at: impl Fn(f64) -> f64,
    follows: &Follows,
) -> Option<u32> {
    let low = match mean > FAR {
        true => mean - REACH * variance.sqrt(),
        false => 0.0,
    };
    let bottom = if low > FAR { low as usize } else { 0 };
    let mut probability = at(bottom as f64);
    let rest = if bottom > 0 {
        // The terms further down fall faster than a geometric series.
        let more = follows.times(bottom as f64) - 1.0;
        (more > 0.0).then(|| probability / more)?
    } else {
        0.0
    };
    if u < probability {
        return (bottom == 0 && probability - u > MARGIN).then_some(0);
    }
    let (mut sum, mut k) = (probability, bottom as u32);
    for inverses in INVERSES.get(bottom..)?.as_chunks::<8>().0 {
        let times = inverses.map(|inverse| follows.a + follows.b * inverse);
        let before = (probability, sum);
        for times in times {
            probability *= times;
            sum += probability;
        }
        if sum <= u {
            k += times.len() as u32;
            continue;
        }
        (probability, sum) = before;
        for times in times {
            k += 1;
            probability *= times;
            let below = sum;
            sum += probability;
            if sum > u {
                let clear = u - below > rest + MARGIN && sum - u > MARGIN;
                return clear.then_some(k);
            }
        }
    }
    None
}

/// A number multiplied by itself.
fn power(base: f64, exponent: u32) -> f64 {
    let (mut square, mut left, mut product) = (base, exponent, 1.0);
    while left > 0 {
        if left % 2 == 1 {
            product *= square;
        }
        square *= square;
        left /= 2;
    }
    product
}

/// Searches upwards from `k` with its probability and the cumulative one, which does not exceed `u`:
/// the count, and what lies below it.
fn upwards(
    u: f64,
    mean: f64,
    (mut k, mut probability, mut sum): (f64, f64, f64),
    follows: &Follows,
) -> (u32, f64) {
    let mut below = sum;
    // Beyond the mean a probability may be too small for any 53-bit number to fall on it.
    while sum <= u && (probability >= 1e-17 || k <= mean) {
        k += 1.0;
        probability *= follows.times(k);
        below = sum;
        sum += probability;
    }
    (k as u32, below)
}

/// Searches downwards from `k` with its probability and the cumulative one, which exceeds `u`: the
/// count, and what lies below it.
fn downwards(
    u: f64,
    (mut k, mut probability, mut sum): (f64, f64, f64),
    follows: &Follows,
) -> (u32, f64) {
    while k > 0.0 {
        sum -= probability;
        if sum <= u {
            return (k as u32, sum);
        }
        probability /= follows.times(k);
        k -= 1.0;
    }
    (0, 0.0)
}

/// The logarithm of `k!` for a whole `k`.
fn ln_factorial(k: f64) -> f64 {
    static SMALL: LazyLock<Vec<f64>> =
        LazyLock::new(|| (1..=1024).map(|k| curve::ln_gamma(f64::from(k))).collect());
    match SMALL.get(k as usize) {
        Some(log) => *log,
        None => curve::ln_gamma(k + 1.0),
    }
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
        for mean in [0.03, 0.8, 7.0, 63.9, 64.1, 180.0, 2_500.0] {
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

    /// The search from the mode stops adding where the rest cannot matter; adding up everything from
    /// zero must give the same.
    #[test]
    fn what_the_search_leaves_out_changes_no_count() {
        let (fano, counts) = (1.5, Clustered::new(1.5));
        for mean in [20.0, 63.0, 65.0, 190.0, 480.0] {
            let size = mean / (fano - 1.0);
            let share = (fano - 1.0) / fano;
            for u in uniforms().step_by(7) {
                let mut probability = curve::exp(-size * curve::ln(fano));
                let (mut k, mut sum) = (0.0, probability);
                while sum <= u {
                    k += 1.0;
                    probability *= share * (size + k - 1.0) / k;
                    sum += probability;
                }
                assert_eq!(f64::from(counts.count(mean, u)), k, "{mean} {u}");
            }
        }
    }

    /// The curve may settle a count only where the search comes to the same. It is most wrong where a
    /// count ends and the next begins, so it is tried on both sides of each of these edges; where it
    /// settled neither side anywhere, it would be of no use.
    #[test]
    fn what_the_curve_settles_is_what_the_search_finds() {
        let means = (0..25).map(|step| 6.0 * curve::pow(1.2, f64::from(step)));
        let fanos = [1.0, 1.03, 1.3, 1.5, 1.9, 2.0, 2.4, 3.0];
        for mean in means {
            for fano in fanos {
                let counts = Clustered::new(fano);
                let (first, size) = (curve::exp(-mean), mean / (fano - 1.0));
                let (start, follows) = match fano > 1.0 {
                    false => (first, Follows { a: 0.0, b: mean }),
                    true => {
                        let (a, none) = ((fano - 1.0) / fano, curve::exp(-size * curve::ln(fano)));
                        (
                            none,
                            Follows {
                                a,
                                b: a * (size - 1.0),
                            },
                        )
                    }
                };
                let search = |u| match fano > 1.0 {
                    false => poisson_searched(mean, u),
                    true => counts.searched(mean, u),
                };
                along_the_edges(start, &follows, |u| {
                    assert_eq!(counts.count(mean, u), search(u), "{mean} {fano} {u}");
                    counts.shape.count(mean, u).is_some()
                });
            }
            for p in [0.01, 0.1, 0.23, 0.4, 0.5] {
                let (trials, n) = (Trials::new(p), (mean / p).ceil() as u32);
                let odds = p / (1.0 - p);
                let follows = Follows {
                    a: -odds,
                    b: odds * f64::from(n + 1),
                };
                along_the_edges(power(1.0 - p, n), &follows, |u| {
                    let found = trials.searched(n, u);
                    assert_eq!(trials.successes(n, u), found, "{n} {p} {u}");
                    trials.shape.count(f64::from(n) * p, u).is_some()
                });
            }
        }
    }

    /// Tries numbers on both sides of every edge, and one between it and the next, where the curve
    /// should have settled most.
    fn along_the_edges(first: f64, follows: &Follows, mut settles: impl FnMut(f64) -> bool) {
        let (mut k, mut probability, mut sum) = (0.0, first, first);
        let (mut between, mut settled) = (0, 0);
        while first > 1e-250 && sum < 0.999 {
            for near in [1e-9, 1e-6, 1e-4] {
                settles(sum * (1.0 - near));
                settles(sum + (1.0 - sum) * near);
            }
            k += 1.0;
            probability *= follows.times(k);
            if sum > 0.002 && sum + probability < 0.998 {
                between += 1;
                settled += u32::from(settles(sum + 0.5 * probability));
            }
            sum += probability;
        }
        assert!(5 * settled >= 4 * between, "{settled} of {between}");
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
