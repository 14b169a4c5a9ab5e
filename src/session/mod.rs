//! A game on disk: the log, its store, undo and redo, replay and verification.
