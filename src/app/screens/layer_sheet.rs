//! What each layer of the map says: the figure and the class of every precinct, in words, and whose
//! knowledge it is. Everything is read through the [`View`].

use super::layer::Swatch;
use crate::app::map::{Board, LayerPaint, Pattern, Reach};
use crate::app::table::{EIGHT_IN_TEN, MapLayer, Table, patrols, reaches_out};
use crate::app::words::{Words, points, whole};
use crate::geometry::Point;
use crate::rules::id::PrecinctIx;
use crate::rules::model::Coefficient;
use crate::rules::response::CIRCLES;
use crate::rules::world::{Over, SiteGrade, Tactic};
use crate::rules::{Amount, View};
use std::sync::Arc;

/// A precinct under a layer.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// How it is drawn.
    pub pattern: Pattern,
    /// What is printed on it; nothing where there is nothing to say.
    pub figure: String,
    /// Its class in words.
    pub class: String,
}

/// What a layer says.
pub(super) struct Sheet {
    /// Its colour.
    pub paint: LayerPaint,
    /// Whose knowledge it is.
    pub source: String,
    /// What the figure is.
    pub about: String,
    /// Its patterns with their words.
    pub classes: Vec<(Swatch, String)>,
    /// Every precinct, in the order of the world.
    pub places: Vec<Told>,
    /// How soon help comes, where that is what it shows.
    pub reach: Option<Arc<Reach>>,
    /// Of each grade, how many key sites are reached in time, and how many there are.
    pub grades: Vec<(SiteGrade, usize, usize)>,
    /// The key sites that are not: their grade, their name, and what they need and have.
    pub not_held: Vec<(SiteGrade, String, String)>,
}

/// Works out what a layer says. `before` are travel times that may still hold.
pub(super) fn sheet(
    layer: MapLayer,
    table: &Table,
    words: &Words,
    view: &View,
    board: &Board,
    before: Option<&Arc<Reach>>,
) -> Sheet {
    let it = Source {
        table,
        words,
        view: *view,
    };
    let count = view.world().precincts.len();
    let of = |tell: &dyn Fn(PrecinctIx) -> (usize, String)| -> Vec<(usize, String)> {
        (0..count)
            .map(|at| tell(PrecinctIx::from_position(at)))
            .collect()
    };
    let (paint, patterns, told): (_, &[Pattern], _) = match layer {
        MapLayer::Recorded => (LayerPaint::Loss, &RISING, it.recorded()),
        MapLayer::Forecast => (LayerPaint::Loss, &FORECAST, it.forecast()),
        MapLayer::Trust => (LayerPaint::Trust, &RISING, of(&|p| it.surveyed(p, true))),
        MapLayer::Safe => (LayerPaint::Safety, &RISING, of(&|p| it.surveyed(p, false))),
        MapLayer::Patrol => (LayerPaint::Patrol, &FROM_NONE, of(&|p| it.patrol(p))),
        MapLayer::Outreach => (LayerPaint::Outreach, &FROM_NONE, of(&|p| it.outreach(p))),
        MapLayer::Rings => (LayerPaint::Safety, &[Pattern::Plain], of(&|p| it.help(p))),
        MapLayer::Sensing => (LayerPaint::Ink, &FROM_NONE, of(&|p| it.sensing(p))),
        MapLayer::Burden => (LayerPaint::Loss, &FROM_NONE, of(&|p| it.burden(p))),
        MapLayer::Volunteers => (LayerPaint::Outreach, &SOME, of(&|p| it.volunteers(p))),
        MapLayer::Delay => (LayerPaint::Ink, &FROM_NONE, of(&|p| it.late(p))),
        MapLayer::Pins => (LayerPaint::Ink, &SOME, of(&|p| it.pins(p))),
    };
    let id = layer.id();
    let class = |at: usize| words.say(&format!("layer.{id}.{at}"));
    let places = told
        .into_iter()
        .map(|(at, figure)| Told {
            pattern: patterns.get(at).copied().unwrap_or(Pattern::Plain),
            figure,
            class: class(at),
        })
        .collect();
    let mut sheet = Sheet {
        paint,
        source: match layer {
            MapLayer::Recorded if view.pages().is_empty() => {
                words.say("layer.recorded.source-first")
            }
            _ => words.say(&format!("layer.{id}.source")),
        },
        about: words.with(
            &format!("layer.{id}.about"),
            "family",
            &words.family_label(table.family),
        ),
        classes: (patterns.iter().enumerate())
            .map(|(at, pattern)| (Swatch::Of(*pattern), class(at)))
            .collect(),
        places,
        reach: None,
        grades: Vec::new(),
        not_held: Vec::new(),
    };
    if layer == MapLayer::Rings {
        it.rings(&mut sheet, board, before);
    }
    sheet
}

