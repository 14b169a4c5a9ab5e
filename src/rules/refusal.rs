//! Every reason why something cannot be done now.

use super::id::Id;
use super::units::{Cents, Micro};
use super::world::{Domain, OrderKind, Posture, Tactic, Tempo, Tier, Work};

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
        /// What would make it reach.
        remedy: Remedy,
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
    /// The tempo of the turn leaves everything to standing orders.
    QuietTurn,
    /// The desk's decisions of the turn are taken.
    NoSlot {
        /// The desk.
        seat: Id,
        /// The tempo of the turn.
        tempo: Tempo,
        /// How many decisions it has.
        most: u16,
    },
    /// The desk has no such posture.
    NoPosture {
        /// The desk.
        seat: Id,
        /// Those that it has.
        can: Vec<Posture>,
    },
    /// The desk does not go by this posture now.
    NotStanding {
        /// The desk.
        seat: Id,
        /// What was said to stand.
        posture: Posture,
    },
    /// A standing order cannot give this.
    NotByStanding,
    /// It is set so already.
    SetSo,
    /// Only a turn to come can get another tempo.
    TurnOutside {
        /// The turn.
        turn: u16,
        /// The first that can.
        from: u16,
        /// The last.
        turns: u16,
    },
    /// How freely desks order is settled before the first turn is played.
    SettledAtStart,
    /// Nobody sits there for those who are governed.
    NoResidents,
    /// The residents' seat does not know what happened there.
    NotWitnessed {
        /// The place.
        precinct: Id,
        /// The places that it knows of.
        known: Vec<Id>,
    },
    /// It is done once a quarter.
    OnceAQuarter {
        /// The turn in which it can be done again.
        from: u16,
    },
    /// Nobody has ordered it this turn.
    NothingToEndorse {
        /// The instrument.
        what: Id,
    },
    /// There is no emergency.
    NoEmergency,
    /// The orders of the turn are closed.
    OrdersClosed,
    /// The room has no orders beyond its slots left.
    NoCapacity {
        /// How many it has in a turn.
        most: u16,
    },
}

/// What can be done where the money does not reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A kind of unit that stands ready and that the money reaches for, and its price.
    Instead(Id, Cents),
    /// This unit, off the map, frees enough; and how much.
    Withdraw(Id, Cents),
    /// All units together, off the map, free so much, which is enough.
    WithdrawAll(Cents),
    /// So much is free next turn as things stand, which is enough.
    NextTurn(Cents),
    /// So much is free next turn with the units off the map, which is enough.
    NextTurnWithdrawn(Cents),
    /// Nothing makes it reach: so much is the most that can be free.
    Beyond(Cents),
}

impl Remedy {
    /// Its name in texts (`refusal.funds.<id>`).
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::Instead(..) => "instead",
            Self::Withdraw(..) => "withdraw",
            Self::WithdrawAll(_) => "withdraw-all",
            Self::NextTurn(_) => "next-turn",
            Self::NextTurnWithdrawn(_) => "next-turn-withdrawn",
            Self::Beyond(_) => "beyond",
        }
    }
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
            Self::QuietTurn => "quiet-turn",
            Self::NoSlot { .. } => "no-slot",
            Self::NoPosture { .. } => "no-posture",
            Self::NotStanding { .. } => "not-standing",
            Self::NotByStanding => "not-by-standing",
            Self::SetSo => "set-so",
            Self::TurnOutside { .. } => "turn-outside",
            Self::SettledAtStart => "settled-at-start",
            Self::NoResidents => "no-residents",
            Self::NotWitnessed { .. } => "not-witnessed",
            Self::OnceAQuarter { .. } => "once-a-quarter",
            Self::NothingToEndorse { .. } => "nothing-to-endorse",
            Self::NoEmergency => "no-emergency",
            Self::OrdersClosed => "orders-closed",
            Self::NoCapacity { .. } => "no-capacity",
        }
    }
}
