//! The broadcast extension (EBU Tech 3285, version 2).

use super::Labels;
use crate::sound::loudness::Measured;

/// Bytes of the chunk without its coding history.
const FIXED: usize = 602;
/// What stands for a loudness that was not measured.
const UNKNOWN: i16 = 0x7fff;

/// The chunk's content; `history` says how the sound was made.
pub(super) fn chunk(labels: &Labels, measured: &Measured, history: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(FIXED + history.len());
    text(&mut out, &labels.description, 256);
    text(&mut out, &labels.originator, 32);
    text(&mut out, &labels.reference, 32);
    text(&mut out, &labels.date, 10);
    text(&mut out, &labels.time, 8);
    out.extend_from_slice(&labels.time_reference.to_le_bytes());
    out.extend_from_slice(&2_u16.to_le_bytes());
    out.extend_from_slice(&[0; 64]);
    for value in [
        measured.integrated,
        measured.range,
        measured.true_peak,
        measured.momentary,
        measured.short_term,
    ] {
        out.extend_from_slice(&hundredths(value).to_le_bytes());
    }
    out.resize(FIXED, 0);
    out.extend_from_slice(history.as_bytes());
    out
}

/// ASCII in a field of `room` bytes, filled up with zeros.
fn text(out: &mut Vec<u8>, words: &str, room: usize) {
    let ascii = words.chars().map(|letter| if letter.is_ascii() { letter as u8 } else { b'?' });
    let start = out.len();
    out.extend(ascii.take(room));
    out.resize(start + room, 0);
}

fn hundredths(value: Option<f64>) -> i16 {
    value.map_or(UNKNOWN, |value| (value * 100.0).round().clamp(-32_768.0, 32_766.0) as i16)
}
