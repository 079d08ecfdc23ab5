//! Levels and loudness as figures, and how alike left and right are.

use super::needle::Needle;
use crate::sound::nodes::Reading;
use crate::ui::theme;
use eframe::egui::{Grid, RichText, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

/// Draws the figures.
pub(super) fn figures_ui(ui: &mut Ui, needle: &Needle, reading: &Reading) {
    let true_peak = 20.0 * reading.true_peak().log10();
    let rows = [
        ("Peak, held", needle.held(), "dBFS"),
        ("RMS", needle.mean(), "dBFS"),
        ("True peak", true_peak, "dBTP"),
        ("Integrated", reading.integrated(), "LUFS"),
        ("Range", reading.range(), "LU"),
        ("Short term", reading.short_term(), "LUFS"),
        ("Loudest 0.4 s", reading.loudest_momentary(), "LUFS"),
        ("Loudest 3 s", reading.loudest_short_term(), "LUFS"),
    ];
    Grid::new("loudness").num_columns(2).show(ui, |ui| {
        for (name, value, unit) in rows {
            ui.label(RichText::new(name).color(theme::QUIET));
            let is_there = value.is_finite() && value > -119.0;
            let words = if is_there { format!("{value:.1} {unit}") } else { "-".into() };
            ui.label(RichText::new(words).font(theme::figures(theme::BODY)));
            ui.end_row();
        }
    });
}

/// From upside down on the left to the same on the right.
pub(super) fn correlation_ui(ui: &mut Ui, correlation: f32) {
    let (place, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(place, theme::CORNER, theme::GROUND);
    let x = place.left() + place.width() * (correlation.clamp(-1.0, 1.0) + 1.0) * 0.5;
    painter.vline(place.center().x, place.y_range(), Stroke::new(1.0, theme::LINE));
    let colour = if correlation < 0.0 { theme::ERROR } else { theme::GOOD };
    painter.circle_filled(pos2(x, place.center().y), 4.0, colour);
    let words = format!("Correlation {correlation:.2}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::ProgressIndicator, true, &words));
    response.on_hover_text(format!(
        "{words} of left and right: -1 upside down, 0 nothing alike, 1 the same"
    ));
}
