//! Everything a person can do in a game, and every reason why it cannot be done now.

use super::id::Id;
use super::table::{Reply, Wish};
use super::units::{Cents, Micro};
use super::world::{Domain, Duty, Governance, OrderKind, Tactic, Tier, Work};
use serde::{Deserialize, Serialize};

/// One act of a desk. Names are the scenario's, so that a log and a plan can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum Action {
    /// The choices made before the first turn; the first act of every game.
    SetUp {
        /// Who commands which desks.
        table: Table,
        /// Sides of contested questions that this game takes, by name; a set of mandates is one.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        presets: Vec<Id>,
    },
    /// Puts a unit in a precinct with a tactic; moves it if it stands elsewhere.
    Assign {
        /// The unit.
        unit: Id,
        /// The precinct.
        to: Id,
        /// What it does there.
        tactic: Tactic,
    },
    /// Takes a unit off the map.
    Withdraw {
        /// The unit.
        unit: Id,
    },
    /// Sends a unit to be trained in fair treatment: it is off the street this turn.
    Train {
        /// The unit.
        unit: Id,
    },
    /// Sets the duty level of a district, or of the whole city.
    Duty {
        /// The district; none for the whole city.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        district: Option<Id>,
        /// The level.
        level: Duty,
    },
    /// Switches cameras in a precinct, or monitoring online, to a level with its safeguards.
    Sense {
        /// The precinct; none for monitoring online, which has levels 0 and 1.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        precinct: Option<Id>,
        /// 0 (off) to 3.
        level: u8,
        /// The safeguards.
        governance: Governance,
        /// Whether somebody watches live.
        live: bool,
    },
    /// Begins a work in a precinct.
    Build {
        /// What.
        work: Work,
        /// Where.
        precinct: Id,
    },
    /// Warns people of fraud.
    Campaign {
        /// Whether they are reminded later.
        reminder: bool,
    },
    /// Sets an instrument of the institution: builds it up or down a step, or runs it otherwise.
    Set {
        /// The instrument.
        what: Id,
        /// What it is set for; none for the whole city.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<Id>,
        /// The setting.
        to: Id,
    },
    /// Tries an instrument's next setting in one precinct for a while.
    Pilot {
        /// The instrument.
        instrument: Id,
        /// Where.
        precinct: Id,
    },
    /// Answers an inject; a later answer in the same turn replaces it.
    Answer {
        /// The inject.
        inject: Id,
        /// The option.
        option: Id,
    },
    /// Pins a note to the map for the turn, where every desk reads it.
    Pin {
        /// The note.
        note: Id,
    },
    /// A desk asks the room to be released from its mandate.
    AskRelease {
        /// The desk.
        seat: Id,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Releases a desk from its mandate, once in a game, when it has asked.
    Release {
        /// The desk.
        desk: Id,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// A desk asks something of another.
    Ask {
        /// The desk that asks.
        seat: Id,
        /// The desk that is asked.
        of: Id,
        /// What.
        what: Wish,
    },
    /// Answers an ask. A yes is a promise.
    Reply {
        /// The ask.
        ask: Id,
        /// The answer.
        reply: Reply,
        /// The turn by whose end it will be done; this one if none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<u16>,
        /// Why. It is told, and changes nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// What the room expects of a published figure this turn; a later one in the turn replaces it.
    RoomForecast {
        /// The desk that says it.
        seat: Id,
        /// The least.
        low: u16,
        /// The most.
        high: u16,
    },
    /// Closes the orders of the turn and plays it.
    EndTurn,
}

/// What a desk goes by, in a word. It is kept in the log and changes nothing in the game.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// What is known.
    Evidence,
    /// It cannot wait.
    Urgency,
    /// It is fair.
    Fairness,
    /// The desk is asked for it.
    Mandate,
    /// What it costs.
    Cost,
    /// It was promised.
    Promise,
    /// A feeling.
    Hunch,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 7] = [
        Self::Evidence,
        Self::Urgency,
        Self::Fairness,
        Self::Mandate,
        Self::Cost,
        Self::Promise,
        Self::Hunch,
    ];

    /// Its name in texts (`reason.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Evidence => "evidence",
            Self::Urgency => "urgency",
            Self::Fairness => "fairness",
            Self::Mandate => "mandate",
            Self::Cost => "cost",
            Self::Promise => "promise",
            Self::Hunch => "hunch",
        }
    }
}

/// Who commands which desks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Table {
    /// One hand holds every desk: an order from any seat stands.
    #[default]
    Shared,
    /// Each desk commands its own units and answers its own cards.
    Desks,
}

