//! How this person likes the window: look, language, text size, motion, touch, hints.
//!
//! Kept as JSON, so that a person can read and mend it. A file that cannot be read is set aside
//! and never overwritten; keys of a later version are kept.

use crate::app::input::Bindings;
use crate::text::Lang;
use bevy::prelude::*;
use serde_json::{Map, Value, json};

/// The three looks, each safe for colour-vision deficiency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Look {
    /// A printed board by day.
    #[default]
    Paper,
    /// The same at night.
    Night,
    /// Black on white, gold for what is chosen.
    Contrast,
}

impl Look {
    /// Every look, in the order of the settings.
    pub const ALL: [Self; 3] = [Self::Paper, Self::Night, Self::Contrast];

    /// Its name in the settings and in the theme table.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Night => "night",
            Self::Contrast => "contrast",
        }
    }

    fn find(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.id() == id)
    }

    /// The look after this one.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Paper => Self::Night,
            Self::Night => Self::Contrast,
            Self::Contrast => Self::Paper,
        }
    }
}

/// The sizes of text that can be chosen, per cent.
pub const TEXT_SIZES: [u16; 5] = [100, 115, 130, 150, 200];

/// What a person has chosen.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The look.
    pub look: Look,
    /// The language; `None` follows the system.
    pub lang: Option<Lang>,
    /// The size of text, one of [`TEXT_SIZES`].
    pub text_size: u16,
    /// Whether things move on the screen.
    pub motion: bool,
    /// Whether controls are large enough for fingers.
    pub touch: bool,
    /// Whether a newcomer is led through the first turn.
    pub hints: bool,
    /// The crash report that has been shown, by its file's name.
    pub seen_report: Option<String>,
    /// Shortcuts with another key, or with none.
    pub keys: Bindings,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            look: Look::default(),
            lang: None,
            text_size: 100,
            motion: true,
            touch: false,
            hints: true,
            seen_report: None,
            keys: Bindings::default(),
        }
    }
}

impl Settings {
    /// Reads what is known of an object; what is missing or out of range has its default.
    #[must_use]
    pub fn read(object: &Map<String, Value>) -> Self {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        let flag = |key: &str| object.get(key).and_then(Value::as_bool);
        let usual = Self::default();
        let size = object.get("text_size").and_then(Value::as_u64);
        let size = TEXT_SIZES.into_iter().find(|it| size == Some((*it).into()));
        Self {
            look: text("look").and_then(Look::find).unwrap_or(usual.look),
            lang: text("language").and_then(Lang::from_tag),
            text_size: size.unwrap_or(usual.text_size),
            motion: flag("motion").unwrap_or(usual.motion),
            touch: flag("touch").unwrap_or(usual.touch),
            hints: flag("hints").unwrap_or(usual.hints),
            seen_report: text("seen_report").map(str::to_owned),
            keys: Bindings::read(object),
        }
    }

    /// Writes every setting into an object; other keys of the object stay.
    pub fn write(&self, object: &mut Map<String, Value>) {
        let Self {
            look,
            lang,
            text_size,
            motion,
            touch,
            hints,
            seen_report,
            keys,
        } = self;
        let values = [
            ("look", json!(look.id())),
            ("language", json!(lang.map(Lang::tag))),
            ("text_size", json!(text_size)),
            ("motion", json!(motion)),
            ("touch", json!(touch)),
            ("hints", json!(hints)),
            ("seen_report", json!(seen_report)),
        ];
        for (key, value) in values {
            object.insert(key.to_owned(), value);
        }
        keys.write(object);
    }
}

/// The file that keeps the settings.
#[cfg(not(target_family = "wasm"))]
pub use file::SettingsFile;

#[cfg(not(target_family = "wasm"))]
mod file {
    use super::Settings;
    use serde_json::{Map, Value};
    use std::io::{self, Write};
    use std::path::{Path, PathBuf};

    const NAME: &str = "settings.json";
    /// Settings are a few lines; a file larger than this is something else.
    const MOST_BYTES: u64 = 256 * 1024;

