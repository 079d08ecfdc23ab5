//! The viewers: which has the keys, how large pictures are, what the film is seen beside, the source's marks.

use super::{Command, Menu, has_film};
use crate::ui::desk::{Desk, Mode, Overlay, Viewer};

/// Where a source is viewed.
fn has_source(desk: &Desk) -> bool {
    desk.source.is_some()
}

/// The menu.
pub(super) const MENU: Menu =
    Menu { label: "Viewer", groups: &[KEYS, SOURCE, SIZES, BESIDE, OVERLAYS, MASKS] };

const MASKS: &[Command] = &[
    Command {
        id: "mask-ellipse",
        label: "Ellipse mask",
        help: "Put an ellipse on the clip that is chosen or seen, and take it in hand.",
        can: has_film,
        run: |desk| desk.add_mask_here("ellipse"),
    },
    Command {
        id: "mask-rectangle",
        label: "Rectangle mask",
        help: "Put a rectangle on the clip that is chosen or seen, and take it in hand.",
        can: has_film,
        run: |desk| desk.add_mask_here("rectangle"),
    },
    Command {
        id: "mask-path",
        label: "Path mask",
        help: "Put a path on the clip that is chosen or seen, and take it in hand.",
        can: has_film,
        run: |desk| desk.add_mask_here("path"),
    },
    Command {
        id: "mask-gradient",
        label: "Gradient mask",
        help: "Put a gradient on the clip that is chosen or seen, and take it in hand.",
        can: has_film,
        run: |desk| desk.add_mask_here("gradient"),
    },
    Command {
        id: "show-matte",
        label: "Show matte",
        help: "Show what the masks beside the one in hand cover in the film, or not.",
        can: has_film,
        run: |desk| desk.viewing.toggle_matte(),
    },
    Command {
        id: "next-matte-view",
        label: "Next view of mattes",
        help: "Show what masks cover in red over the film, then in colour within grey, then as white on black.",
        can: has_film,
        run: |desk| desk.viewing.next_matte_view(),
    },
];

const KEYS: &[Command] = &[Command {
    id: "switch-viewer",
    label: "Other viewer",
    help: "Have the keys of playing and marking act on the other viewer.",
    can: has_source,
    run: Desk::switch_viewer,
}];

const SOURCE: &[Command] = &[
    Command {
        id: "play-source",
        label: "Play source",
        help: "Play the viewed source, or hold it.",
        can: has_source,
        run: |desk| {
            desk.focus_on(Viewer::Source);
            desk.play_toggle();
        },
    },
    Command {
        id: "source-back",
        label: "Source one frame back",
        help: "Go one frame back in the viewed source.",
        can: has_source,
        run: |desk| desk.step_in_source(-1),
    },
    Command {
        id: "source-forward",
        label: "Source one frame forward",
        help: "Go one frame forward in the viewed source.",
        can: has_source,
        run: |desk| desk.step_in_source(1),
    },
    Command {
        id: "mark-source-in",
        label: "Mark source in",
        help: "Mark the frame of the source that is seen as the first to lay.",
        can: has_source,
        run: Desk::mark_source_in,
    },
    Command {
        id: "mark-source-out",
        label: "Mark source out",
        help: "Mark the frame of the source that is seen as the last to lay.",
        can: has_source,
        run: Desk::mark_source_out,
    },
    Command {
        id: "clear-source-marks",
        label: "Clear source marks",
        help: "Take both marks of the source away.",
        can: has_source,
        run: Desk::clear_source_marks,
    },
];

const SIZES: &[Command] = &[
    Command {
        id: "viewer-fit",
        label: "Fit picture",
        help: "Make the picture as large as its viewer lets it be.",
        can: has_film,
        run: |desk| desk.sight().fit(),
    },
    Command {
        id: "viewer-half",
        label: "Picture at 50%",
        help: "Show two pixels of the picture as one of the screen.",
        can: has_film,
        run: |desk| desk.sight().set(0.5),
    },
    Command {
        id: "viewer-actual",
        label: "Picture at 100%",
        help: "Show each pixel of the picture as one of the screen.",
        can: has_film,
        run: |desk| desk.sight().set(1.0),
    },
    Command {
        id: "viewer-double",
        label: "Picture at 200%",
        help: "Show each pixel of the picture as two of the screen, both ways.",
        can: has_film,
        run: |desk| desk.sight().set(2.0),
    },
    Command {
        id: "viewer-larger",
        label: "Larger picture",
        help: "Look closer at the picture of the viewer.",
        can: has_film,
        run: |desk| desk.sight().zoom(1.25),
    },
    Command {
        id: "viewer-smaller",
        label: "Smaller picture",
        help: "Look at the picture of the viewer from further away.",
        can: has_film,
        run: |desk| desk.sight().zoom(0.8),
    },
];

const BESIDE: &[Command] = &[
    Command {
        id: "keep-still",
        label: "Keep still",
        help: "Keep the frame of the clip that is seen at the playhead, with its grade, in the gallery.",
        can: has_film,
        run: Desk::keep_still,
    },
    Command {
        id: "compare-still",
        label: "Wipe to still",
        help: "Show the film on the left of a line and the still in hand on its right; the line is dragged.",
        can: |desk| desk.still_in_hand().is_some(),
        run: |desk| desk.viewing.show(Mode::Still),
    },
    Command {
        id: "compare-off",
        label: "Film alone",
        help: "Show the film beside nothing.",
        can: |desk| desk.viewing.mode != Mode::Film,
        run: |desk| desk.viewing.mode = Mode::Film,
    },
    Command {
        id: "two-up",
        label: "Both sides of the cut",
        help: "Show the last frame before a cut beside the first behind it: of the chosen cut, or the one nearest to the playhead.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Cut),
    },
    Command {
        id: "compare-split",
        label: "Film beside source",
        help: "Show the film on the left and the viewed source on the right.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Split),
    },
    Command {
        id: "compare-wipe",
        label: "Wipe to source",
        help: "Show the film on the left of a line and the viewed source on its right; the line is dragged.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Wipe),
    },
    Command {
        id: "compare-difference",
        label: "Difference to source",
        help: "Show how far the film and the viewed source are apart, eight times as large.",
        can: has_film,
        run: |desk| desk.viewing.show(Mode::Difference),
    },
];

const OVERLAYS: &[Command] = &[
    Command {
        id: "safe-areas",
        label: "Safe areas",
        help: "Draw the areas for action and titles over the film, or not.",
        can: has_film,
        run: |desk| desk.viewing.toggle(Overlay::SafeAreas),
    },
    Command {
        id: "guides",
        label: "Guides",
        help: "Draw thirds and the middle over the film, or not.",
        can: has_film,
        run: |desk| desk.viewing.toggle(Overlay::Guides),
    },
    Command {
        id: "overlay-words",
        label: "Timecode and clip over the film",
        help: "Write the moment, the clip and the frame of its source over the film, or not.",
        can: has_film,
        run: |desk| desk.viewing.toggle(Overlay::Words),
    },
];
