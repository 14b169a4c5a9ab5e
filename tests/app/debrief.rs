//! The debrief: page after page, by hand and by keys, and that what it says adds up.

use crate::support::{built_in, options};
use bevy::prelude::KeyCode;
use commonwatch::app::autopilot::rehearsal::{Part, rehearse};
use commonwatch::app::autopilot::stage::Stage;
use commonwatch::app::{Options, Screen};
use commonwatch::lab::Policy;
use commonwatch::text::Lang;
use std::path::Path;

/// The debrief of a game that a policy has played.
fn over(scenario: &str, policy: Policy, folder: &Path, lang: Lang) -> Stage {
    let of = |folder: &Path, lang| Options {
        scenario: built_in(scenario),
        data_dir: Some(folder.to_owned()),
        ..options(lang, None)
    };
    let played = rehearse(of(folder, Lang::En), Part::of(policy));
    played.outcome.expect("it comes to its end");
    let mut stage = Stage::open(of(folder, lang));
    stage.press("continue").expect("the game is there");
    assert_eq!(stage.screen(), Screen::Debrief);
    stage
}

/// A figure's value as a number.
fn value(stage: &Stage, id: &str) -> f64 {
    let (_, value) = stage.says(id).unwrap_or_else(|| panic!("{id} is missing"));
    value.replace('−', "-").parse().expect("a number")
}

/// The pages whose steps are shown, and the one that lies open.
fn pages(stage: &Stage) -> (Vec<String>, String) {
    let all = [
        "truth",
        "counted",
        "ledger",
        "decisions",
        "notes",
        "handover",
    ];
    let there: Vec<String> = (all.iter())
        .map(|page| format!("debrief:{page}"))
        .filter(|id| stage.says(id).is_some())
        .collect();
    let open = there.iter().find(|id| stage.chosen(id) == Some(true));
    let open = open.expect("one lies open").clone();
    (there, open)
}

#[test]
fn enter_leads_through_every_page_and_home() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = over("first-watch", Policy::Even, folder.path(), Lang::En);
    let (all, first) = pages(&stage);
    assert_eq!(first, "debrief:truth");
    assert!(
        !all.contains(&"debrief:notes".to_owned()),
        "nobody in First Watch is told anything alone"
    );
    for page in &all {
        assert_eq!(pages(&stage).1, *page);
        let faults = stage.faults();
        assert!(faults.is_empty(), "{page}: {}", faults.join("\n"));
        assert!(stage.rests(), "{page} is at rest");
        stage.key(KeyCode::Enter, "\r", false, false);
    }
    assert_eq!(stage.screen(), Screen::Title);
}

/// What moved a figure leads from where it began to where it ended, as far as tenths can say.
#[test]
fn the_true_book_adds_up_for_every_figure_and_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = over("first-watch", Policy::Even, folder.path(), Lang::ZhHans);
    stage.press("debrief:ledger").expect("the book");
    let figures = [
        "safety",
        "trust",
        "equity",
        "rights",
        "stewardship",
        "sense-of-safety",
    ];
    for figure in figures {
        let id = format!("ledger:{figure}");
        if stage.chosen(&id) != Some(true) {
            stage.press(&id).expect("its book");
        }
        let by_place = matches!(figure, "trust" | "sense-of-safety");
        assert_eq!(stage.says("place:after").is_some(), by_place, "{figure}");
        for _ in 0..if by_place { 3 } else { 1 } {
            let bars: Vec<String> = (stage.names().into_iter())
                .filter(|id| id.starts_with("cause:"))
                .collect();
            let sum: f64 = bars.iter().map(|id| value(&stage, id)).sum();
            let change = value(&stage, "ledger.end") - value(&stage, "ledger.start");
            let rounding = 0.05 * (bars.len() as f64 + 2.0) + 1e-9;
            assert!(
                (sum - change).abs() <= rounding,
                "{figure}: {sum} against {change}"
            );
            if by_place {
                stage.press("place:after").expect("another place");
            }
        }
    }
    let bar = (stage.names().into_iter())
        .find(|id| id.starts_with("cause:") && id != "cause:rest")
        .expect("a rule");
    stage.press(&bar).expect("it can be asked about");
    stage.press("model:rule").expect("and leads to its numbers");
}

