//! What a hand does on the lanes: takes hold and drags, clicks, asks for the menu, lays what it brings.

use super::drag::Drag;
use super::grab::{Grab, under};
use super::rows::Rows;
use super::snap;
use crate::edit::{Edge, Manner};
use crate::ui::app::Room;
use crate::ui::command;
use crate::ui::desk::{Desk, Other, Tool, Viewer};
use crate::ui::panel::menu::entry_ui;
use crate::ui::theme;
use eframe::egui::{CursorIcon, Key, Popup, Pos2, Rect, Response, SetOpenCommand, Stroke, Ui};
use timeline_format::{Cut, Id, Source};

/// What the menu of the lanes lists, in groups.
const MENU: [&[&str]; 4] = [
    &["cut-clips", "copy-clips", "paste-clips", "lift-clips", "ripple-delete"],
    &["rename", "set-length", "set-speed", "reverse", "enable"],
    &["razor", "add-dissolve", "match-frame", "reveal-in-browser", "mark-clip"],
    &["link", "unlink", "group", "ungroup"],
];

/// A clip that was clicked: by the pointer, or by its name.
pub(super) struct Touched {
    pub(super) clip: Id,
    pub(super) response: Response,
}

/// Heeds what is dragged.
pub(super) fn heed_drag(ui: &Ui, room: &mut Room, rows: &Rows, rect: Rect, response: &Response) {
    let desk = &mut room.desk;
    if let Some(pointer) = ui.input(|input| input.pointer.hover_pos())
        && ui.rect_contains_pointer(rect)
        && room.timeline.drag.is_none()
    {
        let grab = under(desk, rows, rect, pointer);
        ui.set_cursor_icon(cursor_of(desk.tool, &grab));
    }
    if response.drag_started_by(eframe::egui::PointerButton::Primary)
        && let Some(press) = ui.input(|input| input.pointer.press_origin())
    {
        let grab = under(desk, rows, rect, press);
        choose_for(ui, desk, &grab);
        room.timeline.drag = Some(Drag::begin(grab, press, rect, desk));
    }
    if let (Some(drag), Some(pointer)) = (&mut room.timeline.drag, response.interact_pointer_pos())
    {
        let manners = ui.input(|input| input.modifiers);
        drag.go(desk, rows, rect, pointer, manners);
    }
    if response.drag_stopped()
        && let Some(drag) = room.timeline.drag.take()
    {
        drag.finish(desk, rows, rect);
    }
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        room.timeline.drag = None;
    }
}

/// Heeds clicks on the lanes and on what lies there, the menu, and what is dropped.
pub(super) fn heed_touch(
    ui: &Ui,
    desk: &mut Desk,
    rows: &Rows,
    rect: Rect,
    (response, touched): (&Response, Option<Touched>),
) {
    let clicked = touched.as_ref().map_or(response, |touched| &touched.response);
    let pointer = clicked.interact_pointer_pos();
    if let Some(touched) = touched.as_ref().filter(|touched| touched.response.double_clicked()) {
        if let Some(source) = desk.clip(touched.clip).map(|clip| clip.source.clone()) {
            desk.view_source(source);
        }
    } else if clicked.clicked() {
        match (pointer, &touched) {
            (Some(pointer), _) => click(ui, desk, rows, rect, pointer),
            (None, Some(touched)) => choose_clicked(ui, desk, touched.clip),
            (None, None) => {}
        }
    }
    let asks = clicked.secondary_clicked();
    if asks {
        desk.focus_on(Viewer::Program);
    }
    if let Some(pointer) = pointer.filter(|_| asks) {
        choose_under(desk, under(desk, rows, rect, pointer));
    }
    let menu = Popup::context_menu(response);
    let menu = if asks { menu.open_memory(SetOpenCommand::Bool(true)) } else { menu };
    menu.show(|ui| menu_ui(ui, desk));
    take_drop(ui, desk, rows, rect, response);
}

/// The menu is about what lies under the pointer.
fn choose_under(desk: &mut Desk, grab: Grab) {
    match grab {
        Grab::Clip { clip, .. } | Grab::Edge { clip, .. } if !desk.selection.has(clip) => {
            let ties = desk.with_ties(clip);
            desk.selection.choose(ties);
        }
        Grab::Transition { track, cut, .. } => desk.selection.choose_cut(track, cut),
        Grab::Clip { .. } | Grab::Edge { .. } | Grab::Nothing => {}
    }
}

