//! How a page is filled.
//!
//! In a sentence `{patrol.dose-scale}` is the value of a number of the card, `{patrol.dose-scale:range}`
//! its range, `{trust.negativity:negativity-strong}` what a side of a contested question sets it to,
//! and `{=dose.one}` a figure read off a picture. On a line of their own stand `{rules …}`,
//! `{numbers …}` (`event.*` is every number that begins so), `{families …}` and `{kinds …}` with what
//! they list, and `{grades}`, `{judged}`, `{remembered}`, `{conventions}` and `{sides}`. Of the
//! institution `{instruments M}` shows every instrument of the rows that begin with M and
//! `{instruments !D}` those of any other row but D that nothing above has shown; `{levers}`,
//! `{counted}` and `{domains}` are what the card has of them. A picture is a block from
//! `:::figure NAME` to `:::` with a line `key: words` for each of its words and `caption: …`.
//!
//! A digit anywhere else is a fault: nobody types a number of the model by hand.

use super::figures::Figure;
use super::{File, institution, tables};
use crate::report::chart::{Words, number};
use crate::report::{instruments, written};
use crate::rules::ledger::Rule;
use crate::scenario::card::{Card, Entry};
use crate::text::{self, Lang};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// A page that has been filled.
pub(super) struct Filled {
    pub text: String,
    pub pictures: Vec<File>,
    /// What it speaks of: card ids, `rule:<id>`, `figure:<id>`.
    pub mentions: BTreeSet<String>,
    pub faults: Vec<String>,
}

struct Filler<'a> {
    lang: Lang,
    figures: &'a [Figure],
    /// The instruments that are shown above.
    shown: BTreeSet<String>,
    filled: Filled,
}

/// Fills a page.
pub(super) fn fill(name: &str, template: &str, lang: Lang, figures: &[Figure]) -> Filled {
    let mut filler = Filler {
        lang,
        figures,
        shown: BTreeSet::new(),
        filled: Filled {
            text: String::new(),
            pictures: Vec::new(),
            mentions: BTreeSet::new(),
            faults: Vec::new(),
        },
    };
    let mut lines = template.lines();
    while let Some(line) = lines.next() {
        if let Some(id) = line.strip_prefix(":::figure ") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != ":::").collect();
            filler.picture(id.trim(), &block);
        } else {
            let whole = line
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            let made = whole.and_then(|inner| filler.block(inner));
            let text = made.unwrap_or_else(|| filler.sentence(line) + "\n");
            filler.filled.text += &text;
        }
    }
    if !template.ends_with('\n') {
        filler.fault(format!("{name} does not end with a line break"));
    }
    filler.filled
}

