//! The pages of the window, one for each step of the work. A page lays panels out, and does nothing else.

mod deliver;
mod edit;
mod sound;

use super::app::Room;
use eframe::egui::Ui;
use egui_phosphor::regular as icon;

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// The cut: browser, viewers, timeline.
    Edit,
    /// The mix: strips, sends, nodes, meters.
    Sound,
    /// The film goes out.
    Deliver,
}

impl Page {
    /// All, in the order of the work.
    pub(super) const ALL: [Self; 3] = [Self::Edit, Self::Sound, Self::Deliver];

    /// Its name.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Edit => "Edit",
            Self::Sound => "Sound",
            Self::Deliver => "Deliver",
        }
    }

    /// Its sign.
    pub(super) const fn icon(self) -> &'static str {
        match self {
            Self::Edit => icon::FILM_SLATE,
            Self::Sound => icon::WAVEFORM,
            Self::Deliver => icon::EXPORT,
        }
    }

    /// Draws it.
    pub(super) fn ui(self, ui: &mut Ui, room: &mut Room) {
        match self {
            Self::Edit => edit::page_ui(ui, room),
            Self::Sound => sound::page_ui(ui, room),
            Self::Deliver => deliver::page_ui(ui, room),
        }
    }
}
