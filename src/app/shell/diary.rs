//! The program's own log: what it did, a file a day, the last week kept. No names, no notes.

use bevy::app::App;
use bevy::log::tracing_subscriber::filter::LevelFilter;
use bevy::log::tracing_subscriber::{Layer, fmt};
use bevy::log::{BoxedFmtLayer, BoxedLayer, LogPlugin};
use bevy::prelude::Resource;
use std::path::{Path, PathBuf};
use tracing_appender::rolling::{RollingFileAppender, Rotation};

/// How the names of the files begin; the day follows.
const PREFIX: &str = "commonwatch";
const SUFFIX: &str = "log";
/// Days that are kept.
const DAYS: usize = 7;

/// The folder of the files; without it nothing is written.
#[derive(Resource, Clone, Debug)]
pub struct Diary(pub PathBuf);

/// What Bevy logs with: errors on standard error, and what this program does in the diary.
pub fn log_plugin() -> LogPlugin {
    LogPlugin {
        // `icu_segmenter` warns of dictionaries that neither language needs.
        filter: "error,commonwatch=info,icu_segmenter=off,icu_provider=off".to_owned(),
        custom_layer: to_file,
        fmt_layer: to_terminal,
        ..Default::default()
    }
}

fn to_file(app: &mut App) -> Option<BoxedLayer> {
    let Diary(folder) = app.world().get_resource::<Diary>()?;
    // Where the folder is missing, the appender complains on the terminal before it makes it.
    std::fs::create_dir_all(folder).ok()?;
    // A program that cannot keep its diary still plays; Bevy's errors go to the terminal.
    let file = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix(PREFIX)
        .filename_suffix(SUFFIX)
        .max_log_files(DAYS)
        .build(folder)
        .ok()?;
    Some(fmt::layer().with_ansi(false).with_writer(file).boxed())
}

fn to_terminal(_: &mut App) -> Option<BoxedFmtLayer> {
    let layer = fmt::layer().with_writer(std::io::stderr);
    Some(Box::new(layer.with_filter(LevelFilter::ERROR)))
}

/// The last lines of the latest file, the oldest first.
#[must_use]
pub fn last_lines(folder: &Path, count: usize) -> Vec<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let latest = files
        .map(|file| file.path())
        .filter(|path| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with(PREFIX) && name.ends_with(SUFFIX))
        })
        .max();
    let text = latest.and_then(|path| std::fs::read(path).ok());
    let text = text.unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().collect();
    let from = lines.len().saturating_sub(count);
    lines[from..]
        .iter()
        .map(|line| (*line).to_owned())
        .collect()
}
