//! Tests of everything below the window. One binary, so that the engine is linked once.

mod floors;
mod geometry;
mod handbook;
mod lab;
mod rules;
mod scenario;
mod session;
mod support;
