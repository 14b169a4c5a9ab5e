//! The words of the window: names, sentences and figures in the language in force.

use crate::rules::id::{FamilyIx, Id, InjectIx, InstrumentIx, KindIx, PrecinctIx, SeatIx, UnitIx};
use crate::rules::table::{Ask, Note, Wish};
use crate::rules::world::{Duty, Goal, Layer, Measure, OrderKind, Over, Posture};
use crate::rules::{Action, Cents, Micro, Refusal, View};
use crate::scenario::{Lexicon, Phrase, Scenario};
use crate::session::Sentence;
use crate::text::Lang;
use std::ops::Deref;
use std::sync::Arc;

/// The words of a scenario and of the window.
pub struct Words {
    lexicon: Lexicon,
    /// Where each card that has come speaks of, by its position.
    places: Vec<Option<PrecinctIx>>,
}

impl Deref for Words {
    type Target = Lexicon;

    fn deref(&self) -> &Lexicon {
        &self.lexicon
    }
}

impl Words {
    /// The words of a scenario in a language.
    pub fn new(scenario: &Arc<Scenario>, lang: Lang) -> Self {
        Self {
            lexicon: Lexicon::new(Arc::clone(scenario), lang),
            places: Vec::new(),
        }
    }

    /// The same, with the cards of a game named by the places that they came to speak of.
    pub fn in_game(mut self, view: &View) -> Self {
        self.places = view.inject_places().collect();
        self
    }

    /// The place that a card of the game came to speak of.
    fn place_of(&self, inject: InjectIx) -> Option<PrecinctIx> {
        self.places.get(inject.at()).copied().flatten()
    }

    /// The title of a card of the game.
    pub fn card_title(&self, inject: InjectIx) -> String {
        self.inject_title(inject, self.place_of(inject))
    }

    /// A text of the window.
    pub fn say(&self, key: &str) -> String {
        self.get(key, &[])
    }

    /// A text of the window with one slot.
    pub fn with(&self, key: &str, slot: &str, value: &str) -> String {
        self.get(key, &[(slot, value)])
    }

    /// The title of the scenario.
    pub fn title(&self) -> String {
        self.scenario().meta.title.in_lang(self.lang).to_owned()
    }

    /// A sentence of the session.
    pub fn sentence(&self, what: &dyn Sentence) -> String {
        let slots = what.slots();
        let slots: Vec<(&str, &str)> = slots.iter().map(|(k, v)| (*k, v.as_str())).collect();
        self.get(&what.id(), &slots)
    }

    /// "Month 1 of 6", in the unit of the scenario's turns.
    pub fn turn(&self, turn: u16) -> String {
        let of = self.scenario().world.turns;
        let key = format!("turn.{}", self.turn_unit());
        self.get(
            &key,
            &[("turn", &turn.to_string()), ("of", &of.to_string())],
        )
    }

    /// A kind of unit, as a label begins.
    pub fn kind_label(&self, kind: KindIx) -> String {
        capital(self.kind(kind))
    }

    /// A family of offences, as a label begins.
    pub fn family_label(&self, family: FamilyIx) -> String {
        capital(self.family(family))
    }

    /// A sum of money with its name: "1 Fund", "1.5 Funds".
    pub fn funds(&self, cents: Cents) -> String {
        self.with("funds.sum", "count", &plain(cents))
    }

    /// The title and the sentences of a refusal.
    pub fn refusal(&self, refusal: &Refusal) -> (String, String) {
        let key = match refusal {
            Refusal::Funds { .. } => "refused.funds",
            Refusal::AlreadyThere { .. } => "refused.already-there",
            Refusal::NotHereYet { .. } => "refused.not-here-yet",
            _ => "refused.other",
        };
        (self.say(key), self.lexicon.refusal(refusal))
    }

    /// An order, as a label begins.
    pub fn order_label(&self, kind: OrderKind) -> String {
        capital(&self.order(kind))
    }

    /// An instrument, as a label begins.
    pub fn instrument_label(&self, id: &Id) -> String {
        capital(&self.instrument(id))
    }

    /// A setting, as a label begins.
    pub fn setting_label(&self, instrument: &Id, setting: &Id) -> String {
        capital(&self.setting(instrument, setting))
    }

