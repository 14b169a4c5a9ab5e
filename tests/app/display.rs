//! A computer on which no window can open.

use std::process::Command;

/// Nowhere to draw, or a display that is named and does not answer: one sentence and exit 3, no
/// report of a fault.
#[test]
fn without_a_display_there_is_a_sentence_and_nothing_else() {
    for (name, value) in [
        ("NOTHING", ""),
        ("WAYLAND_DISPLAY", "nowhere"),
        ("DISPLAY", ":4711"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let out = Command::new(env!("CARGO_BIN_EXE_commonwatch"))
            .env_clear()
            .envs([("HOME", home.path()), ("XDG_RUNTIME_DIR", home.path())])
            .env(name, value)
            .args(["play", "first-watch", "--lang", "en"])
            .output()
            .unwrap();
        let err = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(3), "{name}: {err}");
        assert!(err.contains("display"), "{name}: {err}");
        assert!(
            !err.contains("panicked") && !err.contains("crash-"),
            "{name}: {err}"
        );
    }
}
