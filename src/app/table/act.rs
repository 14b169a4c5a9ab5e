//! What a player can ask for, and the small things that lie on the table.

use super::debrief::Reading;
use super::desk::Page;
use super::history::Step;
use super::layers::MapLayer;
use super::sheet::{Sensed, Sheet};
use super::slips::Pick;
use crate::app::input::{Binding, Chord};
use crate::app::map::Look as Sighting;
use crate::app::shell::settings::Look;
use crate::rules::emergency::Beat;
use crate::rules::id::{FamilyIx, InjectIx, KindIx, PrecinctIx, SeatIx, UnitIx};
use crate::rules::ledger::Cause;
use crate::rules::world::Controls;
use crate::rules::{Action, Reason, Rule, Table as Command, Tactic};
use crate::text::Lang;
use bevy::prelude::*;
#[cfg(not(target_family = "wasm"))]
use std::path::PathBuf;

/// The screens of a game.
#[derive(States, Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Where a game is started or continued.
    #[default]
    Title,
    /// Which exercise.
    Scenarios,
    /// Who gives orders, and whose luck.
    Setup,
    /// What the table should know before the first turn.
    Briefing,
    /// What the turn begins with: forecasts, arrivals, cards.
    Warning,
    /// Orders.
    Command,
    /// The turn plays, place by place.
    Response,
    /// What happened and why.
    Feedback,
    /// What was so, once it is over.
    Debrief,
}

impl Screen {
    /// Every screen.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Scenarios,
        Self::Setup,
        Self::Briefing,
        Self::Warning,
        Self::Command,
        Self::Response,
        Self::Feedback,
        Self::Debrief,
    ];

    /// Its name in pictures, in the program's log and in tests.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Scenarios => "scenarios",
            Self::Setup => "setup",
            Self::Briefing => "briefing",
            Self::Warning => "warning",
            Self::Command => "command",
            Self::Response => "response",
            Self::Feedback => "feedback",
            Self::Debrief => "debrief",
        }
    }

    /// Whether the screen is one of a turn, so that its pictures name the turn.
    #[must_use]
    pub fn of_a_turn(self) -> bool {
        matches!(
            self,
            Self::Warning | Self::Command | Self::Response | Self::Feedback
        )
    }
}

/// What lies over a screen until it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// What can be done besides playing.
    Menu,
    /// Look, language, text size, motion, touch.
    Settings,
    /// The keys.
    Keys,
    /// How the model works.
    Model,
    /// What the words mean.
    Glossary,
    /// The orders of the game, turn by turn.
    History,
    /// Whether the facilitator agrees to a step back.
    Consent,
    /// The report of an earlier crash.
    Report,
    /// Games and exercises that can be opened.
    #[cfg(not(target_family = "wasm"))]
    Open,
    /// What counts, and where the Funds are.
    Goals,
    /// What the desks' slips say, row by row.
    Slips,
    /// A game that can only be read.
    Archive,
    /// What came of giving its orders again.
    Again,
    /// What the scenario says to whoever runs a workshop with it.
    Workshop,
}

impl Overlay {
    /// Its name in the program's log.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Menu => "menu",
            Self::Settings => "settings",
            Self::Keys => "keys",
            Self::Model => "model",
            Self::Glossary => "glossary",
            Self::History => "history",
            Self::Consent => "consent",
            Self::Report => "report",
            #[cfg(not(target_family = "wasm"))]
            Self::Open => "open",
            Self::Goals => "goals",
            Self::Slips => "slips",
            Self::Archive => "archive",
            Self::Again => "again",
            Self::Workshop => "workshop",
        }
    }
}

/// Where the pages about the model lie open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// The chapter.
    pub chapter: usize,
    /// The section.
    pub section: usize,
    /// The instrument that is told in full.
    pub instrument: Option<usize>,
    /// The rule that was asked about.
    pub rule: Option<Rule>,
}

/// Which words are explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gloss {
    /// The group of words.
    pub group: usize,
    /// Whether words are told that the exercise does not have.
    pub all: bool,
}

/// What a desk expects of a count on record, against the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// Fewer.
    Fewer,
    /// About as many.
    Same,
    /// More.
    More,
}

impl Bucket {
    /// From few to many.
    pub const ALL: [Self; 3] = [Self::Fewer, Self::Same, Self::More];

