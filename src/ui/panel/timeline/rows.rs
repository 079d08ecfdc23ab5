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
    height: f32,
}

impl Rows {
    /// Space between tracks.
    const GAP: f32 = 1.0;

    /// The places of a sequence's tracks in `lanes`.
    pub(super) fn of(sequence: &Sequence, view: &View, lanes: Rect) -> Self {
        let indexed = || sequence.tracks.iter().enumerate();
        let pictures = indexed().rev().filter(|(_, it)| it.header.kind == TrackKind::Picture);
        let sounds = indexed().filter(|(_, it)| it.header.kind == TrackKind::Sound);
        let (mut y, mut rows) = (0.0, Vec::new());
        for (index, track) in pictures.chain(sounds) {
            let kind = track.header.kind;
            let height = view.height(track.id, kind);
            let top = lanes.top() + y - view.down;
            let rect =
                Rect::from_min_max(pos2(lanes.left(), top), pos2(lanes.right(), top + height));
            rows.push(Row { track: track.id, index, kind, rect });
            y += height + Self::GAP;
        }
        Self { rows, height: y }
    }

    /// All of them, from the top down.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
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
