//! Policies, plans and batches.

mod batch;
mod golden;
mod policies;
