//! What the meters of a film's mix show, while it is rendered and when it has been.

use crate::sound::Gauges;
use std::sync::{Arc, OnceLock};

/// The meters of a mix. Clones are the same meters.
#[derive(Debug, Clone, Default)]
pub struct Metered(Arc<OnceLock<Arc<Gauges>>>);

impl Metered {
    /// What they show; `None` where no sound has been asked for yet.
    pub fn gauges(&self) -> Option<&Gauges> {
        self.0.get().map(|gauges| &**gauges)
    }

    /// Shows those of this mix, the first that there is.
    pub(super) fn show(&self, gauges: &Arc<Gauges>) {
        drop(self.0.set(Arc::clone(gauges)));
    }
}
