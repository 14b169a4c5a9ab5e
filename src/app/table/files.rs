//! Getting games and exercises in: from a list, dropped on the window, or pasted.

use super::Table;
use super::act::{Asked, Screen};
use crate::app::shelf::is_scenario;
use crate::rules::{Digest, Id};
use crate::scenario::source::good_id;
use crate::scenario::{Scenario, Source, load};
use crate::session::folders::EXTENSION;
use crate::session::{Journal, OpenError, read_log};
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Table {
    /// Opens the game or the exercise at a path.
    pub(super) fn open_file(&mut self, path: &Path) -> Asked {
        self.lay_over(None);
        if self.session.is_some() {
            return self.tell(self.words().say("files.in-game"));
        }
        if is_scenario(path) {
            return self.open_scenario(path);
        }
        let name = path.display().to_string();
        if !path.exists() {
            return self.tell(self.words().with("files.missing", "path", &name));
        }
        let ours = path.extension().is_some_and(|end| end == EXTENSION);
        let log = match read_log(path) {
            Ok(log) if ours || Journal::read(&log).is_ok() => log,
            Err(error) if ours => {
                let sentence = self.words().sentence(&error);
                return self.tell_of(&name, &sentence);
            }
            _ => return self.tell(self.words().with("files.unknown", "path", &name)),
        };
        self.open_log(&log, Some(path))
    }

    /// Opens what was copied in another program: a path, or the text of a log.
    pub fn open_pasted(&mut self, text: Option<&str>) -> Asked {
        let text = text.unwrap_or_default().trim();
        if text.is_empty() {
            return self.tell(self.words().say("files.nothing-copied"));
        }
        let log = format!("{text}\n");
        if self.session.is_none() && Journal::read(log.as_bytes()).is_ok() {
            self.lay_over(None);
            return self.open_log(log.as_bytes(), None);
        }
        self.open_file(&path_in(text))
    }

    fn open_scenario(&mut self, path: &Path) -> Asked {
        let at = self.shelf.put(path.to_owned());
        self.pick(at);
        Asked::Lay(if self.shelf.playable(at).is_some() {
            Screen::Setup
        } else {
            // There its mistakes are told.
            Screen::Scenarios
        })
    }

    fn open_log(&mut self, log: &[u8], path: Option<&Path>) -> Asked {
        let name = path.map_or_else(String::new, |path| path.display().to_string());
        let header = match Journal::read(log) {
            Ok((journal, _)) => journal.header().clone(),
            Err(damage) => {
                let sentence = self.words().sentence(&OpenError::NotALog(damage));
                return self.tell_of(&name, &sentence);
            }
        };
        let beside = path.and_then(Path::parent);
        let scenario = self.scenario_of(&header.scenario, header.rules_hash, beside);
        let opened = match path {
            Some(path) => self.storage.open_log(path, log, &scenario),
            None => self.storage.take_in(log, &scenario),
        };
        self.go_on(scenario, opened)
    }

    /// The scenario that a log names: one that is known, else one that lies beside the log, else
    /// one that can at least say what is different.
    fn scenario_of(&mut self, id: &Id, hash: Digest, beside: Option<&Path>) -> Arc<Scenario> {
        let known = self.shelf.find(id, hash);
        if let Some(known) = known.as_ref().filter(|known| known.rules_hash == hash) {
            return Arc::clone(known);
        }
        // The name comes from a file: what is no name of a scenario must not choose a path.
        let near = beside.filter(|_| good_id(id.as_str()));
        let near = near
            .into_iter()
            .flat_map(|folder| [folder.join(id.as_str()), folder.join(format!("{id}.ron"))]);
        let loaded = near
            .filter(|path| is_scenario(path))
            .filter_map(|path| load(&Source::Disk(path)).ok())
            .map(|loaded| Arc::new(loaded.scenario))
            .find(|scenario| scenario.rules_hash == hash);
        loaded
            .or(known)
            .unwrap_or_else(|| Arc::clone(&self.scenario))
    }

    fn tell_of(&mut self, name: &str, sentence: &str) -> Asked {
        let text = format!("{name}{}{sentence}", self.words().say("list.colon"));
        self.tell(text)
    }

    fn tell(&mut self, text: String) -> Asked {
        self.notice = Some(text);
        Asked::Draw
    }
}

/// The path in a text as people copy it: with quotes, or as a file manager's address.
fn path_in(text: &str) -> PathBuf {
    let line = text.lines().next().unwrap_or_default().trim();
    let quoted = ['"', '\''].iter().find_map(|quote| {
        let rest = line.strip_prefix(*quote)?;
        rest.strip_suffix(*quote)
    });
    let line = quoted.unwrap_or(line);
    match line.strip_prefix("file://") {
        Some(address) => {
            // A host may stand before the path; on this computer it is left out or `localhost`.
            let address = address.strip_prefix("localhost").unwrap_or(address);
            let path = percent_decode_str(address).decode_utf8_lossy().into_owned();
            let drive = path
                .strip_prefix('/')
                .filter(|rest| rest.get(1..3) == Some(":/"));
            PathBuf::from(drive.unwrap_or(&path))
        }
        None => PathBuf::from(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_as_people_copy_it() {
        for (text, path) in [
            ("/home/a/my town", "/home/a/my town"),
            ("\"C:\\games\\town.ron\"", "C:\\games\\town.ron"),
            ("'/tmp/x.cwlog'", "/tmp/x.cwlog"),
            ("file:///home/a/my%20town", "/home/a/my town"),
            ("file:///C:/games/%E5%9F%8E", "C:/games/城"),
            ("file://localhost/a\nfile:///b", "/a"),
            ("file:///", "/"),
            ("file://é", "é"),
        ] {
            assert_eq!(path_in(text), PathBuf::from(path), "{text}");
        }
    }
}
