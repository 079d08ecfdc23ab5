//! Calls of other threads to the window.

use std::sync::Arc;

/// What is called from other threads when there is something new to show.
#[derive(Clone)]
pub(in crate::ui) struct Wake(Arc<dyn Fn() + Send + Sync>);

impl Wake {
    /// A call of `wake`.
    pub(in crate::ui) fn new(wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(wake))
    }

    /// There is something new to show.
    pub(in crate::ui) fn wake(&self) {
        (self.0)();
    }
}

impl std::fmt::Debug for Wake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Wake")
    }
}
