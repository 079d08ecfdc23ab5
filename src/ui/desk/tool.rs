//! The tools of the timeline: what a drag there does.

use egui_phosphor::regular as icon;

/// What a drag on the timeline does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Tool {
    /// Chooses, moves, and trims edges in place.
    Select,
    /// Trims edges, and what follows moves.
    Ripple,
    /// Moves the cut between two clips.
    Roll,
    /// Shows another part of the source.
    Slip,
    /// Moves a clip between its neighbours.
    Slide,
    /// Cuts clips in two.
    Razor,
    /// Moves the view.
    Hand,
}

impl Tool {
    /// All, in the order of the tool bar.
    pub(in crate::ui) const ALL: [Self; 7] =
        [Self::Select, Self::Ripple, Self::Roll, Self::Slip, Self::Slide, Self::Razor, Self::Hand];

    /// Its name.
    pub(in crate::ui) const fn label(self) -> &'static str {
        match self {
            Self::Select => "Select",
            Self::Ripple => "Ripple",
            Self::Roll => "Roll",
            Self::Slip => "Slip",
            Self::Slide => "Slide",
            Self::Razor => "Razor",
            Self::Hand => "Hand",
        }
    }

    /// Its sign on the tool bar.
    pub(in crate::ui) const fn icon(self) -> &'static str {
        match self {
            Self::Select => icon::CURSOR,
            Self::Ripple => icon::ARROW_LINE_RIGHT,
            Self::Roll => icon::ARROWS_HORIZONTAL,
            Self::Slip => icon::FILM_STRIP,
            Self::Slide => icon::ARROWS_LEFT_RIGHT,
            Self::Razor => icon::SCISSORS,
            Self::Hand => icon::HAND,
        }
    }

    /// The command that takes it up.
    pub(in crate::ui) const fn command(self) -> &'static str {
        match self {
            Self::Select => "tool-select",
            Self::Ripple => "tool-ripple",
            Self::Roll => "tool-roll",
            Self::Slip => "tool-slip",
            Self::Slide => "tool-slide",
            Self::Razor => "tool-razor",
            Self::Hand => "tool-hand",
        }
    }
}
