//! While one trims: the last frame before the cut beside the first frame behind it.

use super::compare::Mode;
use super::picture::{Fit, picture_ui};
use super::{aspect_of, overlay};
use crate::edit::Edge;
use crate::ui::app::Room;
use crate::ui::panel::timeline::Drag;
use crate::ui::theme;
use eframe::egui::{Rect, Ui, vec2};
use std::sync::Arc;
use timeline_format::footage::Footage;
use timeline_format::{Clip, Frames, Id, Item, Sequence};

/// Draws both sides of the cut that is trimmed; whether one is.
pub(super) fn sides_ui(ui: &Ui, room: &mut Room, place: Rect) -> bool {
    let Some((sequence, clip, edge)) = cut_of(room) else { return false };
    let Some((before, behind)) = beside(&sequence, clip, edge) else { return false };
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    let (left, right) = place.split_left_right_at_fraction(0.5);
    let sides = [(before, left, true), (behind, right, false)];
    for (number, (side, place, is_last)) in sides.into_iter().enumerate() {
        let place = place.shrink2(vec2(2.0, 0.0));
        if let Some(item) = side {
            side_ui(ui, room, &sequence, &item, place, (number, is_last));
        }
    }
    true
}

/// The cut that is trimmed, and the sequence as it would be; else the cut that is chosen, where the viewer
/// shows cuts.
fn cut_of(room: &Room) -> Option<(Arc<Sequence>, Id, Edge)> {
    let drag = room.timeline.drag();
    if let (Some((clip, edge)), Some(sequence)) =
        (drag.and_then(Drag::trims), drag.and_then(Drag::tried))
    {
        return Some((sequence, clip, edge));
    }
    let is_asked = room.viewers.mode == Mode::Sides;
    let (_, cut) = room.desk.selection.cut().filter(|_| is_asked)?;
    let (clip, edge) = match (cut.to, cut.from) {
        (Some(clip), _) => (clip, Edge::Head),
        (None, Some(clip)) => (clip, Edge::Tail),
        (None, None) => return None,
    };
    Some((Arc::clone(room.desk.sequence()?), clip, edge))
}

fn side_ui(
    ui: &Ui,
    room: &mut Room,
    sequence: &Sequence,
    item: &Item,
    place: Rect,
    (number, is_last): (usize, bool),
) {
    let Some(clip) = &item.clip else { return };
    let within = if is_last { item.length - 1 } else { 0 };
    let Some(frame) = source_frame(room, sequence, clip, within) else { return };
    let scale = ui.pixels_per_point();
    let size = ((place.width() * scale) as u32, (place.height() * scale) as u32);
    let Some(image) = room.desk.picture_of(&clip.source, frame, size) else { return };
    let texture = room.viewers.sides[number].of(ui.ctx(), &image);
    let drawn = picture_ui(ui, &texture, aspect_of(&image), place, Fit::Whole);
    overlay::sign_ui(ui, drawn, &format!("frame {frame}"));
}

/// The items on both sides of an edge.
fn beside(sequence: &Sequence, clip: Id, edge: Edge) -> Option<(Option<Item>, Option<Item>)> {
    let found = sequence.find(clip)?;
    let reel = sequence.tracks.get(found.track)?.reel()?;
    let index = found.index?;
    let behind = if edge == Edge::Head { index } else { index + 1 };
    let before = behind.checked_sub(1).and_then(|index| reel.get(index));
    Some((before.cloned(), reel.get(behind).cloned()))
}

/// The frame of its source that a clip shows `within` frames behind its head.
fn source_frame(room: &Room, sequence: &Sequence, clip: &Clip, within: i64) -> Option<i64> {
    let rate = sequence.header.rate;
    let step = Footage::of(room.desk.film()?.now(), rate, &clip.source).step(clip.speed, rate)?;
    Some(clip.source_in.plus(Frames::whole(within).times(step)?)?.floor())
}
