//! Words that are drawn in the room that there is: where it is too narrow, they end in dots.

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Align2, Color32, FontId, Painter, Pos2, Rect};

/// Draws words on one line, at most so wide; where they lie.
pub(super) fn fitted_ui(
    painter: &Painter,
    (at, align): (Pos2, Align2),
    words: &str,
    (font, colour): (FontId, Color32),
    width: f32,
) -> Rect {
    let mut job = LayoutJob::simple_singleline(words.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    let galley = painter.layout_job(job);
    let place = align.anchor_size(at, galley.size());
    painter.galley(place.min, galley, colour);
    place
}
