//! The room's forecast of a published figure.

use super::{Room, city_with};
use commonwatch::rules::id::FamilyIx;
use commonwatch::rules::world::Measure;
use commonwatch::rules::{Action, Id, Index, Refusal};

fn forecast(seat: &str, low: u16, high: u16) -> Action {
    let seat = Id::from(seat);
    Action::RoomForecast { seat, low, high }
}

#[test]
fn a_forecast_is_told_at_the_end_with_what_was_published() {
    let mut room = Room::new();
    // The first objective is Trust, which lies between 30 and 70 in any city.
    assert_eq!(
        room.state.world().room_figure(),
        Measure::Index(Index::Trust)
    );
    room.does("street", forecast("street", 0, 1));
    room.does("data", forecast("data", 20, 80));
    let said = room.sees("cyber").room_forecast().unwrap();
    assert_eq!((said.low, said.high), (20, 80));
    assert_eq!(
        room.try_to("data", forecast("data", 5, 4)),
        Err(Refusal::EmptyRange { low: 5, high: 4 })
    );
    let owner = Id::from("data");
    assert_eq!(
        room.try_to("street", forecast("data", 4, 5)),
        Err(Refusal::OtherDesk { owner })
    );
    room.end_turn();
    assert_eq!(room.sees("cyber").room_forecast(), None);
    assert_eq!(room.sees("cyber").calibration().told.len(), 1);
    room.does("street", forecast("street", 0, 10));
    room.end_game();
    let told = room.state.debrief().unwrap().calibration;
    assert_eq!(told.told.len(), 2);
    assert_eq!(told.inside(), Some(0.5));
    assert_eq!(told.width(), Some(35.0));
}

#[test]
fn the_desks_take_turns_and_nobody_is_made_to_guess() {
    let mut room = Room::new();
    let mut asked = Vec::new();
    while !room.state.over() {
        asked.push(room.sees("street").forecaster().at());
        room.end_turn();
    }
    assert_eq!(asked, [0, 1, 2, 3, 4, 5, 6, 7, 0]);
    let told = room.state.debrief().unwrap().calibration;
    assert_eq!((told.inside(), told.width()), (None, None));
}

#[test]
fn a_scenario_names_the_figure() {
    let world = city_with("", "    room_forecast: Offences(\"burglary\"),\n");
    let at = world.family(&Id::from("burglary")).unwrap();
    assert_eq!(world.room_figure(), Measure::Offences(FamilyIx(at.0)));
}
