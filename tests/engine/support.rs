//! A small world made by hand, for tests that need one without reading a scenario.

use commonwatch::rules::id::{DistrictIx, FamilyIx, InjectIx, KindIx, PrecinctIx, SeatIx};
use commonwatch::rules::model::{Coefficient as C, Model};
use commonwatch::rules::world::{
    Choice, Condition, Controls, Desks, Effect, Family, Goal, Inject, InjectKind, Layer, Measure,
    Objective, OpenOrder, OrderKind, PlaceRef, Precinct, Purse, Seat, Span, Starts, Tactic, Tempo,
    TurnLength, Unit, UnitKind, What, When, World,
};
use commonwatch::rules::{Cents, Id, Index, Micro};
use commonwatch::scenario::card::Card;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Four precincts in a square, two desks, three kinds of unit, one card, one hot call, six months.
pub fn small_world() -> Arc<World> {
    Arc::new(small_world_with(|_| {}))
}

/// The same, changed.
pub fn small_world_with(change: impl FnOnce(&mut World)) -> World {
    let mut world = World {
        scenario: Id::from("four-corners"),
        turn: TurnLength::Months(1),
        turns: 6,
        first_month: 4,
        tempo: vec![Tempo::Working; 6],
        controls: Controls::Open,
        seats: vec![
            Seat {
                id: Id::from("street"),
                postures: Vec::new(),
                oversight: false,
            },
            Seat {
                id: Id::from("community"),
                postures: Vec::new(),
                oversight: false,
            },
        ],
        districts: vec![Id::from("town")],
        precincts: precincts(),
        families: families(),
        kinds: kinds(),
        units: units(),
        purse: Purse {
            start: Cents::funds(4),
            income: Cents::funds(4),
            carry: Cents::funds(2),
        },
        analysts: 2,
        goodwill: Micro::points(12),
        leadership: 1.0,
        follow_up: 1.0,
        orders: OrderKind::ALL
            .map(|kind| OpenOrder {
                kind,
                owner: SeatIx(0),
            })
            .to_vec(),
        injects: injects(),
        arcs: Vec::new(),
        arcs_drawn: 0,
        cards_a_month: None,
        objectives: objectives(),
        model: model(),
        draws: Vec::new(),
        presets: Vec::new(),
        sealed: Vec::new(),
        instruments: Vec::new(),
        domains: Vec::new(),
        sites: Vec::new(),
        gates: Vec::new(),
        desks: Desks::default(),
        starts: Starts::default(),
    };
    change(&mut world);
    world
}

fn precincts() -> Vec<Precinct> {
    let corner = |id: &str, residents, trust, x: f64, y: f64, neighbours: [u16; 2]| Precinct {
        id: Id::from(id),
        district: DistrictIx(0),
        residents,
        area: 4.0,
        neighbours: neighbours.map(|p| (PrecinctIx(p), 0.5)).to_vec(),
        opportunity: vec![1.0, 0.8, 1.3, 1.0],
        trust: Micro::points(trust),
        feel_safe: Micro::points(66),
        concentration: 1.0,
        outline: vec![(x, y), (x + 2.0, y), (x + 2.0, y + 2.0), (x, y + 2.0)],
    };
    vec![
        corner("north-west", 90_000, 48, 0.0, 2.0, [1, 2]),
        corner("north-east", 120_000, 56, 2.0, 2.0, [0, 3]),
        corner("south-west", 70_000, 51, 0.0, 0.0, [0, 3]),
        corner("south-east", 110_000, 60, 2.0, 0.0, [1, 2]),
    ]
}

fn families() -> Vec<Family> {
    let family = |id: &str, base_rate, harm, near_repeat, patrol_effect, displacement| Family {
        id: Id::from(id),
        base_rate,
        harm,
        season: 0.055,
        season_peak: 7.0,
        near_repeat,
        patrol_effect,
        displacement,
        outreach_effect: 0.02,
        mediation_effect: 0.05,
        reporting: 0.42,
        discovery: 0.02,
        clearance: 0.2,
        watch_effect: 0.05,
        camera_effect: 0.1,
        lighting_effect: 0.04,
        problem_effect: 0.2,
        broad_effect: 0.08,
        precise_effect: 0.06,
        deterrence_effect: 0.1,
        campaign_effect: 0.0,
    };
    let mut all = vec![
        family("violence", 0.25, 15.0, 0.04, 0.25, 0.05),
        family("burglary", 0.30, 8.0, 0.12, 0.10, 0.20),
        family("street-theft", 1.20, 1.0, 0.03, 0.22, 0.30),
        family("disputes", 0.90, 0.5, 0.05, 0.05, 0.0),
    ];
    all[2].reporting = 0.30;
    all[3].mediation_effect = 0.40;
    all
}

fn kinds() -> Vec<UnitKind> {
    let kind = |id: &str, owner, tactics: &[Tactic], price| UnitKind {
        id: Id::from(id),
        owner: SeatIx(owner),
        tactics: tactics.to_vec(),
        price,
        minutes: 0.0,
        visibility: 0.0,
        contacts: 0.0,
        stops: 0.0,
        reach: 0.0,
        cases: 0.0,
        drives: false,
    };
    let mut foot = kind(
        "foot",
        0,
        &[Tactic::HotSpot, Tactic::Visible],
        Cents::funds(1),
    );
    (foot.minutes, foot.visibility, foot.contacts) = (30.0, 1.0, 180.0);
    let mut officer = kind(
        "officer",
        1,
        &[Tactic::Outreach, Tactic::Mediation],
        Cents(150),
    );
    (officer.reach, officer.cases) = (14_400.0, 0.1);
    let mut mediator = kind("mediator", 1, &[Tactic::Mediation], Cents::funds(1));
    mediator.cases = 1.0 / 3.0;
    vec![foot, officer, mediator]
}

