//! Where each track lies: pictures from the top down, the uppermost first; sound below them.

use crate::ui::desk::View;
use eframe::egui::{Rect, pos2};
use timeline_format::track::TrackKind;
use timeline_format::{Id, Sequence};

/// A track's place on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Row {
    /// The track.
    pub(super) track: Id,
    /// Its place in the sequence, from the bottom up.
    pub(super) index: usize,
    /// Picture or sound.
    pub(super) kind: TrackKind,
    /// Its lane.
    pub(super) rect: Rect,
}

/// The places of all tracks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rows {
    rows: Vec<Row>,
    /// Where lanes of keyframes lie, under one of them.
    keys: Option<Rect>,
    height: f32,
}

impl Rows {
    /// Space between tracks.
    const GAP: f32 = 1.0;

    /// The places of a sequence's tracks in `lanes`, with room for lanes of keyframes under one of them.
    pub(super) fn of(
        sequence: &Sequence,
        view: &View,
        lanes: Rect,
        under: Option<(Id, f32)>,
    ) -> Self {
        let indexed = || sequence.tracks.iter().enumerate();
        let pictures = indexed().rev().filter(|(_, it)| it.header.kind == TrackKind::Picture);
        let sounds = indexed().filter(|(_, it)| it.header.kind == TrackKind::Sound);
        let (mut y, mut rows, mut keys) = (0.0, Vec::new(), None);
        for (index, track) in pictures.chain(sounds) {
            let kind = track.header.kind;
            let height = view.height(track.id, kind);
            let top = lanes.top() + y - view.down;
            let rect =
                Rect::from_min_max(pos2(lanes.left(), top), pos2(lanes.right(), top + height));
            rows.push(Row { track: track.id, index, kind, rect });
            y += height + Self::GAP;
            if let Some((_, height)) = under.filter(|(under, _)| *under == track.id) {
                let top = rect.bottom() + Self::GAP;
                keys = Some(Rect::from_x_y_ranges(lanes.x_range(), top..=top + height));
                y += height;
            }
        }
        Self { rows, keys, height: y }
    }

    /// All of them, from the top down.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// Where the lanes of keyframes lie.
    pub(super) const fn keys(&self) -> Option<Rect> {
        self.keys
    }

    /// The row at a height of the screen.
    pub(super) fn at(&self, y: f32) -> Option<&Row> {
        self.rows.iter().find(|row| row.rect.y_range().contains(y))
    }

    /// How far they can be scrolled up where `room` points are seen.
    pub(super) fn overhang(&self, room: f32) -> f32 {
        (self.height + 40.0 - room).max(0.0)
    }
}
