//! What is drawn over pictures: safe areas, guides, words, signs; and what chooses them.

use super::controls::command_ui;
use crate::ui::command;
use crate::ui::desk::{Desk, Mode, Overlay, Viewer};
use crate::ui::panel::named::choice;
use crate::ui::theme;
use eframe::egui::{Align2, Color32, ComboBox, Rect, Stroke, StrokeKind, Ui, lerp, vec2};
use egui_phosphor::regular as icon;

/// The commands that size the picture of a viewer, in the order of the list.
const SIZES: [&str; 4] = ["viewer-fit", "viewer-half", "viewer-actual", "viewer-double"];
/// The signs of what is drawn over the film.
const SIGNS: [(Overlay, &str, &str); 3] = [
    (Overlay::SafeAreas, icon::FRAME_CORNERS, "safe-areas"),
    (Overlay::Guides, icon::GRID_NINE, "guides"),
    (Overlay::Words, icon::TEXT_T, "overlay-words"),
];

/// Draws what is chosen of the film's viewer: its size, what it is seen beside, what is drawn over it.
pub(super) fn choices_ui(ui: &mut Ui, desk: &mut Desk) {
    size_ui(ui, desk, Viewer::Program);
    let mode = desk.viewing.mode.label();
    let list = ComboBox::from_id_salt("mode").selected_text(mode).width(84.0);
    let shown = list.show_ui(ui, |ui| {
        for one in Mode::ALL {
            ui.selectable_value(&mut desk.viewing.mode, one, one.label());
        }
    });
    choice(shown.response, "What the film is seen beside", mode);
    for (overlay, sign, id) in SIGNS {
        let is_on = desk.viewing.overlays.contains(&overlay);
        command_ui(ui, desk, sign, id, is_on);
    }
}

/// Draws how large the picture of a viewer is.
pub(super) fn size_ui(ui: &mut Ui, desk: &mut Desk, viewer: Viewer) {
    let (salt, name) = match viewer {
        Viewer::Source => ("size of source", "Size of the source"),
        Viewer::Program => ("size of film", "Size of the film"),
    };
    let label = desk.viewing.sight(viewer).label();
    let list = ComboBox::from_id_salt(salt).selected_text(&label).width(62.0);
    let shown = list.show_ui(ui, |ui| {
        for command in SIZES.iter().filter_map(|id| command::find(id)) {
            if ui.selectable_label(false, command.label).on_hover_text(command.help).clicked() {
                desk.focus_on(viewer);
                (command.run)(desk);
            }
        }
    });
    choice(shown.response, name, &label);
}

/// Draws what is wanted over the film, which lies at `drawn` and is seen through `place`.
pub(super) fn overlays_ui(ui: &Ui, desk: &Desk, drawn: Rect, place: Rect) {
    for overlay in &desk.viewing.overlays {
        match overlay {
            Overlay::SafeAreas => safe_areas_ui(ui, drawn, place),
            Overlay::Guides => guides_ui(ui, drawn, place),
            Overlay::Words => words_ui(ui, desk, drawn.intersect(place)),
        }
    }
}

/// Action and title areas: 93 and 90 percent of the picture (EBU R 95).
fn safe_areas_ui(ui: &Ui, drawn: Rect, place: Rect) {
    for part in [0.93, 0.9] {
        let area = Rect::from_center_size(drawn.center(), drawn.size() * part);
        let stroke = Stroke::new(1.0, Color32::from_white_alpha(90));
        ui.painter_at(place).rect_stroke(area, 0.0, stroke, StrokeKind::Inside);
    }
}

/// Thirds, and a cross in the middle.
fn guides_ui(ui: &Ui, drawn: Rect, place: Rect) {
    let painter = ui.painter_at(drawn.intersect(place));
    let stroke = Stroke::new(1.0, Color32::from_white_alpha(70));
    for part in [1.0 / 3.0, 2.0 / 3.0] {
        painter.vline(lerp(drawn.left()..=drawn.right(), part), drawn.y_range(), stroke);
        painter.hline(drawn.x_range(), lerp(drawn.top()..=drawn.bottom(), part), stroke);
    }
    let (middle, arm) = (drawn.center(), 9.0);
    let stroke = Stroke::new(1.0, Color32::from_white_alpha(150));
    painter.vline(middle.x, middle.y - arm..=middle.y + arm, stroke);
    painter.hline(middle.x - arm..=middle.x + arm, middle.y, stroke);
}

/// The moment, the clip that is seen and the frame of its source.
fn words_ui(ui: &Ui, desk: &Desk, seen: Rect) {
    let moment = desk.label_of(desk.position());
    let clip = desk.clip_in_sight().map(|(id, source, frame)| {
        let own = desk.clip(id).map(|clip| clip.name.clone()).filter(|name| !name.is_empty());
        format!("{}  frame {frame}", own.unwrap_or_else(|| desk.name_of(&source)))
    });
    let at = seen.left_bottom() + vec2(6.0, -6.0);
    let words = clip.map_or_else(|| moment.clone(), |clip| format!("{moment}  {clip}"));
    plate_ui(ui, seen, (at, Align2::LEFT_BOTTOM), &words);
}

/// A word in the corner of a picture.
pub(super) fn sign_ui(ui: &Ui, picture: Rect, words: &str) {
    plate_ui(ui, picture, (picture.right_top() + vec2(-6.0, 6.0), Align2::RIGHT_TOP), words);
}

/// Words on a dark plate.
fn plate_ui(ui: &Ui, picture: Rect, (at, align): (eframe::egui::Pos2, Align2), words: &str) {
    let painter = ui.painter_at(picture);
    let font = theme::words(theme::SMALL);
    let galley = painter.layout_no_wrap(words.to_owned(), font, theme::TEXT);
    let place = align.anchor_size(at, galley.size() + vec2(10.0, 4.0));
    painter.rect_filled(place, theme::CORNER, theme::OVERLAY);
    painter.galley(place.min + vec2(5.0, 2.0), galley, theme::TEXT);
}