    /// A standing order, as a label begins.
    pub fn posture_label(&self, posture: Posture) -> String {
        capital(&self.posture(posture))
    }

    /// A unit, as a label begins.
    pub fn unit_label(&self, unit: UnitIx) -> String {
        capital(self.unit(unit))
    }

    /// A duty level.
    pub fn duty(&self, level: Duty) -> String {
        self.say(&format!("duty.{}", level.id()))
    }

    /// The number of a note, as it is called out at the table and printed in the kit.
    pub fn note_number(&self, id: &Id) -> String {
        let at = self.scenario().world.desks.position_of(id);
        at.map_or_else(|| id.to_string(), |at| (at + 1).to_string())
    }

    /// An ask by its name: whose it is, and which of them.
    fn ask_by_name(&self, id: &Id) -> String {
        let parts = id.as_str().rsplit_once('-');
        let found =
            parts.and_then(|(seat, n)| Some((self.scenario().world.seat(&Id::from(seat))?, n)));
        found.map_or_else(
            || id.to_string(),
            |(seat, n)| self.get("ask.name", &[("seat", self.seat(seat)), ("number", n)]),
        )
    }

    /// The whole city, as a label begins.
    pub fn whole_city(&self) -> String {
        capital(&self.place(None))
    }

    /// What an act ordered, as a label begins.
    pub fn act_label(&self, action: &Action) -> String {
        capital(&self.act(action))
    }

    /// Whom a note comes from; may be empty.
    pub fn note_source(&self, note: &Note) -> &str {
        let words = self.scenario().names.desk_notes.get(usize::from(note.at));
        words.map_or("", |words| words.source.in_lang(self.lang))
    }

    /// One of the things that an instrument is set for.
    pub fn thing(&self, over: &Over, at: usize, own: Option<InstrumentIx>) -> String {
        let (world, names) = (&self.scenario().world, &self.scenario().names);
        let of = |list: &[Phrase]| list.get(at).map(|name| name.in_lang(self.lang).to_owned());
        let found = match over {
            Over::City => None,
            Over::Districts => (world.districts.get(at)).map(|id| self.district(id).to_owned()),
            Over::Precincts => of(&names.precincts),
            Over::Sites => of(&names.sites),
            Over::Gates => of(&names.gates),
            Over::Seats => {
                (at < world.seats.len()).then(|| self.seat(SeatIx::from_position(at)).to_owned())
            }
            Over::Domains => (world.domains.get(at)).map(|it| capital(&self.domain(it.domain))),
            Over::Named(_) => own
                .and_then(|own| names.instruments.get(own.at()))
                .and_then(|words| of(&words.subjects)),
        };
        found.unwrap_or_else(|| self.whole_city())
    }

    /// What one of the things of its own means for an instrument; empty where its name says it.
    pub fn thing_about(&self, instrument: InstrumentIx, at: usize) -> &str {
        let words = self.scenario().names.instruments.get(instrument.at());
        let about = words.and_then(|words| words.subjects_about.get(at));
        about.map_or("", |about| about.in_lang(self.lang))
    }

    /// What an instrument is set for, by its id.
    fn thing_of(&self, what: &Id, id: &Id) -> Option<String> {
        let world = &self.scenario().world;
        let index = world.instrument(what)?;
        let over = &world.instruments[index.at()].over;
        let named = |at: &usize| world.subject(over, *at) == Some(id.as_str());
        let at = (0..world.subjects(over)).find(named)?;
        Some(self.thing(over, at, Some(index)))
    }

    /// The line that a goal draws: what is measured, where it is read, and how far.
    pub fn goal(&self, goal: &Goal) -> String {
        let measure = match goal.measure {
            Measure::Index(index) => self.index(index),
            Measure::LowestTrust => self.say("measure.lowest-trust"),
            Measure::Offences(family) => {
                self.with("measure.offences", "family", self.family(family))
            }
        };
        let layer = match goal.layer {
            Layer::True => "true",
            Layer::Published => "published",
        };
        let side = if goal.at_least { "least" } else { "most" };
        let slots = [("measure", measure.as_str()), ("line", &whole(goal.line))];
        self.get(&format!("goal.{layer}.{side}"), &slots)
    }

