//! What gives the machine away, and what is done about it: the faults of the film, where those of the clip in hand are,
//! and its repairs.

mod brush;
mod list;
mod repairs;
mod strip;

pub(in crate::ui) use brush::brush_ui;
pub(in crate::ui) use list::faults_ui;
pub(in crate::ui) use repairs::repairs_ui;
pub(in crate::ui) use strip::{HEIGHT as STRIP, strip_ui};

use crate::picture::faults;
use crate::ui::theme;
use eframe::egui::Color32;
use timeline_format::Id;

/// What is written on the page of corrections.
#[derive(Debug, Default)]
pub(in crate::ui) struct Correcting {
    /// The fault that is about to be accepted.
    accepting: Option<Id>,
    /// Who accepts it.
    by: String,
    /// Why.
    because: String,
}

/// What a kind of fault is called.
fn label(kind: &str) -> &str {
    faults::named(kind).map_or(kind, |finder| finder.label)
}

/// The colour of a kind of fault.
fn colour(kind: &str) -> Color32 {
    let place = faults::ALL.iter().position(|finder| finder.id == kind).unwrap_or(0);
    theme::MARKERS[place % theme::MARKERS.len()].1
}
