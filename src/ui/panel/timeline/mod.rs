//! The timeline: tracks over a ruler, and what a hand does there.
//!
//! While one drags, the verb is tried on the film and what it would give is drawn: what is seen is what
//! the edit makes, or why it is refused. Only what is seen is drawn, so that a film of 100,000 clips is as
//! fluid as one of ten.

mod act;
mod captions;
mod clips;
mod drag;
mod filmstrip;
mod grab;
mod hand;
mod header;
mod keyframes;
mod lanes;
mod layers;
mod markers;
mod places;
mod rides;
mod rows;
mod ruler;
mod snap;
mod survey;
mod tools;
mod transitions;
mod waveform;

pub(in crate::ui) use drag::Drag;

use crate::ui::app::Room;
use crate::ui::desk::{Opened, Viewer};
use crate::ui::theme;
use eframe::egui::{Rect, Sense, Ui, Vec2, pos2};
use filmstrip::Filmstrips;
use rows::Rows;

/// The width of the tracks' headers.
const HEADERS: f32 = 168.0;

/// What the timeline keeps between its drawings.
#[derive(Debug, Default)]
pub(in crate::ui) struct Drawn {
    /// What is dragged.
    pub(super) drag: Option<Drag>,
    /// Where the playhead was when the view followed it.
    followed: Option<i64>,
    filmstrips: Filmstrips,
    /// What is held of keyframes.
    keys: Option<keyframes::Hand>,
}

impl Drawn {
    /// What is dragged now.
    pub(in crate::ui) const fn drag(&self) -> Option<&Drag> {
        self.drag.as_ref()
    }
}

/// Draws the timeline.
pub(in crate::ui) fn timeline_ui(ui: &mut Ui, room: &mut Room) {
    tools::tools_ui(ui, &mut room.desk);
    let whole = ui.available_rect_before_wrap();
    ui.allocate_rect(whole, Sense::hover());
    if ui.input(|input| input.pointer.any_pressed()) && ui.rect_contains_pointer(whole) {
        room.desk.focus_on(Viewer::Program);
    }
    let left = whole.left() + HEADERS;
    let ruler = Rect::from_min_max(
        pos2(left, whole.top()),
        pos2(whole.right(), whole.top() + theme::RULER),
    );
    let below = ruler.bottom() + places::height(&room.desk);
    let top = below + captions::height(&room.desk);
    let bottom = whole.bottom() - survey::height(&room.desk);
    let stays = Rect::from_min_max(pos2(left, ruler.bottom()), pos2(whole.right(), below));
    let said = Rect::from_min_max(pos2(left, below), pos2(whole.right(), top));
    let lanes = Rect::from_min_max(pos2(left, top), pos2(whole.right(), bottom));
    let headers = Rect::from_min_max(pos2(whole.left(), top), pos2(left, bottom));
    room.desk.view.width = lanes.width();
    follow(ui, room, lanes.width());
    scroll(ui, room, whole, lanes);
    let Some(sequence) = room.desk.sequence().cloned() else { return };
    if !ui.input(|input| input.pointer.any_down()) {
        room.desk.open_lanes();
    }
    let opened = room.desk.lanes();
    let room_for = |it: &Opened| (it.track, it.values.len() as f32 * keyframes::HEIGHT);
    let under = opened.as_ref().map(room_for);
    let rows = Rows::of(&sequence, &room.desk.view, lanes, under);
    room.desk.view.down = room.desk.view.down.min(rows.overhang(lanes.height()));
    ruler::ruler_ui(ui, &mut room.desk, ruler);
    lanes::lanes_ui(ui, room, &rows, lanes);
    header::headers_ui(ui, &mut room.desk, &rows, headers);
    if let Some(opened) = &opened {
        keyframes::lanes_ui(ui, room, opened, &rows, (lanes, headers));
    }
    if stays.height() > 0.0 {
        places::places_ui(ui, &mut room.desk, stays);
    }
    if said.height() > 0.0 {
        captions::captions_ui(ui, &mut room.desk, said);
    }
    if bottom < whole.bottom() {
        let under = Rect::from_min_max(pos2(left, bottom), whole.max);
        survey::survey_ui(ui, &mut room.desk, under);
    }
    ruler::playhead_ui(ui, &room.desk, ruler.union(lanes));
}

/// Turns the page where the playhead went beyond it: as the film plays, or by a jump. A hand that drags it
/// sees where it drags.
fn follow(ui: &Ui, room: &mut Room, width: f32) {
    let position = room.desk.position();
    let has_jumped = room.timeline.followed != Some(position);
    if has_jumped && !ui.input(|input| input.pointer.any_down()) {
        room.desk.view.follow(position, width);
        room.timeline.followed = Some(position);
    }
}

/// The wheel: along, down, and with `Ctrl` or `Alt` closer.
fn scroll(ui: &Ui, room: &mut Room, whole: Rect, lanes: Rect) {
    if !ui.rect_contains_pointer(whole) {
        return;
    }
    let (wheel, zoom, pointer) = ui.input(|input| {
        (input.smooth_scroll_delta(), input.zoom_delta(), input.pointer.hover_pos())
    });
    let view = &mut room.desk.view;
    let x = pointer.map_or(0.0, |pointer| (pointer.x - lanes.left()).max(0.0));
    if zoom != 1.0 {
        view.zoom(f64::from(zoom), x);
    } else if ui.input(|input| input.modifiers.alt) {
        view.zoom(f64::from((wheel.y * 0.01).exp()), x);
    } else if wheel != Vec2::ZERO {
        view.scroll(-wheel.x);
        view.down = (view.down - wheel.y).max(0.0);
    }
}
