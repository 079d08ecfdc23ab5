//! Scopes of the frame that is shown: made anew where that is another one.

use super::Grading;
use crate::picture::scopes::{self, Mark, Signal, Size};
use crate::signal::Image;
use crate::ui::desk::Desk;
use crate::ui::panel::named::{choice, named};
use crate::ui::texture::pixels_of;
use crate::ui::theme;
use eframe::egui::{
    Align2, Color32, ComboBox, Painter, Pos2, Rect, Sense, Stroke, TextureHandle, TextureOptions,
    Ui, Vec2, WidgetType, pos2, vec2,
};
use std::sync::Arc;

/// No more pixels are counted across and down: the rest is left out, evenly.
const MOST: [usize; 2] = [480, 135];

/// A scope as it was drawn last.
#[derive(Default)]
pub(super) struct Seen {
    /// Its place among the scopes.
    kind: Option<usize>,
    drawn: Option<Drawn>,
}

/// What a drawing was made of.
struct Drawn {
    image: Arc<Image>,
    kind: usize,
    size: Size,
    texture: TextureHandle,
}

impl std::fmt::Debug for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Seen").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// Draws both scopes above each other.
pub(in crate::ui) fn scopes_ui(ui: &mut Ui, desk: &Desk, grading: &mut Grading) {
    let height = 0.5 * (ui.available_height() - theme::GAP);
    for (place, seen) in grading.scopes.iter_mut().enumerate() {
        ui.push_id(place, |ui| {
            ui.allocate_ui(vec2(ui.available_width(), height), |ui| one_ui(ui, desk, seen, place));
        });
    }
}

fn one_ui(ui: &mut Ui, desk: &Desk, seen: &mut Seen, place: usize) {
    let usual = scopes::ALL.iter().position(|it| it.id == ["parade", "vectorscope"][place % 2]);
    let kind = seen.kind.or(usual).unwrap_or(0);
    let Some(scope) = scopes::ALL.get(kind) else { return };
    let list = ComboBox::from_id_salt("scope").selected_text(scope.label).width(120.0);
    let shown = list.show_ui(ui, |ui| {
        for (index, other) in scopes::ALL.iter().enumerate() {
            if ui.selectable_label(index == kind, other.label).on_hover_text(other.help).clicked() {
                seen.kind = Some(index);
            }
        }
    });
    drop(choice(shown.response, &format!("Scope {}", place + 1), scope.label));
    let size = vec2(ui.available_width(), (ui.available_height() - 2.0).max(40.0));
    let (board, response) = ui.allocate_exact_size(size, Sense::hover());
    drop(named(response, WidgetType::Image, scope.label));
    ui.painter().rect_filled(board, 2.0, theme::GROUND);
    let Some(image) = desk.shown().map(|shown| shown.image) else { return };
    let (texture, extent) = seen.texture(ui, (kind, scope), &image, board.size());
    let drawn = fitted(extent, board);
    let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), drawn, whole, Color32::WHITE);
    marks_ui(&ui.painter_at(board), drawn, &(scope.marks)());
}

impl Seen {
    /// The scope of a picture as a texture, and how large that is.
    fn texture(
        &mut self,
        ui: &Ui,
        (kind, scope): (usize, &scopes::Scope),
        image: &Arc<Image>,
        room: Vec2,
    ) -> (TextureHandle, Vec2) {
        let scale = ui.pixels_per_point();
        let side = |points: f32| (points * scale).clamp(16.0, 1024.0) as usize;
        let size = Size { width: side(room.x), height: side(room.y) };
        let is_it = |drawn: &&Drawn| {
            Arc::ptr_eq(&drawn.image, image) && drawn.kind == kind && drawn.size == size
        };
        let texture = self.drawn.as_ref().filter(is_it).map(|drawn| drawn.texture.clone());
        let texture = texture.unwrap_or_else(|| {
            let made = (scope.draw)(&Signal::of(image, MOST), size);
            ui.ctx().load_texture("scope", pixels_of(&Arc::new(made)), TextureOptions::LINEAR)
        });
        let extent = texture.size_vec2();
        let (image, kept) = (Arc::clone(image), texture.clone());
        self.drawn = Some(Drawn { image, kind, size, texture: kept });
        (texture, extent)
    }
}

/// The largest place of this shape.
fn fitted(size: Vec2, place: Rect) -> Rect {
    let factor = (place.width() / size.x.max(1.0)).min(place.height() / size.y.max(1.0));
    Rect::from_center_size(place.center(), size * factor)
}

fn marks_ui(painter: &Painter, place: Rect, marks: &[Mark]) {
    let at = |[x, y]: [f32; 2]| -> Pos2 {
        pos2(place.left() + x * place.width(), place.top() + y * place.height())
    };
    let stroke = Stroke::new(1.0, Color32::from_white_alpha(36));
    let words = |at: Pos2, label: &str| {
        let font = theme::words(theme::SMALL);
        painter.text(at, Align2::LEFT_BOTTOM, label, font, theme::FAINT);
    };
    for mark in marks {
        match mark {
            Mark::Level { at: y, label } => {
                let from = at([0.0, *y]);
                painter.hline(place.x_range(), from.y, stroke);
                words(from, label);
            }
            Mark::Target { at: point, label } => {
                let centre = at(*point);
                let near = Rect::from_center_size(centre, vec2(8.0, 8.0));
                painter.rect_stroke(near, 0.0, stroke, eframe::egui::StrokeKind::Middle);
                words(near.right_top(), label);
            }
            Mark::Line { from, to, label } => {
                painter.line_segment([at(*from), at(*to)], stroke);
                words(at(*to), label);
            }
        }
    }
}
