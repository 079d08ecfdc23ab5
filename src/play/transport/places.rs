//! Places of a sequence that one goes to: edits, markers, what somebody types.

use timeline_format::timecode::{self, TimecodeError};
use timeline_format::track::Content;
use timeline_format::{Sequence, Track};

/// The nearest edit after `frame`: where an item of any track starts or ends.
pub(super) fn edit_after(sequence: &Sequence, frame: i64) -> Option<i64> {
    let after = sequence.tracks.iter().filter_map(|track| {
        edits_near(sequence, track, frame).into_iter().filter(|edit| *edit > frame).min()
    });
    after.min()
}

/// The nearest edit before `frame`.
pub(super) fn edit_before(sequence: &Sequence, frame: i64) -> Option<i64> {
    let before = sequence.tracks.iter().filter_map(|track| {
        edits_near(sequence, track, frame).into_iter().filter(|edit| *edit < frame).max()
    });
    before.max()
}

/// The edits of a track around `frame`, the nearest on both sides among them.
fn edits_near(sequence: &Sequence, track: &Track, frame: i64) -> Vec<i64> {
    match &track.content {
        Content::Sequential(reel) => {
            let Some((index, start)) = reel.at(frame) else {
                return ends(reel.length(), reel, frame);
            };
            let length = reel.get(index).map_or(0, |item| item.length);
            let before = index.checked_sub(1).and_then(|before| reel.start_of(before));
            [Some(start), Some(start + length), before].into_iter().flatten().collect()
        }
        Content::Free(items) => {
            let starts = sequence.starts(items.values().map(AsRef::as_ref));
            let both = items.values().filter_map(|item| {
                let start = starts.of(item)?;
                Some([start.round(), start.plus(item.length)?.round()])
            });
            both.flatten().collect()
        }
    }
}

/// Beyond a reel's end: its end, and where its last item starts.
fn ends(length: i64, reel: &timeline_format::Reel, frame: i64) -> Vec<i64> {
    let last = reel.count().checked_sub(1).and_then(|last| reel.start_of(last));
    let found = last.into_iter().chain(std::iter::once(length));
    if frame < 0 { vec![0] } else { found.collect() }
}

/// The nearest marker after `frame`.
pub(super) fn marker_after(sequence: &Sequence, frame: i64) -> Option<i64> {
    let markers = sequence.markers.values().map(|marker| marker.at.floor());
    markers.filter(|at| *at > frame).min()
}

/// The nearest marker before `frame`.
pub(super) fn marker_before(sequence: &Sequence, frame: i64) -> Option<i64> {
    let markers = sequence.markers.values().map(|marker| marker.at.floor());
    markers.filter(|at| *at < frame).max()
}

/// The frame that `text` names, seen from `frame`: `58`, `+10`, `-1:00`, `01:00:02:10`.
pub(super) fn typed(sequence: &Sequence, frame: i64, text: &str) -> Result<i64, TimecodeError> {
    let text = text.trim();
    let header = &sequence.header;
    let counted = |text: &str| match text.parse::<i64>() {
        Ok(count) => Ok((count, true)),
        Err(_) => {
            timecode::parse(&padded(text), header.rate, header.timecode).map(|at| (at, false))
        }
    };
    if let Some(rest) = text.strip_prefix('+') {
        return counted(rest).map(|(by, _)| frame.saturating_add(by));
    }
    if let Some(rest) = text.strip_prefix('-') {
        return counted(rest).map(|(by, _)| frame.saturating_sub(by));
    }
    counted(text).map(|(at, is_count)| if is_count { at } else { at - header.start })
}

/// A timecode with the hours and minutes that were left out.
fn padded(text: &str) -> String {
    let given = text.matches([':', ';']).count();
    format!("{}{text}", "00:".repeat(3_usize.saturating_sub(given)))
}
