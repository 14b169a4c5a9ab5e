//! A table at which anybody may say anything.

use crate::support::small_world_with;
use commonwatch::rules::id::{PrecinctIx, SeatIx};
use commonwatch::rules::table::{Reply, Wish};
use commonwatch::rules::world::{
    Condition, DeskNote, Desks, Hint, Mandate, MandateSet, OrderKind, Quality, Way, When,
};
use commonwatch::rules::{Action, Id, World};
use proptest::prelude::*;
use std::sync::Arc;

/// Something that is said at the table, to the point or not.
pub fn any_word() -> impl Strategy<Value = Action> {
    let seat = || prop_oneof![8 => Just("street"), 8 => Just("community"), 1 => Just("nobody")];
    let seat = move || seat().prop_map(Id::from);
    let wish = || {
        prop_oneof![
            Just(Wish::Word),
            Just(Wish::Funds(2)),
            Just(Wish::Order(OrderKind::Duty)),
            prop_oneof![Just("foot-1"), Just("footing")].prop_map(|unit| Wish::Unit {
                unit: Id::from(unit),
                to: Some(Id::from("south-west")),
            }),
        ]
    };
    let ask = prop_oneof![
        Just("street-1"),
        Just("street-2"),
        Just("community-1"),
        Just("ask")
    ];
    let answer = prop_oneof![
        Just(Reply::Yes),
        Just(Reply::No),
        wish().prop_map(Reply::YesIf),
    ];
    let note = prop_oneof![Just("queue"), Just("quiet"), Just("later"), Just("nothing")];
    prop_oneof![
        3 => note.prop_map(|note| Action::Pin { note: Id::from(note) }),
        3 => (seat(), seat(), wish()).prop_map(|(seat, of, what)| Action::Ask { seat, of, what }),
        3 => (ask, answer, prop::option::of(0u16..9)).prop_map(|(ask, reply, by)| Action::Reply {
            ask: Id::from(ask), reply, by, reason: None,
        }),
        1 => seat().prop_map(|seat| Action::AskRelease { seat, reason: None }),
        1 => seat().prop_map(|desk| Action::Release { desk, reason: None }),
        1 => (seat(), 0u16..99, 0u16..99).prop_map(|(seat, low, high)| Action::RoomForecast {
            seat, low, high,
        }),
    ]
}

/// The small world, with desks that have something to tell each other and something of their own to
/// reach.
pub fn talking_world() -> Arc<World> {
    let note = |id: &str, seat, turn, place, quality| DeskNote {
        id: Id::from(id),
        seat: SeatIx(seat),
        when: When {
            first: turn,
            last: turn,
            condition: Condition::Always,
            chance: 1.0,
        },
        hint: Some(Hint {
            place: Some(PrecinctIx(place)),
            matter: None,
            way: Way::Up,
            stands: None,
        }),
        quality,
        behind: None,
    };
    Arc::new(small_world_with(|world| {
        let notes = vec![
            note("queue", 0, 1, 0, Quality::Accurate),
            note("quiet", 1, 1, 2, Quality::Wrong),
            note("later", 0, 3, 2, Quality::Dated),
        ];
        let mandates = vec![MandateSet {
            id: Id::from("a-year"),
            mandates: vec![Mandate {
                seat: SeatIx(1),
                goal: world.objectives[1].goal,
                guard: world.objectives[1].guard,
            }],
        }];
        world.desks = Desks::new(notes, mandates, None);
        world.objectives[0].lasting = true;
    }))
}
