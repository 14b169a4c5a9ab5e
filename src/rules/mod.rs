//! The rules engine: what a game is, what may be done, what it leads to.
