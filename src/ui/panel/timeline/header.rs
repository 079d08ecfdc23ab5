//! The headers of the tracks: name, target, lock, sync, and what is seen or heard.

use super::rows::{Row, Rows};
use crate::ui::desk::{Desk, Other};
use crate::ui::panel::named::{mark_on, named, switch};
use crate::ui::theme;
use eframe::egui::{
    Align, Button, CursorIcon, Frame, Key, Label, Layout, Margin, Rect, RichText, Sense, Stroke,
    TextEdit, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2,
};
use egui_phosphor::regular as icon;
use timeline_format::track::{Role, TrackHeader, TrackKind};

/// How much of a header its switches take.
const SWITCHES: f32 = 104.0;

/// Draws the headers.
pub(super) fn headers_ui(ui: &mut Ui, desk: &mut Desk, rows: &Rows, rect: Rect) {
    ui.painter().rect_filled(rect, 0.0, theme::PANEL);
    for row in rows.iter() {
        let place = Rect::from_x_y_ranges(rect.x_range(), row.rect.y_range());
        if place.bottom() < rect.top() || place.top() > rect.bottom() {
            continue;
        }
        choose_ui(ui, desk, row, place.intersect(rect));
        let mut inner = ui.new_child(UiBuilder::new().max_rect(place).id_salt(row.track));
        inner.set_clip_rect(place.intersect(rect));
        header_ui(&mut inner, desk, row, place);
        grip_ui(ui, desk, row, place, rect);
    }
    ui.painter().vline(rect.right(), rect.y_range(), Stroke::new(1.0, theme::LINE));
}

/// A click beside a header's name and switches chooses the track.
fn choose_ui(ui: &Ui, desk: &mut Desk, row: &Row, place: Rect) {
    if !place.is_positive() {
        return;
    }
    let all = ui.interact(place, ui.id().with(("header", row.track)), Sense::CLICK);
    let free = place.with_min_x(place.left() + SWITCHES);
    let response = ui.interact(free, ui.id().with(("track", row.track)), Sense::CLICK);
    let is_chosen = desk.selection.other() == Some(Other::Track(row.track));
    response.widget_info(|| {
        let name = desk.track(row.track).map(|track| name_of(desk, row, &track.header));
        let words = format!("Track {}", name.unwrap_or_default());
        WidgetInfo::selected(WidgetType::SelectableLabel, true, is_chosen, words)
    });
    if all.clicked() || response.clicked() {
        desk.selection.choose_other(Other::Track(row.track));
    }
}

fn header_ui(ui: &mut Ui, desk: &mut Desk, row: &Row, place: Rect) {
    let Some(header) = desk.track(row.track).map(|track| track.header.clone()) else { return };
    let is_target = desk.targets.contains(&row.track);
    let fill = if is_target { theme::HOVERED } else { theme::RAISED };
    ui.painter().rect_filled(place, 0.0, fill);
    let stripe = Rect::from_min_size(place.min, vec2(4.0, place.height()));
    ui.painter().rect_filled(stripe, 0.0, theme::clip_colour(row.kind, header.role));
    let name = name_of(desk, row, &header);
    Frame::new().inner_margin(Margin { left: 9, right: 4, top: 2, bottom: 1 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(2.0, 0.0);
        ui.with_layout(Layout::top_down(Align::Min), |ui| {
            if desk.renaming.as_ref().is_some_and(|renaming| renaming.track == row.track) {
                renaming_ui(ui, desk);
            } else {
                name_ui(ui, desk, row, (&name, is_target));
            }
            ui.horizontal(|ui| switches_ui(ui, desk, row, &header, &name));
        });
    });
}

/// The name of a track: a click targets it, a double click renames it.
fn name_ui(ui: &mut Ui, desk: &mut Desk, row: &Row, (name, is_target): (&str, bool)) {
    let colour = if is_target { theme::TEXT } else { theme::QUIET };
    let sign = if is_target { icon::CARET_RIGHT } else { icon::DOT_OUTLINE };
    let text = RichText::new(format!("{sign} {name}")).color(colour);
    let label = ui.add(Label::new(text).truncate().sense(Sense::click()));
    let label = switch(label, is_target, &format!("Target {name}"));
    label.context_menu(|ui| {
        if ui.button("Rename ...").clicked() {
            desk.begin_renaming(row.track);
            ui.close();
        }
        if ui.button("Take this track away").clicked() {
            desk.remove_track(row.track);
            ui.close();
        }
    });
    if label.double_clicked() {
        desk.begin_renaming(row.track);
    }
    let help = "Click: commands work on this track, or leave it alone. Double click: rename it.";
    if label.on_hover_text(format!("{name}\n{help}")).clicked() {
        desk.toggle_target(row.track);
    }
}

