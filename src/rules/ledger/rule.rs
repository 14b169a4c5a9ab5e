//! The rules that change something, by name.

use crate::rules::digest::canon_tag;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        /// The rule behind a change. Each has a name and a sentence in both languages
        /// (`rule.<id>.name`, `rule.<id>.why`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Rule { $($(#[$doc])* $name,)* }

        impl Rule {
            /// Every rule, in canonical order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The rule's name in texts and exports.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }
    };
}

rules! {
    /// What the city is like without anybody's orders: base rates and season.
    Season = "season";
    /// Offences that follow offences near by.
    NearRepeat = "near-repeat";
    /// Offences moved to or from next door.
    Displacement = "displacement";
    /// Fewer offend where people trust those who keep order.
    Legitimacy = "legitimacy";
    /// Patrol spread over the whole precinct.
    VisiblePatrol = "visible-patrol";
    /// Patrol at the hottest micro-places.
    HotSpotPatrol = "hot-spot-patrol";
    /// A neighbourhood watch.
    Watch = "watch";
    /// Cameras, watched or not.
    Cameras = "cameras";
    /// New street lighting.
    Lighting = "lighting";
    /// What makes a place a problem, found and removed.
    ProblemSolving = "problem-solving";
    /// People stopped in the street.
    Checks = "checks";
    /// Those at the centre of violence told what will happen, and helped.
    Deterrence = "deterrence";
    /// Community teams who visit and listen.
    Outreach = "outreach";
    /// Disputes settled before they grow.
    Mediation = "mediation";
    /// People warned of fraud.
    Campaign = "campaign";
    /// What is known of where trouble is, beyond what patrol does by itself.
    Targeting = "targeting";
    /// A note pinned to the map.
    Pin = "pin";
    /// The institution as it is set.
    Institution = "institution";
    /// A weak stage in the chain of dangerous goods.
    GoodsChain = "goods-chain";
    /// A card that was answered, or left to itself.
    Inject = "inject";
    /// Trust drifting back to where it rests.
    Reversion = "reversion";
    /// People met in fairness.
    FairContact = "fair-contact";
    /// People stopped without cause or treated without respect.
    UnfairContact = "unfair-contact";
    /// Being watched.
    Sensing = "sensing";
    /// Data leaked or misused.
    Leak = "leak";
    /// How safe people feel, passed on to trust.
    Performance = "performance";
    /// What happened to people and their neighbours.
    Victimisation = "victimisation";
    /// Patrol that can be seen.
    Presence = "presence";
    /// More patrol than a place can bear.
    TooMuchPresence = "too-much-presence";
    /// High duty levels that nobody explains.
    DutyLevel = "duty-level";
    /// News of the whole city.
    CityNews = "city-news";
    /// The rest of the way to how safe a place feels by itself.
    Settling = "settling";
    /// Money that comes in each turn.
    Income = "income";
    /// The price of the units on the map.
    UnitPrice = "unit-price";
    /// The price of what was ordered besides units.
    OrderPrice = "order-price";
    /// Hours beyond the ordinary week.
    Overtime = "overtime";
    /// Rest.
    Recovery = "recovery";
    /// Rest that was owed and not given.
    RestDebt = "rest-debt";
    /// What volunteers gave.
    Volunteering = "volunteering";
    /// Goodwill that comes back by itself.
    Thanks = "thanks";
    /// What was kept in hand.
    Reserve = "reserve";
    /// Whether next turn's income covers next turn's prices.
    Upkeep = "upkeep";
    /// How tired the teams are.
    Fatigue = "fatigue";
    /// What volunteers are still ready to give.
    Goodwill = "goodwill";
    /// Data still kept, and people watched: what Rights lose by it.
    Watching = "watching";
    /// Who bears the contacts, against who suffers the harm.
    Burden = "burden";
    /// Pressure that builds up by itself.
    Drift = "drift";
    /// Pressure that comes from another domain.
    Coupling = "coupling";
    /// Something that happens in a risk domain.
    Event = "event";
    /// An emergency, as it was handled.
    Emergency = "emergency";
    /// A question of the residents that nobody answered.
    Unanswered = "unanswered";
    /// A project that residents stood behind, or against.
    Endorsement = "endorsement";
    /// More or fewer of the offences come to be on record.
    Recording = "recording";
    /// What was drawn, less what was expected.
    Chance = "chance";
    /// The luck of the turn before, which has passed.
    ChancePassed = "chance-passed";
    /// The end of the scale.
    Bound = "bound";
}

canon_tag!(Rule);
