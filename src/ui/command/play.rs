//! Playing, shuttling, stepping, going somewhere.

use super::{Command, Menu, has_any_clip, has_film, has_span};
use crate::ui::desk::{Desk, MANY, Question};

/// The menu.
pub(super) const MENU: Menu = Menu { label: "Play", groups: &[PLAYING, STEPS, PLACES] };

const PLAYING: &[Command] = &[
    Command {
        id: "play-toggle",
        label: "Play or pause",
        help: "Play the viewer that has the keys, or hold it.",
        can: has_film,
        run: Desk::play_toggle,
    },
    Command {
        id: "shuttle-back",
        label: "Shuttle back",
        help: "Play backwards, faster each time: 1, 2, 4, 8, 16, 32 times.",
        can: has_film,
        run: |desk| desk.shuttle(-1),
    },
    Command {
        id: "shuttle-stop",
        label: "Shuttle stop",
        help: "Hold what plays.",
        can: has_film,
        run: Desk::pause,
    },
    Command {
        id: "shuttle-forward",
        label: "Shuttle forward",
        help: "Play forwards, faster each time: 1, 2, 4, 8, 16, 32 times.",
        can: has_film,
        run: |desk| desk.shuttle(1),
    },
    Command {
        id: "slow-back",
        label: "Slow motion back",
        help: "Play backwards in slow motion, faster each time: an eighth, a quarter, half.",
        can: has_film,
        run: |desk| desk.shuttle_slowly(-1),
    },
    Command {
        id: "slow-forward",
        label: "Slow motion",
        help: "Play forwards in slow motion, faster each time: an eighth, a quarter, half.",
        can: has_film,
        run: |desk| desk.shuttle_slowly(1),
    },
    Command {
        id: "creep-back",
        label: "Slow back",
        help: "Go a frame back, and on in slow motion: K held with J does so while both are held.",
        can: has_film,
        run: |desk| desk.creep(-1),
    },
    Command {
        id: "creep-forward",
        label: "Slow forward",
        help: "Go a frame forward, and on in slow motion: K held with L does so while both are held.",
        can: has_film,
        run: |desk| desk.creep(1),
    },
    Command {
        id: "stop",
        label: "Stop",
        help: "Hold the film, and go back to where it began to play.",
        can: has_film,
        run: Desk::stop,
    },
    Command {
        id: "play-around",
        label: "Play around",
        help: "Play what lies about the playhead.",
        can: has_film,
        run: Desk::play_around,
    },
    Command {
        id: "play-in-to-out",
        label: "Play in to out",
        help: "Play the marked span once.",
        can: |desk| has_span(desk) || desk.acts_on_source(),
        run: Desk::play_in_to_out,
    },
    Command {
        id: "loop",
        label: "Loop",
        help: "Play the marked span, or the film, over and over.",
        can: has_film,
        run: Desk::toggle_loop,
    },
];

const STEPS: &[Command] = &[
    Command {
        id: "step-back",
        label: "One frame back",
        help: "Go one frame back.",
        can: has_film,
        run: |desk| desk.step(-1),
    },
    Command {
        id: "step-forward",
        label: "One frame forward",
        help: "Go one frame forward.",
        can: has_film,
        run: |desk| desk.step(1),
    },
    Command {
        id: "step-back-more",
        label: "Ten frames back",
        help: "Go ten frames back.",
        can: has_film,
        run: |desk| desk.step(-MANY),
    },
    Command {
        id: "step-forward-more",
        label: "Ten frames forward",
        help: "Go ten frames forward.",
        can: has_film,
        run: |desk| desk.step(MANY),
    },
    Command {
        id: "second-back",
        label: "One second back",
        help: "Go one second back.",
        can: has_film,
        run: |desk| desk.step_seconds(-1),
    },
    Command {
        id: "second-forward",
        label: "One second forward",
        help: "Go one second forward.",
        can: has_film,
        run: |desk| desk.step_seconds(1),
    },
];

const PLACES: &[Command] = &[
    Command {
        id: "previous-edit",
        label: "Previous edit",
        help: "Go to the edit before.",
        can: has_film,
        run: |desk| desk.go_to_edit(-1),
    },
    Command {
        id: "next-edit",
        label: "Next edit",
        help: "Go to the next edit.",
        can: has_film,
        run: |desk| desk.go_to_edit(1),
    },
    Command {
        id: "go-to-start",
        label: "To the start",
        help: "Go to the first frame.",
        can: has_film,
        run: Desk::go_to_start,
    },
    Command {
        id: "go-to-end",
        label: "To the end",
        help: "Go to the end of the film.",
        can: has_film,
        run: Desk::go_to_end,
    },
    Command {
        id: "go-to-in",
        label: "To mark in",
        help: "Go to the mark in.",
        can: has_film,
        run: Desk::go_to_mark_in,
    },
    Command {
        id: "go-to-out",
        label: "To mark out",
        help: "Go to the last marked frame.",
        can: has_film,
        run: Desk::go_to_mark_out,
    },
    Command {
        id: "go-to-timecode",
        label: "To timecode ...",
        help: "Go to a timecode or a frame number.",
        can: has_film,
        run: |desk| desk.question = Some(Question::Timecode(String::new())),
    },
    Command {
        id: "match-frame",
        label: "Match frame",
        help: "Show the frame under the playhead in the source viewer.",
        can: has_film,
        run: Desk::match_frame,
    },
    Command {
        id: "reveal-in-browser",
        label: "Reveal in browser",
        help: "Show the source of the chosen clip, or of the one under the playhead, in the browser.",
        can: has_any_clip,
        run: Desk::reveal,
    },
];

/// Commands that a key asks for once, however long it is held.
pub(super) const ONCE: [&str; 12] = [
    "play-toggle",
    "shuttle-back",
    "shuttle-stop",
    "shuttle-forward",
    "slow-back",
    "slow-forward",
    "creep-back",
    "creep-forward",
    "stop",
    "play-around",
    "play-in-to-out",
    "loop",
];
