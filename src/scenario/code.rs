//! The codes of diagnostics. A code is stable: it is never given another meaning.

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can be played, and something is probably not meant.
    Warning,
    /// It can be played, and could be better.
    Hint,
}

impl Severity {
    /// Its name in texts and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Hint => "hint",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal $severity:ident;)*) => {
        /// What can be said about a scenario. The sentences are in the text tables
        /// (`<code>.message`, `<code>.help`).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as authors see it, such as `CW1301`.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => concat!("CW", $number)),* }
            }

            /// How much it matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity),* }
            }
        }
    };
}

codes! {
    /// A file is larger than the cap.
    FileTooLarge = 1001 Error;
    /// All files together are larger than the cap.
    ScenarioTooLarge = 1002 Error;
    /// More files than the cap.
    TooManyFiles = 1003 Error;
    /// A file is not UTF-8 text.
    NotUtf8 = 1004 Error;
    /// A control or direction character.
    ForbiddenCharacter = 1005 Error;
    /// A file or folder cannot be read.
    Unreadable = 1006 Error;
    /// No scenario file.
    NothingHere = 1007 Error;
    /// Brackets nested deeper than the cap.
    TooDeep = 1008 Error;
    /// More of something than the cap.
    TooMany = 1009 Error;
    /// A name that would leave the folder.
    LeavesFolder = 1010 Error;

    /// A text that is not closed.
    UnclosedText = 1101 Error;
    /// A bracket that is not closed.
    UnclosedBracket = 1102 Error;
    /// A bracket closed by another kind.
    WrongBracket = 1103 Error;
    /// A comma is missing.
    MissingComma = 1104 Error;
    /// A colon is missing.
    MissingColon = 1105 Error;
    /// Punctuation of another keyboard layout.
    WidePunctuation = 1106 Error;
    /// Something else was expected.
    Unexpected = 1107 Error;
    /// A field or key given twice.
    DuplicateKey = 1108 Error;
    /// Something after the end.
    AfterTheEnd = 1109 Error;
    /// RON's own words for what the rest does not name.
    Syntax = 1110 Error;
    /// A value is missing.
    MissingValue = 1111 Error;
    /// Single quotes around a text.
    SingleQuotes = 1112 Error;
    /// A number written with a decimal comma.
    DecimalComma = 1113 Error;
    /// A text without quotes.
    Unquoted = 1114 Error;

    /// A field that does not exist.
    UnknownField = 1201 Error;
    /// A value of another kind than expected.
    WrongKind = 1202 Error;
    /// A field that is needed.
    MissingField = 1203 Error;
    /// A word that does not exist.
    UnknownWord = 1204 Error;
    /// A number with decimals where a whole one is needed.
    WholeNumber = 1205 Error;
    /// A number that does not fit.
    NumberTooBig = 1206 Error;
    /// Too many or too few values.
    WrongCount = 1207 Error;
    /// A format this program does not read.
    UnknownFormat = 1208 Error;
    /// A field in two files.
    FieldTwice = 1209 Error;

    /// A name that nothing has.
    UnknownId = 1301 Error;
    /// Two things with the same name.
    DuplicateId = 1302 Error;
    /// A name with other characters than allowed.
    BadId = 1303 Error;
    /// The extended scenario is not found.
    ExtendsNotFound = 1304 Error;
    /// A scenario extends itself.
    ExtendsCycle = 1305 Error;
    /// Too many scenarios on top of each other.
    ExtendsTooDeep = 1306 Error;
    /// What is to be removed is not there.
    RemoveUnknown = 1307 Error;

    /// An outline with fewer than three corners.
    FewCorners = 1401 Error;
    /// An outline that crosses itself.
    CrossingOutline = 1402 Error;
    /// Two precincts that overlap.
    Overlap = 1403 Error;
    /// A precinct without neighbours.
    Isolated = 1404 Warning;
    /// An edge of three precincts.
    CrowdedEdge = 1405 Error;
    /// An outline without area.
    NoArea = 1406 Error;
    /// A name written outside its precinct.
    LabelOutside = 1407 Warning;
    /// A point that nothing uses.
    UnusedPoint = 1408 Hint;
    /// A place for a token outside its precinct.
    TokenOutside = 1409 Warning;
    /// A position far off the map.
    FarAway = 1410 Error;
    /// No precinct.
    NoPrecincts = 1411 Error;
    /// A key site or gate outside its precinct.
    SiteOutside = 1412 Warning;

    /// A number that is not finite.
    NotFinite = 1501 Error;
    /// A number outside its limits.
    OutOfRange = 1502 Error;
    /// A precinct without people.
    NoResidents = 1503 Error;
    /// A chance outside 0 to 1.
    NotAChance = 1504 Error;
    /// A coefficient outside its published range without a note.
    OutsideCard = 1505 Warning;
    /// Money that never reaches.
    NeverAfforded = 1506 Warning;
    /// Units on the map at the start that cost more than there is.
    StartTooDear = 1507 Warning;

    /// A kind whose desk is not at the table.
    NoOwner = 1601 Error;
    /// A unit posted with what its kind does not do.
    CannotDo = 1602 Error;
    /// A turn outside the game.
    TurnOutside = 1603 Error;
    /// An inject that can never come.
    NeverFires = 1604 Warning;
    /// An inject without answers.
    NoOptions = 1605 Error;
    /// An answer that does nothing.
    NoEffect = 1606 Warning;
    /// An objective that is met before anybody decides.
    MetAtStart = 1608 Warning;
    /// An objective on record without a guard.
    NoGuard = 1609 Warning;
    /// An objective without exactly one line.
    OneLine = 1610 Error;
    /// Nothing to place.
    NoUnits = 1611 Warning;
    /// `turn` together with `first` or `last`.
    TwoSpans = 1612 Error;
    /// An instrument without the one that it needs.
    NeedsInstrument = 1613 Error;
    /// A card that two arcs hold.
    InTwoArcs = 1614 Error;
    /// An answer that another one beats in everything.
    Dominated = 1615 Warning;
    /// Two temptations on a card.
    TwoTemptations = 1616 Warning;
    /// A temptation without an immediate pull.
    NoPull = 1617 Warning;
    /// More major cards than a game may have.
    ManyMajors = 1618 Warning;
    /// A way to start at which everything stands as usual.
    SameStart = 1619 Warning;
    /// A unit that a way to start puts where its tier does not reach.
    OutOfTier = 1620 Error;
    /// A turn in which no desk hears anything.
    QuietTurn = 1631 Hint;
    /// A desk note that can never come.
    NeverHeard = 1632 Warning;

    /// A text without a translation.
    MissingTranslation = 1701 Warning;
    /// A text too long for its box.
    TooLong = 1702 Warning;
    /// A language the game does not speak.
    UnknownLanguage = 1703 Error;
    /// A slot that is not filled here.
    UnknownSlot = 1704 Error;
    /// A slot that one language has and the other has not.
    MissingSlot = 1705 Warning;
    /// A path in a text table that leads nowhere.
    UnknownTextPath = 1706 Error;
    /// A text given twice for a language.
    TextTwice = 1707 Error;
    /// An empty text.
    EmptyText = 1708 Error;
    /// A text longer than the cap.
    TextCap = 1709 Error;
    /// A language without any text.
    OneLanguage = 1710 Hint;

    /// A suppression without a reason.
    AllowNoReason = 1801 Error;
    /// A suppression that matches nothing.
    AllowUnused = 1802 Warning;
    /// A suppression of a code that does not exist.
    AllowUnknown = 1803 Error;
    /// A suppression of an error.
    AllowError = 1804 Error;
}

impl Code {
    /// The code written so, such as `CW1301`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.id() == id)
    }
}
