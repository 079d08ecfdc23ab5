//! The gallery of stills as a strip: a press wipes the film against one, its grade is taken as a whole or in part.

use super::Grading;
use crate::picture::effects;
use crate::ui::desk::{Desk, Mode};
use crate::ui::panel::field::sign_ui;
use crate::ui::panel::named::switch;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use egui_phosphor::regular as icon;
use timeline_format::{Id, Still};

/// How high the strip is.
pub(in crate::ui) const GALLERY: f32 = 84.0;
/// How large one of its pictures is.
const CELL: [f32; 2] = [104.0, 58.0];

/// Draws the strip.
pub(in crate::ui) fn stills_ui(ui: &mut Ui, desk: &mut Desk, grading: &mut Grading) {
    ScrollArea::horizontal().id_salt("gallery").auto_shrink(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (id, still) in desk.stills() {
                still_ui(ui, (desk, grading), id, &still);
                ui.vertical(|ui| acts_ui(ui, desk, id, &still));
            }
        });
    });
}

fn still_ui(ui: &mut Ui, (desk, grading): (&mut Desk, &mut Grading), id: Id, still: &Still) {
    let size = vec2(CELL[0], CELL[1] + 14.0);
    let (place, response) = ui.allocate_exact_size(size, Sense::click());
    let is_chosen = desk.still_in_hand() == Some(id) && desk.viewing.mode == Mode::Still;
    let name = format!("Still {}", still.name);
    let response = switch(response, is_chosen, &name).on_hover_text(desk.label_of(still.at));
    if ui.is_rect_visible(place) {
        let picture = Rect::from_min_size(place.min, vec2(CELL[0], CELL[1]));
        ui.painter().rect_filled(picture, 2.0, theme::GROUND);
        if let Some(image) = desk.still_picture(id) {
            let texture = grading.stills.entry(id).or_default().of(ui.ctx(), &image);
            let size = texture.size_vec2();
            let factor = (picture.width() / size.x).min(picture.height() / size.y);
            let inner = Rect::from_center_size(picture.center(), size * factor);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            ui.painter().image(texture.id(), inner, whole, Color32::WHITE);
        }
        let line = if is_chosen { theme::ACCENT } else { theme::LINE };
        let broad = if is_chosen { 2.0 } else { 1.0 };
        ui.painter().rect_stroke(picture, 2.0, Stroke::new(broad, line), StrokeKind::Inside);
        let colour = if is_chosen { theme::TEXT } else { theme::QUIET };
        let font = theme::words(theme::SMALL);
        let at = pos2(place.left(), place.bottom());
        ui.painter_at(place).text(at, Align2::LEFT_BOTTOM, &still.name, font, colour);
    }
    response.context_menu(|ui| parts_ui(ui, desk, id, still));
    if response.clicked() {
        desk.choose_still(id);
    }
}

/// What is done with a still.
fn acts_ui(ui: &mut Ui, desk: &mut Desk, id: Id, still: &Still) {
    let name = &still.name;
    if sign_ui(ui, icon::PALETTE, false, &format!("Take the grade of {name}")).clicked() {
        desk.take_still(id, None);
    }
    if sign_ui(ui, icon::TRASH, false, &format!("Take still {name} away")).clicked() {
        desk.remove_still(id);
    }
}

/// The operations of a still, one of which is taken.
fn parts_ui(ui: &mut Ui, desk: &mut Desk, id: Id, still: &Still) {
    for effect in &still.clip.look.effects {
        let label = effects::named(&effect.kind).map_or(&effect.kind[..], |known| known.label);
        if ui.button(format!("Take {label} alone")).clicked() {
            desk.take_still(id, Some(&effect.kind));
            ui.close();
        }
    }
}