/// Lays a source that is dropped from the browser: over what is there, or, with `Ctrl`, between.
fn take_drop(ui: &Ui, desk: &mut Desk, rows: &Rows, rect: Rect, response: &Response) {
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    let (x, snapped) = snap::snapped(desk, rect, pointer.x);
    if response.dnd_hover_payload::<Source>().is_some() {
        let painter = ui.painter_at(rect);
        painter.vline(x, rect.y_range(), Stroke::new(1.5, theme::ACCENT));
        if snapped.is_some() {
            snap::sign_ui(&painter, rect, x);
        }
    }
    let (Some(source), Some(row)) = (response.dnd_release_payload::<Source>(), rows.at(pointer.y))
    else {
        return;
    };
    let is_insert = ui.input(|input| input.modifiers.command);
    let manner = if is_insert { Manner::Insert } else { Manner::Overwrite };
    let at = desk.view.boundary_at(x - rect.left()).max(0);
    desk.drop_source((*source).clone(), (row.track, at), manner);
}

const fn cursor_of(tool: Tool, grab: &Grab) -> CursorIcon {
    match (tool, grab) {
        (Tool::Hand, _) => CursorIcon::Grab,
        (Tool::Razor, _) => CursorIcon::Crosshair,
        (_, Grab::Edge { .. }) => CursorIcon::ResizeColumn,
        (_, Grab::Transition { side: Some(_), .. }) => CursorIcon::ResizeHorizontal,
        (_, Grab::Transition { .. }) => CursorIcon::PointingHand,
        (Tool::Slip | Tool::Slide, Grab::Clip { .. }) => CursorIcon::ResizeHorizontal,
        _ => CursorIcon::Default,
    }
}

/// A press on a clip that is not chosen chooses it before it is dragged.
fn choose_for(ui: &Ui, desk: &mut Desk, grab: &Grab) {
    let Some(clip) = grab.clip() else { return };
    if desk.selection.has(clip) || desk.tool == Tool::Hand {
        return;
    }
    let ties = desk.with_ties(clip);
    if ui.input(|input| input.modifiers.shift) {
        desk.selection.add(ties);
    } else {
        desk.selection.choose(ties);
    }
}

fn click(ui: &Ui, desk: &mut Desk, rows: &Rows, rect: Rect, pointer: Pos2) {
    let grab = under(desk, rows, rect, pointer);
    if desk.tool == Tool::Razor {
        let frame = desk.view.boundary_at(snap::snapped(desk, rect, pointer.x).0 - rect.left());
        if let Some(track) = rows.at(pointer.y).map(|row| row.track) {
            let everywhere = ui.input(|input| input.modifiers.shift);
            desk.razor_at(frame, (!everywhere).then_some(track));
        }
        return;
    }
    match grab {
        Grab::Clip { clip, .. } => choose_clicked(ui, desk, clip),
        Grab::Edge { clip, edge, track } => match cut_at(desk, track, clip, edge) {
            Some(cut) => desk.selection.choose_cut(track, cut),
            None => choose_clicked(ui, desk, clip),
        },
        Grab::Transition { track, cut, .. } => desk.selection.choose_cut(track, cut),
        Grab::Nothing => {
            let frame = desk.view.frame_at(pointer.x - rect.left());
            match rows.at(pointer.y).and_then(|row| gap_at(desk, row.track, frame)) {
                Some(gap) => desk.selection.choose_other(Other::Gap(gap)),
                None => desk.selection.clear(),
            }
            desk.go(frame.max(0));
        }
    }
}

/// The gap at a frame of a sequential track.
fn gap_at(desk: &Desk, track: Id, frame: i64) -> Option<Id> {
    let reel = desk.track(track)?.reel()?;
    let (index, _) = reel.at(frame)?;
    reel.get(index).filter(|item| item.is_gap()).map(|item| item.id)
}

/// The cut at an edge of a clip of a sequential track.
fn cut_at(desk: &Desk, track: Id, clip: Id, edge: Edge) -> Option<Cut> {
    let track = desk.track(track)?;
    let index = track.reel()?.index_of(clip)?;
    track.cut_at(if edge == Edge::Head { index } else { index + 1 })
}

/// Chooses a clip that was clicked, with what goes with it.
fn choose_clicked(ui: &Ui, desk: &mut Desk, clip: Id) {
    let (shift, alone) = ui.input(|input| (input.modifiers.shift, input.modifiers.alt));
    let ties = if alone { vec![clip] } else { desk.with_ties(clip) };
    desk.take = None;
    if shift {
        desk.selection.toggle(&ties);
    } else {
        desk.selection.choose(ties);
    }
}

fn menu_ui(ui: &mut Ui, desk: &mut Desk) {
    for (number, group) in MENU.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        group.iter().filter_map(|id| command::find(id)).for_each(|command| {
            entry_ui(ui, desk, command);
        });
    }
}