/// The less, the thinner.
const RISING: [Pattern; 3] = [Pattern::Dots, Pattern::Hatch, Pattern::Dense];
/// Nothing first.
const FROM_NONE: [Pattern; 4] = [
    Pattern::Plain,
    Pattern::Dots,
    Pattern::Hatch,
    Pattern::Dense,
];
/// Nothing, or something.
const SOME: [Pattern; 2] = [Pattern::Plain, Pattern::Hatch];
/// Covered, then as with what is on record.
const FORECAST: [Pattern; 4] = [
    Pattern::Plain,
    Pattern::Dots,
    Pattern::Hatch,
    Pattern::Cross,
];

/// How far from the ordinary a rate is before it counts as low or high.
const LOW: f64 = 0.75;
const HIGH: f64 = 1.25;
/// Points of a survey below and above which the answers count as few or many.
const FEW: f64 = 50.0;
const MANY: f64 = 65.0;
/// Months after which a team knows a place, and knows it well.
const KNOWN: f64 = 3.0;
const WELL_KNOWN: f64 = 6.0;

struct Source<'a> {
    table: &'a Table,
    words: &'a Words,
    view: View<'a>,
}

impl Source<'_> {
    fn residents(&self, place: PrecinctIx) -> f64 {
        f64::from(self.view.world().precincts[place.at()].residents).max(1.0)
    }

    /// Counts of the watched family with their class by residents.
    fn rated(&self, counts: &[f64]) -> Vec<usize> {
        let all: f64 = counts.iter().sum();
        let ordinary = all / self.view.world().residents().max(1.0);
        let class = |(at, count): (usize, &f64)| {
            let rate = count / self.residents(PrecinctIx::from_position(at));
            match rate / ordinary.max(1e-9) {
                ratio if ratio < LOW => 0,
                ratio if ratio <= HIGH => 1,
                _ => 2,
            }
        };
        counts.iter().enumerate().map(class).collect()
    }

    fn recorded(&self) -> Vec<(usize, String)> {
        let world = self.view.world();
        let family = self.table.family;
        let cell = |at| world.cell(PrecinctIx::from_position(at), family);
        let places = 0..world.precincts.len();
        let counts: Vec<f64> = match self.view.pages().last() {
            Some(page) => places
                .map(|at| f64::from(page.recorded[cell(at)]))
                .collect(),
            None => {
                let ordinary = self.view.ordinary();
                places.map(|at| ordinary[cell(at)].round()).collect()
            }
        };
        let classes = self.rated(&counts);
        let figure = |(at, count): (usize, &f64)| {
            let rate = count * 10_000.0 / self.residents(PrecinctIx::from_position(at));
            let rate = format!("{rate:.1}");
            let slots = [("count", whole(*count)), ("rate", rate)];
            let slots = [
                (slots[0].0, slots[0].1.as_str()),
                (slots[1].0, slots[1].1.as_str()),
            ];
            self.words.get("layer.recorded.figure", &slots)
        };
        let figures = counts.iter().enumerate().map(figure);
        classes.into_iter().zip(figures).collect()
    }

    /// Only where the table has said first what it expects.
    fn forecast(&self) -> Vec<(usize, String)> {
        let world = self.view.world();
        let family = self.table.family;
        let forecast = self.view.forecast();
        let at = |place: usize| forecast[world.cell(PrecinctIx::from_position(place), family)];
        let count = world.precincts.len();
        let means: Vec<f64> = (0..count).map(|place| at(place).mean).collect();
        let classes = self.rated(&means);
        let turn = self.view.turn();
        let guesses = self.table.guesses();
        let guessed = |place: usize| {
            let mut of_turn = guesses.iter().filter(|guess| guess.turn == turn);
            of_turn.any(|guess| guess.place.at() == place && guess.family == family)
        };
        let told = |place: usize| {
            if !guessed(place) {
                return (0, self.words.say("layer.forecast.covered"));
            }
            let (low, high) = (at(place).low.to_string(), at(place).high.to_string());
            let figure = self
                .words
                .get("layer.range", &[("low", &low), ("high", &high)]);
            (classes[place] + 1, figure)
        };
        (0..count).map(told).collect()
    }

    /// The fewer trust or feel safe, the closer the pattern.
    fn surveyed(&self, place: PrecinctIx, trust: bool) -> (usize, String) {
        let Some(page) = self.view.pages().last() else {
            return (0, String::new());
        };
        let survey = if trust { &page.trust } else { &page.feel_safe };
        let value = survey[place.at()];
        let error = EIGHT_IN_TEN * self.view.world().model.get(Coefficient::SurveyError);
        let (is, error) = (points(value), whole(error));
        let figure = self
            .words
            .get("layer.survey", &[("points", &is), ("error", &error)]);
        let class = match value.to_f64() {
            few if few < FEW => 2,
            many if many > MANY => 0,
            _ => 1,
        };
        (class, figure)
    }

    /// Units in a place that do this, each with the months that it has done so.
    fn units(&self, place: PrecinctIx, does: impl Fn(Tactic) -> bool) -> Vec<f64> {
        let here = self.view.units().filter(|(_, post)| {
            post.at
                .is_some_and(|(at, tactic)| at == place && does(tactic))
        });
        here.map(|(_, post)| post.months).collect()
    }

    fn patrol(&self, place: PrecinctIx) -> (usize, String) {
        if self.units(place, patrols).is_empty() {
            return (0, String::new());
        }
        let fresh = self.view.freshness(place);
        let share = whole(fresh * 100.0);
        let figure = self.words.with("layer.share", "share", &share);
        let class = match fresh {
            fresh if fresh >= 0.85 => 3,
            fresh if fresh >= 0.7 => 2,
            _ => 1,
        };
        (class, figure)
    }

    fn outreach(&self, place: PrecinctIx) -> (usize, String) {
        let months = self.units(place, reaches_out);
        let Some(longest) = months.into_iter().reduce(f64::max) else {
            return (0, String::new());
        };
        let figure = self.words.with("layer.months", "months", &whole(longest));
        let class = match longest {
            new if new < KNOWN => 1,
            known if known < WELL_KNOWN => 2,
            _ => 3,
        };
        (class, figure)
    }

    fn sensing(&self, place: PrecinctIx) -> (usize, String) {
        let cameras = self.view.places()[place.at()].cameras;
        if cameras.level == 0 {
            return (0, String::new());
        }
        let level = cameras.level.to_string();
        let care = self
            .words
            .say(&format!("layer.care.{}", cameras.governance.id()));
        let figure = self.words.get(
            "layer.sensing.figure",
            &[("level", &level), ("care", &care)],
        );
        (usize::from(cameras.level.min(3)), figure)
    }

    /// Stops weigh more than being filmed: broad ones most of all.
    fn burden(&self, place: PrecinctIx) -> (usize, String) {
        let broad = self
            .units(place, |tactic| tactic == Tactic::BroadChecks)
            .len();
        let precise = self
            .units(place, |tactic| tactic == Tactic::PreciseChecks)
            .len();
        let level = self.view.places()[place.at()].cameras.level;
        let mut parts = Vec::new();
        if broad + precise > 0 {
            let count = (broad + precise).to_string();
            parts.push(self.words.with("layer.burden.checks", "count", &count));
        }
        if level > 0 {
            parts.push(
                self.words
                    .with("layer.burden.cameras", "level", &level.to_string()),
            );
        }
        let class = match (broad, precise, level) {
            (0, 0, 0) => 0,
            (0, 0, 1) => 1,
            (0, 0..=1, _) => 2,
            _ => 3,
        };
        (class, parts.join(&self.words.say("list.comma")))
    }

    fn volunteers(&self, place: PrecinctIx) -> (usize, String) {
        match self.units(place, |tactic| tactic == Tactic::Watch).len() {
            0 => (0, String::new()),
            count => (1, count.to_string()),
        }
    }

    fn late(&self, place: PrecinctIx) -> (usize, String) {
        let late = self.view.late();
        let world = self.view.world();
        let first = place.at() * world.families.len();
        let count: f64 = late[first..first + world.families.len()].iter().sum();
        let figure = if count < 0.5 {
            String::new()
        } else {
            self.words.with("layer.about", "count", &whole(count))
        };
        let class = match count {
            none if none < 0.5 => 0,
            few if few < 5.0 => 1,
            some if some < 15.0 => 2,
            _ => 3,
        };
        (class, figure)
    }

    fn pins(&self, place: PrecinctIx) -> (usize, String) {
        let here = self.view.pinned();
        let here = here.filter(|note| note.hint.and_then(|hint| hint.place) == Some(place));
        // The pin itself stands on the map with its words.
        (usize::from(here.count() > 0), String::new())
    }

    /// How soon help came on average in the last turn, whoever brought it.
    fn help(&self, place: PrecinctIx) -> (usize, String) {
        let page = self.view.pages().last();
        let figure = page.map(|page| {
            let minutes = format!("{:.1}", page.circles[place.at()].minutes);
            self.words.with("layer.minutes", "minutes", &minutes)
        });
        (0, figure.unwrap_or_default())
    }

    /// Who can come to a call: patrols where they stand, and the guards of sites of grade A.
    fn who_comes(&self, board: &Board) -> Vec<(Point, bool)> {
        let world = self.view.world();
        let teams = self.view.units().filter_map(|(unit, post)| {
            let (place, tactic) = post.at?;
            let drives = world.kind_of(unit).drives;
            patrols(tactic).then(|| (board.places[place.at()].tokens, drives))
        });
        let guards = world.sites.iter().enumerate();
        let guards = guards
            .filter(|(at, _)| self.view.site_grade(*at) == SiteGrade::A)
            .map(|(_, site)| (Point::new(site.at.0, site.at.1), false));
        teams.chain(guards).collect()
    }

    fn rings(&self, sheet: &mut Sheet, board: &Board, before: Option<&Arc<Reach>>) {
        let world = self.view.world();
        let from = self.who_comes(board);
        let reach = before
            .filter(|reach| reach.is_from(&from))
            .cloned()
            .unwrap_or_else(|| Arc::new(Reach::new(board, &world.model, from)));
        sheet.classes = (0..CIRCLES.len())
            .map(|at| {
                let minutes = whole(CIRCLES[at]);
                (
                    Swatch::Ring(at),
                    self.words.with("layer.within", "minutes", &minutes),
                )
            })
            .chain([(Swatch::Beyond, self.words.say("layer.beyond"))])
            .collect();
        for grade in SiteGrade::ALL.into_iter().rev() {
            // A site of grade A must be reached in one minute, B in three, C in five.
            let needs = CIRCLES[2 - grade as usize];
            let sites = world.sites.iter().enumerate();
            let sites: Vec<_> = sites
                .filter(|(at, _)| self.view.site_grade(*at) == grade)
                .collect();
            let mut held = 0;
            for (at, site) in &sites {
                let has = reach.minutes(Point::new(site.at.0, site.at.1));
                if has.is_some_and(|has| has <= needs) {
                    held += 1;
                    continue;
                }
                let needs = whole(needs);
                let told = match has {
                    Some(has) => {
                        let has = format!("{has:.1}");
                        let slots = [("needs", needs.as_str()), ("has", has.as_str())];
                        self.words.get("layer.needs", &slots)
                    }
                    None => self.words.with("layer.needs-none", "needs", &needs),
                };
                sheet
                    .not_held
                    .push((grade, self.words.thing(&Over::Sites, *at, None), told));
            }
            if !sites.is_empty() {
                sheet.grades.push((grade, held, sites.len()));
            }
        }
        sheet.reach = Some(reach);
    }
}
