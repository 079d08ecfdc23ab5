//! What is seen, and how large.

use super::{Command, Menu, always, has_film};
use crate::ui::desk::Desk;
use crate::ui::page::Page;

/// The menu.
pub(super) const MENU: Menu = Menu { label: "View", groups: &[PAGES, BROWSER, ZOOM, KEYS, WINDOW] };

const PAGES: &[Command] = &[
    Command {
        id: "page-select",
        label: "Select page",
        help: "Go to the select page: the takes of a shot beside each other.",
        can: has_film,
        run: |desk| desk.page = Page::Select,
    },
    Command {
        id: "page-correct",
        label: "Correct page",
        help: "Go to the correct page: what gives the machine away, and its repairs.",
        can: has_film,
        run: |desk| desk.page = Page::Correct,
    },
    Command {
        id: "page-composite",
        label: "Composite page",
        help: "Go to the composite page: the layers at the playhead, their masks and what is done to them.",
        can: has_film,
        run: |desk| desk.page = Page::Composite,
    },
    Command {
        id: "page-edit",
        label: "Edit page",
        help: "Go to the edit page.",
        can: has_film,
        run: |desk| desk.page = Page::Edit,
    },
    Command {
        id: "page-grade",
        label: "Grade page",
        help: "Go to the grade page: wheels, curves, looks and scopes.",
        can: has_film,
        run: |desk| desk.page = Page::Grade,
    },
    Command {
        id: "page-sound",
        label: "Sound page",
        help: "Go to the sound page.",
        can: has_film,
        run: |desk| desk.page = Page::Sound,
    },
    Command {
        id: "page-deliver",
        label: "Deliver page",
        help: "Go to the deliver page.",
        can: has_film,
        run: |desk| desk.page = Page::Deliver,
    },
];

const BROWSER: &[Command] = &[
    Command {
        id: "find-in-browser",
        label: "Find in browser",
        help: "Look for shots, takes and media by names, notes, prompts and seeds.",
        can: has_film,
        run: |desk| (desk.page, desk.browsing.asks_for_words) = (Page::Edit, true),
    },
    Command {
        id: "browser-form",
        label: "Browser as list or grid",
        help: "Show the browser as a list, or as a grid of pictures.",
        can: has_film,
        run: |desk| desk.browsing.is_grid = !desk.browsing.is_grid,
    },
];

const ZOOM: &[Command] = &[
    Command {
        id: "zoom-in",
        label: "Zoom in",
        help: "Make frames of the timeline wider.",
        can: has_film,
        run: |desk| desk.zoom(1.5),
    },
    Command {
        id: "zoom-out",
        label: "Zoom out",
        help: "Make frames of the timeline narrower.",
        can: has_film,
        run: |desk| desk.zoom(1.0 / 1.5),
    },
    Command {
        id: "zoom-fit",
        label: "Fit",
        help: "Show the whole film on the timeline.",
        can: has_film,
        run: Desk::zoom_fit,
    },
    Command {
        id: "tracks-higher",
        label: "Higher tracks",
        help: "Make the targeted tracks higher.",
        can: has_film,
        run: |desk| desk.scale_tracks(1.25),
    },
    Command {
        id: "tracks-lower",
        label: "Lower tracks",
        help: "Make the targeted tracks lower.",
        can: has_film,
        run: |desk| desk.scale_tracks(0.8),
    },
];

const KEYS: &[Command] = &[
    Command {
        id: "focus-timeline",
        label: "Keys to the timeline",
        help: "Give the timeline the keys: arrows go through the film, and not through the window.",
        can: has_film,
        run: Desk::focus_on_timeline,
    },
    Command {
        id: "keyframe-lanes",
        label: "Lanes of keyframes",
        help: "Show the keyframes of what is chosen in lanes under its track, or not.",
        can: has_film,
        run: Desk::toggle_lanes,
    },
];

const WINDOW: &[Command] = &[
    Command {
        id: "full-screen",
        label: "Full screen",
        help: "Have the picture fill the screen, or not.",
        can: has_film,
        run: |desk| desk.is_full_screen = !desk.is_full_screen,
    },
    Command {
        id: "text-larger",
        label: "Larger text",
        help: "Make everything in the window larger.",
        can: always,
        run: |desk| desk.scale_text(1.1),
    },
    Command {
        id: "text-smaller",
        label: "Smaller text",
        help: "Make everything in the window smaller.",
        can: always,
        run: |desk| desk.scale_text(1.0 / 1.1),
    },
    Command {
        id: "text-usual",
        label: "Usual text",
        help: "Make everything in the window as large as usual.",
        can: always,
        run: |desk| desk.text_scale = 1.0,
    },
];
