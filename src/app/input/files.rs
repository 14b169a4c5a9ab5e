//! Files that are dropped on the window, and what was copied in another program.

use super::Wish;
use crate::app::table::Act;
use bevy::prelude::*;
use bevy::window::FileDragAndDrop;

/// A file that is dropped is opened; of several, the first.
pub(super) fn dropped(mut drops: MessageReader<FileDragAndDrop>, mut wishes: MessageWriter<Wish>) {
    let first = drops.read().find_map(|drop| match drop {
        FileDragAndDrop::DroppedFile { path_buf, .. } => Some(path_buf.clone()),
        _ => None,
    });
    wishes.write_batch(first.map(|path| Wish(Act::OpenFile(path))));
}

/// The text that was copied last, if there is one.
///
/// The clipboard is opened for each paste alone: held open it is one more connection to the display
/// that can break.
pub(super) fn copied() -> Option<String> {
    let mut clipboard = arboard::Clipboard::new()
        .inspect_err(|error| warn!("no clipboard: {error}"))
        .ok()?;
    clipboard.get_text().ok()
}
