//! Pins: a note on the map, what it may hold, and what it does to patrol.

use super::{Room, TABLE, city, city_with};
use commonwatch::rules::ledger::Rule;
use commonwatch::rules::world::Tactic;
use commonwatch::rules::{Account, Action, Id, Index, Ledger, Refusal, State, Table, command};

fn pin(note: &str) -> Action {
    Action::Pin {
        note: Id::from(note),
    }
}

#[test]
fn a_pin_is_read_by_every_desk_until_the_turn_ends() {
    let mut room = Room::new();
    let before = room.sees("cyber").digest();
    room.does("street", pin("street-1"));
    for seat in ["street", "data", "cyber"] {
        let pinned: Vec<_> = room.sees(seat).pinned().collect();
        assert_eq!(pinned.len(), 1);
        assert_eq!(pinned[0].id, Id::from("street-1"));
    }
    assert_ne!(room.sees("cyber").digest(), before);
    room.end_turn();
    assert_eq!(room.sees("cyber").pinned().count(), 0);
    // What is known stays known: it can go up again.
    room.does("street", pin("street-1"));
    room.end_game();
    let debrief = room.state.debrief().unwrap();
    assert_eq!(debrief.notes[0].pinned, [1, 2]);
    assert!(debrief.notes[1].pinned.is_empty());
}

#[test]
fn a_desk_pins_one_of_its_own_notes_a_turn() {
    let mut room = Room::new();
    let unknown =
        |id: &str, near: Option<&str>| Err(Refusal::UnknownNote(Id::from(id), near.map(Id::from)));
    // Not there at all, not there yet, and another desk's: all are refused alike.
    assert_eq!(
        room.try_to("street", pin("nothing")),
        unknown("nothing", None)
    );
    let near = Some("street-1");
    assert_eq!(
        room.try_to("street", pin("street-2")),
        unknown("street-2", near)
    );
    assert_eq!(
        room.try_to("street", pin("data-1")),
        unknown("data-1", None)
    );
    room.end_turn();
    room.does("street", pin("street-2"));
    let note = Id::from("street-2");
    assert_eq!(
        room.try_to("street", pin("street-2")),
        Err(Refusal::PinnedAlready { note })
    );
    let seat = Id::from("street");
    assert_eq!(
        room.try_to("street", pin("street-1")),
        Err(Refusal::OnePin { seat })
    );
}

#[test]
fn the_map_holds_more_pins_the_further_it_is_built() {
    for (map, most) in [
        ("", 2),
        ("\"one-map\": ()", 2),
        ("\"one-map\": (start: \"1\")", 4),
    ] {
        let table = TABLE.replace("when: (turn: 3), ", "");
        let mut room = Room::at(&city_with(map, &table), 1);
        assert_eq!(room.sees("street").room_for_pins(), most);
        room.does("street", pin("street-1"));
        room.does("data", pin("data-1"));
        let third = room.try_to("coordination", pin("coordination-1"));
        let refused = Err(Refusal::MapFull { most });
        assert_eq!(third, if most == 2 { refused } else { Ok(()) }, "{map}");
    }
}

#[test]
fn one_hand_may_pin_for_every_desk() {
    let state = State::new(city(), 1);
    let (street, mut book) = (Id::from("street"), Ledger::without_detail());
    let set_up = Action::SetUp {
        table: Table::Shared,
        presets: Vec::new(),
    };
    let state = command::apply(&state, &street, &set_up, &mut book).unwrap();
    let state = command::apply(&state, &street, &pin("data-1"), &mut book).unwrap();
    let seat = Id::from("data");
    let again = command::check(&state, &seat, &pin("data-1"));
    assert!(matches!(again, Err(Refusal::PinnedAlready { .. })));
}

