//! What a delivery is: one file a preset, and one word in the list.

mod names;
mod preset;

pub use preset::{Container, PictureCodec, PictureTarget, Preset, SoundCodec, SoundTarget, read};

crate::signal::catalogue! {
    /// Every preset, in menu order.
    pub ALL: PRESET: Preset =
        web_h264 web_hevc web_av1
        master_prores_422hq master_prores_4444 master_dnxhr_hqx
        archive_ffv1 frames_png16 frames_exr sound_wav sound_flac draft_h264
}

/// The preset called `id`.
pub fn find(id: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.id == id).copied()
}
