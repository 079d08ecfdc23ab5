//! A track: its name, what it is for, what is seen or heard of it; its level and nodes.

use super::value::row_ui;
use super::{heading_ui, section};
use crate::ui::desk::Desk;
use crate::ui::panel::field::{chosen_ui, name_ui};
use eframe::egui::{Checkbox, TextEdit, Ui, WidgetInfo, WidgetType};
use timeline_format::Id;
use timeline_format::track::{Role, TrackHeader, TrackKind};

/// What tracks can be for, and what that is called.
const ROLES: [(&str, Option<Role>); 8] = [
    ("none", None),
    ("dialogue", Some(Role::Dialogue)),
    ("foley", Some(Role::Foley)),
    ("ambience", Some(Role::Ambience)),
    ("room tone", Some(Role::RoomTone)),
    ("music", Some(Role::Music)),
    ("effects", Some(Role::Effects)),
    ("titles", Some(Role::Titles)),
];

/// Draws a track.
pub(super) fn track_ui(ui: &mut Ui, desk: &mut Desk, id: Id) {
    let Some(header) = desk.track(id).map(|track| track.header.clone()) else { return };
    let is_picture = header.kind == TrackKind::Picture;
    let whose = if header.name.is_empty() { id.to_string() } else { header.name.clone() };
    heading_ui(ui, &whose, if is_picture { "a track of pictures" } else { "a track of sound" });
    name_of_ui(ui, desk, id, &header);
    ui.horizontal(|ui| {
        name_ui(ui, "Role", "What it is for.", header.role.is_some());
        let own = ROLES.iter().find(|(_, role)| *role == header.role).map_or("none", |it| it.0);
        if let Some(word) = chosen_ui(ui, "Role", own, ROLES.iter().map(|(word, _)| *word)) {
            let role = ROLES.iter().find(|(known, _)| *known == word).and_then(|(_, role)| *role);
            desk.set_track("Role of track", id, |header| header.role = role);
        }
    });
    if switch_ui(ui, "Locked", "No edit touches it.", header.locked) {
        desk.toggle_lock(id);
    }
    if switch_ui(ui, "In sync", "It moves when other tracks ripple.", !header.sync_free) {
        desk.toggle_sync(id);
    }
    if is_picture {
        if switch_ui(ui, "Shown", "Whether it is seen.", !header.hidden) {
            desk.toggle_hidden(id);
        }
        return;
    }
    if switch_ui(ui, "Muted", "It is silent.", header.strip.mute) {
        desk.toggle_mute(id);
    }
    if switch_ui(ui, "Solo", "It is heard alone.", header.strip.solo) {
        desk.toggle_solo(id);
    }
    for part in desk.sections_of_strip(id) {
        section(ui, &part.name, |ui| {
            for known in &part.values {
                row_ui(ui, desk, known, std::slice::from_ref(&known.value), &whose);
            }
        });
    }
}

fn name_of_ui(ui: &mut Ui, desk: &mut Desk, id: Id, header: &TrackHeader) {
    ui.horizontal(|ui| {
        name_ui(ui, "Name", "What it is called.", !header.name.is_empty());
        let mut name = header.name.clone();
        let response = ui.add(TextEdit::singleline(&mut name).desired_width(f32::INFINITY));
        response.widget_info(|| WidgetInfo {
            label: Some("Name".to_owned()),
            ..WidgetInfo::text_edit(true, &header.name, &name, "")
        });
        if response.changed() {
            desk.adjust_track("Name of track", id, |header| header.name = name);
        }
    });
}

/// Draws something that is on or off; whether it was pressed.
fn switch_ui(ui: &mut Ui, name: &str, help: &str, is_on: bool) -> bool {
    let mut now = is_on;
    ui.horizontal(|ui| {
        name_ui(ui, name, help, is_on);
        let response = ui.add(Checkbox::without_text(&mut now));
        response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, true, now, name));
    });
    now != is_on
}