    /// The file that keeps the settings, with the keys that this version does not know.
    #[derive(Clone, Debug, Default)]
    pub struct SettingsFile {
        path: PathBuf,
        kept: Map<String, Value>,
        /// Where a file that could not be read was put.
        pub set_aside: Option<PathBuf>,
    }

    impl SettingsFile {
        /// Opens the settings in a folder. No file means none were made yet.
        #[must_use]
        pub fn open(folder: &Path) -> (Self, Settings) {
            let path = folder.join(NAME);
            let (kept, set_aside) = match read(&path) {
                Ok(kept) => (kept, None),
                Err(error) if error.kind() == io::ErrorKind::NotFound => (Map::new(), None),
                Err(_) => (Map::new(), set_aside(&path)),
            };
            let settings = Settings::read(&kept);
            let file = Self {
                path,
                kept,
                set_aside,
            };
            (file, settings)
        }

        /// Puts new settings in the place of the old ones, at once or not at all.
        ///
        /// # Errors
        ///
        /// The folder cannot be written; the old settings stay.
        pub fn save(&mut self, settings: &Settings) -> io::Result<()> {
            settings.write(&mut self.kept);
            let folder = self.path.parent().unwrap_or(Path::new("."));
            std::fs::create_dir_all(folder)?;
            let mut draft = tempfile::NamedTempFile::new_in(folder)?;
            serde_json::to_writer_pretty(&mut draft, &self.kept)?;
            draft.write_all(b"\n")?;
            draft.as_file().sync_data()?;
            draft.persist(&self.path).map_err(|error| error.error)?;
            Ok(())
        }
    }

    fn read(path: &Path) -> io::Result<Map<String, Value>> {
        let size = std::fs::metadata(path)?.len();
        if size > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        let bytes = std::fs::read(path)?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// Renames a file that cannot be read, so that nothing of it is lost.
    fn set_aside(path: &Path) -> Option<PathBuf> {
        (1..1000)
            .map(|n| path.with_file_name(format!("settings-unread-{n}.json")))
            .find(|other| !other.exists())
            .filter(|other| std::fs::rename(path, other).is_ok())
    }

    #[cfg(test)]
    mod tests {
        use super::*;
        use crate::app::shell::settings::Look;

        #[test]
        fn what_was_chosen_is_there_again_and_unknown_keys_are_kept() {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(NAME);
            std::fs::write(&path, r#"{"look":"night","later":{"depth":2}}"#).expect("written");
            let (mut file, mut settings) = SettingsFile::open(folder.path());
            assert_eq!(settings.look, Look::Night);
            settings.text_size = 150;
            file.save(&settings).expect("saved");
            let (_, again) = SettingsFile::open(folder.path());
            assert_eq!(again, settings);
            let text = std::fs::read_to_string(&path).expect("read");
            assert!(text.contains("\"depth\": 2"), "{text}");
            let names: Vec<_> = std::fs::read_dir(folder.path()).expect("listed").collect();
            assert_eq!(names.len(), 1, "nothing is left beside the settings");
        }

        #[test]
        fn a_broken_file_is_set_aside_and_not_lost() {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join(NAME);
            for broken in ["{\"look\": \"nig", "[1, 2]", "\u{0}"] {
                std::fs::write(&path, broken).expect("written");
                let (mut file, settings) = SettingsFile::open(folder.path());
                assert_eq!(settings, Settings::default());
                let aside = file.set_aside.clone().expect("it was set aside");
                assert_eq!(std::fs::read_to_string(aside).expect("read"), broken);
                file.save(&settings).expect("saved");
            }
        }

        #[test]
        fn values_out_of_range_fall_back_one_by_one() {
            let folder = tempfile::tempdir().expect("a folder");
            let text =
                r#"{"look":"pink","text_size":7,"motion":"no","touch":true,"language":"zh-Hans"}"#;
            std::fs::write(folder.path().join(NAME), text).expect("written");
            let (_, settings) = SettingsFile::open(folder.path());
            let wanted = Settings {
                touch: true,
                lang: Some(crate::text::Lang::ZhHans),
                ..Settings::default()
            };
            assert_eq!(settings, wanted);
        }
    }
}
