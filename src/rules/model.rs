//! The numbers of the model, resolved for one game. Their ranges, sources and grades are in the
//! model card (`assets/rules/default.ron`); no number of the model stands in code.

use super::curve;
use super::digest::{Canon, Walk};

macro_rules! coefficients {
    ($($(#[$doc:meta])* $name:ident = $id:literal in $low:literal to $high:literal;)*) => {
        /// A coefficient of the model card. The documentation gives its unit.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Coefficient { $($(#[$doc])* $name,)* }

        impl Coefficient {
            /// Every coefficient, in canonical order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the model card.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }

            /// The values with which its formula has a meaning, in its unit. The model card's range
            /// says what is plausible; this says what is possible.
            #[must_use]
            pub fn domain(self) -> (f64, f64) {
                match self { $(Self::$name => ($low, $high)),* }
            }
        }
    };
}

coefficients! {
    /// Residents of the precinct that unit sizes are quoted for.
    ReferenceResidents = "reference.residents" in 1.0 to 10_000_000.0;
    /// Share of a precinct's micro-places that a hot-spot team covers.
    HotShare = "patrol.hot-share" in 0.0 to 1.0;
    /// Share of street-visible crime at those micro-places.
    HotShareCrime = "patrol.hot-share-crime" in 0.0 to 1.0;
    /// Patrol minutes per hot spot and day at which 63 % of the greatest effect is reached.
    DoseScale = "patrol.dose-scale" in 0.01 to 10000.0;
    /// Share of the effect that patrol keeps where crime is not concentrated.
    SpreadThreshold = "patrol.spread-threshold" in 0.0 to 1.0;
    /// Months after which hot-spot patrol in the same place begins to fade.
    FadeAfter = "patrol.fade-after" in 0.0 to 1000.0;
    /// Months in which the effect then falls to 37 %.
    FadeScale = "patrol.fade-scale" in 0.01 to 1000.0;
    /// Share of the effect left a month after patrol ends.
    Residual = "patrol.residual" in 0.0 to 1.0;
    /// Share of a contact at which residents are treated badly, with untrained teams.
    UnfairShare = "contact.unfair-share" in 0.0 to 1.0;
    /// Trust points a month when everybody had one fair contact.
    ContactGain = "trust.contact-gain" in 0.0 to 100.0;
    /// How many fair contacts one unfair contact outweighs.
    Negativity = "trust.negativity" in 0.0 to 100.0;
    /// How many others hear of an unfair contact.
    Vicarious = "trust.vicarious" in 0.0 to 100.0;
    /// Share of the way back to its resting level that trust goes in a month.
    TrustReversion = "trust.reversion" in 0.0 to 1.0;
    /// Trust points per point of perceived safety gained.
    TrustPerformance = "trust.performance" in 0.0 to 1.0;
    /// Trust points a month when every dispute is mediated.
    TrustMediation = "trust.mediation" in 0.0 to 100.0;
    /// Fall of offending per point of trust above 50.
    Legitimacy = "legitimacy.slope" in 0.0 to 0.02;
    /// Log-odds of reporting per 10 points of trust.
    ReportingTrust = "reporting.trust" in -5.0 to 5.0;
    /// Log-odds of reporting when every resident was visited in the month.
    ReportingContact = "reporting.contact" in -5.0 to 5.0;
    /// Quality of community work by a team that is new in a place, 0 to 1.
    QualityNew = "outreach.quality-new" in 0.0 to 1.0;
    /// Quality gained in a month in the same place.
    QualityGrowth = "outreach.quality-growth" in 0.0 to 1.0;
    /// Variance of monthly counts over their mean.
    Fano = "counts.fano" in 1.0 to 10.0;
    /// Months in which displaced offending falls by half.
    DisplacementHalfLife = "displacement.half-life" in 0.01 to 1000.0;
    /// Share of the way to its level that perceived safety goes in a month.
    FeelSpeed = "feel.speed" in 0.0 to 1.0;
    /// Points of perceived safety lost when victimisation grows by a factor e.
    FeelVictims = "feel.victims" in 0.0 to 100.0;
    /// Points gained when visible patrol grows by a factor e over its base.
    FeelPresence = "feel.presence" in 0.0 to 100.0;
    /// Patrol teams per 100,000 residents that count as the base.
    FeelBaseTeams = "feel.base-teams" in 0.001 to 1000.0;
    /// Multiple of the base beyond which more patrol frightens.
    FeelTooMuch = "feel.too-much" in 0.0 to 1000.0;
    /// Weight of the whole city, against the own precinct, in how safe people feel.
    FeelCityShare = "feel.city-share" in 0.0 to 1.0;
    /// Standard error of the monthly survey in a precinct, points.
    SurveyError = "survey.error" in 0.0 to 50.0;
    /// Standard error of a door-to-door survey of victimisation, as a share of the figure.
    DoorToDoorError = "survey.door-to-door-error" in 0.0 to 1.0;
    /// Weight of the second instrument of the same mechanism, of the third its square.
    StackingWeight = "stacking.weight" in 0.0 to 1.0;
    /// Greatest joint reduction of a family in a precinct.
    StackingCap = "stacking.cap" in 0.0 to 0.95;
    /// Points of Rights lost when every resident had one unfair contact.
    WrongsContact = "wrongs.contact" in 0.0 to 10000.0;
    /// Index points of Safety for one expected harm of the city.
    SafetyScale = "safety.scale" in 1.0 to 1000.0;
}

/// The resolved coefficients of one game.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    values: Vec<f64>,
}

impl Model {
    /// A model from a look-up by the coefficient's name. A value outside its domain is held at the
    /// nearest end, so that no number can break a formula.
    ///
    /// # Errors
    ///
    /// The first coefficient that `value_of` does not know.
    pub fn new(value_of: impl Fn(Coefficient) -> Option<f64>) -> Result<Self, Coefficient> {
        let values = Coefficient::ALL
            .iter()
            .map(|c| {
                let (low, high) = c.domain();
                value_of(*c)
                    .map(|value| curve::clamp(value, low, high))
                    .ok_or(*c)
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { values })
    }

    /// The value of a coefficient, in its unit.
    #[must_use]
    pub fn get(&self, coefficient: Coefficient) -> f64 {
        self.values[coefficient as usize]
    }
}

impl Canon for Model {
    fn canon(&self, walk: &mut Walk) {
        let Self { values } = self;
        values.canon(walk);
    }
}
