//! Policies, plans and batches.

mod batch;
mod policies;
