//! The film, where nothing is chosen.

use super::{facts_ui, heading_ui};
use crate::ui::desk::Desk;
use crate::ui::theme;
use eframe::egui::{RichText, Ui};

/// Draws what the film is.
pub(super) fn film_ui(ui: &mut Ui, desk: &mut Desk) {
    let (Some(film), Some(sequence)) = (desk.film(), desk.sequence()) else { return };
    heading_ui(ui, &film.title(), "");
    let length = sequence.length();
    let start = sequence.header.start;
    let rows = [
        ("Size", film.now().raster_of(sequence).to_string()),
        ("Rate", sequence.header.rate.to_string()),
        ("Sound", format!("{} Hz", film.now().settings.sound)),
        ("Length", format!("{} ({length} frames)", desk.label_of(length - start))),
        ("Tracks", sequence.tracks.len().to_string()),
        ("Media", film.now().media.len().to_string()),
        ("Shots", film.now().shots.len().to_string()),
    ];
    facts_ui(ui, "film", &rows);
    ui.label(RichText::new("Choose a clip to see and set what it does.").color(theme::FAINT));
    super::captions::captions_ui(ui, desk);
}
