//! What the viewers show, and how: which of them has the keys, how large pictures lie in them, what the
//! film is seen beside, what is drawn over it. Only for the eye: no edit comes from here.

mod sight;

pub(in crate::ui) use sight::Sight;

use super::bypass::LeftOut;
use super::{Desk, MaskOf, RepairOf};
use crate::picture::{MatteView, with_matte};
use crate::ui::page::Page;
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::{Id, Source, Timeline};

/// A viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum Viewer {
    /// What is to be laid.
    Source,
    /// The film.
    #[default]
    Program,
}

/// What the film's viewer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::ui) enum Mode {
    /// The film.
    #[default]
    Film,
    /// The last frame before a cut beside the first behind it.
    Cut,
    /// The film beside the source.
    Split,
    /// The film on the left of a line, the source on its right.
    Wipe,
    /// How far the two are apart, in each colour, made eight times as large.
    Difference,
    /// The film on the left of a line, the still in hand on its right.
    Still,
    /// The film without the repairs of the clip in hand.
    Before,
    /// The film on the left of a line, and on its right as it was before the repairs.
    BeforeWipe,
    /// What the repairs change.
    Proof,
}

impl Mode {
    /// All, in the order of the list.
    pub(in crate::ui) const ALL: [Self; 9] = [
        Self::Film,
        Self::Cut,
        Self::Split,
        Self::Wipe,
        Self::Difference,
        Self::Still,
        Self::Before,
        Self::BeforeWipe,
        Self::Proof,
    ];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Film => "Film",
            Self::Cut => "Cut",
            Self::Split => "Split",
            Self::Wipe => "Wipe",
            Self::Difference => "Difference",
            Self::Still => "Still",
            Self::Before => "Before",
            Self::BeforeWipe => "After | before",
            Self::Proof => "Proof",
        }
    }
}

/// What is drawn over the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ui) enum Overlay {
    /// The areas that every screen shows.
    SafeAreas,
    /// Thirds, and the middle.
    Guides,
    /// The moment, the clip that is seen and the frame of its source.
    Words,
}

/// What the viewers show, and how.
#[derive(Debug, Default)]
pub(in crate::ui) struct Viewing {
    /// The viewer that keys and commands of playing, marking and sizing act on.
    pub(in crate::ui) focus: Viewer,
    /// What the film is seen beside.
    pub(in crate::ui) mode: Mode,
    /// The still that the film is compared with.
    pub(in crate::ui) still: Option<Id>,
    /// Where the line of a wipe is.
    pub(in crate::ui) line: Line,
    /// What is drawn over the film.
    pub(in crate::ui) overlays: std::collections::BTreeSet<Overlay>,
    /// The mask that the hand has.
    pub(in crate::ui) mask: Option<MaskOf>,
    /// How what the masks beside the one in hand cover is shown, if it is.
    pub(in crate::ui) matte: Option<MatteView>,
    /// What of it is shown now.
    shown_matte: Option<Matted>,
    /// The repair that the hand has.
    pub(in crate::ui) repair: Option<RepairOf>,
    /// Whether the film is shown before its repairs while a key is held.
    pub(super) holds_before: bool,
    /// What is left out of the film that is shown now.
    pub(super) left_out: Option<LeftOut>,
    source: Sight,
    program: Sight,
}

/// Where the line of a wipe is, from 0 at the left to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui) struct Line(pub(in crate::ui) f32);

impl Default for Line {
    fn default() -> Self {
        Self(0.5)
    }
}

impl Viewing {
    /// How the picture of a viewer lies.
    pub(in crate::ui) const fn sight(&mut self, viewer: Viewer) -> &mut Sight {
        match viewer {
            Viewer::Source => &mut self.source,
            Viewer::Program => &mut self.program,
        }
    }

    /// Draws something over the film, or no longer.
    pub(in crate::ui) fn toggle(&mut self, overlay: Overlay) {
        if !self.overlays.remove(&overlay) {
            self.overlays.insert(overlay);
        }
    }

    /// Shows what masks cover, or no longer.
    pub(in crate::ui) fn toggle_matte(&mut self) {
        self.matte = self.matte.is_none().then(MatteView::default);
    }

    /// Shows what masks cover in the next way.
    pub(in crate::ui) fn next_matte_view(&mut self) {
        let now = self.matte.map_or(0, |view| view as usize + 1);
        self.matte = Some(MatteView::ALL[now % MatteView::ALL.len()]);
    }

    /// Shows the film in this way, or alone where it is shown so already.
    pub(in crate::ui) fn show(&mut self, mode: Mode) {
        self.mode = if self.mode == mode { Mode::Film } else { mode };
    }
}

