//! What is done to the cut.

use super::{Command, Menu, has_any_clip, has_cut, has_film, has_span, has_target};
use crate::edit::{Edge, Manner};
use crate::ui::desk::Desk;
use timeline_format::track::{Role, TrackKind};

/// Where a source is viewed.
fn has_source(desk: &Desk) -> bool {
    desk.source.is_some()
}

/// The menu.
pub(super) const MENU: Menu =
    Menu { label: "Cut", groups: &[LAYING, SPANS, CUTS, TRANSITIONS, TRACKS] };

const LAYING: &[Command] = &[
    Command {
        id: "insert",
        label: "Insert",
        help: "Lay the viewed source in; what lies there and behind moves later.",
        can: has_source,
        run: |desk| desk.lay(Manner::Insert),
    },
    Command {
        id: "overwrite",
        label: "Overwrite",
        help: "Lay the viewed source over what lies there.",
        can: has_source,
        run: |desk| desk.lay(Manner::Overwrite),
    },
    Command {
        id: "append",
        label: "Append",
        help: "Lay the viewed source behind the last clip.",
        can: has_source,
        run: Desk::append,
    },
];

const SPANS: &[Command] = &[
    Command {
        id: "lift",
        label: "Lift",
        help: "Empty the marked span of the targeted tracks.",
        can: has_span,
        run: Desk::lift_span,
    },
    Command {
        id: "extract",
        label: "Extract",
        help: "Empty the marked span of the targeted tracks and close it.",
        can: has_span,
        run: Desk::extract_span,
    },
];

const CUTS: &[Command] = &[
    Command {
        id: "razor",
        label: "Cut at playhead",
        help: "Cut the clips of the targeted tracks in two at the playhead.",
        can: has_film,
        run: |desk| desk.razor(false),
    },
    Command {
        id: "razor-all",
        label: "Cut all at playhead",
        help: "Cut the clips of all tracks in two at the playhead.",
        can: has_film,
        run: |desk| desk.razor(true),
    },
    Command {
        id: "head-to-playhead",
        label: "Head to playhead",
        help: "Take off what the clip has ahead of the playhead; what follows moves.",
        can: has_film,
        run: |desk| desk.trim_to_playhead(Edge::Head),
    },
    Command {
        id: "tail-to-playhead",
        label: "Tail to playhead",
        help: "Take off what the clip has behind the playhead; what follows moves.",
        can: has_film,
        run: |desk| desk.trim_to_playhead(Edge::Tail),
    },
    Command {
        id: "roll-to-playhead",
        label: "Roll to playhead",
        help: "Move the nearest cut to the playhead.",
        can: has_film,
        run: Desk::roll_to_playhead,
    },
    Command {
        id: "trim-back",
        label: "Trim back",
        help: "Move the chosen cut, or the tail of the chosen clips, one frame earlier.",
        can: |desk| has_any_clip(desk) || has_cut(desk),
        run: |desk| desk.trim_by(-1),
    },
    Command {
        id: "trim-forward",
        label: "Trim forward",
        help: "Move the chosen cut, or the tail of the chosen clips, one frame later.",
        can: |desk| has_any_clip(desk) || has_cut(desk),
        run: |desk| desk.trim_by(1),
    },
];

const TRANSITIONS: &[Command] = &[Command {
    id: "add-dissolve",
    label: "Add dissolve",
    help: "Lay a dissolve over the chosen cut, or the one nearest to the playhead.",
    can: has_film,
    run: Desk::add_dissolve,
}];

const TRACKS: &[Command] = &[
    Command {
        id: "add-picture-track",
        label: "Add picture track",
        help: "Add a track of pictures above the others.",
        can: has_film,
        run: |desk| desk.add_track(TrackKind::Picture, None, false),
    },
    Command {
        id: "add-sound-track",
        label: "Add sound track",
        help: "Add a track of sound that goes with pictures.",
        can: has_film,
        run: |desk| desk.add_track(TrackKind::Sound, Some(Role::Dialogue), false),
    },
    Command {
        id: "add-ambience-track",
        label: "Add ambience track",
        help: "Add a track where layers of sound lie freely and overlap.",
        can: has_film,
        run: |desk| desk.add_track(TrackKind::Sound, Some(Role::Ambience), true),
    },
    Command {
        id: "rename-track",
        label: "Rename track",
        help: "Give the uppermost targeted track another name.",
        can: has_target,
        run: |desk| desk.target().into_iter().for_each(|track| desk.begin_renaming(track)),
    },
    Command {
        id: "remove-track",
        label: "Remove track",
        help: "Take the uppermost targeted track away, with what is on it.",
        can: has_target,
        run: |desk| desk.target().into_iter().for_each(|track| desk.remove_track(track)),
    },
];
