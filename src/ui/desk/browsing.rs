//! What the browser shows of the film, in which order, and how large.

use super::Desk;
use super::lines::{Line, lines_of};
use std::collections::BTreeSet;
use std::sync::Arc;
use timeline_format::shot::TakeState;
use timeline_format::{Id, Source, Timeline};

/// Which kinds of things are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum Kinds {
    /// Shots and media.
    #[default]
    All,
    /// Shots alone.
    Shots,
    /// Media with a picture.
    Pictures,
    /// Media of sound alone.
    Sounds,
    /// What is not where the film says.
    Missing,
}

impl Kinds {
    /// All, in the order of the list.
    pub(in crate::ui) const ALL: [Self; 5] =
        [Self::All, Self::Shots, Self::Pictures, Self::Sounds, Self::Missing];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::All => "Everything",
            Self::Shots => "Shots",
            Self::Pictures => "Pictures",
            Self::Sounds => "Sounds",
            Self::Missing => "Missing",
        }
    }
}

/// What decides the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum Order {
    /// As the film has them: shots, then media.
    #[default]
    Film,
    /// By name.
    Name,
    /// By kind, then name.
    Kind,
    /// The longest first.
    Length,
    /// The best rated first.
    Rating,
}

impl Order {
    /// All, in the order of the list.
    pub(in crate::ui) const ALL: [Self; 5] =
        [Self::Film, Self::Name, Self::Kind, Self::Length, Self::Rating];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Film => "As in the film",
            Self::Name => "By name",
            Self::Kind => "By kind",
            Self::Length => "Longest first",
            Self::Rating => "Best first",
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::ui) struct Query {
    /// Words that must stand in a name, a note, a prompt, a seed.
    pub(in crate::ui) wanted: String,
    /// Which kinds are shown.
    pub(in crate::ui) kinds: Kinds,
    /// Only what is rated so.
    pub(in crate::ui) rated: Option<TakeState>,
    /// In which order.
    pub(in crate::ui) order: Order,
    /// Shots whose takes are shown.
    pub(in crate::ui) unfolded: BTreeSet<Id>,
}

/// What the browser shows, and how.
#[derive(Debug)]
pub(in crate::ui) struct Browsing {
    /// What is looked for.
    pub(in crate::ui) query: Query,
    /// Whether pictures stand beside each other, not below each other.
    pub(in crate::ui) is_grid: bool,
    /// How large pictures are, from 0 to 1.
    pub(in crate::ui) size: f32,
    /// Whether the field for words is to take the keyboard.
    pub(in crate::ui) asks_for_words: bool,
    /// What is to be scrolled to.
    pub(in crate::ui) revealed: Option<Source>,
    known: Option<Known>,
}

/// Lines, and what they were made of.
#[derive(Debug)]
struct Known {
    film: Arc<Timeline>,
    query: Query,
    missing: BTreeSet<Id>,
    lines: Arc<Vec<Line>>,
}

impl Default for Browsing {
    fn default() -> Self {
        Self {
            query: Query::default(),
            is_grid: false,
            size: 0.15,
            asks_for_words: false,
            revealed: None,
            known: None,
        }
    }
}

impl Browsing {
    /// Scrolls to a source, and hides nothing any more.
    pub(super) fn reveal(&mut self, source: Source) {
        self.query = Query {
            order: self.query.order,
            unfolded: std::mem::take(&mut self.query.unfolded),
            ..Query::default()
        };
        if let Source::Shot(shot) = &source {
            self.query.unfolded.insert(*shot);
        }
        self.revealed = Some(source);
    }

    /// Shows the takes of a shot, or hides them.
    pub(in crate::ui) fn toggle_fold(&mut self, shot: Id) {
        if !self.query.unfolded.remove(&shot) {
            self.query.unfolded.insert(shot);
        }
    }
}

impl Desk {
    /// What the browser lists, a line each; looked up again only where something changed.
    pub(in crate::ui) fn lines(&mut self) -> Arc<Vec<Line>> {
        let Some(film) = self.film.as_ref().map(|film| Arc::clone(film.now())) else {
            return Arc::default();
        };
        let browsing = &mut self.browsing;
        if let Some(known) = &browsing.known
            && Arc::ptr_eq(&known.film, &film)
            && known.query == browsing.query
            && known.missing == self.missing
        {
            return Arc::clone(&known.lines);
        }
        let lines = Arc::new(lines_of(&film, &self.missing, &browsing.query));
        browsing.known = Some(Known {
            film,
            query: browsing.query.clone(),
            missing: self.missing.clone(),
            lines: Arc::clone(&lines),
        });
        lines
    }
}
