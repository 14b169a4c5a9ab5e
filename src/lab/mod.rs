//! Playing many games at once: policies, batches, statistics.