    /// Which other desks will feel an order.
    pub fn felt_by(&self, seats: &[SeatIx]) -> String {
        let names: Vec<&str> = seats.iter().map(|seat| self.seat(*seat)).collect();
        self.with(
            "plan.felt-by",
            "desks",
            &names.join(&self.say("list.comma")),
        )
    }

    /// What one desk asks of another, in a sentence.
    pub fn ask(&self, ask: &Ask) -> String {
        let (seat, of) = (self.seat(ask.seat), self.seat(ask.of));
        self.get(
            "ask.told",
            &[("seat", seat), ("of", of), ("what", &self.wish(&ask.what))],
        )
    }

    /// What is asked, as a label begins.
    pub fn wish(&self, wish: &Wish) -> String {
        let world = &self.scenario().world;
        match wish {
            Wish::Word => self.say("wish.word"),
            Wish::Funds(funds) => self.with("funds.sum", "count", &funds.to_string()),
            Wish::Order(kind) => self.order_label(*kind),
            Wish::Unit { unit, to } => {
                let known = world.unit(unit);
                let unit = known.map_or_else(|| unit.to_string(), |unit| self.unit_label(unit));
                let place = to.as_ref().and_then(|to| world.precinct(to));
                match place {
                    Some(place) => {
                        let place = self.precinct(place);
                        self.get("wish.unit", &[("unit", &unit), ("place", place)])
                    }
                    None => unit,
                }
            }
            Wish::Setting { what, to } => self.get(
                "act.set",
                &[
                    ("instrument", &self.instrument_label(what)),
                    ("setting", &self.lexicon.setting(what, to)),
                ],
            ),
        }
    }

