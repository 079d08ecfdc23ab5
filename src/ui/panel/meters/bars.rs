//! Levels as bars: peak and mean, momentary and short-term loudness.

use super::needle::{Needle, needle_ui};
use crate::sound::nodes::Reading;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Painter, Rect, Sense, Stroke, Ui, UiBuilder, WidgetInfo, WidgetType, pos2,
    vec2,
};

/// The lowest level that is drawn, in dB.
const LOWEST: f32 = -60.0;
/// The loudness that bars are green up to, in LUFS.
const TARGET: f32 = -23.0;
/// The room below a bar, for its name.
const NAME: f32 = 16.0;

/// Draws the bars, `height` points high with their names.
pub(super) fn bars_ui(ui: &mut Ui, needle: &mut Needle, reading: &Reading, height: f32) {
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let width = place.width() / 3.0;
    let column = |number: usize| {
        let left = place.left() + width * number as f32;
        Rect::from_min_size(pos2(left, place.top()), vec2(width - 6.0, height))
    };
    level_ui(ui, needle, column(0));
    let loudness =
        [("M", "Momentary", reading.momentary()), ("S", "Short term", reading.short_term())];
    for (number, (sign, name, level)) in loudness.into_iter().enumerate() {
        let bar = column(number + 1);
        bar_ui(ui.painter(), bar, sign, level);
        let response = ui.interact(bar, ui.id().with(name), Sense::hover());
        response.widget_info(|| {
            let words = format!("{name} loudness");
            WidgetInfo::labeled(WidgetType::ProgressIndicator, true, words)
        });
        response.on_hover_text(format!("{name} loudness in LUFS; green up to {TARGET}"));
    }
}

fn level_ui(ui: &mut Ui, needle: &mut Needle, place: Rect) {
    let bar = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() - NAME));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(bar));
    needle_ui(&mut inner, needle, "what is measured", (LOWEST, 0.0), bar.size());
    let font = theme::words(theme::SMALL);
    ui.painter().text(
        place.center_bottom(),
        Align2::CENTER_BOTTOM,
        "peak, RMS",
        font,
        theme::QUIET,
    );
}

fn bar_ui(painter: &Painter, place: Rect, name: &str, level: f32) {
    let bar = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() - NAME));
    painter.rect_filled(bar, theme::CORNER, theme::GROUND);
    let part = ((level.max(LOWEST) - LOWEST) / -LOWEST).clamp(0.0, 1.0);
    let top = bar.bottom() - bar.height() * part;
    let colour = if level > TARGET { theme::WARNING } else { theme::GOOD };
    painter.rect_filled(Rect::from_min_max(pos2(bar.left(), top), bar.max), theme::CORNER, colour);
    for mark in [-50.0, -40.0, -30.0, -23.0, -20.0, -10.0_f32] {
        let y = bar.bottom() - bar.height() * (mark - LOWEST) / -LOWEST;
        painter.hline(bar.x_range(), y, Stroke::new(1.0, Color32::from_black_alpha(110)));
        let (at, font) = (pos2(bar.left() + 2.0, y), theme::figures(8.5));
        painter.text(at, Align2::LEFT_BOTTOM, format!("{mark:.0}"), font, theme::FAINT);
    }
    let font = theme::words(theme::SMALL);
    painter.text(place.center_bottom(), Align2::CENTER_BOTTOM, name, font, theme::QUIET);
}
