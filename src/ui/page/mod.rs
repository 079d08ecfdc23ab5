//! The pages of the window, one for each step of the work. A page lays panels out, and does nothing else.

mod composite;
mod correct;
mod deliver;
mod edit;
mod grade;
mod select;
mod sound;

use super::app::Room;
use super::panel::browser;
use super::theme;
use eframe::egui::{Frame, Panel, Ui};
use egui_phosphor::regular as icon;

/// The browser at the side of a page.
fn browser_ui(ui: &mut Ui, room: &mut Room) {
    Panel::left("browser")
        .frame(Frame::new().fill(theme::PANEL).inner_margin(theme::GAP))
        .resizable(true)
        .default_size(room.kept.size("browser", 225.0))
        .size_range(150.0..=600.0)
        .show(ui, |ui| browser::browser_ui(ui, &mut room.desk, &mut room.browser));
}

/// A page of the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Page {
    /// The takes: which of them has the bones.
    Select,
    /// The faults: what gives the machine away.
    Correct,
    /// The layers: whether the shot lives in a world.
    Composite,
    /// What it feels like: wheels, curves, looks, scopes.
    Grade,
    /// The cut: browser, viewers, timeline.
    Edit,
    /// The mix: strips, sends, nodes, meters.
    Sound,
    /// The film goes out.
    Deliver,
}

impl Page {
    /// All, in the order of the work.
    pub(super) const ALL: [Self; 7] = [
        Self::Select,
        Self::Correct,
        Self::Composite,
        Self::Grade,
        Self::Edit,
        Self::Sound,
        Self::Deliver,
    ];

    /// Its name.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Correct => "Correct",
            Self::Composite => "Composite",
            Self::Edit => "Edit",
            Self::Grade => "Grade",
            Self::Sound => "Sound",
            Self::Deliver => "Deliver",
        }
    }

    /// Its sign.
    pub(super) const fn icon(self) -> &'static str {
        match self {
            Self::Select => icon::SELECTION_ALL,
            Self::Correct => icon::BANDAIDS,
            Self::Composite => icon::STACK,
            Self::Edit => icon::FILM_SLATE,
            Self::Grade => icon::PALETTE,
            Self::Sound => icon::WAVEFORM,
            Self::Deliver => icon::EXPORT,
        }
    }

    /// Draws it.
    pub(super) fn ui(self, ui: &mut Ui, room: &mut Room) {
        match self {
            Self::Select => select::page_ui(ui, room),
            Self::Correct => correct::page_ui(ui, room),
            Self::Composite => composite::page_ui(ui, room),
            Self::Edit => edit::page_ui(ui, room),
            Self::Grade => grade::page_ui(ui, room),
            Self::Sound => sound::page_ui(ui, room),
            Self::Deliver => deliver::page_ui(ui, room),
        }
    }
}
