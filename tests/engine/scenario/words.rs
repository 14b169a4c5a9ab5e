//! The product's words: complete in both languages, and each language clean.

use commonwatch::rules::table::{Became, Kept};
use commonwatch::rules::world::{Quality, Tactic};
use commonwatch::rules::{Index, Reason, Rule};
use commonwatch::scenario::card::{Card, Grade, Unit};
use commonwatch::text::{Lang, slots, table};

/// Latin words that Chinese texts may hold: file formats, fields that authors type, codes.
const LATIN_PARTS: &[&str] = &["diagnostics", "cli"];

#[test]
fn tables_are_read_without_fault() {
    for lang in Lang::ALL {
        assert_eq!(table(lang).faults(), &[] as &[String]);
    }
}

#[test]
fn both_languages_have_the_same_keys_and_slots() {
    let (en, zh) = (table(Lang::En), table(Lang::ZhHans));
    for (key, template) in en.entries() {
        let other = zh
            .find(key)
            .unwrap_or_else(|| panic!("{key} has no Chinese"));
        let (mut here, mut there) = (slots(template), slots(other));
        // Which article or plural stands is English business.
        here.dedup();
        there.dedup();
        assert_eq!(here, there, "{key}");
    }
    for (key, _) in zh.entries() {
        assert!(en.find(key).is_some(), "{key} has no English");
    }
}

#[test]
fn no_key_is_written_twice() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/text");
    for entry in std::fs::read_dir(root).expect("assets/text") {
        let path = entry.expect("readable").path();
        let text = std::fs::read_to_string(&path).expect("UTF-8");
        let mut keys: Vec<&str> = text
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix('"')?.split_once("\":"))
            .map(|(key, _)| key)
            .collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "{}", path.display());
    }
}

fn without_slots(template: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in template.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn english_has_no_han_and_no_curly_quotes() {
    for (key, text) in table(Lang::En)
        .entries()
        .filter(|(key, _)| !names_a_language(key))
    {
        assert!(
            !text.chars().any(|c| ('\u{2e80}'..='\u{9fff}').contains(&c)),
            "{key}: {text}"
        );
        assert!(!text.contains(['“', '”', '‘', '’']), "{key}: {text}");
    }
}

#[test]
fn chinese_has_no_latin_words() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/text");
    for part in commonwatch::text::PARTS
        .iter()
        .filter(|part| !LATIN_PARTS.contains(part))
    {
        let text = std::fs::read_to_string(format!("{root}/{part}.zh-Hans.ron")).expect("there");
        for line in text.lines() {
            let Some((key, said)) = line.trim().split_once("\": \"") else {
                continue;
            };
            if names_a_language(key.trim_start_matches('"')) {
                continue;
            }
            let said = without_slots(said);
            // Options, variables, packages and files are typed as they are.
            let typed = |word: &str| word.contains(['-', '_', '=', '.']) || is_key(word);
            let run = said
                .split(|c: char| !(c.is_ascii_alphanumeric() || "-_=.".contains(c)))
                .find(|word| {
                    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
                    letters >= 3 && !typed(word)
                });
            assert_eq!(run, None, "{part}: {line}");
        }
    }
}

/// "第 3 回合", not "第3回合"; what a slot brings is its sentence's business.
#[test]
fn in_chinese_a_digit_stands_apart() {
    let is_han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for (key, text) in table(Lang::ZhHans).entries() {
        let said: Vec<char> = text.chars().collect();
        let close = said.windows(2).any(|pair| {
            let digit = |c: char| c.is_ascii_digit();
            (is_han(pair[0]) && digit(pair[1]))
                || ((digit(pair[0]) || pair[0] == '%') && is_han(pair[1]))
        });
        assert!(!close, "{key}: {text}");
    }
}

/// A language is named in itself, in every language.
fn names_a_language(key: &str) -> bool {
    key.starts_with("language.")
}

/// Names of products, of keys on the keyboard and of file endings, which are Latin everywhere.
fn is_key(word: &str) -> bool {
    matches!(
        word,
        "Commonwatch"
            | "Debian"
            | "Ctrl"
            | "Esc"
            | "Enter"
            | "Shift"
            | "Tab"
            | "Alt"
            | "cwlog"
            | "ron"
            | "RON"
    )
}

#[test]
fn everything_with_an_id_has_its_words() {
    let mut keys: Vec<String> = Vec::new();
    for rule in Rule::ALL {
        keys.extend(["name", "why"].map(|part| format!("rule.{}.{part}", rule.id())));
    }
    keys.extend(Tactic::ALL.map(|tactic| format!("tactic.{}", tactic.id())));
    keys.extend(Index::ALL.map(|index| format!("index.{}", index.id())));
    keys.extend(Grade::ALL.map(|grade| format!("grade.{}", grade.id())));
    keys.extend(Unit::ALL.iter().map(|unit| format!("unit.{}", unit.id())));
    keys.extend(Reason::ALL.map(|reason| format!("reason.{}", reason.id())));
    keys.extend(Quality::ALL.map(|quality| format!("quality.{}", quality.id())));
    keys.extend(Became::ALL.map(|became| format!("mandate.{}", became.id())));
    let promises = [Kept::Kept(1), Kept::Broken, Kept::NotChecked];
    keys.extend(promises.map(|kept| format!("promise.{}", kept.id())));
    for lang in Lang::ALL {
        for key in &keys {
            assert!(table(lang).find(key).is_some(), "{key} in {lang}");
        }
    }
}

#[test]
fn the_card_is_complete_and_every_number_is_founded() {
    let card = Card::built_in();
    for entry in card.entries() {
        for lang in Lang::ALL {
            assert!(
                entry.name.exact(lang).is_some(),
                "{} has no name in {lang}",
                entry.id
            );
        }
        if entry.grade != Grade::J {
            assert!(
                !entry.source.is_empty(),
                "{} is graded and names no source",
                entry.id
            );
        }
        if !entry.note.is_empty() {
            assert!(
                Lang::ALL
                    .iter()
                    .all(|lang| entry.note.exact(*lang).is_some()),
                "{}",
                entry.id
            );
        }
    }
    assert_eq!(
        card.find("patrol.dosescale").err(),
        Some(Some("patrol.dose-scale"))
    );
    let dose = card.find("patrol.dose-scale").expect("it is there");
    assert_eq!((dose.value, dose.range), (30.0, (15.0, 60.0)));
}

#[test]
fn a_card_with_a_number_too_few_or_too_many_is_refused() {
    let source = include_str!("../../../assets/rules/default.ron");
    let institution = include_str!("../../../assets/rules/institution.ron");
    let fewer = source.replacen("\"patrol.residual\"", "\"patrol.residue\"", 1);
    assert_eq!(
        Card::read(&fewer, institution).err(),
        Some("patrol.residual is missing".to_owned())
    );
    let outside = source.replacen(
        "value: 30.0, range: (15.0, 60.0)",
        "value: 90.0, range: (15.0, 60.0)",
        1,
    );
    assert!(Card::read(&outside, institution).is_err());
    let unknown = institution.replacen("\"targeting\": (value", "\"aiming\": (value", 1);
    assert_eq!(
        Card::read(source, &unknown).err(),
        Some("one-map: no lever aiming".to_owned())
    );
}
