//! The verbs: pure functions from a timeline to another.
//!
//! Every verb takes the film, a [`Scope`] (which sequence, and what gives way), its own arguments
//! by name and a source of ids, and gives the film as it becomes ([`Edited`]) or says why nothing
//! moved ([`Refused`]). Frames are whole and ranges half-open. Undo is keeping the film before
//! ([`History`]).
//!
//! The drawings in the verbs' descriptions are their tests: one character is a frame, `.` a gap,
//! `/` a frame of a transition, a line a track, small letters the sound that is linked to the
//! capitals above. Digits under a track count the source frames that it shows.

mod anchors;
mod automated;
mod curves;
#[cfg(test)]
mod drawn;
mod edited;
mod fill;
mod foley;
mod footage;
mod linked;
mod names;
mod piece;
mod refused;
mod retie;
mod scope;
mod sites;
mod span;
mod spot;
mod surgery;
mod sync;

mod captions;
mod conform;
mod dials;
mod faults;
mod gap;
mod groups;
mod handles;
mod history;
mod insert;
mod join;
mod keys;
mod layers;
mod length;
mod lift;
mod link;
mod looks;
mod main_sequence;
mod markers;
mod masks;
mod media;
mod movement;
mod nest;
mod parameters;
mod places;
mod points;
mod razor;
mod replace;
mod rides;
mod roll;
mod ruler;
mod seat;
mod shots;
mod slide;
mod slip;
mod speed;
mod stills;
mod strips;
mod swap;
mod takes;
mod tournament;
mod tracks;
mod transitions;
mod trim;
mod unnest;
mod wires;

pub use automated::{Automated, Dial, set_values, strip_of};
pub use captions::{
    add_cue, change_captions, change_cue, join_cue, put_captions, remove_captions, remove_cue,
    shift_cues, split_cue,
};
pub use conform::conform;
pub use dials::{key_dial, set_dial, turn_dial, unkey_dial};
pub use edited::{Edited, Note};
pub use faults::{
    Faulty, accept_fault, faults_of, keep_faults, leave_out, mend_fault, reopen_fault,
};
pub use fill::{Fill, fill};
pub use foley::{Spotting, Vary, draw_motion, foley_track, spot};
pub use footage::handles_of;
pub use gap::set_gap;
pub use groups::{Candidate, KIN, NEAR, ShotOf, into_shots, stacks};
pub use handles::{Short, ShortHandles, WorkOrder};
pub use history::{History, Step};
pub use insert::{Insert, Material, append, insert, overwrite};
pub use join::{Join, join};
pub use keys::{follow_of, keys_of, moved, with_ease, with_kept, with_key, without_keys};
pub use layers::{anchor, move_to, place, trim_layer};
pub use length::{Duration, SetDuration, set_duration};
pub use lift::{Lift, extract, lift, lift_clips, remove_clips};
pub use link::{group, link, rename_clips, set_disabled, ungroup, unlink};
pub use looks::{Having, give_look, look_id, put_look, remove_look};
pub use main_sequence::choose_main;
pub use markers::{add_marker, change_marker, move_marker, remove_marker};
pub use masks::{Masked, Whose, change_mask, move_mask, put_mask, remove_mask};
pub use media::change_media;
pub use movement::{Manner, Move, move_clips};
pub use names::in_order;
pub use nest::{Nest, nest};
pub use parameters::{
    SetKey, Target, change_effect, put_effect, remove_effect, remove_key, set_fade, set_gain,
    set_key, set_parameter,
};
pub use places::{Setting, change_bed, change_place, put_place, remove_place, set_scene};
pub use points::{Points, Resolved, lay_points, resolve_points};
pub use razor::{Razor, razor};
pub use refused::{Refused, Site};
pub use replace::{Replace, replace_source};
pub use rides::{write_ride, written_ride};
pub use roll::{Roll, roll};
pub use ruler::Ruler;
pub use scope::{Edge, Ripple, Scope, Tight};
pub use seat::{Seat, seat_of};
pub use shots::{bring_takes, shot_id};
pub use slide::{Slide, slide};
pub use slip::{Slip, slip};
pub use speed::{Freeze, Keep, SetSpeed, freeze, reverse, set_speed};
pub use stills::{give_still, keep_still, remove_still, still_film, still_id};
pub use strips::{
    add_bus, put_node, remove_bus, remove_node, remove_send, set_bus, set_node, set_node_value,
    set_send, set_strip,
};
pub use swap::{Swap, swap};
pub use takes::{
    REASONS, Rating, add_take, begin_takes, change_take, choose_take, order_takes, put_shot_effect,
    rate_take, remove_shot_effect, shortages,
};
pub use tournament::{
    Standing, compare_takes, forget_comparisons, most_questions, said_of_pairs, standing,
};
pub use tracks::{
    AddTrack, add_track, lock_track, move_track, remove_track, set_track, sync_track,
};
pub use transitions::{
    AddTransition, Align, ChangeTransition, add_transition, change_transition, remove_transition,
};
pub use trim::{Trim, ripple_trim, trim};
pub use unnest::unnest;
pub use wires::{may_hear, may_lead, move_node, output_of, wire_node};
