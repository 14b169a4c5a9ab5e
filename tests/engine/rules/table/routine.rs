//! Tempo, slots, command capacity, and who plays a desk.

use super::{Room, TABLE, city_with, scenario};
use commonwatch::rules::table::Wish;
use commonwatch::rules::world::{Controls, Dial, Posture, Tactic, Tempo, World};
use commonwatch::rules::{Action, Id, Refusal};
use std::sync::Arc;

const INSTITUTION: &str = "\"one-map\": (), \"map-command\": (start: \"1\"), \"links\": (), \"data-cloud\": (start: \"1\"), \"remedy\": ()";

/// The city with slots: a planning month, two working months, a quiet one, and again.
fn paced() -> Arc<World> {
    let mut world = scenario(INSTITUTION, TABLE).expect("good");
    world.controls = Controls::Slots;
    let month = [
        Tempo::Planning,
        Tempo::Working,
        Tempo::Working,
        Tempo::Quiet,
    ];
    world.tempo = month.into_iter().cycle().take(9).collect();
    for seat in &mut world.seats {
        seat.postures = match seat.id.as_str() {
            "street" => vec![Posture::HoldAndRotate, Posture::EvenCover],
            "data" => vec![Posture::SteadySync, Posture::ServeDesks],
            _ => Vec::new(),
        };
    }
    Arc::new(world)
}

fn send(unit: &str, to: &str) -> Action {
    Action::Assign {
        unit: Id::from(unit),
        to: Id::from(to),
        tactic: Tactic::Visible,
    }
}

fn set(what: &str, at: Option<&str>, to: &str) -> Action {
    Action::Set {
        what: Id::from(what),
        at: at.map(Id::from),
        to: Id::from(to),
    }
}

fn no_slot(seat: &str, tempo: Tempo, most: u16) -> Refusal {
    Refusal::NoSlot {
        seat: Id::from(seat),
        tempo,
        most,
    }
}

#[test]
fn in_the_first_month_each_desk_changes_one_thing_and_may_think_again() {
    let mut room = Room::at(&paced(), 3);
    room.does("street", send("foot-a-1", "four"));
    // The same team sent elsewhere is the same decision.
    room.does("street", send("foot-a-1", "six"));
    let second = room.try_to("street", send("foot-a-2", "four"));
    assert_eq!(second, Err(no_slot("street", Tempo::Planning, 1)));
    // Another desk has its own.
    room.does("data", set("links", Some("health"), "open"));
}

#[test]
fn a_working_month_has_two_decisions_a_planning_month_a_project_and_a_quiet_one_none() {
    let mut room = Room::at(&paced(), 3);
    room.end_turn();
    room.does("street", send("foot-a-1", "four"));
    room.does("street", send("foot-a-2", "four"));
    let third = room.try_to("street", send("foot-b-1", "four"));
    assert_eq!(third, Err(no_slot("street", Tempo::Working, 2)));
    room.end_turn();
    room.end_turn();
    let quiet = room.try_to("street", send("foot-b-1", "four"));
    assert_eq!(quiet, Err(Refusal::QuietTurn));
    // Talk is no order.
    room.does(
        "street",
        Action::Ask {
            seat: Id::from("street"),
            of: Id::from("data"),
            what: Wish::Word,
        },
    );
    room.end_turn();
    let moved = room.try_to("street", send("foot-b-1", "four"));
    assert_eq!(moved, Err(no_slot("street", Tempo::Planning, 1)));
    room.does("data", set("links", Some("health"), "open"));
    // Another partner would be the same decision; the cloud is another.
    let more = room.try_to("data", set("data-cloud", None, "2"));
    assert_eq!(more, Err(no_slot("data", Tempo::Planning, 1)));
}

#[test]
fn with_open_controls_a_desk_orders_what_its_means_allow() {
    let mut room = Room::at(&paced(), 3);
    room.does("coordination", Action::Controls(Controls::Open));
    for (unit, to) in [
        ("foot-a-1", "four"),
        ("foot-a-2", "six"),
        ("foot-b-1", "four"),
    ] {
        room.does("street", send(unit, to));
    }
    let late = room.try_to("coordination", Action::Controls(Controls::Slots));
    assert_eq!(late, Err(Refusal::SettledAtStart));
}

