//! Tests of everything below the window. One binary, so that the engine is linked once.

mod floors;
mod rules;
mod support;
mod geometry;
