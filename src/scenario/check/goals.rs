//! Objectives: what is asked, where the line is, and whether it asks for anything.

use super::{Check, MAX_ITEMS};
use crate::rules::Index;
use crate::rules::id::{FamilyIx, Id};
use crate::rules::units::Amount;
use crate::rules::world::{Family, Goal, Layer, Measure, Objective, Precinct, Span};
use crate::scenario::code::Code;
use crate::scenario::file::{GoalFile, MeasureFile};
use crate::scenario::path::Path;
use crate::scenario::resolved::Names;

impl Check<'_> {
    pub(super) fn objectives(
        &mut self,
        precincts: &[Precinct],
        families: &[Family],
        names: &mut Names,
    ) -> Vec<Objective> {
        let list = Path::of("objectives");
        let file = self.file;
        let given = file
            .objectives
            .as_ref()
            .map(|items| items.0.as_slice())
            .unwrap_or_default();
        self.cap(&list, given.len(), MAX_ITEMS);
        let mut objectives = Vec::new();
        for (at, objective) in given.iter().take(MAX_ITEMS).enumerate() {
            let (id, path) = self.id_of(objective.id.as_deref(), &list, at);
            let name = path.field("name");
            if objective.name.is_none() && !self.texts.knows(&name.dotted()) {
                self.required("name", &path);
            }
            let said = self.phrase(objective.name.as_ref(), &name, super::texts::LINE);
            names.objectives.push(said);
            let why = self.phrase(
                objective.why.as_ref(),
                &path.field("why"),
                super::texts::PROSE,
            );
            names.reasons.push(why);
            let own = GoalFile {
                measure: objective.measure.clone(),
                layer: Some(objective.layer.unwrap_or(Layer::Published)),
                at_least: objective.at_least,
                at_most: objective.at_most,
                over: objective.over,
            };
            let span = objective.over.unwrap_or(Span::AtEnd);
            let goal = self.goal(&own, span, &path, families);
            let guard_path = path.field("guard");
            let guard = objective
                .guard
                .as_ref()
                .and_then(|guard| self.goal(guard, span, &guard_path, families));
            let Some(goal) = goal else { continue };
            if goal.layer == Layer::Published && objective.guard.is_none() {
                self.report(Code::NoGuard, &path).slot("id", id);
            }
            let value = at_start(goal.measure, precincts);
            let met = |value: f64| {
                if goal.at_least {
                    value >= goal.line
                } else {
                    value <= goal.line
                }
            };
            if !matches!(goal.span, Span::EveryTurn | Span::Every(_)) && value.is_some_and(met) {
                self.report(Code::MetAtStart, &path)
                    .slot("id", id)
                    .slot("value", format!("{:.1}", value.unwrap_or_default()));
            }
            objectives.push(Objective {
                id: Id::from(id),
                goal,
                guard,
                lasting: objective.lasting.unwrap_or(false),
            });
        }
        objectives
    }

    pub(super) fn goal(
        &mut self,
        goal: &GoalFile,
        span: Span,
        path: &Path,
        families: &[Family],
    ) -> Option<Goal> {
        let (at_least, line) = match (goal.at_least, goal.at_most) {
            (Some(line), None) => (true, line),
            (None, Some(line)) => (false, line),
            _ => {
                self.report(Code::OneLine, path);
                return None;
            }
        };
        let field = if at_least { "at_least" } else { "at_most" };
        let Some(measure) = &goal.measure else {
            self.required("measure", path);
            return None;
        };
        let (measure, most) = self.measure(measure, &path.field("measure"), families)?;
        let line = self.number(line, 0.0, most, &path.field(field));
        let span = goal.over.unwrap_or(span);
        if let Span::Running(turns) | Span::Every(turns) = span {
            self.number(
                f64::from(turns),
                1.0,
                f64::from(self.turns),
                &path.field("over"),
            );
        }
        let layer = goal.layer.unwrap_or(Layer::True);
        Some(Goal {
            measure,
            layer,
            at_least,
            line,
            span,
        })
    }
}

impl Check<'_> {
    /// What is measured, and the most that it can come to.
    pub(super) fn measure(
        &mut self,
        measure: &MeasureFile,
        path: &Path,
        families: &[Family],
    ) -> Option<(Measure, f64)> {
        Some(match measure {
            MeasureFile::Index(index) => (Measure::Index(*index), 100.0),
            MeasureFile::LowestTrust => (Measure::LowestTrust, 100.0),
            MeasureFile::Offences(family) => {
                let known: Vec<&str> = families.iter().map(|family| family.id.as_str()).collect();
                let at = self.lookup(family, &known, path)?;
                (Measure::Offences(FamilyIx::from_position(at)), 1_000.0)
            }
        })
    }
}

/// What a measure shows before anybody decides, where that follows from the scenario alone.
fn at_start(measure: Measure, precincts: &[Precinct]) -> Option<f64> {
    let mean = |of: fn(&Precinct) -> f64| {
        let people: f64 = precincts.iter().map(|p| f64::from(p.residents)).sum();
        let sum: f64 = precincts
            .iter()
            .map(|p| f64::from(p.residents) * of(p))
            .sum();
        (people > 0.0).then(|| sum / people)
    };
    match measure {
        Measure::Index(Index::Safety) => Some(50.0),
        Measure::Index(Index::Rights) => Some(100.0),
        Measure::Index(Index::Trust) => mean(|p| p.trust.to_f64()),
        Measure::Index(Index::SenseOfSafety) => mean(|p| p.feel_safe.to_f64()),
        Measure::Index(Index::Equity | Index::Stewardship) => None,
        Measure::LowestTrust => precincts
            .iter()
            .map(|p| p.trust.to_f64())
            .reduce(|a, b| if b < a { b } else { a }),
        Measure::Offences(_) => Some(100.0),
    }
}