fn units() -> Vec<Unit> {
    let unit = |id: &str, kind, from, post| Unit {
        id: Id::from(id),
        kind: KindIx(kind),
        from,
        post,
        tier: None,
        home: None,
    };
    vec![
        unit("foot-1", 0, 1, None),
        unit("foot-2", 0, 1, Some((PrecinctIx(1), Tactic::Visible))),
        unit("foot-3", 0, 3, None),
        unit("officer", 1, 1, None),
        unit("mediator", 2, 2, None),
    ]
}

fn injects() -> Vec<Inject> {
    let choice = Choice::new;
    let effect = Effect::new;
    let theft = FamilyIx(2);
    vec![
        Inject {
            id: Id::from("survey-offer"),
            kind: InjectKind::Card,
            seat: SeatIx(1),
            when: When {
                first: 2,
                last: 5,
                condition: Condition::Used(Tactic::Outreach),
                chance: 1.0,
            },
            place: PlaceRef::MostOf(Tactic::Outreach),
            options: vec![
                choice(
                    "ask",
                    Cents(50),
                    vec![effect(0, What::Survey), effect(1, What::Trust(0.4))],
                ),
                choice("leave", Cents(0), vec![effect(0, What::FeelSafe(-0.5))]),
            ],
            silence: 1,
            variants: Vec::new(),
        },
        Inject {
            id: Id::from("two-calls"),
            kind: InjectKind::HotCall(12),
            seat: SeatIx(0),
            when: When {
                first: 3,
                last: 4,
                condition: Condition::Always,
                chance: 0.7,
            },
            place: PlaceRef::MostRecorded(theft),
            options: vec![
                choice(
                    "send",
                    Cents(0),
                    vec![
                        effect(
                            0,
                            What::Offences {
                                family: Some(theft),
                                factor: 0.9,
                                turns: 2,
                            },
                        ),
                        effect(1, What::Wrong(0.5)),
                    ],
                ),
                choice("hold", Cents(0), vec![effect(0, What::FeelSafe(-1.0))]),
            ],
            silence: 1,
            variants: Vec::new(),
        },
        Inject {
            id: Id::from("thanks"),
            kind: InjectKind::Card,
            seat: SeatIx(1),
            when: When {
                first: 3,
                last: 6,
                condition: Condition::Chosen(InjectIx(0), 0),
                chance: 1.0,
            },
            place: PlaceRef::City,
            options: vec![choice("noted", Cents(0), vec![effect(0, What::Trust(0.1))])],
            silence: 0,
            variants: Vec::new(),
        },
    ]
}

fn objectives() -> Vec<Objective> {
    let goal = |measure, layer, at_least, line, span| Goal {
        measure,
        layer,
        at_least,
        line,
        span,
    };
    vec![
        Objective {
            id: Id::from("safer"),
            goal: goal(
                Measure::Index(Index::Safety),
                Layer::True,
                true,
                55.0,
                Span::AtEnd,
            ),
            guard: None,
            lasting: false,
        },
        Objective {
            id: Id::from("fewer-on-record"),
            goal: goal(
                Measure::Offences(FamilyIx(2)),
                Layer::Published,
                false,
                95.0,
                Span::Running(2),
            ),
            guard: Some(goal(
                Measure::Offences(FamilyIx(2)),
                Layer::True,
                false,
                100.0,
                Span::AtEnd,
            )),
            lasting: false,
        },
        Objective {
            id: Id::from("heard"),
            goal: goal(
                Measure::LowestTrust,
                Layer::True,
                true,
                47.0,
                Span::EveryTurn,
            ),
            guard: None,
            lasting: false,
        },
    ]
}

/// Central values; the model card holds the same with ranges and sources.
fn model() -> Model {
    Model::new(|coefficient| {
        Some(match coefficient {
            C::ReferenceResidents => 180_000.0,
            C::HotShare => 0.05,
            C::HotShareCrime | C::StackingWeight => 0.5,
            C::DoseScale => 30.0,
            C::SpreadThreshold | C::FeelSpeed | C::FeelCityShare => 0.3,
            C::FadeAfter | C::Vicarious | C::FeelTooMuch => 3.0,
            C::FadeScale => 6.0,
            C::Residual => 0.2,
            C::UnfairShare => 0.25,
            C::ContactGain => 5.0,
            C::Negativity => 4.0,
            C::TrustReversion => 0.08,
            C::TrustPerformance | C::ReportingTrust => 0.15,
            C::TrustMediation | C::QualityNew => 0.6,
            C::Legitimacy => 0.002,
            C::ReportingContact => 1.5,
            C::QualityGrowth => 0.1,
            C::Fano | C::FeelPresence | C::SurveyError => 2.0,
            C::DisplacementHalfLife => 1.5,
            C::FeelVictims => 15.0,
            C::FeelBaseTeams => 0.55,
            C::DoorToDoorError => 0.1,
            C::StackingCap => 0.45,
            C::WrongsContact => 100.0,
            C::SafetyScale => 125.0,
            // The rest as in the model card, whose numbers are read without a scenario.
            other => Card::built_in().value(other.id(), &BTreeMap::new()),
        })
    })
    .expect("every coefficient has a value")
}
