//! The rules that change something, by name.

use crate::rules::digest::canon_tag;

/// The rule behind a change. Each has a name and a sentence in both languages
/// (`rule.<id>.name`, `rule.<id>.why`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Rule {
    /// What the city is like without anybody's orders: base rates and season.
    Season,
    /// Offences that follow offences near by.
    NearRepeat,
    /// Offences moved to or from next door.
    Displacement,
    /// Fewer offend where people trust those who keep order.
    Legitimacy,
    /// Patrol spread over the whole precinct.
    VisiblePatrol,
    /// Patrol at the hottest micro-places.
    HotSpotPatrol,
    /// A neighbourhood watch.
    Watch,
    /// Cameras, watched or not.
    Cameras,
    /// New street lighting.
    Lighting,
    /// What makes a place a problem, found and removed.
    ProblemSolving,
    /// People stopped in the street.
    Checks,
    /// Those at the centre of violence told what will happen, and helped.
    Deterrence,
    /// Community teams who visit and listen.
    Outreach,
    /// Disputes settled before they grow.
    Mediation,
    /// People warned of fraud.
    Campaign,
    /// What is known of where trouble is, beyond what patrol does by itself.
    Targeting,
    /// A note pinned to the map.
    Pin,
    /// The institution as it is set.
    Institution,
    /// A weak stage in the chain of dangerous goods.
    GoodsChain,
    /// A card that was answered, or left to itself.
    Inject,
    /// Trust drifting back to where it rests.
    Reversion,
    /// People met in fairness.
    FairContact,
    /// People stopped without cause or treated without respect.
    UnfairContact,
    /// Being watched.
    Sensing,
    /// Data leaked or misused.
    Leak,
    /// How safe people feel, passed on to trust.
    Performance,
    /// What happened to people and their neighbours.
    Victimisation,
    /// Patrol that can be seen.
    Presence,
    /// More patrol than a place can bear.
    TooMuchPresence,
    /// High duty levels that nobody explains.
    DutyLevel,
    /// News of the whole city.
    CityNews,
    /// The rest of the way to how safe a place feels by itself.
    Settling,
    /// Money that comes in each turn.
    Income,
    /// The price of the units on the map.
    UnitPrice,
    /// The price of what was ordered besides units.
    OrderPrice,
    /// Hours beyond the ordinary week.
    Overtime,
    /// Rest.
    Recovery,
    /// Rest that was owed and not given.
    RestDebt,
    /// What volunteers gave.
    Volunteering,
    /// Goodwill that comes back by itself.
    Thanks,
    /// What was kept in hand.
    Reserve,
    /// Whether next turn's income covers next turn's prices.
    Upkeep,
    /// How tired the teams are.
    Fatigue,
    /// What volunteers are still ready to give.
    Goodwill,
    /// Data still kept, and people watched: what Rights lose by it.
    Watching,
    /// Who bears the contacts, against who suffers the harm.
    Burden,
    /// Pressure that builds up by itself.
    Drift,
    /// Pressure that comes from another domain.
    Coupling,
    /// Something that happens in a risk domain.
    Event,
    /// More or fewer of the offences come to be on record.
    Recording,
    /// What was drawn, less what was expected.
    Chance,
    /// The luck of the turn before, which has passed.
    ChancePassed,
    /// The end of the scale.
    Bound,
}

impl Rule {
    /// Every rule, in canonical order.
    pub const ALL: [Self; 53] = [
        Self::Season,
        Self::NearRepeat,
        Self::Displacement,
        Self::Legitimacy,
        Self::VisiblePatrol,
        Self::HotSpotPatrol,
        Self::Watch,
        Self::Cameras,
        Self::Lighting,
        Self::ProblemSolving,
        Self::Checks,
        Self::Deterrence,
        Self::Outreach,
        Self::Mediation,
        Self::Campaign,
        Self::Targeting,
        Self::Pin,
        Self::Institution,
        Self::GoodsChain,
        Self::Inject,
        Self::Reversion,
        Self::FairContact,
        Self::UnfairContact,
        Self::Sensing,
        Self::Leak,
        Self::Performance,
        Self::Victimisation,
        Self::Presence,
        Self::TooMuchPresence,
        Self::DutyLevel,
        Self::CityNews,
        Self::Settling,
        Self::Income,
        Self::UnitPrice,
        Self::OrderPrice,
        Self::Overtime,
        Self::Recovery,
        Self::RestDebt,
        Self::Volunteering,
        Self::Thanks,
        Self::Reserve,
        Self::Upkeep,
        Self::Fatigue,
        Self::Goodwill,
        Self::Watching,
        Self::Burden,
        Self::Drift,
        Self::Coupling,
        Self::Event,
        Self::Recording,
        Self::Chance,
        Self::ChancePassed,
        Self::Bound,
    ];

    /// The rule's name in texts and exports.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Season => "season",
            Self::NearRepeat => "near-repeat",
            Self::Displacement => "displacement",
            Self::Legitimacy => "legitimacy",
            Self::VisiblePatrol => "visible-patrol",
            Self::HotSpotPatrol => "hot-spot-patrol",
            Self::Watch => "watch",
            Self::Cameras => "cameras",
            Self::Lighting => "lighting",
            Self::ProblemSolving => "problem-solving",
            Self::Checks => "checks",
            Self::Deterrence => "deterrence",
            Self::Outreach => "outreach",
            Self::Mediation => "mediation",
            Self::Campaign => "campaign",
            Self::Targeting => "targeting",
            Self::Pin => "pin",
            Self::Institution => "institution",
            Self::GoodsChain => "goods-chain",
            Self::Inject => "inject",
            Self::Reversion => "reversion",
            Self::FairContact => "fair-contact",
            Self::UnfairContact => "unfair-contact",
            Self::Sensing => "sensing",
            Self::Leak => "leak",
            Self::Performance => "performance",
            Self::Victimisation => "victimisation",
            Self::Presence => "presence",
            Self::TooMuchPresence => "too-much-presence",
            Self::DutyLevel => "duty-level",
            Self::CityNews => "city-news",
            Self::Settling => "settling",
            Self::Income => "income",
            Self::UnitPrice => "unit-price",
            Self::OrderPrice => "order-price",
            Self::Overtime => "overtime",
            Self::Recovery => "recovery",
            Self::RestDebt => "rest-debt",
            Self::Volunteering => "volunteering",
            Self::Thanks => "thanks",
            Self::Reserve => "reserve",
            Self::Upkeep => "upkeep",
            Self::Fatigue => "fatigue",
            Self::Goodwill => "goodwill",
            Self::Watching => "watching",
            Self::Burden => "burden",
            Self::Drift => "drift",
            Self::Coupling => "coupling",
            Self::Event => "event",
            Self::Recording => "recording",
            Self::Chance => "chance",
            Self::ChancePassed => "chance-passed",
            Self::Bound => "bound",
        }
    }
}

canon_tag!(Rule);
