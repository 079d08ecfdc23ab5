//! Where the faults of the clip in hand are: a strip as long as the clip, a row and a colour for each kind.

use super::{colour, label};
use crate::ui::desk::{Desk, FaultSeen};
use crate::ui::panel::named::named;
use crate::ui::theme;
use eframe::egui::{Align2, Rect, Sense, Stroke, Ui, WidgetType, pos2, vec2};
use std::ops::Range;
use timeline_format::FaultState;

/// How high the strip is.
pub(in crate::ui) const HEIGHT: f32 = 54.0;
/// The narrowest that a fault is drawn.
const NARROW: f32 = 3.0;

/// Draws the strip.
pub(in crate::ui) fn strip_ui(ui: &mut Ui, desk: &mut Desk) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (place, response) = ui.allocate_exact_size(size, Sense::click());
    let response = named(response, WidgetType::Image, "Faults of the clip, along it");
    ui.painter().rect_filled(place, 2.0, theme::GROUND);
    let Some((span, faults)) = desk.faults_here() else { return };
    let kinds = kinds(&faults);
    let row = (place.height() - 2.0) / kinds.len().max(3) as f32;
    let pointer = response.hover_pos();
    let mut pointed = None;
    for seen in &faults {
        let nth = kinds.iter().position(|kind| *kind == seen.fault.kind).unwrap_or(0);
        let top = place.top() + 1.0 + nth as f32 * row;
        for run in &seen.frames {
            let cell = cell(place, &span, run, [top, top + row - 1.0]);
            let shade = if seen.fault.state == FaultState::Open { 1.0 } else { 0.35 };
            ui.painter().rect_filled(cell, 1.0, colour(&seen.fault.kind).gamma_multiply(shade));
            if pointer.is_some_and(|at| cell.contains(at)) {
                pointed = Some(seen);
            }
        }
    }
    for (nth, kind) in kinds.iter().enumerate() {
        let at = pos2(place.left() + 4.0, place.top() + 1.0 + nth as f32 * row);
        ui.painter().text(
            at,
            Align2::LEFT_TOP,
            label(kind),
            theme::words(theme::SMALL),
            theme::TEXT,
        );
    }
    let x = x_of(place, &span, desk.position());
    if span.contains(&desk.position()) {
        ui.painter().vline(x, place.y_range(), Stroke::new(1.5, theme::ACCENT));
    }
    let words = pointed.map_or("The faults of the clip in hand", |seen| label(&seen.fault.kind));
    let clicked = response.interact_pointer_pos().filter(|_| response.clicked());
    if let Some(pointer) = clicked {
        let part = (pointer.x - place.left()) / place.width().max(1.0);
        let frame = span.start + (f64::from(part) * (span.end - span.start) as f64) as i64;
        let whose = desk.faults();
        if let Some(seen) = pointed
            && let Some((of, fault)) = whose.iter().find(|(_, it)| it.id == seen.fault.id)
        {
            desk.go_to_fault(*of, fault);
        }
        desk.go(frame.clamp(span.start, (span.end - 1).max(span.start)));
    }
    response.on_hover_text_at_pointer(words);
}

fn kinds(faults: &[FaultSeen]) -> Vec<&str> {
    let mut kinds: Vec<&str> = Vec::new();
    for seen in faults {
        if !kinds.contains(&seen.fault.kind.as_str()) {
            kinds.push(&seen.fault.kind);
        }
    }
    kinds
}

fn x_of(place: Rect, span: &Range<i64>, frame: i64) -> f32 {
    let part = (frame - span.start) as f32 / (span.end - span.start).max(1) as f32;
    place.left() + part * place.width()
}

fn cell(place: Rect, span: &Range<i64>, run: &Range<i64>, [top, bottom]: [f32; 2]) -> Rect {
    let (left, right) = (x_of(place, span, run.start), x_of(place, span, run.end));
    Rect::from_min_max(pos2(left, top), pos2(right.max(left + NARROW), bottom))
}
