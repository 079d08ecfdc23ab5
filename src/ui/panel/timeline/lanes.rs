//! The lanes: what lies on the tracks, what a press takes hold of, what a drag would make.

use super::drag::Drag;
use super::grab::{Grab, under};
use super::rows::Rows;
use super::{clips, layers, rides, snap, transitions};
use crate::edit::{Edge, Manner};
use crate::ui::app::Room;
use crate::ui::command;
use crate::ui::desk::{Desk, Other, Tool};
use crate::ui::panel::menu::entry_ui;
use crate::ui::theme;
use eframe::egui::{Align2, CursorIcon, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, pos2};
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Cut, Id, Source};

/// Draws the lanes and heeds what the pointer does there.
pub(super) fn lanes_ui(ui: &mut Ui, room: &mut Room, rows: &Rows, rect: Rect) {
    let response = ui.interact(rect, ui.id().with("lanes"), Sense::click_and_drag());
    heed(ui, room, rows, rect, &response);
    let tried = room.timeline.drag.as_ref().and_then(Drag::tried);
    let Some(sequence) = tried.or_else(|| room.desk.sequence().cloned()) else { return };
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::GROUND);
    for row in rows.iter().filter(|row| row.rect.intersects(rect)) {
        let Some(track) = sequence.tracks.get(row.index) else { continue };
        painter.rect_filled(row.rect, 0.0, theme::PANEL);
        match &track.content {
            Content::Sequential(reel) => {
                let shown = (&mut room.desk, &mut room.timeline.filmstrips);
                clips::clips_ui(ui, &painter, shown, track, reel, row, rect);
                transitions::transitions_ui(&painter, &room.desk, track, reel, row, rect);
                transitions::cut_ui(&painter, &room.desk, track, reel, row, rect);
            }
            Content::Free(items) => {
                layers::layers_ui(ui, &painter, &mut room.desk, &sequence, track, items, row, rect);
            }
        }
        if track.header.kind == TrackKind::Sound {
            rides::rides_ui(&painter, &room.desk, track, row, rect);
        }
        if track.header.locked {
            hatch(&painter, row.rect.intersect(rect));
        }
    }
    span_ui(&painter, &room.desk, rect);
    if let Some(drag) = &room.timeline.drag {
        drag.draw(&painter, &room.desk.view, rect);
    }
}

fn heed(ui: &Ui, room: &mut Room, rows: &Rows, rect: Rect, response: &Response) {
    let desk = &mut room.desk;
    if let Some(pointer) = response.hover_pos()
        && room.timeline.drag.is_none()
    {
        let grab = under(desk, rows, rect, pointer);
        ui.set_cursor_icon(cursor_of(desk.tool, &grab));
    }
    if response.drag_started()
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
    if ui.input(|input| input.key_pressed(eframe::egui::Key::Escape)) {
        room.timeline.drag = None;
    }
    if response.clicked()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        click(ui, desk, rows, rect, pointer);
    }
    if response.secondary_clicked()
        && let Some(pointer) = response.interact_pointer_pos()
        && let Some(clip) = under(desk, rows, rect, pointer).clip()
        && !desk.selection.has(clip)
    {
        let ties = desk.with_ties(clip);
        desk.selection.choose(ties);
    }
    response.context_menu(|ui| menu_ui(ui, desk));
    take_drop(ui, desk, rows, rect, response);
}

/// Lays a source that is dropped from the browser: over what is there, or, with `Ctrl`, between.
fn take_drop(ui: &Ui, desk: &mut Desk, rows: &Rows, rect: Rect, response: &Response) {
    let Some(pointer) = ui.input(|input| input.pointer.hover_pos()) else { return };
    let x = snap::snapped(desk, rect, pointer.x).0;
    if response.dnd_hover_payload::<Source>().is_some() {
        ui.painter_at(rect).vline(x, rect.y_range(), Stroke::new(1.5, theme::ACCENT));
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
    if desk.selection.has(clip) {
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
            return desk.razor_at(frame, (!everywhere).then_some(track));
        }
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
pub(super) fn choose_clicked(ui: &Ui, desk: &mut Desk, clip: Id) {
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
    let groups: [&[&str]; 4] = [
        &["cut-clips", "copy-clips", "paste-clips", "lift-clips", "ripple-delete"],
        &["set-length", "set-speed", "reverse", "enable"],
        &["razor", "add-dissolve", "match-frame", "reveal-in-browser", "mark-clip"],
        &["link", "unlink", "group", "ungroup"],
    ];
    for (number, group) in groups.iter().enumerate() {
        if number > 0 {
            ui.separator();
        }
        group.iter().filter_map(|id| command::find(id)).for_each(|command| {
            entry_ui(ui, desk, command);
        });
    }
}

/// The marked span, over all tracks.
fn span_ui(painter: &Painter, desk: &Desk, rect: Rect) {
    let Some(span) = desk.span() else { return };
    let x = |frame: i64| rect.left() + desk.view.x_of(frame as f64);
    let span =
        Rect::from_min_max(pos2(x(span.start), rect.top()), pos2(x(span.end), rect.bottom()));
    painter.rect_filled(span.intersect(rect), 0.0, theme::MARKED.gamma_multiply(0.12));
}

/// Stripes over a track that no edit touches.
fn hatch(painter: &Painter, rect: Rect) {
    let stroke = Stroke::new(1.0, theme::FAINT.gamma_multiply(0.35));
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], stroke);
        x += 12.0;
    }
    let place = rect.right_top() + eframe::egui::vec2(-6.0, 3.0);
    let font = theme::words(theme::SMALL);
    painter.text(place, Align2::RIGHT_TOP, "locked", font, theme::QUIET);
}
