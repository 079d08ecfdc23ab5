//! The spectrum in thirds of an octave: each rises at once and falls as a needle does.

use super::needle::FALLS;
use crate::sound::nodes::{THIRDS, middle};
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, Painter, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};
use std::time::Instant;

/// The lowest and the highest level that are drawn, in dB of a full-scale sine.
const SCALE: (f32, f32) = (-84.0, 0.0);
/// How high it is, its names included.
const HEIGHT: f32 = 96.0;
/// The bands that have their frequencies written below them.
const NAMED: [usize; 4] = [0, 6, 16, 26];

/// The level of every band, as it is drawn.
#[derive(Debug)]
pub(super) struct Bands {
    levels: [f32; THIRDS],
    seen: Option<Instant>,
}

impl Default for Bands {
    fn default() -> Self {
        Self { levels: [SCALE.0; THIRDS], seen: None }
    }
}

impl Bands {
    /// Goes where the levels are now.
    pub(super) fn follow(&mut self, levels: &[f32; THIRDS], now: Instant) {
        let passed = self.seen.map_or(0.0, |seen| now.duration_since(seen).as_secs_f32());
        self.seen = Some(now);
        for (shown, level) in self.levels.iter_mut().zip(levels) {
            *shown = level.max(*shown - FALLS * passed).max(SCALE.0);
        }
    }
}

/// Draws the bands.
pub(super) fn spectrum_ui(ui: &mut Ui, bands: &Bands) {
    let (place, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let bars = Rect::from_min_max(place.min, pos2(place.right(), place.bottom() - 14.0));
    let painter = ui.painter();
    painter.rect_filled(bars, theme::CORNER, theme::GROUND);
    for mark in [-72.0, -60.0, -48.0, -36.0, -24.0, -12.0_f32] {
        painter.hline(
            bars.x_range(),
            y_of(bars, mark),
            Stroke::new(1.0, Color32::from_white_alpha(12)),
        );
    }
    for (band, level) in bands.levels.iter().enumerate() {
        band_ui(painter, bars, band, *level);
    }
    response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::Image, true, "Spectrum in thirds of an octave")
    });
    if let Some(pointer) = response.hover_pos() {
        let band = ((pointer.x - bars.left()) / bars.width() * THIRDS as f32) as usize;
        let band = band.min(THIRDS - 1);
        let words = format!("{}: {:.1} dB", hertz(band), bands.levels[band]);
        response.on_hover_text(words);
    }
}

fn y_of(bars: Rect, level: f32) -> f32 {
    let part = ((level - SCALE.0) / (SCALE.1 - SCALE.0)).clamp(0.0, 1.0);
    bars.bottom() - bars.height() * part
}

fn band_ui(painter: &Painter, bars: Rect, band: usize, level: f32) {
    let width = bars.width() / THIRDS as f32;
    let left = bars.left() + width * band as f32;
    let bar = Rect::from_min_max(
        pos2(left + 0.5, y_of(bars, level)),
        pos2(left + width - 0.5, bars.bottom()),
    );
    painter.rect_filled(bar, 0.0, theme::GOOD.gamma_multiply(0.85));
    if NAMED.contains(&band) {
        let align = if band == 0 { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
        let x = align.x().to_factor().mul_add(width, left);
        let font = theme::words(8.5);
        painter.text(pos2(x, bars.bottom() + 1.0), align, hertz(band), font, theme::FAINT);
    }
}

/// The middle of a band, as it is called.
fn hertz(band: usize) -> String {
    let middle = middle(band);
    match middle {
        _ if middle < 99.0 => format!("{middle:.0} Hz"),
        _ if middle < 990.0 => format!("{:.0} Hz", (middle / 5.0).round() * 5.0),
        _ => format!("{:.1} kHz", middle / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn bands_rise_at_once_and_fall_slowly() {
        let start = Instant::now();
        let mut bands = Bands::default();
        let mut levels = [SCALE.0; THIRDS];
        levels[3] = -20.0;
        bands.follow(&levels, start);
        assert_eq!(bands.levels[3], -20.0);
        bands.follow(&[-200.0; THIRDS], start + Duration::from_secs(1));
        assert!((bands.levels[3] + 20.0 + FALLS).abs() < 0.01 && bands.levels[4] == SCALE.0);
    }

    #[test]
    fn bands_are_called_as_they_are_known() {
        let names = [0, 10, 16, 29].map(hertz);
        assert_eq!(names, ["25 Hz", "250 Hz", "1.0 kHz", "20.0 kHz"]);
    }
}