impl Filler<'_> {
    fn fault(&mut self, what: String) {
        self.filled.faults.push(what);
    }

    fn entry(&mut self, id: &str) -> Option<&'static Entry> {
        if let Ok(entry) = Card::built_in().find(id) {
            self.filled.mentions.insert(id.to_owned());
            return Some(entry);
        }
        self.fault(format!("the card has no number {id}"));
        None
    }

    /// The number of this name, or every number that begins with what stands before a star.
    fn entries(&mut self, pattern: &str) -> Vec<&'static Entry> {
        let Some(start) = pattern.strip_suffix('*') else {
            return self.entry(pattern).into_iter().collect();
        };
        let all = Card::built_in().entries().iter();
        let found: Vec<&Entry> = all.filter(|entry| entry.id.starts_with(start)).collect();
        if found.is_empty() {
            self.fault(format!("the card has no number {pattern}"));
        }
        let ids = found.iter().map(|entry| entry.id.clone());
        self.filled.mentions.extend(ids);
        found
    }

    /// The instruments of some rows, or all others than those that have been shown and than those
    /// of rows with a `!`.
    fn instruments(&mut self, prefixes: &[&str]) -> String {
        let mut shown = Vec::new();
        let others: Vec<&str> = prefixes
            .iter()
            .filter_map(|p| p.strip_prefix('!'))
            .collect();
        for prefix in prefixes.iter().filter(|prefix| !prefix.starts_with('!')) {
            let of_rows = instruments::of_rows(prefix);
            if of_rows.is_empty() {
                self.fault(format!("no row begins with {prefix}"));
            }
            shown.extend(of_rows);
        }
        if others.len() == prefixes.len() {
            shown = instruments::of_rows("");
            shown.retain(|one| {
                let other = others.iter().any(|prefix| one.row.starts_with(prefix));
                !other && !self.shown.contains(&one.id)
            });
        }
        for one in &shown {
            self.shown.insert(one.id.clone());
            let numbers = instruments::numbers_of(one).map(str::to_owned);
            self.filled.mentions.extend(numbers);
        }
        institution::instruments(&shown, self.lang)
    }

    /// What stands for a directive on a line of its own; none if it is none.
    fn block(&mut self, inner: &str) -> Option<String> {
        let (word, rest) = inner.split_once(' ').unwrap_or((inner, ""));
        let names: Vec<&str> = rest.split_whitespace().collect();
        let lang = self.lang;
        let card = Card::built_in();
        Some(match word {
            "rules" => self.rules(&names),
            "numbers" => {
                let entries: Vec<&Entry> = names.iter().flat_map(|id| self.entries(id)).collect();
                tables::numbers(&entries, lang)
            }
            "instruments" => self.instruments(&names),
            "levers" => institution::levers(lang),
            "counted" => institution::counted(lang),
            "domains" => {
                let numbers = instruments::numbers_of_domains().map(|entry| entry.id.clone());
                self.filled.mentions.extend(numbers);
                institution::domains(lang)
            }
            "families" => {
                let owners: Vec<&str> = card.families().iter().map(|one| one.id.as_str()).collect();
                self.grid(&owners, &names)
            }
            "kinds" => {
                let owners: Vec<&str> = card.kinds().iter().map(|one| one.id.as_str()).collect();
                self.grid(&owners, &names)
            }
            "grades" => tables::grades(lang),
            "judged" => tables::judged(lang),
            "remembered" => tables::remembered(lang),
            "conventions" => tables::conventions(lang),
            "sides" => tables::sides(lang),
            "contents" => "{contents}\n".to_owned(),
            _ => return None,
        })
    }

    fn grid(&mut self, owners: &[&str], parameters: &[&str]) -> String {
        for parameter in parameters {
            let ids = owners.iter().map(|owner| format!("{owner}.{parameter}"));
            let known: Vec<String> = ids
                .filter(|id| Card::built_in().entries().iter().any(|e| e.id == *id))
                .collect();
            if known.is_empty() {
                self.fault(format!("the card has no {parameter}"));
            }
            self.filled.mentions.extend(known);
        }
        // A kind of unit that has none of the numbers has no row.
        let rows: Vec<&str> = owners
            .iter()
            .copied()
            .filter(|owner| {
                parameters.iter().any(|parameter| {
                    let id = format!("{owner}.{parameter}");
                    self.filled.mentions.contains(&id)
                })
            })
            .collect();
        tables::grid(&rows, parameters, self.lang)
    }

    /// The rules as the game names and explains them.
    fn rules(&mut self, ids: &[&str]) -> String {
        let mut out = String::new();
        for id in ids {
            if !Rule::ALL.iter().any(|rule| rule.id() == *id) {
                self.fault(format!("no rule is called {id}"));
            }
            self.filled.mentions.insert(format!("rule:{id}"));
            let words = |part: &str| text::get(self.lang, &format!("rule.{id}.{part}"), &[]);
            let colon = match self.lang {
                Lang::En => ": ",
                Lang::ZhHans => "：",
            };
            out += &format!("> **{}**{colon}{}  \n", words("name"), words("why"));
        }
        out
    }

    /// A line of text with its slots filled.
    fn sentence(&mut self, line: &str) -> String {
        let mut out = String::new();
        let mut rest = line;
        loop {
            let (plain, slot) = match rest.split_once('{') {
                Some((plain, after)) => match after.split_once('}') {
                    Some((slot, after)) => {
                        rest = after;
                        (plain, Some(slot))
                    }
                    None => (rest, None),
                },
                None => (rest, None),
            };
            if plain.contains(|c: char| c.is_ascii_digit()) {
                self.fault(format!("a number is typed by hand: {plain}"));
            }
            out += plain;
            let Some(slot) = slot else { return out };
            out += &self.slot(slot);
        }
    }

    fn slot(&mut self, slot: &str) -> String {
        if let Some(name) = slot.strip_prefix('=') {
            let mut values = self.figures.iter().flat_map(|figure| &figure.values);
            let Some(value) = values.find(|value| value.name == name) else {
                self.fault(format!("no figure shows {name}"));
                return String::new();
            };
            let suffix = if value.percent {
                written::percent(self.lang)
            } else {
                ""
            };
            return format!("{}{suffix}", number(value.value, value.decimals));
        }
        let (id, part) = slot.split_once(':').unwrap_or((slot, "value"));
        let lang = self.lang;
        match (self.entry(id), part) {
            (Some(entry), "value") => written::value(entry, lang),
            (Some(entry), "range") => written::range(entry, lang),
            (Some(entry), side) => {
                let mut sides = Card::built_in().sides().iter();
                let value = sides.find(|known| known.id == side);
                let Some(value) = value.and_then(|side| side.values.get(id)) else {
                    self.fault(format!("no side {side} sets {id}"));
                    return String::new();
                };
                written::value_of(entry.unit, *value, lang)
            }
            (None, _) => String::new(),
        }
    }

    fn picture(&mut self, id: &str, block: &[&str]) {
        let Some(figure) = self.figures.iter().find(|figure| figure.id == id) else {
            self.fault(format!("there is no figure {id}"));
            return;
        };
        let mut words = BTreeMap::new();
        for line in block {
            match line.split_once(": ") {
                Some((key, text)) => {
                    let text = self.sentence(text);
                    words.insert((*key).to_owned(), text);
                }
                None => self.fault(format!("{id}: '{line}' is not a key and its words")),
            }
        }
        let (lang, used) = (self.lang, RefCell::new(BTreeSet::new()));
        let of = |key: &str| {
            used.borrow_mut().insert(key.to_owned());
            named(key, lang)
                .or_else(|| words.get(key).cloned())
                .unwrap_or_default()
        };
        let svg = figure.chart.svg(&Words {
            of: &of,
            percent: written::percent(lang),
        });
        let caption = of("caption");
        // The caption stands below; what the picture says without being seen is what it plots.
        let axes: Vec<&String> = ["y", "x"]
            .iter()
            .filter_map(|key| words.get(*key))
            .collect();
        let alt = match (lang, axes.as_slice()) {
            (Lang::En, [y, x]) => format!("Chart: {y}, by {x}"),
            (Lang::ZhHans, [y, x]) => format!("图：{y}，按{x}"),
            (Lang::En, _) => format!("Chart: {}", of("x")),
            (Lang::ZhHans, _) => format!("图：{}", of("x")),
        };
        let used = used.into_inner();
        for key in used.iter().filter(|key| named(key, lang).is_none()) {
            if !words.contains_key(key) {
                self.fault(format!("{id}: no words for {key}"));
            }
        }
        for key in words.keys().filter(|key| !used.contains(*key)) {
            self.fault(format!("{id}: nothing is called {key}"));
        }
        let path = format!("figures/{id}.{}.svg", lang.tag());
        self.filled.text += &format!("![{alt}]({path})\n\n*{caption}*\n");
        self.filled.pictures.push(File { path, text: svg });
        self.filled.mentions.insert(format!("figure:{id}"));
    }
}

