//! What is heard, measured: peaks, loudness as EBU R 128 has it, correlation, spectrum.

use crate::sound::nodes::Reading;
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Grid, Painter, Rect, RichText, Sense, Stroke, Ui, pos2, vec2};

/// The lowest level that is drawn, in dB.
const LOWEST: f32 = -60.0;
/// The loudness that bars are green up to, in LUFS.
const TARGET: f32 = -23.0;

/// Draws the meters of the mix.
pub(in crate::ui) fn meters_ui(ui: &mut Ui, desk: &Desk) {
    let Some(reading) = desk.reading() else { return };
    let height = (ui.available_height() - 150.0).clamp(80.0, 320.0);
    let (place, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let bars = [
        ("peak", decibels(reading.peak()), -1.0),
        ("M", reading.momentary(), TARGET),
        ("S", reading.short_term(), TARGET),
    ];
    let width = place.width() / bars.len() as f32;
    for (number, (name, level, limit)) in bars.into_iter().enumerate() {
        let left = place.left() + width * number as f32;
        let bar = Rect::from_min_size(pos2(left, place.top()), vec2(width - 6.0, place.height()));
        bar_ui(ui.painter(), bar, name, level, limit);
    }
    figures_ui(ui, &reading);
    correlation_ui(ui, reading.correlation());
}

fn decibels(factor: f32) -> f32 {
    20.0 * factor.max(1e-9).log10()
}

fn bar_ui(painter: &Painter, place: Rect, name: &str, level: f32, limit: f32) {
    let bar = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() - 16.0));
    painter.rect_filled(bar, theme::CORNER, theme::GROUND);
    let part = ((level.max(LOWEST) - LOWEST) / -LOWEST).clamp(0.0, 1.0);
    let top = bar.bottom() - bar.height() * part;
    let colour = if level > limit { theme::WARNING } else { theme::GOOD };
    painter.rect_filled(Rect::from_min_max(pos2(bar.left(), top), bar.max), theme::CORNER, colour);
    for mark in [-50.0, -40.0, -30.0, -23.0, -20.0, -10.0_f32] {
        let y = bar.bottom() - bar.height() * (mark - LOWEST) / -LOWEST;
        painter.hline(bar.x_range(), y, Stroke::new(1.0, Color32::from_black_alpha(110)));
        let font = theme::figures(8.5);
        painter.text(
            pos2(bar.left() + 2.0, y),
            Align2::LEFT_BOTTOM,
            format!("{mark:.0}"),
            font,
            theme::FAINT,
        );
    }
    let font = theme::words(theme::SMALL);
    painter.text(place.center_bottom(), Align2::CENTER_BOTTOM, name, font, theme::QUIET);
}

fn figures_ui(ui: &mut Ui, reading: &Reading) {
    let rows = [
        ("Integrated", reading.integrated(), "LUFS"),
        ("Range", reading.range(), "LU"),
        ("True peak", decibels(reading.true_peak()), "dBTP"),
        ("Short term", reading.short_term(), "LUFS"),
    ];
    Grid::new("loudness").num_columns(2).show(ui, |ui| {
        for (name, value, unit) in rows {
            ui.label(RichText::new(name).color(theme::QUIET));
            let words = if value.is_finite() && value > -150.0 {
                format!("{value:.1} {unit}")
            } else {
                "-".into()
            };
            ui.label(RichText::new(words).font(theme::figures(theme::BODY)));
            ui.end_row();
        }
    });
}

/// From upside down on the left to the same on the right.
fn correlation_ui(ui: &mut Ui, correlation: f32) {
    let (place, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 10.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(place, theme::CORNER, theme::GROUND);
    let x = place.left() + place.width() * (correlation.clamp(-1.0, 1.0) + 1.0) * 0.5;
    painter.vline(place.center().x, place.y_range(), Stroke::new(1.0, theme::LINE));
    let colour = if correlation < 0.0 { theme::ERROR } else { theme::GOOD };
    painter.circle_filled(pos2(x, place.center().y), 4.0, colour);
    response.on_hover_text(
        "Correlation of left and right: -1 upside down, 0 nothing alike, 1 the same",
    );
}
