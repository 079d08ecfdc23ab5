//! A lane: one value, where its keys lie on the screen.

use super::curve::{curve_ui, y_of};
use super::diamond;
use super::extent::{Extent, numbers_of};
use crate::edit::{self, Automated, Ruler};
use crate::ui::desk::{Desk, Known};
use crate::ui::theme;
use eframe::egui::{Color32, Painter, Pos2, Rect, Stroke, pos2};
use std::ops::Range;
use timeline_format::parameter::{Follow, Key};
use timeline_format::{Frames, Param};

/// A lane as it is drawn.
#[derive(Debug, Clone)]
pub(in crate::ui::panel::timeline) struct Lane {
    /// The value.
    pub(super) known: Known,
    /// Where it is drawn.
    pub(super) place: Rect,
    /// Between which values.
    pub(super) extent: Extent,
    /// Its keys.
    pub(super) spots: Vec<Spot>,
    param: Param,
    ruler: Ruler,
    frames: Range<f64>,
}

/// A key on the screen.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Spot {
    /// Its place on its curve.
    pub(super) place: Frames,
    /// Its frame.
    pub(super) frame: Frames,
    /// Where it is drawn.
    pub(super) at: Pos2,
    /// What it says.
    pub(super) key: Key,
}

impl Lane {
    /// The lane of a value with keys, drawn at `place`.
    pub(super) fn of(desk: &Desk, known: &Known, place: Rect) -> Option<Self> {
        let param = desk.given(&known.value)?.clone();
        let keys = edit::keys_of(Some(&param));
        let ruler = desk.ruler(&known.value, edit::follow_of(Some(&param), Follow::Clip))?;
        let extent = Extent::of(known.parameter, keys);
        let spots = keys.iter().filter_map(|key| {
            let frame = ruler.frame_of(key.at)?;
            let x = place.left() + desk.view.x_of(frame.to_f64());
            let number = numbers_of(&key.value).first().copied();
            let y = number.map_or(place.center().y, |number| y_of(&extent, place, number));
            Some(Spot { place: key.at, frame, at: pos2(x, y), key: key.clone() })
        });
        let spots = spots.collect();
        let frames = frames_of(desk, &known.value)?;
        Some(Self { known: known.clone(), place, extent, spots, param, ruler, frames })
    }

    /// The keys that are seen.
    pub(super) fn seen(&self) -> impl Iterator<Item = &Spot> {
        let across = self.place.x_range();
        self.spots.iter().filter(move |spot| across.contains(spot.at.x))
    }

    /// Draws it.
    pub(super) fn draw(&self, painter: &Painter, desk: &Desk) {
        painter.rect_filled(self.place, 0.0, theme::PANEL);
        let x_of = |frame: f64| self.place.left() + desk.view.x_of(frame);
        let used = Rect::from_x_y_ranges(
            x_of(self.frames.start)..=x_of(self.frames.end),
            self.place.y_range(),
        );
        painter.rect_filled(used.intersect(self.place), 0.0, theme::RAISED);
        let curve = (&self.param, &self.ruler, &self.extent);
        curve_ui(painter, &desk.view, curve, &self.frames, self.place);
        for spot in self.seen() {
            let is_chosen = desk.chosen_keys.contains(&(self.known.value.clone(), spot.place));
            let colour = if is_chosen { Color32::WHITE } else { theme::ACCENT };
            painter.add(diamond(spot.at, if is_chosen { 6.0 } else { 5.0 }, colour));
        }
        painter.hline(self.place.x_range(), self.place.bottom(), Stroke::new(1.0, theme::LINE));
    }
}

/// The frames that a value is for: those of its clip or its transition, else all.
fn frames_of(desk: &Desk, value: &Automated) -> Option<Range<f64>> {
    match value {
        Automated::Clip(clip, _) => {
            let span = desk.span_of(*clip)?;
            Some(span.start as f64..span.end as f64)
        }
        Automated::Transition(track, cut, _) => {
            let transition = desk.track(*track)?.transitions.get(cut)?;
            let start = desk.ruler(value, Follow::Clip)?.frame_of(Frames::ZERO)?.to_f64();
            Some(start..start + (transition.before + transition.after) as f64)
        }
        Automated::Strip(..) => Some(0.0..desk.sequence()?.length() as f64),
    }
}