#[test]
fn coordination_hands_out_two_more_orders_for_each_step_of_command_on_the_map() {
    let mut room = Room::at(&paced(), 3);
    room.end_turn();
    room.does("street", send("foot-a-1", "four"));
    room.does("street", send("foot-a-2", "four"));
    let grant = || Action::Grant {
        desk: Id::from("street"),
    };
    let own = room.try_to("street", grant());
    assert!(matches!(own, Err(Refusal::OtherDesk { .. })), "{own:?}");
    assert_eq!(room.sees("street").command_capacity(), 2);
    room.does("coordination", grant());
    room.does("street", send("foot-b-1", "four"));
    room.does("coordination", grant());
    let spent = room.try_to("coordination", grant());
    assert_eq!(spent, Err(Refusal::NoCapacity { most: 2 }));
    // What was given is for the month.
    room.end_turn();
    assert_eq!(room.sees("street").command_capacity(), 2);
    let seat = room.state.world().seat(&Id::from("street")).unwrap();
    assert_eq!(room.sees("street").slots(seat).exceptions, 2);
}

#[test]
fn a_posture_is_taken_next_month_and_choosing_it_again_is_keeping_it() {
    let mut room = Room::at(&paced(), 3);
    let choose = |posture| Action::Posture {
        seat: Id::from("street"),
        posture,
    };
    let stands = |room: &Room| room.sees("street").standing()[3];
    assert_eq!(stands(&room).posture, Some(Posture::HoldAndRotate));
    let foreign = room.try_to("street", choose(Posture::Shrink));
    assert!(
        matches!(foreign, Err(Refusal::NoPosture { .. })),
        "{foreign:?}"
    );
    room.does("street", choose(Posture::EvenCover));
    assert_eq!(stands(&room).posture, Some(Posture::HoldAndRotate));
    room.end_turn();
    let now = stands(&room);
    assert_eq!((now.posture, now.since), (Some(Posture::EvenCover), 2));
    // In a working month it is one of the two decisions; to keep it is none.
    room.does("street", choose(Posture::EvenCover));
    assert_eq!(stands(&room).reviewed, 2);
    room.does("street", choose(Posture::HoldAndRotate));
    room.does("street", send("foot-a-1", "four"));
    let third = room.try_to("street", send("foot-a-2", "four"));
    assert_eq!(third, Err(no_slot("street", Tempo::Working, 2)));
}

#[test]
fn a_month_to_come_can_be_made_quiet_and_one_that_has_begun_cannot() {
    let mut room = Room::at(&paced(), 3);
    let tempo = |turn| Action::Tempo {
        turn,
        tempo: Tempo::Quiet,
    };
    let now = room.try_to("coordination", tempo(1));
    let outside = |turn| Refusal::TurnOutside {
        turn,
        from: 2,
        turns: 9,
    };
    assert_eq!(now, Err(outside(1)));
    assert_eq!(room.try_to("coordination", tempo(10)), Err(outside(10)));
    assert_eq!(room.try_to("coordination", tempo(4)), Err(Refusal::SetSo));
    room.does("coordination", tempo(2));
    room.end_turn();
    assert_eq!(room.sees("street").tempo(2), Tempo::Quiet);
    assert_eq!(
        room.try_to("street", send("foot-a-1", "four")),
        Err(Refusal::QuietTurn)
    );
}

#[test]
fn no_card_comes_in_a_quiet_month_and_a_call_does() {
    let cards = r#"    injects: [
        (id: "card", seat: "street", when: (first: 2, last: 3), title: "A card", body: "Something.", options: [(id: "a", label: "Yes", effects: [Trust(points: 0.1)]), (id: "b", label: "No", effects: [FeelSafe(points: 0.1)])]),
        (id: "call", seat: "street", kind: HotCall(seconds: 15), when: (turn: 2), title: "A call", body: "Two places.", options: [(id: "a", label: "Here", effects: [Trust(points: 0.1)]), (id: "b", label: "There", effects: [FeelSafe(points: 0.1)])]),
    ],
    allow: [],
"#;
    let mut world = World::clone(&city_with(INSTITUTION, cards));
    world.tempo[1] = Tempo::Quiet;
    let mut room = Room::at(&Arc::new(world), 3);
    room.end_turn();
    let open = |room: &Room| -> Vec<usize> {
        let view = room.sees("street");
        view.open_injects().map(|(inject, _)| inject.at()).collect()
    };
    assert_eq!(open(&room), [1]);
    room.end_turn();
    assert_eq!(open(&room), [0]);
}

#[test]
fn a_desk_without_standing_orders_is_played_by_people() {
    let mut room = Room::at(&paced(), 3);
    let dial = |seat: &str, dial| Action::Dial {
        seat: Id::from(seat),
        dial,
    };
    let none = room.try_to("cyber", dial("cyber", Dial::Delegated));
    assert!(matches!(none, Err(Refusal::NoPosture { .. })), "{none:?}");
    // Somebody is late: the facilitator, from whatever seat, leaves the desk to its posture.
    room.does("coordination", dial("street", Dial::Delegated));
    assert_eq!(room.sees("street").standing()[3].dial, Dial::Delegated);
}
