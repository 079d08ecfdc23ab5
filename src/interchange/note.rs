//! What was not carried over as it was, and where.

/// One thing that a format or the film could not hold as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What became of it.
    pub kind: NoteKind,
    /// Where it is.
    pub place: Place,
    /// What it is, in a sentence.
    pub text: String,
}

/// What became of a thing that was not carried over as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// The file did not say; this was assumed.
    Guessed,
    /// It has no effect, and comes back when the cut is written or read again.
    Kept,
    /// It was changed to what can be said.
    Changed,
    /// It is gone.
    Dropped,
}

/// Where in a cut.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The object in the file: `tracks.children[0].children[3]`, or `line 12`.
    pub object: String,
    /// The name of the track, if it is on one.
    pub track: String,
    /// The name of the clip or other item, if it is one.
    pub item: String,
    /// The first frame of the item in its sequence, if known.
    pub frame: Option<i64>,
}

impl std::fmt::Display for NoteKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Guessed => "guessed",
            Self::Kept => "kept aside",
            Self::Changed => "changed",
            Self::Dropped => "left out",
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut parts = Vec::new();
        if !self.track.is_empty() {
            parts.push(format!("track {:?}", self.track));
        }
        if !self.item.is_empty() {
            parts.push(format!("{:?}", self.item));
        }
        if let Some(frame) = self.frame {
            parts.push(format!("frame {frame}"));
        }
        if !self.object.is_empty() {
            parts.push(self.object.clone());
        }
        f.write_str(&parts.join(", "))
    }
}

impl std::fmt::Display for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let place = self.place.to_string();
        let colon = if place.is_empty() { "" } else { ": " };
        write!(f, "{place}{colon}{} ({})", self.text, self.kind)
    }
}
