//! How many threads an encoder may use: said, never left to chance.

use std::collections::BTreeMap;

use super::presets::PictureCodec;

/// Threads for FFmpeg's own count. x264 wants half as many again as there are cores (its own rule,
/// `X264_THREADS_AUTO`), as its threads wait for each other's lines.
pub(super) fn of(codec: PictureCodec) -> u32 {
    match codec {
        PictureCodec::H264 => (cores() * 3 / 2).clamp(1, 32),
        _ => cores().min(32),
    }
}

/// Adds the count for encoders that have words of their own for it.
pub(super) fn add(codec: PictureCodec, options: &mut BTreeMap<String, String>) {
    let (option, word) = match codec {
        PictureCodec::Hevc => ("x265-params", format!("pools={}", cores().min(32))),
        PictureCodec::Av1 => ("svtav1-params", format!("lp={}", cores().min(32))),
        _ => return,
    };
    let list = options.entry(option.to_owned()).or_default();
    if !list.is_empty() {
        list.push(':');
    }
    list.push_str(&word);
}

/// Cores that this program may use.
pub(super) fn cores() -> u32 {
    crate::workers::cores() as u32
}
