//! Numbered OpenEXR, scene-linear.

use std::borrow::Cow;

use super::preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget};
use crate::signal::{Colour, PixelFormat, Transfer};

/// Numbered OpenEXR, scene-linear.
pub(super) const PRESET: Preset = Preset {
    id: Cow::Borrowed("frames-exr"),
    label: Cow::Borrowed("EXR frames"),
    help: Cow::Borrowed("Numbered half-float OpenEXR, scene-linear with alpha, and the sound as Wave, in a folder."),
    container: Container::Frames,
    picture: Some(PictureTarget {
        codec: PictureCodec::Exr,
        options: Cow::Borrowed(&[]),
        keyframes: None,
        format: PixelFormat::RGBA_F32,
        colour: Colour { transfer: Transfer::Linear, ..Colour::SRGB },
    }),
    sound: Some(SoundTarget::of(SoundCodec::Pcm24, None)),
    caution: None,
};
