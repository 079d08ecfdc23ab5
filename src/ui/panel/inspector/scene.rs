//! Where a clip is, and how near it lets one be: of its shot, where it has one.

use crate::ui::desk::Desk;
use crate::ui::panel::field::{chosen_ui, name_ui};
use eframe::egui::Ui;
use timeline_format::{Clip, Perspective, Source};

/// What stands for nothing said.
const UNSAID: &str = "not said";

/// Draws both; what is set is set of all chosen clips.
pub(super) fn scene_ui(ui: &mut Ui, desk: &mut Desk, clip: &Clip) {
    let shot = match clip.source {
        Source::Shot(id) => desk.film().and_then(|film| film.now().shots.get(&id).cloned()),
        _ => None,
    };
    let places = desk.places();
    let own = clip.place.or_else(|| shot.as_ref()?.place);
    let name = places.iter().find(|(id, _)| Some(*id) == own).map_or(UNSAID, |(_, name)| name);
    ui.horizontal(|ui| {
        name_ui(ui, "Place", "Where it is: what is heard there.", own.is_some());
        let options = places.iter().map(|(_, name)| name.as_str()).chain([UNSAID]);
        let chosen = chosen_ui(ui, "Place", name, options).map(str::to_owned);
        if let Some(chosen) = chosen {
            let place = places.iter().find(|(_, name)| *name == chosen).map(|(id, _)| *id);
            desk.set_place(place);
        }
    });
    let near = clip.perspective.or_else(|| shot.as_ref()?.perspective);
    ui.horizontal(|ui| {
        name_ui(ui, "Size", "How near it lets one be to what is said and done.", near.is_some());
        let options = Perspective::ALL.into_iter().map(Perspective::word).chain([UNSAID]);
        let chosen = chosen_ui(ui, "Size", near.map_or(UNSAID, Perspective::word), options);
        if let Some(chosen) = chosen {
            let near = Perspective::ALL.into_iter().find(|near| near.word() == chosen);
            desk.set_perspective(near);
        }
    });
}
