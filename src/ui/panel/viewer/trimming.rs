//! A cut, while one trims it or looks at it: the last frame before it beside the first frame behind it.

use super::picture::{fitted, full_size, picture_ui};
use super::{overlay, size_of};
use crate::edit::Edge;
use crate::ui::app::Room;
use crate::ui::desk::{Mode, span_of};
use crate::ui::panel::named::named;
use crate::ui::panel::timeline::Drag;
use crate::ui::theme;
use eframe::egui::{Rect, Sense, Ui, WidgetType, vec2};
use std::sync::Arc;
use timeline_format::track::TrackKind;
use timeline_format::{Id, Item, Sequence};

/// A cut of a sequence: the place of its track, and of the item that follows it.
struct Seen {
    sequence: Arc<Sequence>,
    track: usize,
    index: usize,
}

/// One side of a cut.
struct Side {
    item: Item,
    is_before: bool,
}

/// Draws both sides of the cut that is trimmed, or that is looked at; whether there is one.
pub(super) fn sides_ui(ui: &Ui, room: &mut Room, place: Rect) -> bool {
    let Some(seen) = cut_of(room) else { return false };
    let Some(reel) = seen.sequence.tracks.get(seen.track).and_then(|track| track.reel()) else {
        return false;
    };
    let before = seen.index.checked_sub(1).and_then(|index| reel.get(index));
    let sides = [(before, true), (reel.get(seen.index), false)];
    let (left, right) = place.split_left_right_at_fraction(0.5);
    for ((item, is_before), place) in sides.into_iter().zip([left, right]) {
        if let Some(item) = item {
            side_ui(
                ui,
                room,
                &Side { item: item.clone(), is_before },
                place.shrink2(vec2(2.0, 0.0)),
            );
        }
    }
    true
}

/// The cut that is trimmed, and the sequence as it would be; else the cut that is looked at, where the
/// viewer shows cuts.
fn cut_of(room: &Room) -> Option<Seen> {
    let drag = room.timeline.drag();
    if let (Some((clip, edge)), Some(sequence)) =
        (drag.and_then(Drag::trims), drag.and_then(Drag::tried))
    {
        return trimmed(sequence, clip, edge);
    }
    if room.desk.viewing.mode != Mode::Cut {
        return None;
    }
    let (track, index) = room.desk.cut_in_sight()?;
    Some(Seen { sequence: Arc::clone(room.desk.sequence()?), track, index })
}

/// The cut at an edge of a clip; `None` where no picture lies there.
fn trimmed(sequence: Arc<Sequence>, clip: Id, edge: Edge) -> Option<Seen> {
    let found = sequence.find(clip)?;
    let index = if edge == Edge::Head { found.index? } else { found.index? + 1 };
    let is_picture = sequence.tracks.get(found.track)?.header.kind == TrackKind::Picture;
    if is_picture {
        return Some(Seen { sequence, track: found.track, index });
    }
    with_sound(sequence, clip, edge)
}

/// The cut of the picture that goes with a sound.
fn with_sound(sequence: Arc<Sequence>, clip: Id, edge: Edge) -> Option<Seen> {
    let link = sequence.clip(clip)?.link?;
    let span = span_of(&sequence, clip)?;
    let found = sequence.tracks.iter().enumerate().find_map(|(place, track)| {
        let reel = track.reel().filter(|_| track.header.kind == TrackKind::Picture)?;
        let index = reel.linked(link).next()?;
        let (start, item) = (reel.start_of(index)?, reel.get(index)?);
        let is_same = match edge {
            Edge::Head => start == span.start,
            Edge::Tail => start + item.length == span.end,
        };
        is_same.then_some((place, if edge == Edge::Head { index } else { index + 1 }))
    });
    let (track, index) = found?;
    Some(Seen { sequence, track, index })
}

fn side_ui(ui: &Ui, room: &mut Room, side: &Side, place: Rect) {
    let Some(clip) = &side.item.clip else { return };
    let within = if side.is_before { side.item.length - 1 } else { 0 };
    let Some(frame) = room.desk.source_frame(clip, within, side.item.length.into()) else { return };
    let words = format!("{} frame {frame}", room.desk.name_of(&clip.source));
    let which = if side.is_before { "Last before the cut" } else { "First behind the cut" };
    let response = ui.interact(place, ui.id().with(("side", side.is_before)), Sense::hover());
    drop(named(response, WidgetType::Image, &format!("{which}: {words}")));
    let scale = ui.pixels_per_point();
    let size = ((place.width() * scale) as u32, (place.height() * scale) as u32);
    let Some(image) = room.desk.picture_of(&clip.source, frame, size) else { return };
    let texture = room.viewers.sides[usize::from(!side.is_before)].of(ui.ctx(), &image);
    let drawn = fitted(full_size(ui, size_of(&image)), place);
    ui.painter().rect_filled(place, 0.0, theme::GROUND);
    picture_ui(ui, &texture, drawn, place);
    overlay::sign_ui(ui, drawn, &words);
}
