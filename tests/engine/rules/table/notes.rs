//! Desk notes: who reads which, and when.

use super::{Room, TABLE, city_with, scenario};
use commonwatch::rules::world::{Quality, Way};
use commonwatch::scenario::Code;

fn notes(room: &Room, seat: &str) -> Vec<String> {
    let notes = room.sees(seat).notes();
    notes.map(|note| note.id.to_string()).collect()
}

#[test]
fn a_desk_reads_its_own_notes_when_they_are_due_and_keeps_them() {
    let mut room = Room::new();
    assert_eq!(notes(&room, "street"), ["street-1"]);
    assert_eq!(notes(&room, "data"), ["data-1"]);
    assert!(notes(&room, "coordination").is_empty());
    let hint = room.sees("street").notes().next().unwrap().hint.unwrap();
    assert_eq!((hint.place.unwrap().at(), hint.way), (0, Way::Up));
    room.end_turn();
    assert_eq!(notes(&room, "street"), ["street-1", "street-2"]);
    // Four teams stood at hot spots; nobody checked anybody.
    assert_eq!(notes(&room, "data"), ["data-1", "data-2"]);
    room.end_turn();
    assert_eq!(notes(&room, "coordination"), ["coordination-1"]);
    assert_eq!(notes(&room, "street"), ["street-1", "street-2"]);
    assert!(notes(&room, "community").is_empty());
    assert_eq!(room.sees("street").pinned().count(), 0);
}

/// What one desk hears changes nothing that another can see, ask or be refused.
#[test]
fn a_note_is_seen_by_its_desk_alone() {
    let more = TABLE.replace(
        "(id: \"data-1\"",
        "(id: \"data-0\", seat: \"data\", text: \"One more.\"), (id: \"data-1\"",
    );
    let mut rooms = [TABLE, &more].map(|table| Room::at(&city_with("", table), 3));
    for _ in 0..4 {
        let digests = |seat| [0, 1].map(|at: usize| rooms[at].sees(seat).digest());
        for seat in ["coordination", "street", "community", "cyber"] {
            let [one, other] = digests(seat);
            assert_eq!(one, other, "{seat}");
        }
        let [one, other] = digests("data");
        assert_ne!(one, other);
        for room in &mut rooms {
            room.end_turn();
        }
    }
}

#[test]
fn what_a_note_is_worth_is_told_at_the_debrief() {
    let mut room = Room::new();
    assert!(room.state.debrief().is_none());
    room.end_game();
    let debrief = room.state.debrief().unwrap();
    let told: Vec<_> = (debrief.notes.iter())
        .map(|told| (told.note.id.as_str(), told.note.turn, told.quality))
        .collect();
    assert_eq!(
        told,
        [
            ("street-1", 1, Quality::Accurate),
            ("street-2", 2, Quality::Wrong),
            ("data-1", 1, Quality::Dated),
            ("data-2", 2, Quality::Partial),
            ("coordination-1", 3, Quality::Accurate),
        ]
    );
}

/// A card behind which things may stand in two ways, and a note for each.
const BEHIND: &str = r#"    injects: [
        (id: "card", seat: "street", when: (first: 2, last: 9, chance: 0.3), title: "A card", body: "Something.", variants: [(id: "good", told: "It was."), (id: "bad", told: "It was not.")], options: [(id: "a", label: "Yes", effects: [Trust(points: 0.1)]), (id: "b", label: "No", effects: [FeelSafe(points: 0.1)])]),
    ],
    desk_notes: [
        (id: "good", seat: "data", text: "It is good.", behind: ("card", "good")),
        (id: "bad", seat: "data", text: "It is bad.", behind: ("card", "bad"), quality: Partial),
    ],
"#;

#[test]
fn a_note_comes_with_its_card_where_things_stand_so() {
    let world = city_with("", BEHIND);
    let mut told = [0, 0];
    for seed in 0..40 {
        let mut room = Room::at(&world, seed);
        while !room.state.over() {
            let heard = notes(&room, "data");
            let came = room.sees("street").open_injects().count()
                + room.sees("street").settled_injects().count();
            assert_eq!(heard.len(), came, "{heard:?}");
            room.end_turn();
        }
        let debrief = room.state.debrief().unwrap();
        let variant = usize::from(debrief.variants[0]);
        for note in &debrief.notes {
            assert_eq!(note.note.id.as_str(), ["good", "bad"][variant]);
            told[variant] += 1;
        }
    }
    assert!(told[0] > 5 && told[1] > 5, "{told:?}");
    let wrong = |from: &str, to: &str| {
        let report = scenario("", &BEHIND.replace(from, to)).err();
        let codes = report.map(|report| report.diagnostics.iter().map(|d| d.code).collect());
        let codes: Vec<Code> = codes.unwrap_or_default();
        assert!(codes.contains(&Code::UnknownId), "{codes:?}");
    };
    wrong("(\"card\", \"good\")", "(\"cart\", \"good\")");
    wrong("(\"card\", \"bad\")", "(\"card\", \"sad\")");
}

#[test]
fn mistakes_in_notes_are_told() {
    let codes = |table: &str| -> Vec<Code> {
        match scenario("", table) {
            Ok(_) => Vec::new(),
            Err(report) => report.diagnostics.iter().map(|d| d.code).collect(),
        }
    };
    let with = |from: &str, to: &str| {
        let changed = TABLE.replace(from, to);
        assert_ne!(changed, TABLE);
        codes(&changed)
    };
    assert!(codes(TABLE).is_empty());
    assert!(with("seat: \"street\", when", "seat: \"streets\", when").contains(&Code::UnknownId));
    assert!(with("about: \"street-theft\"", "about: \"thefts\"").contains(&Code::UnknownId));
    assert!(with("place: \"two\"", "place: \"too\"").contains(&Code::UnknownId));
    assert!(with(" text: \"Nobody asked.\"", "").contains(&Code::MissingField));
    assert!(with("(turn: 3)", "(turn: 30)").contains(&Code::TurnOutside));
    assert!(with("id: \"data-2\"", "id: \"data-1\"").contains(&Code::DuplicateId));
}
