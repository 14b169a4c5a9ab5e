//! The exponential function and the natural logarithm from tables, in half the steps of `libm`: sums
//! and products of 53-bit numbers only, so their bits are the same on every platform.
//!
//! Source of the form: Tang 1989 and 1990 (table-driven exponential and logarithm). Both are within
//! two units of the last place.

use std::f64::consts::LN_2;

/// Values of a table between a number and its double.
const STEPS: usize = 128;

/// The logarithm of two in units of 2⁻⁶².
const LN_2_EXACT: u128 = 3_196_577_161_300_663_914;

/// One in these units.
const ONE: u128 = 1 << 62;

/// Powers of two from 0 to 1, by its steps.
const POWERS: [f64; STEPS] = {
    let mut powers = [0.0; STEPS];
    let mut at = 0;
    while at < STEPS {
        let x = LN_2_EXACT * at as u128 / STEPS as u128;
        let (mut sum, mut term, mut n) = (0, ONE, 1);
        while term > 0 {
            sum += term;
            term = ((term * x) >> 62) / n;
            n += 1;
        }
        powers[at] = sum as f64 / ONE as f64;
        at += 1;
    }
    powers
};

/// The range of numbers whose logarithm is looked up: from here to its double, which keeps the
/// logarithms of numbers near one, of either side, free of a multiple of [`LN_2`].
const LOW: u64 = 0x3fe6_0000_0000_0000;

/// The bits of a number that an entry of [`LOGS`] stands for.
const fn entry(at: usize) -> u64 {
    LOW + ((at as u64) << 45)
}

/// One divided by a number in that range, and its logarithm.
const LOGS: [(f64, f64); STEPS + 1] = {
    let mut logs = [(0.0, 0.0); STEPS + 1];
    let mut at = 0;
    while at < logs.len() {
        let number = f64::from_bits(entry(at));
        // The series of the area tangent, in exact steps.
        let (whole, above) = ((number * 1024.0) as i128, ONE as i128);
        let ratio = (whole - 1024) * above / (whole + 1024);
        let square = (ratio * ratio) >> 62;
        let (mut sum, mut power, mut n) = (0, ratio, 1);
        while power > 1 || power < -1 {
            sum += power / n;
            power = (power * square) >> 62;
            n += 2;
        }
        logs[at] = (1.0 / number, 2.0 * sum as f64 / above as f64);
        at += 1;
    }
    logs
};

/// The exponential function.
#[inline]
pub(super) fn exp(x: f64) -> f64 {
    // Beyond this lie infinity, zero, and numbers with fewer bits than 53.
    if !(x > -708.0 && x < 708.0) {
        return libm::exp(x);
    }
    const PER_STEP: f64 = STEPS as f64 / LN_2;
    // Beside 1.5 · 2⁵² a number has no room for a fraction.
    const NO_FRACTIONS: f64 = 6_755_399_441_055_744.0;
    // A step in two parts, of which the first has room for its multiples.
    const STEP: (f64, f64) = (
        f64::from_bits(0x3f76_2e42_fee0_0000),
        f64::from_bits(0x3d7a_39ef_3579_3c76),
    );
    let shifted = x * PER_STEP + NO_FRACTIONS;
    let steps = shifted - NO_FRACTIONS;
    let rest = x - steps * STEP.0 - steps * STEP.1;
    let square = rest * rest;
    let more = rest
        + square * (0.5 + rest * (1.0 / 6.0))
        + square * square * (1.0 / 24.0 + rest * (1.0 / 120.0));
    let count = shifted.to_bits();
    let power = POWERS[count as usize % STEPS];
    // The whole doublings, added to the exponent.
    let power = f64::from_bits(power.to_bits().wrapping_add(count >> 7 << 52));
    power + power * more
}

/// The natural logarithm.
#[inline]
pub(super) fn ln(x: f64) -> f64 {
    const NORMAL: u64 = 0x0010_0000_0000_0000;
    const INFINITE: u64 = 0x7ff0_0000_0000_0000;
    let bits = x.to_bits();
    if bits.wrapping_sub(NORMAL) >= INFINITE - NORMAL {
        return libm::log(x);
    }
    let above = bits.wrapping_sub(LOW);
    let doublings = (above as i64) >> 52;
    let number = bits.wrapping_sub(above & (0xfff << 52));
    // The nearest number that the table has.
    let at = ((number - LOW + (1 << 44)) >> 45) as usize;
    let (inverse, log) = LOGS[at];
    let r = (f64::from_bits(number) - f64::from_bits(entry(at))) * inverse;
    let square = r * r;
    let more = square
        * ((-0.5 + r * (1.0 / 3.0))
            + square * ((-0.25 + r * 0.2) + square * (-1.0 / 6.0 + r * (1.0 / 7.0))));
    (doublings as f64 * LN_2 + log) + (r + more)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far two numbers are apart, in units of the last place.
    fn apart(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn they_agree_with_libm_to_two_units_of_the_last_place() {
        for n in -70_000..70_000 {
            let x = f64::from(n) * 0.010_007_3;
            assert!(apart(exp(x), libm::exp(x)) <= 2, "{x}");
            let (near, far) = (1.0 + f64::from(n) * 9.973e-6, libm::exp(x));
            assert!(apart(ln(near), libm::log(near)) <= 2, "{near}");
            assert!(apart(ln(far), libm::log(far)) <= 2, "{far}");
        }
    }

    #[test]
    fn they_are_exact_where_it_matters_and_end_where_numbers_end() {
        assert_eq!((exp(0.0), ln(1.0)), (1.0, 0.0));
        assert_eq!((exp(f64::NEG_INFINITY), exp(800.0)), (0.0, f64::INFINITY));
        assert_eq!(
            (ln(0.0), ln(f64::INFINITY)),
            (f64::NEG_INFINITY, f64::INFINITY)
        );
        assert!(ln(-1.0).is_nan() && exp(f64::NAN).is_nan());
        assert_eq!(ln(5e-324), libm::log(5e-324));
    }
}
