//! What the window holds in memory, by its own account.

use super::desk::Desk;

/// What the window holds in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// Bytes that the pictures of the film may take.
    pub budget: usize,
    /// Bytes of decoded frames.
    pub frames: usize,
    /// Bytes of small pictures: of the browser, of filmstrips.
    pub small: usize,
    /// Versions of the film that can be gone back to, and the one that is now.
    pub versions: usize,
    /// Lines that were said and are kept.
    pub notices: usize,
}

impl Held {
    /// What there is on a desk.
    pub(super) fn on(desk: &Desk) -> Self {
        let (budget, counts) = desk.pictures();
        let versions = desk.film().map_or(0, |film| film.history().steps().len());
        let notices = desk.notices.iter().count();
        Self { budget, frames: counts.bytes, small: counts.small, versions, notices }
    }
}
