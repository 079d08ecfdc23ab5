//! What happened at the device, for people.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Lines that are kept.
const LINES: usize = 100;

/// What happened at the device, for people: the newest last. Clones are one list.
#[derive(Debug, Clone, Default)]
pub struct Told(Arc<Telling>);

#[derive(Default)]
struct Telling {
    lines: Mutex<Lines>,
    wake: OnceLock<Box<dyn Fn() + Send + Sync>>,
}

#[derive(Debug, Default)]
struct Lines {
    kept: VecDeque<String>,
    /// How many there were before those that are kept.
    gone: usize,
}

impl std::fmt::Debug for Telling {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Telling").field("lines", &self.lines).finish_non_exhaustive()
    }
}

impl Told {
    /// The lines that are kept.
    pub fn lines(&self) -> Vec<String> {
        self.since(0).0
    }

    /// The lines behind the first `count`, as far as they are kept, and how many there are by now.
    pub fn since(&self, count: usize) -> (Vec<String>, usize) {
        let lines = self.0.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let new = lines.kept.iter().skip(count.saturating_sub(lines.gone));
        (new.cloned().collect(), lines.gone + lines.kept.len())
    }

    /// Calls `wake` from now on whenever there is a new line; the first who asks is called.
    pub fn on_news(&self, wake: impl Fn() + Send + Sync + 'static) {
        drop(self.0.wake.set(Box::new(wake)));
    }

    pub(super) fn tell(&self, line: String) {
        let mut lines = self.0.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.kept.back() == Some(&line) {
            return;
        }
        if lines.kept.len() == LINES {
            lines.kept.pop_front();
            lines.gone += 1;
        }
        lines.kept.push_back(line);
        drop(lines);
        if let Some(wake) = self.0.wake.get() {
            wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn what_is_new_is_told_once_however_much_there_was_before() {
        let told = Told::default();
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        told.on_news(move || {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        told.tell("away".into());
        told.tell("away".into());
        assert_eq!(told.since(0), (vec!["away".to_owned()], 1));
        for line in 0..150 {
            told.tell(line.to_string());
        }
        assert_eq!(told.lines().len(), LINES);
        assert_eq!(told.since(149), (vec!["148".to_owned(), "149".to_owned()], 151));
        assert_eq!(told.since(151), (Vec::new(), 151));
        assert_eq!(told.since(3).0.len(), LINES, "what is gone is gone");
        assert_eq!(calls.load(Ordering::Relaxed), 151);
    }
}
