//! What a person means by a name: a scenario at a path, in the data folder or built in; a policy.

use super::Context;
use super::answer::Stop;
use crate::lab::Policy;
use crate::lab::policy::UnknownPolicy;
use crate::rules::id::nearest;
use crate::scenario::{self, Scenario, Source};
use crate::session::folders::Folders;
use std::path::{Path, PathBuf};

impl Context {
    /// The source of the scenario that `name` means.
    pub fn find(&self, name: &str) -> Result<Source, Stop> {
        let path = Path::new(name);
        // A folder that happens to be called like a scenario, for its logs say, is not one.
        if path.exists() && (looks_like_a_path(name) || holds_scenario(path)) {
            return Ok(Source::Disk(path.to_owned()));
        }
        let own = self.own_scenarios();
        if let Some((_, path)) = own.iter().find(|(id, _)| id == name) {
            return Ok(Source::Disk(path.clone()));
        }
        if let Ok(built_in) = scenario::find_built_in(name) {
            return Ok(built_in.source());
        }
        if path.exists() {
            return Ok(Source::Disk(path.to_owned()));
        }
        let known = own.iter().map(|(id, _)| id.as_str());
        let known = known.chain(scenario::built_in().iter().map(|scenario| scenario.id));
        let hint = self.words.did_you_mean(nearest(name, known));
        let key = if looks_like_a_path(name) {
            "no-such-path"
        } else {
            "unknown-scenario"
        };
        let text = self.words.get(key, &[("name", name)]);
        Err(Stop::could_not(format!("{text}{hint}")))
    }

    /// The scenario that `name` means, checked. Its diagnostics end the command when there are
    /// errors among them.
    pub fn load(&self, name: &str) -> Result<Scenario, Stop> {
        let source = self.find(name)?;
        match scenario::load(&source) {
            Ok(loaded) => Ok(loaded.scenario),
            Err(report) => {
                let text = report.render(self.words.lang);
                let advice = self.words.get("scenario-broken", &[("name", name)]);
                Err(Stop::could_not(format!("{text}{advice}")))
            }
        }
    }

    /// There is no such policy: those that there are, and the one that was probably meant.
    pub fn unknown_policy(&self, policy: &UnknownPolicy) -> Stop {
        let known = Policy::ALL.map(Policy::id).join(", ");
        let slots = [("name", policy.name.as_str()), ("known", &known)];
        let text = self.words.get("unknown-policy", &slots);
        let hint = self.words.did_you_mean(policy.nearest);
        Stop::could_not(format!("{text}{hint}"))
    }

    /// The player's own scenarios: name and place, in the order of the names.
    fn own_scenarios(&self) -> Vec<(String, PathBuf)> {
        let Ok(folders) = Folders::find(self.data_dir.as_deref()) else {
            return Vec::new();
        };
        let entries = std::fs::read_dir(folders.scenarios).into_iter().flatten();
        let mut own: Vec<(String, PathBuf)> = entries
            .flatten()
            .filter_map(|entry| {
                let path = entry.path();
                let folder = entry.file_type().ok()?.is_dir();
                let file = path.extension().is_some_and(|extension| extension == "ron");
                let name = path.file_stem()?.to_str()?.to_owned();
                (folder || file).then_some((name, path))
            })
            .collect();
        own.sort();
        own
    }
}

fn holds_scenario(path: &Path) -> bool {
    let mut files = std::fs::read_dir(path).into_iter().flatten().flatten();
    path.is_file() || files.any(|file| file.path().extension().is_some_and(|end| end == "ron"))
}

fn looks_like_a_path(name: &str) -> bool {
    name.contains(['/', '\\', '.'])
}
