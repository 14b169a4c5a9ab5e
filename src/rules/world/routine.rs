//! How a game is paced, how freely it is ordered, and what each desk does when nobody says otherwise.
//!
//! A *tempo* says how much of the room's time a turn takes, *controls* whether desks order within
//! their means or fill a few slots, and a *posture* is one of a desk's standing orders.

use crate::rules::digest::canon_tag;
use serde::{Deserialize, Serialize};

/// How much of the room's time a turn takes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Tempo {
    /// The desks look ahead: a posture, a project, an ask.
    Planning,
    /// The desks depart from their postures where they must.
    #[default]
    Working,
    /// Standing orders alone; no card comes.
    Quiet,
}

impl Tempo {
    /// Every tempo.
    pub const ALL: [Self; 3] = [Self::Planning, Self::Working, Self::Quiet];

    /// Its name in texts (`tempo.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Planning => "planning",
            Self::Working => "working",
            Self::Quiet => "quiet",
        }
    }
}

/// How freely desks order.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Controls {
    /// Whatever their means allow.
    #[default]
    Open,
    /// A few decisions a turn, by its tempo.
    Slots,
}

impl Controls {
    /// Its name in texts (`setup.controls.<id>`).
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Slots => "slots",
        }
    }
}

/// Who plays a desk.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Dial {
    /// People alone: nothing is done that they do not order.
    #[default]
    Manual,
    /// People; its posture does what they leave open.
    Assisted,
    /// Its posture.
    Delegated,
}

impl Dial {
    /// Every dial.
    pub const ALL: [Self; 3] = [Self::Manual, Self::Assisted, Self::Delegated];

    /// Its name in texts (`dial.<id>`).
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Assisted => "assisted",
            Self::Delegated => "delegated",
        }
    }
}

macro_rules! postures {
    ($($(#[$doc:meta])* $name:ident = $id:literal;)*) => {
        /// A standing order: what a desk does as long as nobody orders otherwise.
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[repr(u8)]
        pub enum Posture { $($(#[$doc])* $name,)* }

        impl Posture {
            /// Every posture, three a desk.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its name in texts (`posture.<id>`).
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id),* }
            }
        }
    };
}

postures! {
    /// Duty level III everywhere, nothing held back.
    EvenSplit = "even-split";
    /// Money to the published target that is furthest off.
    MandateFirst = "mandate-first";
    /// Two Funds and one city unit are kept.
    ReserveFirst = "reserve-first";
    /// The two alerts with most expected harm are looked into.
    HarmFirst = "harm-first";
    /// The two likeliest alerts are looked into.
    LikelyFirst = "likely-first";
    /// An analyst is kept free for Street's packages.
    ServeStreet = "serve-street";
    /// Records come in as they come.
    SteadySync = "steady-sync";
    /// Figures are cleaned before they are published.
    CleanFirst = "clean-first";
    /// A link to a partner is opened each quarter.
    ServeDesks = "serve-desks";
    /// Teams hold and move on when patrol has gone stale.
    HoldAndRotate = "hold-and-rotate";
    /// One team a month goes to the biggest recorded rise.
    FollowTheRecord = "follow-the-record";
    /// A team to each district, then by how many live there.
    EvenCover = "even-cover";
    /// Community teams stay where they are.
    KeepTheBeat = "keep-the-beat";
    /// One community team a month goes where trust is lowest.
    LowestTrust = "lowest-trust";
    /// One community team a month goes where most quarrels are on record.
    MostCalls = "most-calls";
    /// Grade A sites hold their posts; inspection goes from stage to stage.
    HoldA = "hold-a";
    /// Sites of grade B take turns at grade A.
    ShareWithB = "share-with-b";
    /// Inspection and the register come before posts.
    InspectFirst = "inspect-first";
    /// What sees stays as it is, with notice.
    NoticeFirst = "notice-first";
    /// A camera a quarter where most is on record.
    FollowIncidents = "follow-incidents";
    /// The least used cameras go, one precinct a quarter.
    Shrink = "shrink";
    /// Rumours are checked, then answered.
    VerifyThenAnswer = "verify-then-answer";
    /// Rumours are answered at once.
    AnswerFast = "answer-fast";
    /// Warnings of fraud come before rumours.
    FraudFirst = "fraud-first";
}

canon_tag!(Tempo, Controls, Dial, Posture);