/// Why an act is refused, with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such desk; the nearest name.
    UnknownSeat(Id, Option<Id>),
    /// No such unit; the nearest name.
    UnknownUnit(Id, Option<Id>),
    /// No such precinct; the nearest name.
    UnknownPrecinct(Id, Option<Id>),
    /// No such district; the nearest name.
    UnknownDistrict(Id, Option<Id>),
    /// No such side of a contested question in this scenario; the nearest name.
    UnknownPreset(Id, Option<Id>),
    /// Two sides of the same question.
    SameQuestion(Id, Id),
    /// No such inject; the nearest name.
    UnknownInject(Id, Option<Id>),
    /// The inject has no such option; the nearest name.
    UnknownOption {
        /// The inject.
        inject: Id,
        /// What was asked for.
        option: Id,
        /// What may have been meant.
        nearest: Option<Id>,
    },
    /// The game must be set up first.
    NotSetUp,
    /// The game has been set up already.
    AlreadySetUp,
    /// The last turn has been played.
    GameOver {
        /// How many turns the game had.
        turns: u16,
    },
    /// The order belongs to another desk, which can be asked.
    OtherDesk {
        /// The desk that owns the order.
        owner: Id,
    },
    /// The unit arrives later.
    NotHereYet {
        /// The unit.
        unit: Id,
        /// The turn in which it arrives.
        from: u16,
    },
    /// The unit's kind does not do this.
    CannotDo {
        /// The kind of unit.
        kind: Id,
        /// What was asked.
        tactic: Tactic,
        /// What it can do.
        can: Vec<Tactic>,
    },
    /// The unit does this there already.
    AlreadyThere {
        /// The unit.
        unit: Id,
        /// Where.
        at: Id,
    },
    /// The unit is not on the map.
    NotPlaced {
        /// The unit.
        unit: Id,
    },
    /// The money does not reach.
    Funds {
        /// What is asked for.
        kind: Option<Id>,
        /// What it costs.
        needs: Cents,
        /// What is free.
        free: Cents,
        /// A kind of unit that is free and that the money reaches for, and its price.
        instead: Option<(Id, Cents)>,
    },
    /// This kind of order is not part of the scenario.
    NotInScenario {
        /// The kind.
        order: OrderKind,
    },
    /// It is so already.
    NoChange {
        /// The kind of order.
        order: OrderKind,
    },
    /// There is no such level.
    NoSuchLevel {
        /// What was asked for.
        level: u8,
        /// The highest there is.
        highest: u8,
    },
    /// The work has been begun already.
    AlreadyBegun {
        /// What.
        work: Work,
        /// Where.
        precinct: Id,
    },
    /// The unit is tied to the problem it works on.
    Tied {
        /// The unit.
        unit: Id,
        /// Where.
        at: Id,
        /// The turn from which it may leave.
        until: u16,
    },
    /// The unit is being trained.
    InTraining {
        /// The unit.
        unit: Id,
    },
    /// So many units are being trained already.
    TrainingFull {
        /// How many can be at a time.
        most: u16,
    },
    /// Too few analysts are free.
    Analysts {
        /// How many it needs.
        needs: u16,
        /// How many are free.
        free: u16,
    },
    /// The volunteers' goodwill does not reach.
    Goodwill {
        /// How much it needs, points.
        needs: Micro,
        /// How much is free, points.
        free: Micro,
    },
    /// Nobody is there to tell people: notice needs a community team in the precinct.
    NobodyToTell {
        /// Where.
        precinct: Id,
    },
    /// No such instrument in this scenario; the nearest name.
    UnknownInstrument(Id, Option<Id>),
    /// The instrument is not set for this.
    UnknownSubject {
        /// The instrument.
        instrument: Id,
        /// What was named, if anything was.
        subject: Option<Id>,
        /// What may have been meant.
        nearest: Option<Id>,
    },
    /// The instrument has no such setting.
    UnknownSetting {
        /// The instrument.
        instrument: Id,
        /// What was asked for.
        setting: Id,
        /// What may have been meant.
        nearest: Option<Id>,
    },
    /// It is set so, or will be.
    AlreadySet {
        /// The instrument.
        instrument: Id,
        /// The setting.
        setting: Id,
    },
    /// It opens later.
    NotOpenYet {
        /// The instrument.
        instrument: Id,
        /// The turn in which it opens.
        from: u16,
    },
    /// It can no longer be set.
    TooLate {
        /// The instrument.
        instrument: Id,
        /// The last turn in which it could.
        until: u16,
    },
    /// It is built up a step at a time.
    OneStep {
        /// The instrument.
        instrument: Id,
        /// The next step.
        next: Id,
    },
    /// Something else must stand first.
    NeedsFirst {
        /// What.
        needs: Id,
        /// At which setting.
        setting: Id,
    },
    /// The desk builds something up already.
    Building {
        /// What it builds.
        instrument: Id,
    },
    /// It stands for as many things as it can.
    TooMany {
        /// The instrument.
        instrument: Id,
        /// How many.
        most: u16,
    },
    /// It was set not long ago and stays so for a while.
    TooSoon {
        /// The instrument.
        instrument: Id,
        /// The turn in which it can be changed.
        until: u16,
    },
    /// There is nothing of it that could be tried in one precinct.
    NothingToTry {
        /// The instrument.
        instrument: Id,
    },
    /// The yardstick decides it.
    ByYardstick {
        /// What is decided.
        instrument: Id,
    },
    /// The unit's tier of command does not reach as far.
    OutOfReach {
        /// The unit.
        unit: Id,
        /// Its tier.
        tier: Tier,
        /// The precinct that it belongs to.
        home: Id,
    },
    /// There is no alert in this risk domain to look into.
    NoAlert {
        /// The domain.
        domain: Domain,
    },
    /// The desk has no such note; the nearest name among those it has.
    UnknownNote(Id, Option<Id>),
    /// The note is on the map already.
    PinnedAlready {
        /// The note.
        note: Id,
    },
    /// The desk has pinned a note this turn.
    OnePin {
        /// The desk.
        seat: Id,
    },
    /// The map holds no more notes.
    MapFull {
        /// How many it holds.
        most: u16,
    },
    /// The desk has no mandate.
    NoMandate {
        /// The desk.
        seat: Id,
    },
    /// The desk has asked for its release already.
    ReleaseAsked {
        /// The desk.
        seat: Id,
    },
    /// The desk has not asked for its release.
    ReleaseNotAsked {
        /// The desk.
        seat: Id,
    },
    /// The desk has been released already.
    Released {
        /// The desk.
        seat: Id,
    },
    /// A desk asks nothing of itself.
    OwnAsk {
        /// The desk.
        seat: Id,
    },
    /// So many asks of the desk wait for an answer already.
    TooManyAsks {
        /// The desk.
        seat: Id,
        /// How many may.
        most: u16,
    },
    /// No such ask; the nearest name among those that wait.
    UnknownAsk(Id, Option<Id>),
    /// The ask has been answered.
    AskAnswered {
        /// The ask.
        ask: Id,
    },
    /// A promise for a turn that is over, or that the game does not have.
    PromiseOutside {
        /// The turn.
        by: u16,
        /// The first that can be promised.
        from: u16,
        /// The last.
        turns: u16,
    },
    /// From more to less.
    EmptyRange {
        /// The least.
        low: u16,
        /// The most.
        high: u16,
    },
    /// The inject is not on the table.
    NotOpen {
        /// The inject.
        inject: Id,
    },
}

