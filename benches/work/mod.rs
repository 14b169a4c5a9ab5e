//! The work that is measured: the reference workload PW-1, and games in cities of several sizes.

pub mod city;
pub mod pw1;