fn renaming_ui(ui: &mut Ui, desk: &mut Desk) {
    let Some(renaming) = &mut desk.renaming else { return };
    let field = TextEdit::singleline(&mut renaming.name).desired_width(f32::INFINITY);
    let response = named(ui.add(field), WidgetType::TextEdit, "Name of the track");
    if !std::mem::replace(&mut renaming.has_begun, true) {
        response.request_focus();
    } else if ui.input(|input| input.key_pressed(Key::Escape)) {
        desk.renaming = None;
    } else if response.lost_focus() {
        desk.finish_renaming();
    }
}

fn switches_ui(ui: &mut Ui, desk: &mut Desk, row: &Row, header: &TrackHeader, name: &str) {
    let lock = if header.locked { icon::LOCK } else { icon::LOCK_OPEN };
    if switch_ui(ui, lock, header.locked, &format!("Lock {name}: no edit touches it")) {
        desk.toggle_lock(row.track);
    }
    let in_sync = !header.sync_free;
    let sign = if in_sync { icon::LINK } else { icon::LINK_BREAK };
    if switch_ui(ui, sign, !in_sync, &format!("Sync of {name}: it moves when other tracks ripple"))
    {
        desk.toggle_sync(row.track);
    }
    if row.kind == TrackKind::Picture {
        let sign = if header.hidden { icon::EYE_SLASH } else { icon::EYE };
        if switch_ui(ui, sign, header.hidden, &format!("Show or hide {name}")) {
            desk.toggle_hidden(row.track);
        }
        return;
    }
    if switch_ui(ui, "M", header.strip.mute, &format!("Mute {name}")) {
        desk.toggle_mute(row.track);
    }
    if switch_ui(ui, "S", header.strip.solo, &format!("Solo {name}")) {
        desk.toggle_solo(row.track);
    }
}

fn switch_ui(ui: &mut Ui, sign: &str, is_on: bool, help: &str) -> bool {
    let colour = if is_on { theme::ACCENT } else { theme::FAINT };
    let button =
        Button::new(RichText::new(sign).color(colour)).frame(false).min_size(vec2(20.0, 17.0));
    let response = switch(ui.add(button), is_on, help);
    mark_on(ui, &response, is_on);
    response.on_hover_text(help).clicked()
}

/// The lower edge of a header: a drag makes the track higher.
fn grip_ui(ui: &Ui, desk: &mut Desk, row: &Row, place: Rect, all: Rect) {
    let edge = Rect::from_min_max(
        pos2(place.left(), place.bottom() - 3.0),
        pos2(place.right(), place.bottom() + 2.0),
    );
    let response =
        ui.interact(edge.intersect(all), ui.id().with(("height", row.track)), Sense::DRAG);
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        desk.view.set_height(row.track, pointer.y - place.top());
    }
    response.on_hover_cursor(CursorIcon::ResizeVertical);
}

/// What a track is called: its own name, its role, or its number.
fn name_of(desk: &Desk, row: &Row, header: &TrackHeader) -> String {
    if !header.name.is_empty() {
        return header.name.clone();
    }
    let of_kind = desk.sequence().map_or(0, |sequence| {
        let before = sequence.tracks.iter().take(row.index + 1);
        before.filter(|track| track.header.kind == row.kind).count()
    });
    let letter = if row.kind == TrackKind::Picture { 'V' } else { 'A' };
    match header.role {
        Some(role) => format!("{letter}{of_kind} {}", role_name(role)),
        None => format!("{letter}{of_kind}"),
    }
}

/// What a role is called.
const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Dialogue => "Dialogue",
        Role::Foley => "Foley",
        Role::Ambience => "Ambience",
        Role::RoomTone => "Room tone",
        Role::Music => "Music",
        Role::Effects => "Effects",
        Role::Titles => "Titles",
    }
}
