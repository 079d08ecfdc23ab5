//! Where an edit is made, and what gives way to it.

use timeline_format::Id;

/// Where an edit is made, and what gives way to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The sequence that is edited.
    pub sequence: Id,
    /// What becomes of a transition that would no longer fit.
    pub tight: Tight,
    /// Linked clips take the same edit on their own tracks.
    pub linked: bool,
    /// Markers at or behind the edited edge ripple with it.
    pub markers: bool,
}

impl Scope {
    /// The sequence `sequence`, with the usual manners: linked clips go along, markers ripple, and
    /// transitions that would no longer fit are shortened, with a note.
    pub const fn of(sequence: Id) -> Self {
        Self { sequence, tight: Tight::Shorten, linked: true, markers: true }
    }
}

/// What becomes of a transition that would no longer fit its clips or their handles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tight {
    /// It becomes as long as it can be, with its alignment; where nothing is left it goes.
    #[default]
    Shorten,
    /// The edit is refused.
    Refuse,
}

/// An end of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edge {
    /// Its first frame.
    Head,
    /// The frame after its last.
    Tail,
}

/// Whether later elements keep their place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ripple {
    /// They keep their place: what is taken leaves a gap, what is added needs one.
    #[default]
    Stay,
    /// They follow, on every track that is neither locked nor free of sync.
    Follow,
}
