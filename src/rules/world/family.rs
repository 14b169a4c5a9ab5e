//! Offence families: data, not code.

use crate::rules::curve;
use crate::rules::digest::{Canon, Walk};
use crate::rules::id::Id;

macro_rules! family_numbers {
    ($($(#[$doc:meta])* $field:ident : $name:ident = $id:literal;)*) => {
        /// An offence family.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Family {
            /// Its name.
            pub id: Id,
            $($(#[$doc])* pub $field: f64,)*
        }

        /// A number of an offence family.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FamilyNumber { $($(#[$doc])* $name,)* }

        impl FamilyNumber {
            /// Every number, in canonical order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in the model card, after the family's: `burglary.base-rate`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }

        impl Family {
            /// Gives a number another value.
            pub fn set(&mut self, number: FamilyNumber, value: f64) {
                match number { $(FamilyNumber::$name => self.$field = value),* }
            }

            /// The value of a number.
            #[must_use]
            pub fn get(&self, number: FamilyNumber) -> f64 {
                match number { $(FamilyNumber::$name => self.$field),* }
            }
        }

        impl Canon for Family {
            fn canon(&self, walk: &mut Walk) {
                let Self { id, $($field),* } = self;
                id.canon(walk);
                $($field.canon(walk);)*
            }
        }
    };
}

family_numbers! {
    /// Offences per 1,000 residents and month at opportunity 1.
    base_rate: BaseRate = "base-rate";
    /// Harm of one offence; theft from a person in the street is 1.
    harm: Harm = "harm";
    /// Amplitude of the season, log scale.
    season: Season = "season";
    /// The month of the peak, 1 to 12.
    season_peak: SeasonPeak = "season-peak";
    /// Share of an unexpected offence that carries over to the next month.
    near_repeat: NearRepeat = "near-repeat";
    /// Share reported to the police at neutral trust.
    reporting: Reporting = "reporting";
    /// Share of the unreported that one team in the reference precinct discovers in a month.
    discovery: Discovery = "discovery";
    /// Share of the recorded that is cleared up when help comes at the ordinary speed.
    clearance: Clearance = "clearance";
    /// Share of offences that patrol prevents and that appears next door (negative: the benefit
    /// spreads).
    displacement: Displacement = "displacement";
    /// Greatest effect of patrol at a hot spot, 0 to 1.
    patrol_effect: PatrolEffect = "patrol-effect";
    /// Effect of a neighbourhood watch that covers everybody, 0 to 1.
    watch_effect: WatchEffect = "watch-effect";
    /// Effect of cameras at full coverage that somebody watches, 0 to 1.
    camera_effect: CameraEffect = "camera-effect";
    /// Effect of new street lighting: the share by night outdoors times what light prevents there.
    lighting_effect: LightingEffect = "lighting-effect";
    /// Effect of problem-solving when it is well under way, 0 to 1.
    problem_effect: ProblemEffect = "problem-effect";
    /// Effect of one squad's broad checks in the reference precinct, 0 to 1.
    broad_effect: BroadEffect = "broad-checks-effect";
    /// Effect of one squad's precise checks in the reference precinct, 0 to 1.
    precise_effect: PreciseEffect = "precise-checks-effect";
    /// Effect of focused deterrence once it is set up, 0 to 1.
    deterrence_effect: DeterrenceEffect = "deterrence-effect";
    /// Effect of community work at full coverage and quality, 0 to 1.
    outreach_effect: OutreachEffect = "outreach-effect";
    /// Effect of mediation when every dispute is mediated, 0 to 1.
    mediation_effect: MediationEffect = "mediation-effect";
    /// Effect of a warning campaign on those it reaches, at its start, 0 to 1.
    campaign_effect: CampaignEffect = "campaign-effect";
}

impl Family {
    /// The share reported, held off the ends where its log-odds do not exist.
    #[must_use]
    pub fn reporting_rate(&self) -> f64 {
        curve::clamp(self.reporting, 0.001, 0.999)
    }

    /// The share cleared up, held off the ends where its log-odds do not exist.
    #[must_use]
    pub fn clearance_rate(&self) -> f64 {
        curve::clamp(self.clearance, 0.001, 0.999)
    }
}
