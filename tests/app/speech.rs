//! What a screen reader says makes sense without the picture.

use crate::support::options;
use bevy::prelude::KeyCode;
use commonwatch::app::Screen;
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::text::Lang;
use std::collections::BTreeSet;

#[test]
fn every_figure_is_heard_with_its_name_and_nothing_twice() {
    let mut stage = Stage::open(options(Lang::En, None));
    stage.press("learn").expect("a game to learn with");
    stage.key(KeyCode::Enter, "\r", false, false);
    assert_eq!(stage.screen(), Screen::Briefing);
    let heard = stage.heard();
    assert!(
        heard.contains(&"Funds: 4 free of 4".to_owned()),
        "{heard:#?}"
    );
    let goals = heard
        .iter()
        .filter(|line| line.ends_with(": true, shown at the end"));
    assert!(goals.count() >= 2, "objectives are named: {heard:#?}");
    stage.key(KeyCode::Enter, "\r", false, false);
    stage.key(KeyCode::Enter, "\r", true, false);
    while stage.says("all:opera-point").is_none() {
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Response);
    let heard = stage.heard();
    assert!(
        heard
            .iter()
            .any(|line| line.starts_with("Opera Point: Burglary ")),
        "{heard:#?}"
    );
    for line in &heard {
        let bare = line.chars().all(|c| c.is_ascii_digit());
        assert!(!bare, "the number {line} of nothing is heard: {heard:#?}");
    }
    let once: BTreeSet<&String> = heard.iter().collect();
    assert_eq!(once.len(), heard.len(), "{heard:#?}");
}