    /// What an act ordered, in one line. What this scenario does not have is named by its id.
    pub fn act(&self, action: &Action) -> String {
        let world = &self.scenario().world;
        let unit = |id: &Id| {
            let known = world.unit(id);
            known.map_or_else(|| id.to_string(), |unit| self.unit(unit).to_owned())
        };
        let place = |id: &Id| {
            let known = world.precinct(id);
            known.map_or_else(|| id.to_string(), |place| self.precinct(place).to_owned())
        };
        let measure = |kind: OrderKind, place: String| {
            let order = capital(&self.order(kind));
            self.get("act.measure", &[("order", &order), ("place", &place)])
        };
        let city = || self.lexicon.place(None);
        let desk = |id: &Id| {
            let known = world.seat(id);
            known.map_or_else(|| id.to_string(), |seat| self.seat(seat).to_owned())
        };
        match action {
            Action::SetUp { .. } => self.say("act.set-up"),
            Action::Assign {
                unit: who,
                to,
                tactic,
            } => self.get(
                "act.assign",
                &[
                    ("unit", &unit(who)),
                    ("place", &place(to)),
                    ("does", &self.tactic(*tactic)),
                ],
            ),
            Action::Withdraw { unit: who } => self.with("act.withdraw", "unit", &unit(who)),
            Action::Train { unit: who } => self.with("act.train", "unit", &unit(who)),
            Action::Duty { district, level } => {
                let where_to = district.as_ref().map(|id| self.district(id).to_owned());
                let place = where_to.unwrap_or_else(city);
                self.get(
                    "act.duty",
                    &[("level", &self.duty(*level)), ("place", &place)],
                )
            }
            Action::Sense {
                precinct: Some(id), ..
            } => measure(OrderKind::Cameras, place(id)),
            Action::Sense { precinct: None, .. } => measure(OrderKind::OnlineMonitoring, city()),
            Action::Build { work, precinct } => measure(work.order(), place(precinct)),
            Action::Campaign { .. } => measure(OrderKind::Campaign, city()),
            Action::Set { what, at, to } => {
                let thing = at.as_ref().and_then(|at| self.thing_of(what, at));
                self.get(
                    if thing.is_some() {
                        "act.set-at"
                    } else {
                        "act.set"
                    },
                    &[
                        ("instrument", &self.lexicon.instrument(what)),
                        ("thing", &thing.unwrap_or_default()),
                        ("setting", &self.lexicon.setting(what, to)),
                    ],
                )
            }
            Action::Pilot {
                instrument,
                precinct,
            } => self.get(
                "act.pilot",
                &[
                    ("instrument", &self.lexicon.instrument(instrument)),
                    ("place", &place(precinct)),
                ],
            ),
            Action::Pin { note } => self.with("act.pin", "note", &self.note_number(note)),
            Action::AskRelease { seat, .. } => self.with("act.ask-release", "seat", &desk(seat)),
            Action::Release { desk: seat, .. } => self.with("act.release", "seat", &desk(seat)),
            Action::Ask { seat, of, what } => self.get(
                "act.ask",
                &[
                    ("seat", &desk(seat)),
                    ("of", &desk(of)),
                    ("what", &self.wish(what)),
                ],
            ),
            Action::Reply { ask, .. } => self.with("act.reply", "ask", &self.ask_by_name(ask)),
            Action::RoomForecast { low, high, .. } => self.get(
                "act.room-forecast",
                &[("low", &low.to_string()), ("high", &high.to_string())],
            ),
            Action::Answer { inject, option } => {
                let known = world.inject(inject);
                let card = known.map(|inject| self.card_title(inject));
                let answer = known.and_then(|inject| {
                    let options = &world.injects[inject.at()].options;
                    let at = options.iter().position(|it| it.id == *option)?;
                    Some(self.option_label(inject, at as u16, self.place_of(inject)))
                });
                self.get(
                    "act.answer",
                    &[
                        ("card", &card.unwrap_or_else(|| inject.to_string())),
                        ("answer", &answer.unwrap_or_else(|| option.to_string())),
                    ],
                )
            }
            Action::Posture { seat, posture } => self.get(
                "act.posture",
                &[
                    ("seat", &desk(seat)),
                    ("posture", &self.lexicon.posture(*posture)),
                ],
            ),
            Action::Dial { seat, dial } => self.get(
                "act.dial",
                &[
                    ("seat", &desk(seat)),
                    ("dial", &self.say(&format!("dial.{}", dial.id()))),
                ],
            ),
            Action::Tempo { turn, tempo } => self.get(
                "act.tempo",
                &[
                    ("turn", &turn.to_string()),
                    ("tempo", &self.lexicon.tempo(*tempo)),
                ],
            ),
            Action::Controls(_) => self.say("act.controls"),
            Action::Grant { desk: seat } => self.with("act.grant", "seat", &desk(seat)),
            Action::Standing { posture, order } => self.get(
                "act.standing",
                &[
                    ("posture", &self.lexicon.posture(*posture)),
                    ("order", &self.act(order)),
                ],
            ),
            Action::Testify { precinct } => self.with("act.testify", "place", &place(precinct)),
            Action::Question { of } => self.with("act.question", "seat", &desk(of)),
            Action::Endorse { what, support } => {
                let key = if *support {
                    "act.endorse"
                } else {
                    "act.oppose"
                };
                self.with(key, "instrument", &self.lexicon.instrument(what))
            }
            Action::Close => self.say("act.close"),
            Action::Emergency(_) => self.say("act.emergency"),
            Action::EndTurn => self.say("command.end-turn"),
        }
    }

