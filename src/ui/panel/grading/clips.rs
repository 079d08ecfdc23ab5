//! The clips of the cut as a strip of small pictures: the one in hand is chosen by a press.

use super::Grading;
use crate::ui::desk::Desk;
use crate::ui::panel::named::switch;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use timeline_format::Id;

/// How high the strip is.
pub(in crate::ui) const HEIGHT: f32 = 84.0;
/// How large one of its pictures is.
const CELL: [f32; 2] = [104.0, 58.0];

/// Draws the strip.
pub(in crate::ui) fn clips_ui(ui: &mut Ui, desk: &mut Desk, grading: &mut Grading) {
    let (strip, chosen) = (desk.strip(), desk.graded_clip());
    ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (number, (clip, frame)) in strip.into_iter().enumerate() {
                clip_ui(ui, (desk, grading), (number + 1, clip, frame), chosen == Some(clip));
            }
        });
    });
}

fn clip_ui(
    ui: &mut Ui,
    (desk, grading): (&mut Desk, &mut Grading),
    (number, clip, frame): (usize, Id, i64),
    is_chosen: bool,
) {
    let size = vec2(CELL[0], CELL[1] + 14.0);
    let (place, response) = ui.allocate_exact_size(size, Sense::click());
    let Some(found) = desk.clip(clip).cloned() else { return };
    let name = if found.name.is_empty() { desk.name_of(&found.source) } else { found.name.clone() };
    let response = switch(response, is_chosen, &format!("Clip {number}: {name}"));
    if is_chosen && !ui.clip_rect().contains_rect(place) {
        response.scroll_to_me(None);
    }
    if ui.is_rect_visible(place) {
        let picture = Rect::from_min_size(place.min, vec2(CELL[0], CELL[1]));
        ui.painter().rect_filled(picture, 2.0, theme::GROUND);
        let middle = found.source_in.floor();
        let of = desk.picture_name(&found.source);
        let wanted = (CELL[0] as u32 * 2, CELL[1] as u32 * 2);
        let texture = of.and_then(|of| grading.textures.of(ui.ctx(), desk, (of, middle, wanted)));
        if let Some(texture) = texture {
            let size = texture.size_vec2();
            let factor = (picture.width() / size.x).min(picture.height() / size.y);
            let inner = Rect::from_center_size(picture.center(), size * factor);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), inner, whole, Color32::WHITE);
        }
        let line = if is_chosen { theme::ACCENT } else { theme::LINE };
        let broad = if is_chosen { 2.0 } else { 1.0 };
        ui.painter().rect_stroke(picture, 2.0, Stroke::new(broad, line), StrokeKind::Inside);
        let is_graded = found.look.effects.iter().any(|effect| !effect.bypass);
        let sign = if is_graded { egui_phosphor::regular::PALETTE } else { "" };
        let colour = if is_chosen { theme::TEXT } else { theme::QUIET };
        let words = format!("{number} {name}");
        let font = theme::words(theme::SMALL);
        let painter = ui.painter_at(place);
        painter.text(
            pos2(place.left(), place.bottom()),
            Align2::LEFT_BOTTOM,
            words,
            font.clone(),
            colour,
        );
        painter.text(picture.right_top(), Align2::RIGHT_TOP, sign, font, theme::TEXT);
    }
    if response.clicked() {
        desk.hold_clip(clip, frame);
    }
}