/// Words that the card or the text tables have: of a family, of an index.
fn named(key: &str, lang: Lang) -> Option<String> {
    if let Some(id) = key.strip_prefix("family:") {
        return written::owner_name(id, lang).map(str::to_owned);
    }
    let id = key.strip_prefix("index:")?;
    Some(text::get(lang, &format!("index.{id}"), &[]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str) -> Filled {
        fill("page", template, Lang::En, &[])
    }

    #[test]
    fn numbers_come_from_the_card() {
        let page = filled("A team is bound for {problem.tied} months.\n{numbers stacking.cap}\n");
        assert_eq!(page.faults, [""; 0]);
        assert!(
            page.text.starts_with("A team is bound for 3 months.\n"),
            "{}",
            page.text
        );
        assert!(
            page.text
                .contains("`stacking.cap` | 45\u{a0}% | 35 to 55\u{a0}%")
        );
        assert!(page.mentions.contains("problem.tied") && page.mentions.contains("stacking.cap"));
    }

    #[test]
    fn instruments_are_shown_by_their_rows_and_the_rest_once() {
        let page = filled("{instruments M}\n{instruments !D}\n");
        assert_eq!(page.faults, [""; 0]);
        assert_eq!(page.text.matches("**One map**: ").count(), 1);
        assert_eq!(page.text.matches("`links`").count(), 1);
        assert!(!page.text.contains("`remedy`"), "a row that is kept back");
        let gone = ["one-map.1.leak", "links.open.health.reporting"];
        assert!(gone.iter().all(|id| page.mentions.contains(*id)));
        assert!(!page.mentions.contains("remedy.yes.pressure.force"));
        let others = filled("{numbers event.*}\n{instruments D}\n").mentions;
        assert!(
            others.contains("event.slope") && others.contains("remedy.yes.later.pressure.force")
        );
    }

    #[test]
    fn what_cannot_be_filled_is_a_fault() {
        for (template, fault) in [
            ("Bound for 3 months.\n", "typed by hand"),
            ("{problem.teid} months\n", "no number problem.teid"),
            ("{=dose.one} fewer\n", "no figure shows dose.one"),
            ("{rules luck}\n", "no rule is called luck"),
            ("{families weight}\n", "the card has no weight"),
            (
                "{problem.tied:everybody}\n",
                "no side everybody sets problem.tied",
            ),
            ("{numbers weight.*}\n", "no number weight.*"),
            ("{instruments Q}\n", "no row begins with Q"),
            (":::figure dose\n:::\n", "no figure dose"),
            ("The end", "line break"),
        ] {
            let faults = filled(template).faults;
            assert!(
                faults.len() == 1 && faults[0].contains(fault),
                "{template}: {faults:?}"
            );
        }
    }
}
