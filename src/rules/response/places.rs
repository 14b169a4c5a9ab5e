//! Micro-places: how crime lies within a precinct.
//!
//! A precinct is a Lorenz curve of micro-places (street segments): the hottest share *q* of them
//! holds the share *C(q)* of its street-visible crime. Source of the form: the law of crime
//! concentration (Weisburd 2015), interpolated on logarithmic scales.

use crate::rules::curve;
use crate::rules::model::{Coefficient as C, Model};

/// The share of crime at the hottest share `q` (0 to 1) of micro-places, where `concentration` is 1
/// for an ordinary precinct and more where crime is more concentrated.
#[must_use]
pub fn concentrated(model: &Model, concentration: f64, q: f64) -> f64 {
    if q <= 0.0 {
        return 0.0;
    }
    if q >= 1.0 {
        return 1.0;
    }
    let ordinary = curve::exp(ordinary_log(model, curve::ln(q)));
    HotSpots { ordinary }.hold(concentration)
}

/// How much the micro-places that a hot-spot team covers hold: worked out once for a model.
#[derive(Clone, Copy, Debug)]
pub(in crate::rules) struct HotSpots {
    /// Share of crime that they hold in an ordinary precinct.
    ordinary: f64,
}

impl HotSpots {
    pub fn of(model: &Model) -> Self {
        Self {
            ordinary: concentrated(model, 1.0, model.get(C::HotShare)),
        }
    }

    /// Share of crime that they hold where crime is concentrated like this.
    pub fn hold(self, concentration: f64) -> f64 {
        curve::pow(self.ordinary, 1.0 / curve::clamp(concentration, 0.1, 10.0))
    }
}

/// The share of micro-places, from the hottest, that holds the share `c` (0 to 1) of crime.
#[must_use]
pub fn places_holding(model: &Model, concentration: f64, c: f64) -> f64 {
    if c <= 0.0 {
        return 0.0;
    }
    if c >= 1.0 {
        return 1.0;
    }
    let ordinary = curve::ln(curve::pow(c, curve::clamp(concentration, 0.1, 10.0)));
    let knots = knots(model);
    let mut segment = (knots[0], knots[1]);
    for pair in knots.windows(2) {
        segment = (pair[0], pair[1]);
        if ordinary <= pair[1].1 {
            break;
        }
    }
    let ((x0, y0), (x1, y1)) = segment;
    let slope = (x1 - x0) / (y1 - y0);
    curve::min(1.0, curve::exp(x0 + (ordinary - y0) * slope))
}

/// The logarithm of C at the logarithm of q, for an ordinary precinct.
fn ordinary_log(model: &Model, log_q: f64) -> f64 {
    let knots = knots(model);
    let mut segment = (knots[0], knots[1]);
    for pair in knots.windows(2) {
        segment = (pair[0], pair[1]);
        if log_q <= pair[1].0 {
            break;
        }
    }
    let ((x0, y0), (x1, y1)) = segment;
    curve::min(0.0, y0 + (log_q - x0) * (y1 - y0) / (x1 - x0))
}

/// The known points of the curve, on logarithmic scales, each above the one before.
fn knots(model: &Model) -> [(f64, f64); 4] {
    let rising = |at: f64, floor: f64| curve::clamp(at, floor * 1.01, 0.999);
    let quarter = curve::clamp(model.get(C::QuarterShare), 0.000_1, 0.9);
    let hot = rising(model.get(C::HotShare), quarter);
    let eighty = rising(model.get(C::EightyShare), hot);
    let held = curve::clamp(model.get(C::HotShareCrime), 0.26, 0.79);
    [(quarter, 0.25), (hot, held), (eighty, 0.8), (1.0, 1.0)]
        .map(|(q, c)| (curve::ln(q), curve::ln(c)))
}
