//! Policies, plans and batches.

mod batch;
mod felt;
mod golden;
mod policies;
