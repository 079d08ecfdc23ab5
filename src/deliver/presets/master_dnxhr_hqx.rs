//! The master for Avid houses.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, option};
use crate::signal::{Colour, PixelFormat};

/// The master for Avid houses.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("master-dnxhr-hqx"),
    label: Cow::Borrowed("DNxHR HQX"),
    help: Cow::Borrowed("DNxHR HQX of 10 bits and plain 24-bit sound in QuickTime, for Avid and Resolve."),
    container: Container::Mov,
    picture: Some(PictureTarget {
        codec: PictureCodec::Dnxhr,
        options: Cow::Borrowed(&[
            option("profile", "dnxhr_hqx"),
        ]),
        keyframes: None,
        format: PixelFormat::YUV422P10,
        colour: Colour::REC709,
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
