//! Every row of the framework is played: something is decided in it, and something that ships uses
//! it. Whether a decision is felt is the matter of the tests of each instrument and mechanism.

use super::institution::CITY;
use commonwatch::rules::world::{Desks, OrderKind, Tactic, What};
use commonwatch::rules::{Action, World};
use commonwatch::scenario::card::Card;
use commonwatch::scenario::{Source, load};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// The rows: a letter with its first and last number.
const ROWS: [(char, u8, u8); 11] = [
    ('M', 1, 3),
    ('C', 1, 2),
    ('T', 1, 3),
    ('R', 1, 4),
    ('N', 0, 5),
    ('X', 1, 6),
    ('L', 1, 4),
    ('O', 1, 8),
    ('D', 1, 8),
    ('F', 1, 5),
    ('G', 3, 3),
];

/// A row that is decided by an act of its own, and when a scenario uses it.
struct Act {
    row: &'static str,
    name: &'static str,
    used: fn(&World) -> bool,
}

/// The acts that play a row which no instrument plays alone.
const ACTS: &[Act] = &[
    Act {
        row: "X2",
        name: "Duty",
        used: |world| world.order(OrderKind::Duty).is_some(),
    },
    // A warning is answered, a plan is ordered, people are checked, and what came of it is asked
    // for at the doors.
    Act {
        row: "L1",
        name: "Answer",
        used: |world| !world.injects.is_empty(),
    },
    Act {
        row: "L2",
        name: "Assign",
        used: |world| !world.units.is_empty(),
    },
    Act {
        row: "L3",
        name: "Assign",
        used: |world| {
            let mut kinds = world.kinds.iter();
            kinds.any(|kind| kind.tactics.contains(&Tactic::PreciseChecks))
        },
    },
    Act {
        row: "L4",
        name: "Answer",
        used: |world| {
            let options = world.injects.iter().flat_map(|inject| &inject.options);
            let mut effects = options.flat_map(|option| &option.effects);
            effects.any(|effect| matches!(effect.what, What::Survey))
        },
    },
    Act {
        row: "O1",
        name: "Release",
        used: |world| world.desks != Desks::default(),
    },
    Act {
        row: "O2",
        name: "Ask",
        used: |world| world.seats.len() >= 8,
    },
    Act {
        row: "L4",
        name: "RoomForecast",
        used: |world| world.desks != Desks::default(),
    },
    Act {
        row: "M1",
        name: "Pin",
        used: |world| world.desks != Desks::default(),
    },
    Act {
        row: "O7",
        name: "Pilot",
        used: |world| world.instruments.iter().any(|instrument| instrument.ladder),
    },
    Act {
        row: "L2",
        name: "Posture",
        used: |world| {
            world
                .seats
                .iter()
                .all(|seat| seat.oversight || !seat.postures.is_empty())
        },
    },
    Act {
        row: "G3",
        name: "Testify",
        used: |world| world.oversight().is_some(),
    },
    Act {
        row: "O8",
        name: "Train",
        used: |world| world.order(OrderKind::Training).is_some(),
    },
];

fn rows() -> Vec<String> {
    let each = |(letter, first, last): (char, u8, u8)| {
        (first..=last).map(move |number| format!("{letter}{number}"))
    };
    ROWS.into_iter().flat_map(each).collect()
}

/// The rows that an instrument of the card says it plays: `M1`, or `D1-D8` for all of them.
fn played(row: &str) -> Vec<String> {
    let Some((first, last)) = row.split_once('-') else {
        return vec![row.to_owned()];
    };
    let number = |row: &str| row[1..].parse::<u8>().expect("a number after the letter");
    (number(first)..=number(last))
        .map(|number| format!("{}{number}", &first[..1]))
        .collect()
}

/// The acts that a person can do, by name.
fn acts() -> BTreeSet<String> {
    let unknown = serde_json::from_str::<Action>("{\"?\": {}}").expect_err("no such act");
    let said = unknown.to_string();
    said.split('`')
        .skip(3)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The shipped scenarios, and the city of the tests of the institution.
fn worlds() -> Vec<Arc<World>> {
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut worlds = vec![Arc::clone(&CITY)];
    for entry in std::fs::read_dir(shipped).expect("scenarios") {
        let folder = entry.expect("readable").path();
        if folder.is_dir() {
            let source = Source::Disk(folder);
            let loaded = load(&source).unwrap_or_else(|report| panic!("{:?}", report.diagnostics));
            worlds.push(Arc::clone(&loaded.scenario.world));
        }
    }
    worlds
}

#[test]
fn every_row_is_decided_and_used() {
    let (acts, worlds) = (acts(), worlds());
    assert!(acts.contains("EndTurn"), "{acts:?}");
    let missing: Vec<String> = rows()
        .into_iter()
        .filter(|row| {
            let instruments = Card::built_in().instruments().iter();
            let mut instruments = instruments.filter(|card| played(&card.row).contains(row));
            let by_instrument = instruments.any(|card| {
                let open = |world: &Arc<World>| {
                    let mut open = world.instruments.iter();
                    open.any(|open| open.id.as_str() == card.id && open.settings.len() > 1)
                };
                worlds.iter().any(open)
            });
            let mut own = ACTS.iter().filter(|act| act.row == row);
            let by_act = own
                .any(|act| acts.contains(act.name) && worlds.iter().any(|world| (act.used)(world)));
            !by_instrument && !by_act
        })
        .collect();
    assert!(missing.is_empty(), "nobody plays {missing:?}");
}

#[test]
fn no_instrument_plays_a_row_that_is_not_there() {
    let rows = rows();
    for card in Card::built_in().instruments() {
        for row in played(&card.row) {
            assert!(rows.contains(&row), "{} plays {row}", card.id);
        }
    }
}
