//! What is drawn over pictures: safe areas, signs.

use super::Viewers;
use super::compare::Mode;
use super::picture::Fit;
use crate::ui::theme;
use eframe::egui::{
    Align2, Button, Color32, ComboBox, Rect, RichText, Stroke, StrokeKind, Ui, vec2,
};
use egui_phosphor::regular as icon;

/// The sizes that one chooses from.
const SIZES: [Fit; 4] = [Fit::Whole, Fit::Times(0.5), Fit::Times(1.0), Fit::Times(2.0)];

/// Draws what is chosen of a viewer: its size, its overlays.
pub(super) fn choices_ui(ui: &mut Ui, viewers: &mut Viewers) {
    let fit = &mut viewers.fit;
    ComboBox::from_id_salt("fit").selected_text(fit.label()).width(56.0).show_ui(ui, |ui| {
        for size in SIZES {
            ui.selectable_value(fit, size, size.label());
        }
    });
    let mode = &mut viewers.mode;
    ComboBox::from_id_salt("mode").selected_text(mode.label()).width(84.0).show_ui(ui, |ui| {
        for one in Mode::ALL {
            ui.selectable_value(mode, one, one.label());
        }
    });
    let has_safe_areas = &mut viewers.has_safe_areas;
    let sign = Button::new(RichText::new(icon::FRAME_CORNERS).size(15.0)).selected(*has_safe_areas);
    if ui.add(sign).on_hover_text("Safe areas").clicked() {
        *has_safe_areas = !*has_safe_areas;
    }
}

/// Action and title areas: 93 and 90 percent of the picture (EBU R 95).
pub(super) fn safe_areas_ui(ui: &Ui, picture: Rect) {
    for part in [0.93, 0.9] {
        let area = Rect::from_center_size(picture.center(), picture.size() * part);
        let stroke = Stroke::new(1.0, Color32::from_white_alpha(90));
        ui.painter_at(picture).rect_stroke(area, 0.0, stroke, StrokeKind::Inside);
    }
}

/// A word in the corner of a picture.
pub(super) fn sign_ui(ui: &Ui, picture: Rect, words: &str) {
    let painter = ui.painter_at(picture);
    let font = theme::words(theme::SMALL);
    let galley = painter.layout_no_wrap(words.to_owned(), font, theme::TEXT);
    let place = Align2::RIGHT_TOP
        .anchor_size(picture.right_top() + vec2(-6.0, 6.0), galley.size() + vec2(10.0, 4.0));
    painter.rect_filled(place, theme::CORNER, theme::OVERLAY);
    painter.galley(place.min + vec2(5.0, 2.0), galley, theme::TEXT);
}
