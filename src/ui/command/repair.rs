//! Repairs by hand: the brushes, how they are, in which frames what they lay is seen, and what goes with a track.

use super::{Command, Menu, has_film};
use crate::ui::desk::{Desk, Lasting, Repair, Towards};

/// The menu.
pub(super) const MENU: Menu =
    Menu { label: "Repair", groups: &[BRUSHES, MANNERS, FRAMES, HELD, TRACKS] };

const BRUSHES: &[Command] = &[
    Command {
        id: "repair-clone",
        label: "Clone",
        help: "Lay another place of the picture over what is painted; Alt and a click say which.",
        can: has_film,
        run: |desk| desk.brush.take(Repair::Clone),
    },
    Command {
        id: "repair-heal",
        label: "Heal",
        help: "Lay another place's texture over what is painted, in the light of what lies around.",
        can: has_film,
        run: |desk| desk.brush.take(Repair::Heal),
    },
    Command {
        id: "repair-patch",
        label: "Patch",
        help: "Have what is painted made anew of what lies around it.",
        can: has_film,
        run: |desk| desk.brush.take(Repair::Patch),
    },
    Command {
        id: "repair-paint",
        label: "Paint",
        help: "Paint in a colour.",
        can: has_film,
        run: |desk| desk.brush.take(Repair::Paint),
    },
    Command {
        id: "repair-none",
        label: "Put brush away",
        help: "Have the pointer take repairs in hand instead of laying them.",
        can: |desk| desk.brush.repair.is_some(),
        run: |desk| desk.brush.put_away(),
    },
];

const MANNERS: &[Command] = &[
    Command {
        id: "repair-circles",
        label: "Circles or strokes",
        help: "Have a drag of the brush lay a circle, or a stroke again.",
        can: has_film,
        run: |desk| desk.brush.lays_circles = !desk.brush.lays_circles,
    },
    Command {
        id: "brush-smaller",
        label: "Smaller brush",
        help: "Make the brush narrower.",
        can: has_film,
        run: |desk| desk.brush.widen(-1),
    },
    Command {
        id: "brush-larger",
        label: "Larger brush",
        help: "Make the brush wider.",
        can: has_film,
        run: |desk| desk.brush.widen(1),
    },
    Command {
        id: "brush-softer",
        label: "Softer brush",
        help: "Make the edge of the brush softer.",
        can: has_film,
        run: |desk| desk.brush.harden(-1),
    },
    Command {
        id: "brush-harder",
        label: "Harder brush",
        help: "Make the edge of the brush harder.",
        can: has_film,
        run: |desk| desk.brush.harden(1),
    },
];

const FRAMES: &[Command] = &[
    Command {
        id: "repair-frame",
        label: "In this frame",
        help: "Have what the brush lays, or the repair in hand, seen in the frame at the playhead alone.",
        can: has_film,
        run: |desk| desk.set_lasting(Lasting::Frame),
    },
    Command {
        id: "repair-range",
        label: "In the range",
        help: "Have what the brush lays, or the repair in hand, seen in the marked frames, else in those of the fault in hand.",
        can: has_film,
        run: |desk| desk.set_lasting(Lasting::Range),
    },
    Command {
        id: "repair-clip",
        label: "In the whole clip",
        help: "Have what the brush lays, or the repair in hand, seen in all of the clip.",
        can: has_film,
        run: |desk| desk.set_lasting(Lasting::Clip),
    },
];

const HELD: &[Command] = &[
    Command {
        id: "next-repair",
        label: "Next repair",
        help: "Take the next repair of the clip that is seen in hand.",
        can: has_film,
        run: |desk| desk.hold_next_repair(1),
    },
    Command {
        id: "previous-repair",
        label: "Previous repair",
        help: "Take the repair before in hand.",
        can: has_film,
        run: |desk| desk.hold_next_repair(-1),
    },
];

const TRACKS: &[Command] = &[
    Command {
        id: "track-both",
        label: "Track",
        help: "Have the mask or the repair in hand go with what it lies on, both ways from the playhead.",
        can: Desk::can_track,
        run: |desk| desk.follow(Towards::Both),
    },
    Command {
        id: "track-forward",
        label: "Track forward",
        help: "Have the mask or the repair in hand go with what it lies on, to the end of the clip.",
        can: Desk::can_track,
        run: |desk| desk.follow(Towards::End),
    },
    Command {
        id: "track-backward",
        label: "Track backward",
        help: "Have the mask or the repair in hand go with what it lies on, back to the first frame of the clip.",
        can: Desk::can_track,
        run: |desk| desk.follow(Towards::Start),
    },
    Command {
        id: "stabilise",
        label: "Stabilise",
        help: "Make the clip that is seen steady: slow movement stays, and its edges stay out of sight.",
        can: Desk::can_stabilise,
        run: |desk| desk.stabilise(false),
    },
    Command {
        id: "stabilise-locked",
        label: "Stabilise, locked",
        help: "Make every frame of the clip that is seen lie as that at the playhead, its edges out of sight.",
        can: Desk::can_stabilise,
        run: |desk| desk.stabilise(true),
    },
    Command {
        id: "pin-below",
        label: "Pin to what is below",
        help: "Have the corners of the picture in hand stay on the surface that they lie over at the playhead.",
        can: Desk::can_pin,
        run: Desk::pin_to_below,
    },
    Command {
        id: "stop-tracking",
        label: "Stop tracking",
        help: "Follow it no further; nothing is changed.",
        can: |desk| desk.tracking_progress().is_some(),
        run: |desk| desk.stop_tracking(),
    },
];
