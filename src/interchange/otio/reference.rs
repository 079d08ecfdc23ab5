//! Addresses and grids of media references, the same for reading and writing.

use super::object::{Object, number, schema, text};
use timeline_format::media::MediaKind;
use timeline_format::{Media, Rate};

/// The grid on which a media's frames are counted, in a sequence of `rate`.
pub(super) fn grid(media: &Media, rate: Rate) -> Rate {
    let samples = media.sound.as_ref().and_then(|sound| Rate::new(sound.rate.into(), 1));
    match media.kind {
        MediaKind::Still => rate,
        MediaKind::Sound => samples.unwrap_or(rate),
        MediaKind::Video | MediaKind::Sequence => media.rate.unwrap_or(rate),
    }
}

/// The address that a reference states; for a numbered sequence, with `#` for the digits.
pub(super) fn stated(reference: &Object) -> String {
    if schema(reference) != "ImageSequenceReference" {
        return text(reference, "target_url").to_owned();
    }
    let base = text(reference, "target_url_base");
    let slash = if base.is_empty() || base.ends_with(['/', '\\']) { "" } else { "/" };
    let digits = number(reference, "frame_zero_padding").unwrap_or(0.0).clamp(1.0, 16.0);
    let digits = "#".repeat(digits as usize);
    let (prefix, suffix) = (text(reference, "name_prefix"), text(reference, "name_suffix"));
    format!("{base}{slash}{prefix}{digits}{suffix}")
}
