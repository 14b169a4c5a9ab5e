//! Where in a scenario something stands, by names rather than positions.

use std::fmt;

/// One step into a scenario.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// A named field.
    Field(String),
    /// The thing of this name in a list.
    Id(String),
    /// The value under this key of a table.
    Key(String),
    /// The value at this position, from 0.
    At(usize),
}

/// A path such as `precincts["old-harbour"].outline[3]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// The path of a top-level field.
    #[must_use]
    pub fn of(field: &str) -> Self {
        Self(vec![Step::Field(field.to_owned())])
    }

    /// One step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }

    /// Into a field.
    #[must_use]
    pub fn field(&self, name: &str) -> Self {
        self.then(Step::Field(name.to_owned()))
    }

    /// To the thing of this name.
    #[must_use]
    pub fn id(&self, id: &str) -> Self {
        self.then(Step::Id(id.to_owned()))
    }

    /// To the value under a key.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Step::Key(key.to_owned()))
    }

    /// To the value at a position.
    #[must_use]
    pub fn at(&self, position: usize) -> Self {
        self.then(Step::At(position))
    }

    /// The path as text tables and suppressions write it: `precincts.old-harbour.name`.
    #[must_use]
    pub fn dotted(&self) -> String {
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|step| match step {
                Step::Field(name) | Step::Id(name) | Step::Key(name) => name.clone(),
                Step::At(position) => position.to_string(),
            })
            .collect();
        parts.join(".")
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Field(name) if at == 0 => f.write_str(name)?,
                Step::Field(name) => write!(f, ".{name}")?,
                Step::Id(name) | Step::Key(name) => write!(f, "[\"{name}\"]")?,
                Step::At(position) => write!(f, "[{position}]")?,
            }
        }
        Ok(())
    }
}
