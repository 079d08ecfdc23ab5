//! What a grade is made with: wheels, curves, looks, scopes, and the strip of clips.

mod clips;
mod curves;
mod looks;
mod scope;
mod stills;
mod wheel;
mod wheels;

pub(in crate::ui) use clips::{HEIGHT as STRIP, clips_ui};
pub(in crate::ui) use curves::curves_ui;
pub(in crate::ui) use looks::looks_ui;
pub(in crate::ui) use scope::scopes_ui;
pub(in crate::ui) use stills::{GALLERY, stills_ui};
pub(in crate::ui) use wheels::wheels_ui;

use crate::ui::texture::{Texture, Textures};
use eframe::egui::Ui;
use std::collections::BTreeMap;
use timeline_format::Id;

/// What is looked at on the page of grades.
#[derive(Debug, Default)]
pub(in crate::ui) struct Grading {
    wheels: wheels::Kind,
    curve: curves::Chosen,
    scopes: [scope::Seen; 2],
    looks: looks::Naming,
    textures: Textures,
    stills: BTreeMap<Id, Texture>,
}

/// Words of a row, one of which is chosen.
fn tabs_ui<T: Copy + PartialEq>(ui: &mut Ui, chosen: &mut T, tabs: &[(T, &str)]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for (tab, label) in tabs {
            if ui.selectable_label(*chosen == *tab, *label).clicked() {
                *chosen = *tab;
            }
        }
    });
}
