//! The level of a strip: mean as a bar, peak as a line above it, and the highest of the
//! last moments held.

use crate::sound::Level;
use crate::ui::theme;
use eframe::egui::{Color32, Rect, Sense, Stroke, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2};
use std::time::{Duration, Instant};

/// How high it is beside a fader.
pub(in crate::ui::panel) const HEIGHT: f32 = 150.0;
/// How long the highest peak is held.
const HELD: Duration = Duration::from_millis(1500);
/// How fast peaks fall, in dB a second: as a Type I meter of IEC 60268-10 does.
pub(super) const FALLS: f32 = 20.0 / 1.7;
/// How often it is drawn while it falls.
const REDRAWN: Duration = Duration::from_millis(40);
/// Nothing, in dB.
const NOTHING: f32 = -120.0;

/// What is shown of a strip's level, in dB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::ui::panel) struct Needle {
    rms: f32,
    peak: f32,
    held: f32,
    /// Whether full scale was reached since it was looked at.
    is_over: bool,
    until: Option<Instant>,
    seen: Option<Instant>,
}

impl Default for Needle {
    fn default() -> Self {
        let (rms, peak, held) = (NOTHING, NOTHING, NOTHING);
        Self { rms, peak, held, is_over: false, until: None, seen: None }
    }
}

impl Needle {
    /// Goes where a strip's level is now; `None` where it does not sound. What nothing was heard of since
    /// the last look falls: the film stands.
    pub(in crate::ui::panel) fn follow(&mut self, level: Option<Level>, now: Instant) {
        let figures = level.map_or((0.0, 0.0), |level| (level.take_peak(), level.rms()));
        self.go(figures, now);
    }

    /// Goes to a peak and a mean, as factors of full scale.
    pub(super) fn go(&mut self, (peak, rms): (f32, f32), now: Instant) {
        let passed = self.seen.map_or(0.0, |seen| now.duration_since(seen).as_secs_f32());
        self.seen = Some(now);
        let fallen = self.rms - FALLS * passed;
        self.rms = decibels(rms).min(if peak > 0.0 { f32::INFINITY } else { fallen }).max(NOTHING);
        self.peak = decibels(peak).max(self.peak - FALLS * passed).max(NOTHING);
        self.is_over |= peak >= 1.0;
        if self.peak >= self.held {
            (self.held, self.until) = (self.peak, Some(now + HELD));
        } else if self.until.is_none_or(|until| now > until) {
            self.held = self.peak;
        }
    }

    /// The highest peak of the last moments.
    pub(super) const fn held(&self) -> f32 {
        self.held
    }

    /// The mean.
    pub(super) const fn mean(&self) -> f32 {
        self.rms
    }
}

fn decibels(factor: f32) -> f32 {
    if factor > 0.0 { (20.0 * factor.log10()).max(NOTHING) } else { NOTHING }
}

/// Draws a needle on a scale in dB; a click forgets that full scale was reached.
pub(in crate::ui::panel) fn needle_ui(
    ui: &mut Ui,
    needle: &mut Needle,
    name: &str,
    scale: (f32, f32),
    size: Vec2,
) {
    let (place, response) = ui.allocate_exact_size(size, Sense::click());
    if response.clicked() {
        needle.is_over = false;
    }
    let painter = ui.painter_at(place);
    let part = |decibels: f32| ((decibels - scale.0) / (scale.1 - scale.0)).clamp(0.0, 1.0);
    let y = |decibels: f32| place.bottom() - place.height() * part(decibels);
    painter.rect_filled(place, theme::CORNER, theme::GROUND);
    for (from, to, colour) in [
        (scale.0, -18.0, theme::GOOD.gamma_multiply(0.75)),
        (-18.0, -6.0, theme::GOOD),
        (-6.0, 0.0, theme::WARNING),
        (0.0, scale.1, theme::ERROR),
    ] {
        let top = needle.rms.min(to);
        if top > from {
            let band = Rect::from_min_max(
                pos2(place.left() + 2.0, y(top)),
                pos2(place.right() - 2.0, y(from)),
            );
            painter.rect_filled(band, 0.0, colour);
        }
        painter.hline(place.x_range(), y(to), Stroke::new(1.0, Color32::from_white_alpha(14)));
    }
    if needle.peak > scale.0 {
        painter.hline(place.x_range(), y(needle.peak), Stroke::new(1.0, theme::QUIET));
    }
    if needle.held > scale.0 {
        let colour = if needle.held >= 0.0 { theme::ERROR } else { theme::TEXT };
        painter.hline(place.x_range(), y(needle.held), Stroke::new(2.0, colour));
    }
    if needle.held > NOTHING {
        ui.ctx().request_repaint_after(REDRAWN);
    }
    if needle.is_over {
        let light = Rect::from_min_size(place.min, vec2(place.width(), 5.0));
        painter.rect_filled(light, theme::CORNER, theme::ERROR);
    }
    let over = if needle.is_over { "\nFull scale was reached: click to forget it." } else { "" };
    let words = format!("{name}: peak {}, mean {}{over}", figure(needle.held), figure(needle.rms));
    response.widget_info(|| {
        WidgetInfo::labeled(WidgetType::ProgressIndicator, true, format!("Meter of {name}"))
    });
    response.on_hover_text(words);
}

fn figure(decibels: f32) -> String {
    if decibels <= NOTHING { "nothing".to_owned() } else { format!("{decibels:.1} dB") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peak_is_held_for_a_while_and_then_falls() {
        let start = Instant::now();
        let after = |millis| start + Duration::from_millis(millis);
        let mut needle = Needle::default();
        needle.go((0.5, 0.1), after(0));
        needle.go((0.01, 0.1), after(1000));
        assert!((needle.held + 6.02).abs() < 0.01 && (needle.rms + 20.0).abs() < 0.01);
        assert!((needle.peak - (needle.held - FALLS)).abs() < 0.01, "{needle:?}");
        needle.go((0.0, 0.0), after(1600));
        assert!(needle.held < -20.0, "{needle:?}");
        assert!(!needle.is_over);
        needle.go((1.0, 0.7), after(1700));
        needle.go((0.0, 0.0), after(60_000));
        assert!(needle.is_over && needle.held <= NOTHING, "{needle:?}");
    }
}