impl Refusal {
    /// Its name in texts (`refusal.<id>`).
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::UnknownSeat(..) => "unknown-seat",
            Self::UnknownUnit(..) => "unknown-unit",
            Self::UnknownPrecinct(..) => "unknown-precinct",
            Self::UnknownDistrict(..) => "unknown-district",
            Self::UnknownPreset(..) => "unknown-preset",
            Self::SameQuestion(..) => "same-question",
            Self::UnknownInject(..) => "unknown-inject",
            Self::UnknownOption { .. } => "unknown-option",
            Self::NotSetUp => "not-set-up",
            Self::AlreadySetUp => "already-set-up",
            Self::GameOver { .. } => "game-over",
            Self::OtherDesk { .. } => "other-desk",
            Self::NotHereYet { .. } => "not-here-yet",
            Self::CannotDo { .. } => "cannot-do",
            Self::AlreadyThere { .. } => "already-there",
            Self::NotPlaced { .. } => "not-placed",
            Self::Funds { .. } => "funds",
            Self::NotInScenario { .. } => "not-in-scenario",
            Self::NoChange { .. } => "no-change",
            Self::NoSuchLevel { .. } => "no-such-level",
            Self::AlreadyBegun { .. } => "already-begun",
            Self::Tied { .. } => "tied",
            Self::InTraining { .. } => "in-training",
            Self::TrainingFull { .. } => "training-full",
            Self::Analysts { .. } => "analysts",
            Self::Goodwill { .. } => "goodwill",
            Self::NobodyToTell { .. } => "nobody-to-tell",
            Self::UnknownInstrument(..) => "unknown-instrument",
            Self::UnknownSubject { .. } => "unknown-subject",
            Self::UnknownSetting { .. } => "unknown-setting",
            Self::AlreadySet { .. } => "already-set",
            Self::NotOpenYet { .. } => "not-open-yet",
            Self::TooLate { .. } => "too-late",
            Self::OneStep { .. } => "one-step",
            Self::NeedsFirst { .. } => "needs-first",
            Self::Building { .. } => "building",
            Self::TooMany { .. } => "too-many",
            Self::TooSoon { .. } => "too-soon",
            Self::NothingToTry { .. } => "nothing-to-try",
            Self::ByYardstick { .. } => "by-yardstick",
            Self::OutOfReach { .. } => "out-of-reach",
            Self::NoAlert { .. } => "no-alert",
            Self::UnknownNote(..) => "unknown-note",
            Self::PinnedAlready { .. } => "pinned-already",
            Self::OnePin { .. } => "one-pin",
            Self::MapFull { .. } => "map-full",
            Self::NoMandate { .. } => "no-mandate",
            Self::ReleaseAsked { .. } => "release-asked",
            Self::ReleaseNotAsked { .. } => "release-not-asked",
            Self::Released { .. } => "released",
            Self::OwnAsk { .. } => "own-ask",
            Self::TooManyAsks { .. } => "too-many-asks",
            Self::UnknownAsk(..) => "unknown-ask",
            Self::AskAnswered { .. } => "ask-answered",
            Self::PromiseOutside { .. } => "promise-outside",
            Self::EmptyRange { .. } => "empty-range",
            Self::NotOpen { .. } => "not-open",
        }
    }
}
