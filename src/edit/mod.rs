//! The verbs: pure functions from a timeline to another.