/// The same luck with and without a pin: it works where it points, on what it names, through the
/// patrol that stands there, by its quality.
#[test]
fn a_pin_helps_patrol_where_it_is_right_and_misleads_it_where_it_is_wrong() {
    let play = |pins: &[(&str, &str)]| {
        let mut room = Room::new();
        for (seat, note) in pins {
            while room.try_to(seat, pin(note)).is_err() {
                room.end_turn();
            }
        }
        room.end_game();
        room
    };
    let expected = |room: &Room, turn: usize| -> Vec<f64> {
        room.state.debrief().unwrap().hidden[turn - 1]
            .expected
            .to_vec()
    };
    let plain = play(&[]);
    let families = plain.state.world().families.len();
    let theft = plain
        .state
        .world()
        .family(&Id::from("street-theft"))
        .unwrap();
    let changed = |room: &Room, turn: usize| -> Vec<(usize, bool)> {
        let cells = expected(room, turn).into_iter().zip(expected(&plain, turn));
        let cells = cells.enumerate().filter(|(_, (now, then))| now != then);
        cells.map(|(at, (now, then))| (at, now < then)).collect()
    };
    let right = play(&[("street", "street-1")]);
    assert_eq!(changed(&right, 1), [(theft.at(), true)]);
    let dated = play(&[("data", "data-1")]);
    assert!(changed(&dated, 1).is_empty());
    // A wrong note without a family misleads patrol in all of them that it works on.
    let wrong = play(&[("street", "street-2")]);
    let misled = changed(&wrong, 2);
    assert!(misled.len() > 1);
    assert!(misled.iter().all(|(at, fewer)| *at < families && !fewer));

    let told = |room: &Room, rule| -> i64 {
        let entries = room.book.entries().iter().filter(|entry| {
            entry.account == Account::Index(Index::Safety)
                && entry.turn <= 2
                && entry.cause.rule == rule
        });
        entries.map(|entry| entry.amount).sum()
    };
    assert_eq!(told(&plain, Rule::Pin), 0);
    // It is over when the turn ends, and is taken back from the index then.
    assert!(right.book.entries().iter().any(|entry| {
        entry.account == Account::Index(Index::Safety)
            && entry.turn == 1
            && entry.cause.rule == Rule::Pin
            && entry.amount > 0
    }));
    assert!(told(&wrong, Rule::Pin) < 0);
}

#[test]
fn a_pin_without_patrol_changes_nothing() {
    let play = |pins: bool| {
        let mut room = Room::new();
        for unit in ["foot-a-1", "foot-a-2"] {
            let (unit, to) = (Id::from(unit), Id::from("six"));
            let tactic = Tactic::Visible;
            room.does("street", Action::Assign { unit, to, tactic });
        }
        if pins {
            room.does("street", pin("street-1"));
        }
        room.end_game();
        room.state.debrief().unwrap().hidden[0].expected.clone()
    };
    assert_eq!(play(true), play(false));
}

/// Games that differ in what notes are worth look alike from every desk, pinned or not, until the
/// turn has been played.
#[test]
fn what_a_note_is_worth_shows_nowhere() {
    let other = TABLE
        .replace("quality: Accurate", "quality: Odd")
        .replace("quality: Wrong", "quality: Accurate")
        .replace("quality: Dated", "quality: Wrong")
        .replace("quality: Odd", "quality: Wrong");
    let mut rooms = [TABLE, &other].map(|table| Room::at(&city_with("", table), 9));
    for room in &mut rooms {
        room.does("street", pin("street-1"));
        room.does("data", pin("data-1"));
    }
    let [one, two] = &rooms;
    for seat in one.state.world().seats.iter().map(|seat| seat.id.as_str()) {
        let (one, two) = (one.sees(seat), two.sees(seat));
        assert_eq!(one.digest(), two.digest(), "{seat}");
        assert_eq!(one.forecast(), two.forecast());
        assert_eq!(one.legal_placements(), two.legal_placements());
        for action in one.legal_placements() {
            assert_eq!(one.preview(&action), two.preview(&action));
        }
        for note in ["street-1", "street-2", "data-1", "coordination-1"] {
            assert_eq!(one.check(&pin(note)), two.check(&pin(note)));
        }
    }
    for room in &mut rooms {
        room.end_turn();
    }
    assert_ne!(rooms[0].state.digest(), rooms[1].state.digest());
}
