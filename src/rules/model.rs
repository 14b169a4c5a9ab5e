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
    /// Share of a precinct's micro-places that holds a quarter of street-visible crime.
    QuarterShare = "places.quarter-share" in 0.000_1 to 1.0;
    /// Share of a precinct's micro-places that holds four fifths of it.
    EightyShare = "places.eighty-share" in 0.000_1 to 1.0;
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
    /// Share of offences that instruments other than presence prevent and that appears next door
    /// (negative: the benefit spreads).
    SoftDisplacement = "displacement.soft" in -1.0 to 1.0;
    /// Months until problem-solving has its full effect; nothing in the first.
    ProblemRamp = "problem.ramp" in 1.0 to 120.0;
    /// Months in which the effect of problem-solving halves once nobody keeps it up.
    ProblemHalfLife = "problem.half-life" in 0.01 to 1000.0;
    /// Months that a team is tied to a problem once it has begun.
    ProblemTied = "problem.tied" in 0.0 to 24.0;
    /// Analysts who look for the problem with the team, as long as it is tied.
    ProblemPartner = "problem.partner" in 0.0 to 100.0;
    /// Points of perceived safety lost where a watch walks among people who trust nobody.
    WatchWariness = "watch.wariness" in 0.0 to 20.0;
    /// What a second squad on checks adds, as a share of what the first does.
    SecondSquad = "checks.second-squad" in 0.0 to 1.0;
    /// Contacts of precise checks, as a share of those of broad ones.
    PreciseShare = "checks.precise-share" in 0.0 to 1.0;
    /// The chance that the package behind precise checks is wrong.
    PackageWrong = "checks.package-wrong" in 0.0 to 1.0;
    /// How many times the contacts count when it is.
    PackageCost = "checks.wrong-contacts" in 1.0 to 10.0;
    /// Share of a contact at which residents are treated badly, with untrained teams.
    UnfairShare = "contact.unfair-share" in 0.0 to 1.0;
    /// The same with teams that have just been trained.
    TrainedUnfairShare = "training.unfair-share" in 0.0 to 1.0;
    /// Months in which half of what a training gave is lost.
    TrainingHalfLife = "training.half-life" in 0.01 to 1000.0;
    /// Share by which patrol of trained teams lowers offending beyond patrol itself.
    TrainingOffending = "training.offending" in 0.0 to 0.5;
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
    /// Log-odds of reporting lost right after misconduct has become known.
    ReportingScandal = "reporting.scandal" in 0.0 to 5.0;
    /// Months in which half of that is forgotten.
    ScandalHalfLife = "scandal.half-life" in 0.01 to 1000.0;
    /// Quality of community work by a team that is new in a place, 0 to 1.
    QualityNew = "outreach.quality-new" in 0.0 to 1.0;
    /// Quality gained in a month in the same place.
    QualityGrowth = "outreach.quality-growth" in 0.0 to 1.0;
    /// Share of near repeats that stay within the precinct.
    NearRepeatHome = "near-repeat.home" in 0.0 to 1.0;
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
    /// Share of the ordinary presence that is missing at level IV.
    DutyPresence4 = "duty.presence-4" in 0.0 to 1.0;
    /// Presence added at level II, as a share.
    DutyPresence2 = "duty.presence-2" in 0.0 to 3.0;
    /// Presence added at level I, as a share.
    DutyPresence1 = "duty.presence-1" in 0.0 to 3.0;
    /// Months after which the added presence halves, at level II.
    DutyHold2 = "duty.hold-2" in 0.25 to 120.0;
    /// Months after which it halves at level I.
    DutyHold1 = "duty.hold-1" in 0.25 to 120.0;
    /// Hours of overtime a week and team at level III.
    Overtime3 = "duty.overtime-3" in 0.0 to 40.0;
    /// Hours of overtime a week and team at level II.
    Overtime2 = "duty.overtime-2" in 0.0 to 40.0;
    /// Hours of overtime a week and team at level I.
    Overtime1 = "duty.overtime-1" in 0.0 to 40.0;
    /// Share of the district's community teams that level II calls away.
    DutyTaken2 = "duty.taken-2" in 0.0 to 1.0;
    /// Share that level I calls away.
    DutyTaken1 = "duty.taken-1" in 0.0 to 1.0;
    /// Points of perceived safety lost a month at level II, from its second month.
    DutyFeel2 = "duty.feel-2" in 0.0 to 20.0;
    /// Points lost a month at level I.
    DutyFeel1 = "duty.feel-1" in 0.0 to 20.0;
    /// Months of rest owed for a month at level II.
    RestDebt2 = "duty.rest-debt-2" in 0.0 to 1.0;
    /// Months of rest owed for a month at level I.
    RestDebt1 = "duty.rest-debt-1" in 0.0 to 1.0;
    /// Months within which rest must be given.
    RestDue = "duty.rest-due" in 0.25 to 120.0;
    /// Hours of fatigue that rest not given in time adds a month.
    RestUnpaid = "fatigue.rest-unpaid" in 0.0 to 40.0;
    /// Share of fatigue that is left after a month.
    FatigueKeep = "fatigue.keep" in 0.0 to 0.999;
    /// Growth of complaints per hour of fatigue, log scale.
    FatigueComplaints = "fatigue.complaints" in 0.0 to 0.5;
    /// Output lost per hour of fatigue beyond the limit, as a share.
    FatigueOutput = "fatigue.output" in 0.0 to 0.2;
    /// Hours of fatigue that a team bears without losing output.
    FatigueLimit = "fatigue.limit" in 0.0 to 40.0;
    /// Trust points a month when everybody is watched without safeguards and nobody minds less.
    SensingCost = "sensing.cost" in 0.0 to 100.0;
    /// Share of people who do not support cameras.
    CamerasOpposed = "sensing.cameras-opposed" in 0.0 to 1.0;
    /// Share of people who do not support monitoring online.
    OnlineOpposed = "sensing.online-opposed" in 0.0 to 1.0;
    /// How much more it costs where nobody trusts those who watch.
    SensingWary = "sensing.wary" in 0.0 to 1.0;
    /// Share of a precinct that cameras of level 1 cover.
    Coverage1 = "sensing.coverage-1" in 0.0 to 1.0;
    /// Share that level 2 covers.
    Coverage2 = "sensing.coverage-2" in 0.0 to 1.0;
    /// Share that level 3 covers.
    Coverage3 = "sensing.coverage-3" in 0.0 to 1.0;
    /// Share of the cost that notice takes away.
    GovernanceNotice = "governance.notice" in 0.0 to 0.85;
    /// Share that notice and audit take away.
    GovernanceAudit = "governance.audit" in 0.0 to 0.85;
    /// Share that the whole package takes away.
    GovernancePurpose = "governance.purpose" in 0.0 to 0.85;
    /// Effect of cameras that nobody watches, as a share of those that somebody does.
    CamerasPassive = "sensing.passive" in 0.0 to 1.0;
    /// Log-odds of clearing up an offence gained with full coverage.
    CamerasClearance = "sensing.clearance" in 0.0 to 5.0;
    /// Share of that which is left under a purpose limit.
    PurposeClearance = "governance.purpose-clearance" in 0.0 to 1.0;
    /// The chance of a leak a month at full coverage without safeguards.
    Leak = "sensing.leak" in 0.0 to 1.0;
    /// Points of trust that a leak costs where it happens; half of that where there is an audit.
    LeakShock = "sensing.leak-shock" in 0.0 to 100.0;
    /// Share of that shock, everywhere, when what the branches share leaks.
    LeakShared = "sensing.leak-shared" in 0.0 to 1.0;
    /// Share of the shock that is left where an audit finds the leak first.
    LeakAudited = "sensing.leak-audited" in 0.0 to 1.0;
    /// Share of kept data that is deleted a month after switching off.
    DataDeleted = "sensing.deleted" in 0.0 to 1.0;
    /// Precincts whose use one analyst can audit.
    AuditReach = "analysts.audit" in 1.0 to 1000.0;
    /// Precincts whose cameras one analyst can watch.
    WatchReach = "analysts.watch" in 1.0 to 1000.0;
    /// Months that new lighting takes.
    LightingMonths = "lighting.months" in 0.0 to 120.0;
    /// Points of perceived safety that new lighting adds.
    LightingFeel = "lighting.feel" in 0.0 to 20.0;
    /// Months that focused deterrence takes to set up.
    DeterrenceMonths = "deterrence.months" in 0.0 to 120.0;
    /// Share of residents that a campaign reaches.
    CampaignReach = "campaign.reach" in 0.0 to 1.0;
    /// Months in which a campaign's effect falls to 37 %, without a reminder.
    CampaignFade = "campaign.fade" in 0.01 to 120.0;
    /// The same with a reminder.
    CampaignFadeReminded = "campaign.fade-reminded" in 0.01 to 120.0;
    /// Log-odds of reporting that a fresh campaign adds to what it warns of.
    CampaignReporting = "campaign.reporting" in 0.0 to 5.0;
    /// Goodwill that a volunteer group uses in a month.
    GoodwillUse = "goodwill.use" in 0.0 to 100.0;
    /// Goodwill that comes back in a month, up to where it was at the start.
    GoodwillRecovery = "goodwill.recovery" in 0.0 to 100.0;
    /// Response cars per 100,000 residents that are always there.
    ResponseCars = "response.cars" in 0.01 to 1000.0;
    /// Speed of a car to a call, km/h.
    ResponseSpeed = "response.speed" in 1.0 to 200.0;
    /// Speed of a team on foot, km/h.
    WalkingSpeed = "response.walking" in 0.5 to 20.0;
    /// Minutes from a call to the order to go.
    CallHandling = "response.handling" in 0.0 to 60.0;
    /// Minutes that one call binds one unit.
    CallMinutes = "response.call-minutes" in 1.0 to 1000.0;
    /// Calls a month per 1,000 residents that are not about an offence.
    ServiceCalls = "response.service-calls" in 0.0 to 10000.0;
    /// Minutes of response at which the card's clearance shares hold.
    ResponseOrdinary = "response.ordinary" in 0.1 to 120.0;
    /// Log-odds of clearing up an offence lost when the response takes 2.7 times as long.
    ClearanceResponse = "clearance.response" in 0.0 to 10.0;
    /// Funds for the lighting of a precinct.
    PriceLighting = "price.lighting" in 0.0 to 10000.0;
    /// Funds to set focused deterrence up in a precinct.
    PriceDeterrence = "price.deterrence" in 0.0 to 10000.0;
    /// Funds for a campaign.
    PriceCampaign = "price.campaign" in 0.0 to 10000.0;
    /// Funds for its reminder.
    PriceReminder = "price.reminder" in 0.0 to 10000.0;
    /// Funds a month for each level of cameras in a precinct.
    PriceCameras = "price.cameras" in 0.0 to 10000.0;
    /// Funds a month for monitoring online.
    PriceOnline = "price.online-monitoring" in 0.0 to 10000.0;
    /// Funds a month for level II in a district.
    PriceDuty2 = "price.duty-2" in 0.0 to 10000.0;
    /// Funds a month for level I in a district.
    PriceDuty1 = "price.duty-1" in 0.0 to 10000.0;
    /// Log-odds a month that something happens in a risk domain without pressure.
    EventBase = "event.base" in -20.0 to 0.0;
    /// Log-odds added by each point of pressure.
    EventSlope = "event.slope" in 0.0 to 0.5;
    /// Points of perceived safety lost where it happens.
    EventFeel = "event.feel" in 0.0 to 20.0;
    /// Points a month by which one domain presses on another, for each ten points beyond a level.
    Coupling = "coupling.points" in 0.0 to 20.0;
    /// The level of pressure beyond which it does.
    CouplingFrom = "coupling.from" in 0.0 to 100.0;
    /// Growth of pressure by itself, institutions, points a month.
    DriftInstitutions = "drift.institutions" in -20.0 to 20.0;
    /// The same for threats of mass casualties.
    DriftMassHarm = "drift.mass-harm" in -20.0 to 20.0;
    /// The same for grievance.
    DriftGrievance = "drift.grievance" in -20.0 to 20.0;
    /// The same for public transport.
    DriftTransport = "drift.transport" in -20.0 to 20.0;
    /// The same for networks and data.
    DriftNetwork = "drift.network" in -20.0 to 20.0;
    /// The same for public information.
    DriftInformation = "drift.information" in -20.0 to 20.0;
    /// The same for the integrity of the force.
    DriftForce = "drift.force" in -20.0 to 20.0;
    /// Harm of an event in institutions, as a share of an ordinary month's harm.
    HarmInstitutions = "harm.institutions" in 0.0 to 1.0;
    /// The same for threats of mass casualties.
    HarmMassHarm = "harm.mass-harm" in 0.0 to 1.0;
    /// The same for grievance.
    HarmGrievance = "harm.grievance" in 0.0 to 1.0;
    /// The same for public transport.
    HarmTransport = "harm.transport" in 0.0 to 1.0;
    /// The same for networks and data.
    HarmNetwork = "harm.network" in 0.0 to 1.0;
    /// The same for public information.
    HarmInformation = "harm.information" in 0.0 to 1.0;
    /// The same for the integrity of the force.
    HarmForce = "harm.force" in 0.0 to 1.0;
    /// The same for order in the street.
    HarmStreet = "harm.street-order" in 0.0 to 1.0;
    /// Grievance taken away in a month in which all disputes of a precinct are mediated, points.
    MediationGrievance = "mediation.grievance" in 0.0 to 20.0;
    /// Pressure on the force a month when every district is at a high duty level, points.
    ForceDuty = "force.duty" in 0.0 to 20.0;
    /// Pressure on the force a month when every team's rest is overdue, points.
    ForceRest = "force.rest" in 0.0 to 20.0;
    /// Pressure of street order where harm is what it was at the start, points.
    StreetLevel = "street-order.level" in 0.0 to 100.0;
    /// Share of the way to its level that it goes in a month.
    StreetSpeed = "street-order.speed" in 0.0 to 1.0;
    /// Standard error of a published pressure, points.
    PressureError = "pressure.error" in 0.0 to 50.0;
    /// Log-odds that an alert comes before an event.
    AlertHits = "alert.hits" in -10.0 to 10.0;
    /// Log-odds that an alert comes before nothing.
    AlertFalse = "alert.false" in -10.0 to 10.0;
    /// Points of the threat of mass casualties gone at once when the weak stage is found.
    GoodsFound = "goods.found" in 0.0 to 50.0;
    /// Points a month gone where another stage is inspected.
    GoodsOther = "goods.other" in 0.0 to 50.0;
    /// Points a month that come through a gap nobody has found.
    GoodsGap = "goods.gap" in 0.0 to 50.0;
    /// The chance a month that another stage becomes the weak one.
    GoodsMoves = "goods.moves" in 0.0 to 1.0;
    /// The chance that looking into an alert confirms it before an event.
    VerifyRight = "verify.right" in 0.000_1 to 0.999_9;
    /// The chance that it confirms it before nothing.
    VerifyWrong = "verify.wrong" in 0.000_1 to 0.999_9;
    /// The worst work that contracted outreach does, as a share of that of own people.
    ContractWorst = "contract.worst" in 0.0 to 1.0;
    /// The best.
    ContractBest = "contract.best" in 0.0 to 1.5;
    /// Months of work after which that is seen.
    ContractSeen = "contract.seen" in 0.0 to 120.0;
    /// Share of patrol time away in the month in which aid is asked back.
    AidRepaid = "aid.repaid" in 0.0 to 1.0;
    /// What a unit of the city's own does among strangers, as a share of what one that knows them does.
    Strangers = "tiers.strangers" in 0.0 to 1.0;
    /// Price of a pilot, as a share of the instrument's.
    PilotPrice = "pilot.price" in 0.0 to 1.0;
    /// Months that a pilot takes.
    PilotMonths = "pilot.months" in 0.25 to 24.0;
    /// Standard error of what a pilot tells, as a share of the uncertainty that the card has.
    PilotError = "pilot.error" in 0.05 to 10.0;
    /// How many times as much hot-spot patrol prevents where an accurate note is pinned.
    PinAccurate = "pin.accurate" in 0.0 to 3.0;
    /// The same where a wrong one is.
    PinWrong = "pin.wrong" in 0.0 to 3.0;
    /// Share of patrol time that a helping precinct adds in each listed one.
    ListedHelp = "listed.help" in 0.0 to 1.0;
    /// Points of Equity lost for each time that the burden of the least trusting exceeds their harm.
    EquityBurden = "equity.burden" in 0.0 to 1000.0;
    /// Share of the precincts that Equity watches over.
    EquityShare = "equity.share" in 0.01 to 1.0;
    /// Least reserve that counts in full, as a share of three months' income.
    ReserveLeast = "stewardship.reserve-least" in 0.001 to 1.0;
    /// Most reserve that counts in full.
    ReserveMost = "stewardship.reserve-most" in 0.001 to 1.0;
    /// Reserve that counts for nothing, because it should have been spent.
    ReserveIdle = "stewardship.reserve-idle" in 0.002 to 2.0;
    /// Hours of overtime a week that a team bears.
    Rested = "stewardship.rested" in 0.0 to 80.0;
    /// Hours at which it is worn out.
    WornOut = "stewardship.worn-out" in 0.1 to 168.0;
    /// Index points of Safety for one expected harm of the city.
    SafetyScale = "safety.scale" in 1.0 to 1000.0;
    /// Share of an emergency's harm that each step of delay adds.
    EmergencyStep = "emergency.step" in 0.0 to 1.0;
    /// Share of it that each tier of command above the station avoids.
    EmergencyCommand = "emergency.command" in 0.0 to 1.0;
    /// Share of it that the right unit avoids.
    EmergencyRight = "emergency.right" in 0.0 to 1.0;
    /// Chance that the nearest unit is of the wrong kind.
    EmergencyWrongKind = "emergency.wrong-kind" in 0.0 to 1.0;
    /// Share of the harm that it then adds.
    EmergencyWrong = "emergency.wrong" in 0.0 to 1.0;
    /// Chance that the first channel is lost.
    EmergencyChannel = "emergency.channel-lost" in 0.0 to 1.0;
    /// Points of pressure on public information that saying at once what is so takes away.
    EmergencySayNow = "emergency.say-now" in 0.0 to 100.0;
    /// Chance that what is said at once is not so.
    EmergencySayFalse = "emergency.say-false" in 0.0 to 1.0;
    /// Points that it then adds.
    EmergencyFalsePressure = "emergency.false-pressure" in 0.0 to 100.0;
    /// Points of trust that it then costs.
    EmergencyFalseTrust = "emergency.false-trust" in 0.0 to 100.0;
    /// Points that waiting for the facts adds.
    EmergencySayVerified = "emergency.say-verified" in 0.0 to 100.0;
    /// Points that saying nothing adds.
    EmergencySayNothing = "emergency.say-nothing" in 0.0 to 100.0;
    /// Points of Rights that a question without an answer costs.
    Unanswered = "residents.unanswered" in 0.0 to 100.0;
    /// Points of goodwill that residents bring or take with them.
    Endorsement = "residents.endorsement" in 0.0 to 100.0;
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

    /// Gives a coefficient another value, held within its domain.
    pub fn set(&mut self, coefficient: Coefficient, value: f64) {
        let (low, high) = coefficient.domain();
        self.values[coefficient as usize] = curve::clamp(value, low, high);
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