    /// What is said when the tray holds none of a kind: where its units stand.
    pub fn none_free(&self, kind: KindIx, view: &View) -> (String, String) {
        let world = view.world();
        let of_kind = |unit: UnitIx| world.units[unit.at()].kind == kind;
        let places: Vec<PrecinctIx> = view
            .units()
            .filter(|(unit, _)| of_kind(*unit))
            .filter_map(|(_, post)| post.at.map(|(place, _)| place))
            .collect();
        let mut names: Vec<&str> = Vec::new();
        for place in places {
            let name = self.precinct(place);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let later = world
            .units
            .iter()
            .filter(|unit| unit.kind == kind)
            .map(|unit| unit.from)
            .max();
        let body = if names.is_empty() {
            let turn = later.unwrap_or(1).to_string();
            self.with(
                &format!("none-free.later.{}", self.turn_unit()),
                "turn",
                &turn,
            )
        } else {
            self.with(
                "none-free.placed",
                "places",
                &names.join(&self.say("list.and")),
            )
        };
        (self.with("none-free.title", "kind", self.kind(kind)), body)
    }
}

/// Money as a plain number: 4, 1.5.
pub fn plain(cents: Cents) -> String {
    let (whole, part) = (cents.0 / 100, (cents.0 % 100).abs());
    let sign = if cents.0 < 0 && whole == 0 { "−" } else { "" };
    let whole = whole.to_string().replace('-', "−");
    match part {
        0 => format!("{sign}{whole}"),
        part if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
        part => format!("{sign}{whole}.{part:02}"),
    }
}

/// Points without decimals.
pub fn points(value: Micro) -> String {
    whole(value.0 as f64 / 1e6)
}

/// A figure without decimals.
pub fn whole(value: f64) -> String {
    let rounded = value.round();
    // No minus before a nought.
    let rounded = if rounded == 0.0 { 0.0 } else { rounded };
    format!("{rounded:.0}").replace('-', "−")
}

/// A figure with one decimal.
pub fn tenths(value: f64) -> String {
    format!("{value:.1}").replace('-', "−")
}

/// One decimal, or as many as it takes to tell a figure from the line that it is held to.
pub fn beside_line(value: f64, line: f64) -> String {
    let with = |decimals: usize| format!("{value:.decimals$}");
    let tells =
        |decimals: &usize| with(*decimals) != format!("{line:.decimals$}", decimals = *decimals);
    let decimals = (1..=3).find(tells).filter(|_| value != line);
    with(decimals.unwrap_or(1)).replace('-', "−")
}

/// A number of people with its thousands apart: 184,000.
pub fn thousands(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A change with its sign and one decimal.
pub fn signed(value: f64) -> String {
    let tenths = (value * 10.0).round() / 10.0;
    if tenths == 0.0 {
        "0".to_owned()
    } else if tenths > 0.0 {
        format!("+{tenths:.1}")
    } else {
        format!("−{:.1}", -tenths)
    }
}

/// A word as a label begins.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::command::apply;
    use crate::rules::{Ledger, State, Table, Tactic, view};
    use crate::scenario::{find_built_in, load};

    #[test]
    fn everything_a_team_can_do_has_its_word() {
        for (lang, tactic) in Lang::ALL
            .into_iter()
            .flat_map(|lang| Tactic::ALL.map(|it| (lang, it)))
        {
            let key = format!("order.{}", tactic.id());
            assert_ne!(crate::text::get(lang, &key, &[]), key, "{lang}");
        }
    }

    #[test]
    fn an_answer_names_the_place_that_its_card_came_to_speak_of() {
        let source = find_built_in("first-watch").expect("built in").source();
        let scenario = Arc::new(load(&source).expect("good").scenario);
        let (seat, order) = (Id::from("street"), |it: &str| Id::from(it));
        let mut state = State::new(Arc::clone(&scenario.world), 3);
        let (table, presets) = (Table::Shared, Vec::new());
        let (unit, to) = (order("foot-1"), order("lantern-market"));
        let tactic = Tactic::HotSpot;
        let patrol = Action::Assign { unit, to, tactic };
        let mut orders = vec![Action::SetUp { table, presets }, patrol];
        orders.extend(vec![Action::EndTurn; 4]);
        for order in orders {
            let ledger = &mut Ledger::without_detail();
            state = apply(&state, &seat, &order, ledger).expect("it is allowed");
        }
        let (inject, option) = (order("next-door"), order("lend-evenings"));
        let card = scenario.world.inject(&inject).expect("a card");
        let place = view(&state, &seat).inject_places().nth(card.at()).flatten();
        let words = Words::new(&scenario, Lang::En).in_game(&view(&state, &seat));
        let said = words.act(&Action::Answer { inject, option });
        let place = words.precinct(place.expect("it has come")).to_owned();
        assert_eq!(said.matches(&place).count(), 2, "{said}");
    }

    #[test]
    fn figures_are_written_as_people_write_them() {
        assert_eq!(plain(Cents(400)), "4");
        assert_eq!(plain(Cents(150)), "1.5");
        assert_eq!(plain(Cents(-50)), "−0.5");
        assert_eq!(plain(Cents(-150)), "−1.5");
        assert_eq!(plain(Cents(125)), "1.25");
        assert_eq!(whole(-0.2), "0");
        assert_eq!(whole(-3.6), "−4");
        assert_eq!(signed(0.04), "0");
        assert_eq!(signed(-2.26), "−2.3");
        assert_eq!(signed(3.0), "+3.0");
    }
}
