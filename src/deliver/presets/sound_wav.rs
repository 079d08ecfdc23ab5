//! The sound alone.

use std::borrow::Cow;

use super::preset::{Container, Preset, SoundCodec, SoundTarget};

/// The sound alone.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("sound-wav"),
    label: Cow::Borrowed("Wave"),
    help: Cow::Borrowed("The sound alone, plain 24 bits in broadcast Wave, stamped with the film's start."),
    container: Container::Wav,
    picture: None,
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
