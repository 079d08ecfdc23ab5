//! Where a clip is, and how near it lets one be: of its shot, where it has one.

use crate::ui::desk::Desk;
use crate::ui::panel::field::{chosen_within_ui, name_within_ui};
use eframe::egui::Ui;
use timeline_format::{Clip, Id, Perspective, Source};

/// What stands for nothing said.
const UNSAID: &str = "not said";

/// Draws both in a row; what is set is set of all chosen clips.
pub(super) fn scene_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let shot = match clip.source {
        Source::Shot(id) => desk.film().and_then(|film| film.now().shots.get(&id).cloned()),
        _ => None,
    };
    let place = clip.place.or_else(|| shot.as_ref()?.place);
    let near = clip.perspective.or_else(|| shot.as_ref()?.perspective);
    ui.horizontal(|ui| {
        let is_said = place.is_some() || near.is_some();
        let help = "Where it is: what is heard there; and how near it lets one be to what is said and done.";
        name_within_ui(ui, ("Place", 34.0), help, is_said);
        place_ui(ui, desk, place);
        perspective_ui(ui, desk, near);
    });
}

fn place_ui(ui: &mut Ui, desk: &mut Desk, now: Option<Id>) {
    let places = desk.places();
    let name = places.iter().find(|(id, _)| Some(*id) == now).map_or(UNSAID, |(_, name)| name);
    let options = places.iter().map(|(_, name)| name.as_str()).chain([UNSAID]);
    let Some(chosen) = chosen_within_ui(ui, ("Place", 102.0), name, options) else { return };
    let place = places.iter().find(|(_, name)| *name == chosen).map(|(id, _)| *id);
    desk.set_place(place);
}

fn perspective_ui(ui: &mut Ui, desk: &mut Desk, now: Option<Perspective>) {
    let options = Perspective::ALL.into_iter().map(Perspective::word).chain([UNSAID]);
    let name = now.map_or(UNSAID, Perspective::word);
    let Some(chosen) = chosen_within_ui(ui, ("Size", 78.0), name, options) else { return };
    desk.set_perspective(Perspective::ALL.into_iter().find(|near| near.word() == chosen));
}
