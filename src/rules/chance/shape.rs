//! Counts read off a curve instead of added up, wherever the curve leaves no doubt.
//!
//! Poisson, negative-binomial and binomial counts differ in one number only, their variance over
//! their mean, and all their cumulants follow from it. A Cornish–Fisher expansion in them (Abramowitz
//! & Stegun 26.2.49), with the corrections of a distribution on whole numbers, gives the real number
//! whose nearest whole one is the count. Giles (ACM Algorithm 955) inverts Poisson counts in this way:
//! what lies near an edge is left to an exact search, so the answer is always that of the search.

use crate::rules::curve;

/// The least mean for which the curve is worth its steps: below, the search is short and
/// the doubt great.
const LEAST: f64 = 6.0;

/// Beyond this variance the curve could err by more than its bound does, which is less than a
/// rounding error then.
const MOST: f64 = 1e9;

/// The greatest variance over mean for which [`DOUBT`] has been measured.
const WIDEST: f64 = 3.0;

/// Three standard deviations: further out, expansions fail.
const TAIL: f64 = 0.001_35;

/// How far the curve may be off, times the squared variance over mean, over the cube of the standard
/// deviation. It is off by 0.5 of it at most.
const DOUBT: f64 = 0.7;

/// How far the last terms of the expansion can carry it at most, times the cubed variance over mean,
/// over the variance: they come to 0.381 of it within three standard deviations.
const LAST_TERMS: f64 = 0.4;

/// The shape of counts whose variance is the same multiple of their mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    fano: f64,
    /// The third cumulant over the second, and the factors that lead on from there.
    skew: f64,
    peak: f64,
    lean: f64,
    last_terms: f64,
    doubt: f64,
}

impl Shape {
    pub(super) fn new(fano: f64) -> Self {
        let square = fano * fano;
        let skew = 2.0 * fano - 1.0;
        Self {
            fano,
            skew,
            peak: 6.0 * (square - fano) + 1.0,
            lean: skew * (12.0 * (square - fano) + 1.0),
            last_terms: LAST_TERMS * square * fano,
            doubt: DOUBT * square,
        }
    }

    /// The count with this mean for the uniform number `u`; none where the curve does not settle it.
    #[inline]
    pub(super) fn count(&self, mean: f64, u: f64) -> Option<u32> {
        let variance = mean * self.fano;
        let settled =
            mean >= LEAST && variance <= MOST && self.fano <= WIDEST && u > TAIL && u < 1.0 - TAIL;
        if !settled {
            return None;
        }
        // Sheppard's corrections, which make a continuous distribution of one on whole numbers.
        let (spread, more) = (variance - 1.0 / 12.0, 1.0 / 120.0);
        let inverse = 1.0 / spread;
        let (deviation, times) = (spread.sqrt(), variance * inverse);
        let third = times * self.skew;
        let fourth = times * self.peak + more * inverse;
        let z = curve::probit(u);
        let square = z * z;
        let cubic =
            z * (fourth * (square - 3.0) / 24.0 - third * third * (2.0 * square - 5.0) / 36.0);
        let nearly = mean
            + deviation * z
            + third * (square - 1.0) / 6.0
            + inverse * (deviation * cubic)
            + 0.5;
        let doubt = self.doubt * inverse * inverse * deviation;
        // Most counts are settled before the last terms are known.
        clear(nearly, doubt + self.last_terms * inverse).or_else(|| {
            let fifth = times * self.lean;
            let quartic = fifth * ((square - 6.0) * square + 3.0) / 120.0
                - third * fourth * ((square - 5.0) * square + 2.0) / 24.0
                + third * third * third * ((12.0 * square - 53.0) * square + 17.0) / 324.0;
            clear(nearly + inverse * quartic, doubt)
        })
    }
}

/// The whole number below, where being off by `doubt` would not lead to another.
#[inline]
fn clear(number: f64, doubt: f64) -> Option<u32> {
    let count = number as u32;
    let fraction = number - f64::from(count);
    (fraction >= doubt && fraction + doubt < 1.0).then_some(count)
}
