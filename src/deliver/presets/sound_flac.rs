//! The sound alone, packed without loss.

use std::borrow::Cow;

use super::preset::{Container, Preset, SoundCodec, SoundTarget};

/// The sound alone, packed without loss.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("sound-flac"),
    label: Cow::Borrowed("FLAC"),
    help: Cow::Borrowed("The sound alone, 24 bits in FLAC: as Wave to the last bit, in about half the room."),
    container: Container::Flac,
    picture: None,
    sound: Some(SoundTarget::of(SoundCodec::Flac, None)),
    caution: None,
};
