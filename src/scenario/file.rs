//! What authors write: every `.ron` file of a scenario is a partial [`ScenarioFile`].
//!
//! Every field may be left out; a scenario that extends another gives only what differs. How the
//! layers are laid over each other is part of the types ([`Layer`]).

pub use super::fields::FieldDoc;
use super::fields::files;
pub use super::layer::{Items, Layer, Named};
use super::resolved::SiteKind;
pub use super::vocabulary::{
    Allow, CityFile, ConditionFile, EffectFile, InjectKindFile, MeasureFile, Override, PlaceFile,
    PointFile, SeverityFile,
};
use super::words::Words;
use crate::rules::Table;
use crate::rules::world::{
    Controls, Layer as Knowing, Posture, Quality, SiteGrade, Span, Tactic, Tempo, Tier, TurnLength,
    Way,
};
use serde::Deserialize;
use std::collections::BTreeMap;

files! {
    /// A scenario, or the part of it that one file holds.
    ScenarioFile {
        /// The version of this format: 1. Needed once.
        format: u16,
        /// The scenario's name: lower-case letters, digits, hyphens. Needed.
        id: String,
        /// The scenario that this one changes: a folder beside it, or one that is built in.
        extends: String,
        /// Things of the extended scenario to leave out: `["precincts.gull-island"]`.
        remove: Vec<String>,
        /// The language of plain texts: `"en"` (if not given) or `"zh-Hans"`.
        language: String,
        /// What the scenario is called.
        title: Words,
        /// One or two sentences for the list of scenarios.
        summary: Words,
        /// What players should take away, a sentence each.
        learning: Vec<Words>,
        /// How long a game takes at the table, in minutes.
        minutes: u16,
        /// The time of a turn and how many are played.
        turn: TurnFile,
        /// How freely desks order unless set-up says otherwise: `Open` (if not given), within their
        /// means, or `Slots`, a few decisions a turn by its tempo.
        controls: Controls,
        /// The desks at the table. If not given: coordination, street, community.
        seats: Items<SeatFile>,
        /// Who commands which desk unless set-up says otherwise: `Shared` or `Desks`.
        table: Table,
        /// Groups of precincts.
        districts: Items<DistrictFile>,
        /// The places of the game. At least one.
        precincts: Items<PrecinctFile>,
        /// Points, and what is drawn besides the precincts.
        map: MapFile,
        /// The offence families that are played. If not given, all of the model card.
        families: Vec<String>,
        /// Other names and desks for the kinds of unit.
        kinds: Items<KindFile>,
        /// The tokens.
        units: Items<UnitFile>,
        /// Other ways to start, of which set-up takes one: where some tokens stand elsewhere than `units`
        /// says. That all stand as it says is always a choice, and the usual one.
        starts: Items<StartFile>,
        /// Price of a unit on the map for one turn, in Funds, by kind.
        prices: BTreeMap<String, f64>,
        /// The table's money.
        funds: FundsFile,
        /// How many analysts there are. If not given, none.
        analysts: u16,
        /// Goodwill of volunteers at the start, 0 to 100. If not given, 40.
        goodwill: f64,
        /// What community work can build on.
        community: CommunityFile,
        /// What can be ordered besides placing units, and the desk that orders it; an empty name is
        /// the usual desk: `{"duty": "coordination", "cameras": ""}`.
        orders: BTreeMap<String, String>,
        /// What is open of the institution: `{"one-map": (), "data-cloud": (start: "1")}`.
        institution: BTreeMap<String, InstrumentFile>,
        /// The risk domains that are played, each with its pressure at the start, 0 to 100.
        domains: BTreeMap<String, f64>,
        /// Places worth a guard of their own.
        sites: Items<SiteFile>,
        /// Where roads cross the city's border.
        gates: Items<GateFile>,
        /// The city's own numbers: `Drawn` from their ranges (if not given), or `Central`.
        city: CityFile,
        /// Sides that this scenario takes in contested questions: `["displacement-bogota"]`.
        presets: Vec<String>,
        /// Questions whose side the seed decides, told at the debrief: `["displacement"]`.
        sealed: Vec<String>,
        /// Cards and calls.
        injects: Items<InjectFile>,
        /// What single desks hear, and nobody else unless they say it or pin it to the map.
        desk_notes: Items<DeskNoteFile>,
        /// What single desks are asked to reach: sets, of which the seed or the set-up takes one.
        mandates: Items<MandateSetFile>,
        /// The published figure that the room forecasts each turn. If not given, what the first
        /// objective measures.
        room_forecast: MeasureFile,
        /// Cards that follow each other.
        arcs: Items<ArcFile>,
        /// How many of the arcs are in a game; the seed settles which. If not given, all.
        arcs_drawn: u16,
        /// The most cards that come in one turn; those of arcs, and those that have this turn and no
        /// other, come in any case, and count. If not given, any number.
        cards_a_month: u16,
        /// What the table is asked to reach.
        objectives: Items<ObjectiveFile>,
        /// What is read aloud before the first turn, a paragraph each.
        briefing: Vec<Words>,
        /// Questions for the debrief.
        questions: Vec<Words>,
        /// Notes for whoever runs a workshop, a paragraph each; players may come upon them.
        notes: Vec<Words>,
        /// Numbers of the model card that differ here: `{"patrol.dose-scale": 25.0}`.
        coefficients: BTreeMap<String, Override>,
        /// Warnings that are meant: `[(CW1703, "why")]`.
        allow: Vec<Allow>,
    }

    /// The time of a turn.
    TurnFile {
        /// What one turn stands for: `Months(1)`, `Weeks(2)`, `Days(1)`, `Hours(6)`.
        length: TurnLength,
        /// How many turns are played. If not given, 6.
        count: u16,
        /// The month of the first turn, 1 to 12 (for the season). If not given, 1.
        first_month: u16,
        /// How much of the room's time the turns take, over and over: `Planning`, `Working` (if not
        /// given) or `Quiet`, in which no card comes and, with `Slots`, nobody orders.
        tempo: Vec<Tempo>,
    }

    /// What community work can build on.
    CommunityFile {
        /// How far those who lead stand behind it, 0 to 1. If not given, 1.
        leadership: f64,
        /// How much of what residents raise can be followed up, 0 to 1. If not given, 1.
        follow_up: f64,
    }

    /// An instrument of the institution that is open.
    InstrumentFile {
        /// What it is called here.
        name: Words,
        /// The desk that decides. If not given, the usual one.
        owner: String,
        /// The setting at the start. If not given, the card's.
        start: String,
        /// The first turn in which it can be set. If not given, 1.
        from: u16,
    }

    /// A key site.
    SiteFile {
        /// Its name in orders and logs.
        id: String,
        /// What it is called.
        name: Words,
        /// The precinct in which it lies. Needed.
        precinct: String,
        /// Where, in kilometres. If not given, where the precinct's name stands.
        at: (f64, f64),
        /// How far it is guarded at the start: `A`, `B` or `C` (if not given).
        grade: SiteGrade,
        /// What stands there, for its mark: `Square` (if not given), `Station`, `Hall`, `Theatre`, ...
        kind: SiteKind,
    }

    /// A gate of the city.
    GateFile {
        /// Its name in orders and logs.
        id: String,
        /// What it is called.
        name: Words,
        /// The precinct in which it lies. Needed.
        precinct: String,
        /// Where, in kilometres. If not given, where the precinct's name stands.
        at: (f64, f64),
    }

    /// A desk.
    SeatFile {
        /// Its name in orders and logs. `coordination`, `street` and `community` have texts.
        id: String,
        /// What it is called.
        name: Words,
        /// What it minds, a sentence or two.
        brief: Words,
        /// Its standing orders, three at most, the usual one first: `[HoldAndRotate, EvenCover]`.
        postures: Vec<Posture>,
        /// Whether it is the seat for those who are governed, which commands nothing and sees what
        /// no desk sees. If not given, it is not.
        oversight: bool,
    }

    /// A group of precincts.
    DistrictFile {
        /// Its name.
        id: String,
        /// What it is called.
        name: Words,
    }

    /// A place of the game.
    PrecinctFile {
        /// Its name in orders and logs.
        id: String,
        /// What it is called.
        name: Words,
        /// The district it belongs to. If not given, the first.
        district: String,
        /// How many people live there. If not given, 90,000.
        residents: u32,
        /// How much more or less of each offence family than ordinary: 1 is ordinary.
        opportunity: BTreeMap<String, f64>,
        /// Trust at the start, 0 to 100; it drifts back there. If not given, 50.
        trust: f64,
        /// How safe people feel at the start, 0 to 100. If not given, 60.
        feel_safe: f64,
        /// How far crime concentrates in few spots: 1 (if not given) is ordinary.
        concentration: f64,
        /// The corners in order: names of points, or positions.
        outline: Vec<PointFile>,
        /// Where the name is written. If not given, the middle.
        label: PointFile,
        /// Where tokens stand. If not given, around the middle.
        tokens: Vec<PointFile>,
        /// What is worth knowing about the place, a sentence or two.
        about: Words,
    }

    /// Points, and what is drawn besides the precincts. Kilometres; east and north count up.
    MapFile {
        /// Named points: `{"a": (1.2, 3.4)}`.
        points: BTreeMap<String, (f64, f64)>,
        /// Areas of sea and river.
        water: Vec<AreaFile>,
        /// Areas of land that belong to no precinct.
        land: Vec<AreaFile>,
        /// Lakes, drawn over the precincts.
        lakes: Vec<AreaFile>,
        /// Parks, drawn over the precincts.
        parks: Vec<AreaFile>,
        /// Roads.
        roads: Vec<LineFile>,
        /// Bridges.
        bridges: Vec<LineFile>,
        /// Metro lines.
        metro: Vec<MetroFile>,
        /// Words on the map, such as the name of the sea.
        labels: Vec<LabelFile>,
    }

    /// An area that is drawn.
    AreaFile {
        /// The corners in order.
        outline: Vec<PointFile>,
        /// What it is called.
        name: Words,
    }

    /// A line that is drawn.
    LineFile {
        /// The points in order.
        line: Vec<PointFile>,
        /// What it is called.
        name: Words,
    }

    /// A metro line that is drawn.
    MetroFile {
        /// The points in order.
        line: Vec<PointFile>,
        /// Where its trains stop.
        stations: Vec<PointFile>,
        /// What it is called.
        name: Words,
    }

    /// Words on the map.
    LabelFile {
        /// Where.
        at: PointFile,
        /// What is written.
        text: Words,
    }

    /// Another name, desk or set of tactics for a kind of unit of the model card.
    KindFile {
        /// The kind: `foot`, `vehicle`, `officer`, `mediator`, `volunteer`.
        id: String,
        /// What it is called here.
        name: Words,
        /// The desk that commands it.
        owner: String,
        /// What it does here, of what its kind can do. If not given, all of it.
        tactics: Vec<Tactic>,
    }

    /// A token, or several of a kind.
    UnitFile {
        /// Its name in orders and logs; several get `-1`, `-2`, … after it.
        id: String,
        /// What it is called. If not given, its kind and number.
        name: Words,
        /// What kind it is.
        kind: String,
        /// How many there are. If not given, 1.
        count: u16,
        /// The first turn in which it is there. If not given, 1.
        from: u16,
        /// The precinct where it stands at the start. If not given, it waits beside the map.
        at: String,
        /// What it does there. If not given, the first thing its kind does.
        tactic: Tactic,
        /// Its tier of command: City, District or Station. If not given, it may be sent anywhere.
        tier: Tier,
        /// The precinct that it belongs to. If not given, the one where it stands at the start.
        home: String,
    }

    /// A way to start.
    StartFile {
        /// Its name in logs.
        id: String,
        /// What it is called.
        name: Words,
        /// What it gives and what it gives up, a line.
        about: Words,
        /// The tokens that stand elsewhere. At least one.
        posts: Vec<PostFile>,
    }

    /// Where a token stands at a start.
    PostFile {
        /// The token; of several, one: `foot-2`. Needed.
        unit: String,
        /// The precinct. If not given, it waits beside the map.
        at: String,
        /// What it does there. If not given, the first thing its kind does.
        tactic: Tactic,
    }

    /// The table's money.
    FundsFile {
        /// Funds in the first turn. If not given, 10.
        start: f64,
        /// Funds that come in when each later turn opens. If not given, as many as at the start.
        income: f64,
        /// The most that can be kept from turn to turn. If not given, half the income.
        carry: f64,
    }

    /// A card or a call.
    InjectFile {
        /// Its name.
        id: String,
        /// `Card` (if not given) or `HotCall(seconds: 15)`.
        kind: InjectKindFile,
        /// The desk that answers. If not given, the first.
        seat: String,
        /// When it comes.
        when: WhenFile,
        /// The place it speaks of: `City` (if not given), `Precinct("old-harbour")`, …
        place: PlaceFile,
        /// A short line. `{place}` stands for the name of the place.
        title: Words,
        /// What is told, at most forty words.
        body: Words,
        /// The answers.
        options: Items<OptionFile>,
        /// The answer that stands when nobody gives one. If not given, the last.
        silence: String,
        /// Subjects that some rooms leave out: `["force", "death"]`.
        tags: Vec<String>,
        /// How things may stand behind it. The seed settles which; the debrief tells.
        variants: Items<VariantFile>,
        /// How much it may move: `Ordinary` (if not given) or `Major`; a game has two of those.
        severity: SeverityFile,
    }

    /// Cards that follow each other: each comes after the one before was settled.
    ArcFile {
        /// Its name.
        id: String,
        /// What it is about, for the debrief.
        name: Words,
        /// Its injects in order.
        cards: Vec<String>,
        /// How things may stand behind all of its cards that have no variants of their own.
        variants: Items<VariantFile>,
    }

    /// One way in which things may stand behind a card.
    VariantFile {
        /// Its name in `in_variant`.
        id: String,
        /// How likely it is against the others. If not given, 1.
        weight: f64,
        /// What was so, for the debrief.
        told: Words,
    }

    /// A note that comes to one desk.
    DeskNoteFile {
        /// Its name in orders and logs.
        id: String,
        /// The desk it comes to. Needed.
        seat: String,
        /// When it comes: `(turn: 5)`. If not given, in the first turn.
        when: WhenFile,
        /// What it says, at most forty words.
        text: Words,
        /// Whom it comes from.
        source: Words,
        /// What it is about, in a word that can be counted.
        hint: HintFile,
        /// What it is worth, which nobody is told before the debrief: `Accurate` (if not given),
        /// `Dated`, `Partial`, `Wrong`.
        quality: Quality,
        /// It comes with this card, in games in which things stand so behind it:
        /// `("wages-1", "insolvent")`.
        behind: (String, String),
    }

    /// What the desks are asked to reach in one game.
    MandateSetFile {
        /// Its name, by which set-up takes it.
        id: String,
        /// What the year is called.
        name: Words,
        /// The mandates, by desk: one each at most.
        desks: BTreeMap<String, MandateFile>,
    }

    /// What one desk is asked to reach. Only the desk reads it.
    MandateFile {
        /// The mandate in words.
        text: Words,
        /// What is measured, as for an objective.
        measure: MeasureFile,
        /// What counts: `Published` (the records; if not given) or `True`.
        layer: Knowing,
        /// The value must be at least this.
        at_least: f64,
        /// The value must be at most this.
        at_most: f64,
        /// When: `AtEnd` (if not given), `EveryTurn`, `Running(3)`, `Every(3)`.
        over: Span,
        /// The true-side companion that a mandate on record needs.
        guard: GoalFile,
    }

    /// What a desk note is about.
    HintFile {
        /// The precinct. If not given, the whole city.
        place: String,
        /// The offence family or the risk domain that grows or falls there.
        about: String,
        /// `Up` (if not given) or `Down`.
        way: Way,
        /// How things stand behind a card and those that share its truth: `("wages-1", "insolvent")`.
        stands: (String, String),
    }

    /// When an inject comes: in the first turn of its span in which the condition holds.
    WhenFile {
        /// The only turn in which it can come.
        turn: u16,
        /// The first turn in which it can come. If not given, 1.
        first: u16,
        /// The last turn in which it can come. If not given, the last turn.
        last: u16,
        /// What must hold. If not given, `Always`.
        condition: ConditionFile,
        /// The chance in each turn in which it can come, 0 to 1. If not given, 1.
        chance: f64,
    }

    /// One answer to an inject.
    OptionFile {
        /// Its name.
        id: String,
        /// The answer, at most twelve words.
        label: Words,
        /// What it costs at once, in Funds. If not given, nothing.
        cost: f64,
        /// Goodwill that it uses at once, points. If not given, none.
        goodwill: f64,
        /// Analysts whom it binds for the turn. If not given, none.
        analysts: u16,
        /// What two desks say about it; they should disagree.
        voices: BTreeMap<String, Words>,
        /// What it does.
        effects: Vec<EffectFile>,
        /// What it does besides where things stand so: `{"insolvent": [Trust(points: -1.0)]}`.
        in_variant: BTreeMap<String, Vec<EffectFile>>,
        /// Whether it pulls at once and pays in nothing that is counted; one a card at most.
        temptation: bool,
        /// What is seen to happen afterwards.
        after: Words,
        /// What it teaches, shown at the debrief only.
        teaches: Words,
    }

    /// What the table is asked to reach.
    ObjectiveFile {
        /// Its name.
        id: String,
        /// The objective in words.
        name: Words,
        /// Why it matters, a sentence.
        why: Words,
        /// What is measured: `Index(Trust)`, `LowestTrust`, `Offences("street-theft")`.
        measure: MeasureFile,
        /// What counts: `Published` (the records; if not given) or `True`.
        layer: Knowing,
        /// The value must be at least this.
        at_least: f64,
        /// The value must be at most this.
        at_most: f64,
        /// When: `AtEnd` (if not given), `EveryTurn`, `Running(3)`, `Every(3)`.
        over: Span,
        /// The true-side companion that an objective on record needs.
        guard: GoalFile,
        /// Whether it is read three months after the last turn, on what was left behind. If not
        /// given, at the end.
        lasting: bool,
    }

    /// The guard of an objective on record: true unless said otherwise.
    GoalFile {
        /// What is measured.
        measure: MeasureFile,
        /// What counts. If not given, `True`.
        layer: Knowing,
        /// The value must be at least this.
        at_least: f64,
        /// The value must be at most this.
        at_most: f64,
        /// When. If not given, as the objective.
        over: Span,
    }
}

macro_rules! named {
    ($($name:ident),*) => {$(
        impl Named for $name {
            fn id(&self) -> Option<&str> {
                self.id.as_deref()
            }
        }
    )*};
}
named!(
    SeatFile,
    DistrictFile,
    PrecinctFile,
    KindFile,
    UnitFile,
    StartFile,
    InjectFile,
    DeskNoteFile,
    MandateSetFile,
    ArcFile,
    VariantFile,
    OptionFile,
    ObjectiveFile,
    SiteFile,
    GateFile
);
