//! A moment of a film as people write it: a frame number, or a timecode.

use super::Failure;
use timeline_format::{Sequence, timecode};

/// The frame of `sequence` that `text` names: `58`, or `01:00:02:10` counted from its start.
pub(crate) fn frame_at(text: &str, sequence: &Sequence) -> Result<i64, Failure> {
    if let Ok(frame) = text.parse::<i64>() {
        return Ok(frame);
    }
    let header = &sequence.header;
    let label = timecode::parse(text, header.rate, header.timecode).map_err(Failure::call)?;
    Ok(label - header.start)
}

/// The timecode of a frame of `sequence`.
pub(crate) fn label_of(frame: i64, sequence: &Sequence) -> String {
    let header = &sequence.header;
    timecode::label(frame + header.start, header.rate, header.timecode)
        .unwrap_or_else(|_| frame.to_string())
}
