//! Which nested pictures were seen lately: one that is seen again is worth being kept whole.

use crate::Key;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

/// How many are remembered.
const MOST: usize = 16;

/// The keys of the last nested pictures.
#[derive(Debug, Default)]
pub(super) struct Passed(Mutex<VecDeque<Key>>);

impl Passed {
    /// Whether a picture was seen already; it is from now on.
    pub(super) fn saw(&self, key: Key) -> bool {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.contains(&key) {
            return true;
        }
        keys.truncate(MOST - 1);
        keys.push_front(key);
        false
    }
}