/// What could not be explained in a turn is opened, in parts that close the sum.
#[test]
fn what_was_not_explained_is_opened_in_its_parts() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = over("first-watch", Policy::Hotspot, folder.path(), Lang::En);
    stage.press("debrief:ledger").expect("the book");
    stage.press("ledger:record").expect("the record");
    let mut parts = 0;
    loop {
        let bars: Vec<String> = (stage.names().into_iter())
            .filter(|id| id.starts_with("cause:") || id.starts_with("gap:"))
            .collect();
        assert!(
            stage.says("cause:unexplained").is_none(),
            "nothing is left unexplained"
        );
        parts += bars.iter().filter(|id| id.starts_with("gap:")).count();
        let sum: f64 = bars.iter().map(|id| value(&stage, id)).sum();
        let change = value(&stage, "why.now") - value(&stage, "why.before");
        let rounding = 0.05 * (bars.len() as f64 + 1.0) + 1e-9;
        assert!(
            (sum - change).abs() <= rounding,
            "{sum} against {change}: {bars:?}"
        );
        if !stage.takes_presses("ledger-turn:before") {
            break;
        }
        stage.press("ledger-turn:before").expect("the turn before");
    }
    assert!(parts >= 5, "luck alone is in every month: {parts}");
}

/// A decision opens the map as it was, and the way back leads to the page that was left.
#[test]
fn a_decision_leads_to_its_moment_and_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = over("first-watch", Policy::Even, folder.path(), Lang::En);
    stage.press("debrief:decisions").expect("the decisions");
    let moments = |stage: &Stage| {
        let names = stage.names().into_iter();
        names.filter(|id| id.starts_with("moment:")).count()
    };
    let all = moments(&stage);
    stage.press("decisions:street").expect("one desk");
    let own = moments(&stage);
    assert!(0 < own && own < all, "{own} of {all}");
    let first = (stage.names().into_iter())
        .find(|id| id.starts_with("moment:"))
        .expect("a decision");
    stage.press(&first).expect("it can be looked at");
    assert_eq!(stage.screen(), Screen::Command);
    assert!(stage.says("review").is_some(), "it is a look back");
    stage.press("review:now").expect("the way back");
    assert_eq!(stage.screen(), Screen::Debrief);
    assert_eq!(pages(&stage).1, "debrief:decisions");
    assert_eq!(moments(&stage), own, "the desk is still chosen");
}

/// In a city of nine desks everything that was hidden is told: notes with their worth, mandates with
/// what stands behind them, cards with how things stood, and what is left.
#[test]
fn the_debrief_of_pearl_bay_opens_what_was_hidden() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut stage = over("pearl-bay", Policy::Balanced, folder.path(), Lang::En);
    assert_eq!(pages(&stage).0.len(), 6);
    let count = |stage: &Stage, start: &str| {
        let names = stage.names().into_iter();
        names.filter(|id| id.starts_with(start)).count()
    };
    stage.press("debrief:notes").expect("the notes");
    assert!(count(&stage, "told:") >= 8, "notes of the desks");
    assert!(count(&stage, "mandate:") >= 8, "a mandate a desk");
    let (note, said) = (stage.names().into_iter())
        .find(|id| id.starts_with("told:"))
        .and_then(|id| stage.says(&id))
        .expect("a note");
    assert!(note.starts_with("Note "), "{note}");
    assert!(said.contains("on the map"), "{said}");
    stage.press("debrief:decisions").expect("the decisions");
    assert!(count(&stage, "behind:") >= 3, "cards came");
    let text = stage.text();
    assert!(text.contains("How things stood: "), "variants are told");
    let behind = stage.names().into_iter();
    let behind = behind.filter(|id| id.starts_with("behind:"));
    let told: Vec<String> = (behind.filter_map(|id| stage.says(&id)))
        .filter_map(|(_, said)| Some(said.split_once("How things stood: ")?.1.to_owned()))
        .filter_map(|rest| Some(rest.split_once('.')?.0.to_owned()))
        .collect();
    let mut once = told.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), told.len(), "a story is told once: {told:?}");
    stage.ask("menu").expect("the menu");
    stage.ask("menu:goals").expect("what counts");
    let text = stage.text();
    assert!(text.contains("shown in the debrief"), "{text}");
    assert!(!text.contains("shown at the end"), "nothing is hidden now");
    stage.ask("close").expect("the way back");
    stage.press("debrief:ledger").expect("the book");
    if stage.chosen("ledger:trust") != Some(true) {
        stage.press("ledger:trust").expect("its book");
    }
    let card = (stage.names().into_iter())
        .find(|id| id.starts_with("cause:card:"))
        .expect("a card that moved Trust has its name in the book");
    stage.press(&card).expect("it tells its rule");
    assert!(stage.says("model:rule").is_some() || stage.chosen(&card) == Some(true));
    stage.press("debrief:handover").expect("the handover");
    assert_eq!(count(&stage, "left-pressure:"), 8);
    stage.press("debrief:counted").expect("the objectives");
    for (id, (_, said)) in (stage.names().into_iter())
        .filter(|id| id.starts_with("objective:"))
        .filter_map(|id| Some((id.clone(), stage.says(&id)?)))
    {
        let told = ["Met", "Met on record only", "Not met"];
        assert!(told.iter().any(|it| said.starts_with(it)), "{id}: {said}");
    }
}
