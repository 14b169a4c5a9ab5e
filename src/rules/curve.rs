//! Curves with the same bits on every platform: tables of our own, the pinned `libm`, and total minimum
//! and maximum.

use super::exponents;

/// The exponential function. No change is so common that it is worth a short cut, which has the
/// same bits.
#[inline]
#[must_use]
pub fn exp(x: f64) -> f64 {
    if x == 0.0 { 1.0 } else { exponents::exp(x) }
}

/// The natural logarithm. A factor of one is so common that it is worth a short cut, which has the
/// same bits.
#[inline]
#[must_use]
pub fn ln(x: f64) -> f64 {
    if x == 1.0 { 0.0 } else { exponents::ln(x) }
}

/// `base`, which is not below zero, to the power of `exponent`; anything to the power of zero is one,
/// and so is any power of one.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 || base == 1.0 {
        1.0
    } else if exponent == 1.0 {
        base
    } else {
        exponents::exp(exponent * exponents::ln(base))
    }
}

/// The cosine of `x` radians.
#[must_use]
pub fn cos(x: f64) -> f64 {
    libm::cos(x)
}

/// The logarithm of the gamma function, for `x` above zero.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// The larger of two numbers; equal zeros of either sign give the first.
#[must_use]
pub fn max(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// The smaller of two numbers; equal zeros of either sign give the first.
#[must_use]
pub fn min(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// `x` held between `low` and `high`.
#[must_use]
pub fn clamp(x: f64, low: f64, high: f64) -> f64 {
    max(low, min(high, x))
}

/// The log-odds of a share strictly between 0 and 1.
#[must_use]
pub fn logit(p: f64) -> f64 {
    ln(p / (1.0 - p))
}

/// The share whose log-odds are `x`.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + exp(-x))
}

/// The share of a quantity that a process with this monthly rate changes in `months`.
///
/// Rates compound, so that four weekly steps equal one monthly step.
#[must_use]
pub fn over(months: f64, monthly: f64) -> f64 {
    1.0 - pow(1.0 - monthly, months)
}

/// The standard normal deviate below which a share `p` lies (Acklam's rational approximation,
/// relative error below 1.2e-9).
#[must_use]
pub fn probit(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
    ];
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if p < 0.024_25 {
        tail((-2.0 * ln(p)).sqrt())
    } else if p > 1.0 - 0.024_25 {
        -tail((-2.0 * ln(1.0 - p)).sqrt())
    } else {
        let q = p - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Golden vectors: another bit here is another rules version.
    #[test]
    fn curves_keep_their_bits() {
        let bits: Vec<u64> = [
            exp(-0.37),
            ln(3.7),
            pow(0.92, 0.25),
            cos(1.234),
            logit(0.29),
            logistic(-1.1),
            over(0.25, 0.08),
            probit(0.9),
            probit(0.001),
            ln_gamma(0.37),
            ln_gamma(181.5),
        ]
        .iter()
        .map(|x| x.to_bits())
        .collect();
        assert_eq!(
            bits,
            [
                0x3fe6_1a7e_e209_faff,
                0x3ff4_eeee_650a_e550,
                0x3fef_5700_8313_7429,
                0x3fd5_2657_1fe8_c7a5,
                0xbfec_a6fc_71ee_bdcc,
                0x3fcf_f77a_137c_dbf9,
                0x3f95_1fef_9d91_7ae0,
                0x3ff4_813c_3681_e9f4,
                0xc008_b8cb_b6ee_2822,
                0x3fec_0ff2_c6c0_99c9,
                0x4087_c6c5_fb70_a95a,
            ]
        );
    }

    #[test]
    fn probit_matches_tables() {
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_964),
            (0.9, 1.281_552),
            (0.01, -2.326_348),
        ] {
            assert!((probit(p) - z).abs() < 1e-5, "{p}");
        }
    }

    #[test]
    fn four_quarters_make_a_whole() {
        let once = over(1.0, 0.08);
        let rest = (0..4).fold(1.0, |rest, _| rest * (1.0 - over(0.25, 0.08)));
        assert!((1.0 - rest - once).abs() < 1e-12);
    }
}
