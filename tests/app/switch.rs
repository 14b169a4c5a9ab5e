//! Language, look and text size can be changed in the middle of anything, and nothing of it is lost.

use crate::support::{
    built_in, change, end_month, flagship, game_of, options, to_an_emergency, to_orders,
};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen, Settings};
use commonwatch::text::Lang;

const SIZE: (u32, u32) = (1280, 800);

fn still() -> Settings {
    Settings {
        motion: false,
        ..Settings::default()
    }
}

fn ask(stage: &mut Stage, ids: &[&str]) {
    for id in ids {
        stage.ask(id).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// Something with such a name that is not chosen yet.
fn another(stage: &Stage, start: &str) -> String {
    let names = stage.names().into_iter();
    let mut others = names.filter(|id| id.starts_with(start) && stage.chosen(id) == Some(false));
    others.next_back().expect("something to choose")
}

/// Everything that has a name of its own, and whether it is chosen. Words change with the language,
/// and with their length what there is room for on the map.
fn shown(stage: &Stage) -> Vec<(String, Option<bool>)> {
    let by_room = [
        "text:",
        "pin:",
        "site:",
        "gate:",
        "layer-figure:",
        "undo",
        "redo",
    ];
    let names = stage.names().into_iter();
    let names = names.filter(|id| !by_room.iter().any(|kind| id.starts_with(kind)));
    names
        .map(|id| (stage.chosen(&id), id))
        .map(|(on, id)| (id, on))
        .collect()
}

/// What changes when language and look are changed by their keys and set back, and text size, too,
/// where the menu can be opened over what is there.
fn lost(stage: &mut Stage, what: &str, over: Over) -> Vec<String> {
    let (before, screen) = (shown(stage), stage.screen());
    let words = stage.text();
    let mut lost = Vec::new();
    let mut compare = |stage: &Stage, after: &str| {
        let now = shown(stage);
        let gone = before.iter().filter(|it| !now.contains(it));
        lost.extend(gone.map(|it| format!("{what}, {after}: {it:?} is gone")));
        // What plays goes on while it is looked at.
        let new = now
            .iter()
            .filter(|it| over != Over::Clock && !before.contains(it));
        lost.extend(new.map(|it| format!("{what}, {after}: {it:?} is new")));
    };
    for _ in Lang::ALL {
        stage.key(KeyCode::KeyG, "G", false, true);
        compare(stage, "language");
    }
    for _ in 0..3 {
        stage.key(KeyCode::KeyT, "T", false, true);
        compare(stage, "look");
    }
    if over != Over::Nothing {
        for setting in [
            "text:200",
            "text:115",
            "text:100",
            "look:night",
            "look:paper",
        ] {
            change(stage, &[setting.to_owned()]);
        }
        compare(stage, "settings");
    }
    assert_eq!(stage.screen(), screen, "{what}");
    if over != Over::Clock && stage.text() != words {
        lost.push(format!("{what}: {words}\n---\n{}", stage.text()));
    }
    lost
}

/// What can lie over a page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Something lies there already.
    Nothing,
    /// The menu.
    Menu,
    /// The menu, and the seconds run on where it does not.
    Clock,
}

#[test]
fn choices_before_a_game_stay() {
    let options = Options {
        size: SIZE,
        ..options(Lang::En, None)
    };
    let mut stage = Stage::open_as(options, still());
    ask(&mut stage, &["browse"]);
    let other = stage
        .names()
        .into_iter()
        .find(|id| id.ends_with(":pearl-bay"));
    ask(&mut stage, &[&other.expect("the exercise")]);
    let mut found = lost(&mut stage, "another exercise", Over::Nothing);
    ask(
        &mut stage,
        &["set-up", "shuffle", "command:desks", "privacy:open"],
    );
    ask(&mut stage, &["people:solo", "controls:slots"]);
    found.extend(lost(&mut stage, "a set-up", Over::Nothing));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_a_desk_has_half_done_stays() {
    let mut found = Vec::new();
    let mut stage = flagship(SIZE, still(), &["controls:slots"]);
    let mut check = |stage: &mut Stage, what: &str| found.extend(lost(stage, what, Over::Menu));

    ask(
        &mut stage,
        &["page:orders", "high-more", "high-more", "low-less"],
    );
    check(&mut stage, "a range half set");
    ask(&mut stage, &["page:standing"]);
    check(&mut stage, "standing orders");
    ask(&mut stage, &["page:notes"]);
    check(&mut stage, "notes");
    ask(&mut stage, &["page:talk", "reason:cost"]);
    check(&mut stage, "a reason");
    ask(&mut stage, &["precinct:opera-point", "ask-of:street"]);
    check(&mut stage, "an ask for a place");
    ask(
        &mut stage,
        &["desk:sensing", "page:tools", "measure:cameras"],
    );
    ask(
        &mut stage,
        &["thing-after", "level:2", "governance:audit", "live:yes"],
    );
    check(&mut stage, "cameras half set");
    ask(
        &mut stage,
        &["sheet-back", "desk:street", "page:orders", "take:foot"],
    );
    stage.key(KeyCode::KeyT, "t", false, false);
    for _ in 0..3 {
        stage.key(KeyCode::Period, ".", false, false);
    }
    check(&mut stage, "a team in the hand over a place");
    stage.key(KeyCode::Escape, "", false, false);
    stage.key(KeyCode::KeyE, "e", false, false);
    assert!(stage.says("card-close").is_some(), "a card lies open");
    check(&mut stage, "a card");
    ask(&mut stage, &["card-close"]);
    stage.key(KeyCode::KeyO, "o", false, false);
    check(&mut stage, "the list of layers");
    ask(&mut stage, &["layer:rings"]);
    check(&mut stage, "a layer");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_refusal_waits_with_what_can_be_asked_instead() {
    let mut stage = flagship(SIZE, still(), &["command:desks", "privacy:open"]);
    ask(
        &mut stage,
        &["desk:community", "precinct:drum-tower", "move:foot-1"],
    );
    ask(&mut stage, &["precinct:opera-point"]);
    assert!(stage.says("ask-instead").is_some(), "{}", stage.text());
    let before = stage.says("refusal");
    for _ in 0..3 {
        stage.key(KeyCode::KeyT, "T", false, true);
        assert_eq!(stage.says("refusal"), before, "in another look");
    }
    change(&mut stage, &["text:150".to_owned()]);
    change(&mut stage, &["text:100".to_owned()]);
    assert_eq!(stage.says("refusal"), before, "at another size");
    ask(&mut stage, &["ask-instead"]);
    assert!(stage.says("refusal").is_none(), "the street desk is asked");
}

#[test]
fn a_call_that_waits_goes_on_waiting_with_its_reason() {
    let mut stage = game_of(built_in("first-watch"), SIZE, Lang::En, &[]);
    let mut calls = 0;
    for _ in 0..6 {
        let _ = stage.ask("end-turn");
        if stage.says("refusal").is_some() {
            ask(&mut stage, &["end-turn"]);
        }
        if stage.says("let-pass").is_some() {
            ask(&mut stage, &["call-reason:urgency"]);
            let found = lost(&mut stage, "a call", Over::Nothing);
            assert!(found.is_empty(), "{}", found.join("\n"));
            assert_eq!(stage.chosen("call-reason:urgency"), Some(true));
            calls += 1;
            break;
        }
        end_month(&mut stage);
        if !to_orders(&mut stage) {
            break;
        }
    }
    assert!(calls > 0, "no call came");
}

#[test]
fn the_cover_between_desks_stays() {
    let mut stage = flagship(SIZE, still(), &["command:desks"]);
    assert!(stage.says("uncover").is_some(), "the first desk is covered");
    let found = lost(&mut stage, "the cover", Over::Menu);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn what_is_read_in_the_course_of_a_game_stays_open() {
    let mut found = Vec::new();
    let mut stage = flagship(SIZE, still(), &[]);
    // The first month has nothing before it that it could be compared with.
    end_month(&mut stage);
    assert!(to_orders(&mut stage));
    end_month(&mut stage);
    assert_eq!(stage.screen(), Screen::Response);
    found.extend(lost(&mut stage, "a month that was played", Over::Menu));
    ask(&mut stage, &["onward"]);
    let cause = another(&stage, "cause:");
    ask(&mut stage, &[&cause]);
    found.extend(lost(&mut stage, "a rule that was asked about", Over::Menu));
    ask(&mut stage, &["place:after"]);
    found.extend(lost(&mut stage, "a place that was asked about", Over::Menu));
    ask(&mut stage, &["onward"]);
    found.extend(lost(&mut stage, "what a month opens with", Over::Menu));
    assert!(to_orders(&mut stage));
    stage.key(KeyCode::KeyH, "h", false, false);
    found.extend(lost(&mut stage, "history", Over::Nothing));
    ask(&mut stage, &["history:turn:1", "precinct:opera-point"]);
    found.extend(lost(&mut stage, "an earlier moment", Over::Menu));
    ask(&mut stage, &["review:undo"]);
    found.extend(lost(
        &mut stage,
        "a step that waits for consent",
        Over::Nothing,
    ));
    ask(&mut stage, &["consent:no", "review:now"]);
    stage.key(KeyCode::KeyW, "W", false, true);
    let group = another(&stage, "glossary:");
    ask(&mut stage, &[&group]);
    found.extend(lost(&mut stage, "glossary", Over::Nothing));
    ask(&mut stage, &["close", "menu", "menu:model"]);
    let chapter = another(&stage, "chapter:");
    ask(&mut stage, &[&chapter]);
    found.extend(lost(&mut stage, "model", Over::Nothing));
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_month_that_plays_goes_on_playing() {
    let moving = Settings {
        motion: true,
        ..Settings::default()
    };
    let mut stage = flagship(SIZE, moving, &[]);
    end_month(&mut stage);
    let plays = |stage: &Stage| stage.says("onward").is_some_and(|it| it.0 == "Show all");
    assert!(plays(&stage));
    let found = lost(&mut stage, "a month that plays", Over::Clock);
    assert!(plays(&stage) && found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn an_emergency_half_decided_stays() {
    let mut stage = flagship(SIZE, still(), &[]);
    to_an_emergency(&mut stage);
    stage.key(KeyCode::Digit2, "2", false, false);
    stage.key(KeyCode::Digit5, "5", false, false);
    let found = lost(&mut stage, "an emergency", Over::Clock);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