/// The masks of a clip or of an effect of it, and how what they cover is shown.
type Matted = (Id, Option<Id>, MatteView);

impl Desk {
    /// Has the masks shown that the hand has now, or the film as it is again.
    pub(super) fn mind_matte(&mut self) {
        let now = self.matted();
        if now != self.viewing.shown_matte {
            self.viewing.shown_matte = now;
            self.play_edited();
        }
    }

    /// The film as it is shown: before its repairs, or with what masks cover in place of a clip, where that is asked for.
    pub(super) fn film_seen(&self) -> Option<Arc<Timeline>> {
        let film = self.film_bypassed()?;
        let shown = self.matted().and_then(|(clip, effect, view)| {
            with_matte(&film, film.settings.main, (clip, effect), view).map(Arc::new)
        });
        Some(shown.unwrap_or(film))
    }

    fn matted(&self) -> Option<Matted> {
        let of = self.mask_in_hand()?;
        Some((of.clip, of.effect, self.viewing.matte?))
    }

    /// Whether what plays, steps and marks acts on the source: it has the keys, and is seen.
    pub(in crate::ui) const fn acts_on_source(&self) -> bool {
        let is_seen = matches!(self.page, Page::Edit) && !self.is_full_screen;
        matches!(self.viewing.focus, Viewer::Source) && self.source.is_some() && is_seen
    }

    /// Gives the keys to a viewer.
    pub(in crate::ui) const fn focus_on(&mut self, viewer: Viewer) {
        self.viewing.focus = viewer;
    }

    /// Gives the keys to the timeline.
    pub(in crate::ui) const fn focus_on_timeline(&mut self) {
        if matches!(self.page, Page::Deliver) {
            self.page = Page::Edit;
        }
        self.focus_on(Viewer::Program);
        self.asks_for_keys = true;
    }

    /// Gives the keys to the other viewer.
    pub(in crate::ui) const fn switch_viewer(&mut self) {
        let source_is_next = !self.acts_on_source() && self.source.is_some();
        self.viewing.focus = if source_is_next { Viewer::Source } else { Viewer::Program };
    }

    /// How the picture of the viewer with the keys lies.
    pub(in crate::ui) const fn sight(&mut self) -> &mut Sight {
        let viewer = if self.acts_on_source() { Viewer::Source } else { Viewer::Program };
        self.viewing.sight(viewer)
    }

    /// The size of the film's picture, in pixels.
    pub(in crate::ui) fn raster(&self) -> Option<Raster> {
        Some(self.film()?.now().raster_of(self.sequence()?))
    }

    /// The cut that is looked at: the one that is chosen, else the one nearest to the playhead, of the
    /// uppermost picture track that has a clip there. The track's place, and the place of the item that
    /// follows the cut.
    pub(in crate::ui) fn cut_in_sight(&self) -> Option<(usize, usize)> {
        let sequence = self.sequence()?;
        if let Some((track, cut)) = self.selection.cut() {
            let (place, track) = sequence.track(track)?;
            let reel = track.reel()?;
            let behind = cut.to.and_then(|to| reel.index_of(to));
            let before = || cut.from.and_then(|from| reel.index_of(from)).map(|index| index + 1);
            return Some((place, behind.or_else(before)?));
        }
        let at = self.position();
        let tracks = sequence.tracks.iter().enumerate().rev();
        let mut pictures = tracks
            .filter(|(_, track)| track.header.kind == timeline_format::track::TrackKind::Picture);
        pictures.find_map(|(place, track)| {
            let reel = track.reel()?;
            let (index, start) = reel.at(at)?;
            let item = reel.get(index).filter(|item| !item.is_gap())?;
            let is_nearer_to_the_head = at - start <= start + item.length - at;
            Some((place, if is_nearer_to_the_head { index } else { index + 1 }))
        })
    }

    /// The clip of the uppermost picture track that is seen at the playhead, and the frame of its source.
    pub(in crate::ui) fn clip_in_sight(&self) -> Option<(Id, Source, i64)> {
        let sequence = self.sequence()?;
        let at = self.position();
        let tracks = sequence.tracks.iter().rev().filter(|track| {
            track.header.kind == timeline_format::track::TrackKind::Picture && !track.header.hidden
        });
        let mut reels = tracks.filter_map(|track| track.reel());
        reels.find_map(|reel| {
            let (index, start) = reel.at(at)?;
            let item = reel.get(index)?;
            let clip = item.clip.as_ref().filter(|clip| !clip.disabled)?;
            Some((
                item.id,
                clip.source.clone(),
                self.source_frame(clip, at - start, item.length.into())?,
            ))
        })
    }
}