    /// Its name in identifiers and in texts.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Fewer => "fewer",
            Self::Same => "same",
            Self::More => "more",
        }
    }
}

/// A change of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// The look.
    Look(Look),
    /// The language.
    Lang(Lang),
    /// The size of text, per cent.
    Text(u16),
    /// Whether things move.
    Motion(bool),
    /// Whether controls are large enough for fingers.
    Touch(bool),
    /// Whether a newcomer is led through the first turn.
    Hints(bool),
}

/// What a player can ask for.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// Goes on with the last game.
    Continue,
    /// Gives the orders of the game that lies open to be read in a new one.
    OrderAgain,
    /// Opens the game or the exercise at this path.
    #[cfg(not(target_family = "wasm"))]
    OpenFile(PathBuf),
    /// Opens what was copied in another program: a path, or the text of a log.
    #[cfg(not(target_family = "wasm"))]
    Paste,
    /// To the exercises.
    Browse,
    /// Straight to the exercise one learns with.
    Learn,
    /// Chooses the exercise at this position.
    Pick(usize),
    /// From an exercise to its set-up.
    SetUp,
    /// Who commands which desks.
    Command(Command),
    /// The way to start at this position; none is the usual one.
    Deploy(Option<usize>),
    /// Another seed.
    Shuffle,
    /// The next seed, or the one before.
    SeedStep(bool),
    /// A digit of the seed.
    SeedDigit(u8),
    /// Takes the last digit of the seed off.
    SeedRubOut,
    /// Lays out the digits for those who do not type, or puts them away.
    SeedDigits,
    /// Starts a new game.
    Start,
    /// Ends the program.
    Quit,
    /// Changes a setting.
    Set(Setting),
    /// The other language.
    Language,
    /// The next look.
    NextLook,
    /// One screen back.
    Back,
    /// Back to the title; the game is kept.
    Home,
    /// Lays something over the screen.
    Show(Overlay),
    /// Takes it away.
    Close,
    /// Does not show the crash report again.
    Dismiss,
    /// Waits for a key for this shortcut; none, waits no more.
    Rebind(Option<&'static str>),
    /// Gives the shortcut that waits this key; none, the key is not one that it can have.
    Bind(Option<Chord>),
    /// Switches a shortcut off.
    SwitchOff(&'static str),
    /// Gives a shortcut its usual key back.
    UsualKey(&'static str),
    /// Gives every shortcut its usual key back.
    UsualKeys,
    /// From the briefing to the first turn.
    Begin,
    /// From the warning to the orders.
    ToOrders,
    /// Takes the next free unit of a kind in hand; again, the one after.
    Take(KindIx),
    /// Takes all free units of a kind in hand.
    TakeAll,
    /// Takes one more of the kind in hand.
    TakeMore,
    /// Puts one of several in hand back.
    TakeFewer,
    /// Whether each of several in hand is placed by a press of its own, or all by one.
    Deal(bool),
    /// Takes a unit from the map in hand; again, the next one that stands with it.
    Lift(UnitIx),
    /// The other thing that the unit in hand can do.
    Turn(Tactic),
    /// A precinct: places what is in hand, else chooses it.
    Precinct(PrecinctIx),
    /// A precinct: places what is in hand and takes the next of its kind.
    PlaceAndKeep(PrecinctIx),
    /// Takes a unit off the map.
    TakeBack(UnitIx),
    /// Takes the last unit of the chosen precinct off the map.
    TakeBackHere,
    /// Puts what is in hand back where it was, closes what is open.
    PutBack,
    /// Drops what is in hand beside everything: it goes back where it was.
    LetGo,
    /// Drops what is in hand into the tray: a unit from the map is taken off it.
    Stow,
    /// What the table expects on record in the chosen precinct.
    Foretell(Bucket),
    /// Opens or closes the list of the map's layers.
    MapLayers,
    /// Lays a layer over the map; none is the plan.
    MapLayer(Option<MapLayer>),
    /// Looks at the map from nearer or further off, or beside.
    MapSight(Sighting),
    /// Opens or closes the panel where there is no room for it beside the map.
    Panel,
    /// Takes the last order back.
    Undo,
    /// Gives it again.
    Redo,
    /// Opens a card.
    Open(InjectIx),
    /// Answers a card or call with the option at this position.
    Answer(InjectIx, u16),
    /// Lets a call pass; what stands in silence stands.
    LetPass(InjectIx),
    /// Ends the turn.
    EndTurn,
    /// Decides one of the three things of an emergency.
    Decide(Beat),
    /// Goes on from an emergency; what was not decided goes by the book.
    GoIn,
    /// Shows the rest of what the turn brought at once.
    Skip,
    /// From what the turn brought to what it means.
    ToFeedback,
    /// From what happened to the next turn, or to the debrief.
    Onward,
    /// Explains another family of offences.
    Explain(FamilyIx),
    /// What a rule says; again, no more.
    Ask(Cause),
    /// Takes another desk in hand.
    Desk(SeatIx),
    /// The next person is there: what was covered may be seen.
    Uncover,
    /// Opens a page of the desk in hand.
    Page(Page),
    /// Puts the pages of the desk in hand away, so that teams are moved on the map.
    ToMap,
    /// Lays out what is to be set; none, puts it away.
    Sheet(Option<Sheet>),
    /// Which of the things that can be set so, by position.
    Thing(usize),
    /// Sensing as it is being set.
    Sensed(Sensed),
    /// The word that goes with what is said next; again, none.
    Reason(Reason),
    /// The room's forecast as it is being said.
    Range(u16, u16),
    /// Shows what happened on the map, or in figures.
    OnMap(bool),
    /// Tells all alerts of the turn, or the likeliest.
    AllAlerts,
    /// Lays out the room's forecast where all desks lie on one page, or puts it away.
    Foresee,
    /// Lays out the rows of the desks' slips, or puts them away.
    Slips,
    /// The row that is put in next, by position.
    SlipRow(usize),
    /// What a slip says about the slot of a row.
    FillSlip(usize, Pick),
    /// Gives an order or says something.
    Give(Box<Action>),
    /// The desk in hand has finished its orders, or has not.
    Ready,
    /// How freely desks order in a new game.
    Controls(Controls),
    /// Whether a laptop is handed on covered.
    Privacy(bool),
    /// Whether most desks of a new game are left to their standing orders.
    Solo(bool),
    /// Explains the count of one precinct, or of the whole city.
    ExplainAt(Option<PrecinctIx>),
    /// Opens a page of the debrief, or reads it otherwise.
    Read(Reading),
    /// Opens the pages about the model at a place.
    Leaf(Leaf),
    /// Explains other words.
    Gloss(Gloss),
    /// Looks at the moment after an act.
    Review(u32),
    /// Back from what was to what is.
    Present,
    /// Goes to another moment of the game.
    GoTo(Step),
    /// The facilitator agrees to the step that was asked about.
    Agree,
}

/// What is in the hand: a unit, or several of a kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hand {
    /// The unit that is placed next.
    pub unit: UnitIx,
    /// What it is to do.
    pub tactic: Tactic,
    /// How many more of its kind are in the hand.
    pub more: usize,
    /// Whether each is placed by a press of its own.
    pub deal: bool,
}

/// A refusal, shown beside the place.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// Where; `None` is no place of the map.
    pub place: Option<PrecinctIx>,
    /// The kind of unit that was refused, for its ghost.
    pub kind: Option<KindIx>,
    /// What it is about.
    pub title: String,
    /// What holds, and what is possible.
    pub body: String,
    /// What can be asked of the desk whose it is.
    pub ask: Option<Action>,
}

/// A shortcut that waits for its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebinding {
    /// The shortcut.
    pub id: &'static str,
    /// Why the last key was not taken.
    pub note: Option<String>,
}

/// A call that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call {
    /// The call.
    pub inject: InjectIx,
    /// Seconds it was given.
    pub seconds: u16,
    /// Seconds left.
    pub left: f32,
}

/// What an act asks of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Nothing more than to be drawn.
    Draw,
    /// To go to a screen.
    Go(Screen),
    /// Another exercise lies on the table: its map must be laid.
    Lay(Screen),
    /// To show the orders as they stood at an earlier moment.
    Look,
    /// To open what was copied.
    #[cfg(not(target_family = "wasm"))]
    Paste,
    /// To change the settings.
    Set(Setting),
    /// To change the look to the next one.
    NextLook,
    /// To go one screen back.
    Back,
    /// To give a shortcut another key; none is the usual one.
    Key(&'static str, Option<Binding>),
    /// To give every shortcut its usual key.
    UsualKeys,
    /// To forget the crash report.
    Dismiss,
    /// To end.
    Quit,
}
