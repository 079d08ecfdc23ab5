//! Whether a film and a preset go together, found out before anything is written.

use timeline_format::Rate;

use super::presets::{Container, PictureCodec, Preset, SoundCodec};
use super::{Error, fold};
use crate::play::Programme;
use crate::signal::Model;

/// Rates that AAC has (ISO/IEC 14496-3, table 1.18).
const AAC_RATES: [u32; 13] = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000,
    7350,
];
const OPUS_RATES: [u32; 5] = [48_000, 24_000, 16_000, 12_000, 8000];

/// Refuses what cannot become a delivery.
pub(super) fn check(programme: &dyn Programme, preset: &Preset) -> Result<(), Error> {
    let found = preset
        .fault()
        .or_else(|| length_fault(programme))
        .or_else(|| picture_fault(programme, preset))
        .or_else(|| sound_fault(programme, preset));
    match found {
        None => Ok(()),
        Some(why) => Err(Error::Unsuitable { preset: preset.id.to_string(), why }),
    }
}

fn length_fault(programme: &dyn Programme) -> Option<String> {
    (programme.length() < 1).then(|| "it has no frame; put a clip on a track".into())
}

fn picture_fault(programme: &dyn Programme, preset: &Preset) -> Option<String> {
    let target = preset.picture.as_ref()?;
    let raster = programme.raster();
    if let Model::Yuv { across, down } = target.format.model
        && !(raster.width.is_multiple_of(1 << across) && raster.height.is_multiple_of(1 << down))
    {
        let sides = if down > 0 { "both sides" } else { "the width" };
        let codec = target.codec;
        return Some(format!("it is {raster}, and {codec:?} needs {sides} even; change its size"));
    }
    if target.codec == PictureCodec::Dnxhr && (raster.width < 256 || raster.height < 120) {
        return Some(format!("it is {raster}, and DNxHR starts at 256x120"));
    }
    if i32::try_from(programme.rate().numerator()).is_err() {
        return Some(format!("its rate is {}", programme.rate()));
    }
    None
}

fn sound_fault(programme: &dyn Programme, preset: &Preset) -> Option<String> {
    let target = preset.sound.as_ref()?;
    let rate = programme.sample_rate();
    let rates: &[u32] = match target.codec {
        SoundCodec::Aac => &AAC_RATES,
        SoundCodec::Opus => &OPUS_RATES,
        SoundCodec::Flac | SoundCodec::Pcm16 | SoundCodec::Pcm24 | SoundCodec::Float32 => &[],
    };
    if !rates.is_empty() && !rates.contains(&rate) {
        return Some(format!(
            "its sound has {rate} samples a second, and {:?} takes {rates:?}; change the film's \
             sample rate",
            target.codec
        ));
    }
    let layout = target.layout.unwrap_or_else(|| programme.layout());
    if layout != programme.layout() {
        let found = programme.layout();
        return Some(format!("its sound is {found:?}, and the preset says {layout:?}"));
    }
    let fold = target.fold.filter(|fold| fold.channels() >= layout.channels())?;
    let (found, wanted) = (fold::word(layout), fold::word(fold));
    Some(format!("its sound is {found}, and there is nothing to fold to {wanted}"))
}

/// The timecode that the container gets, and what a person should know where it gets none.
pub(super) fn timecode(
    programme: &dyn Programme,
    preset: &Preset,
    label: &str,
) -> (Option<String>, Vec<String>) {
    let is_movie = matches!(preset.container, Container::Mov | Container::Mp4);
    if preset.picture.is_none() || preset.container == Container::Frames {
        return (None, Vec::new());
    }
    if programme.start() < 0 {
        return (None, vec![format!("the start {label} is negative: no timecode was written")]);
    }
    if is_movie && !has_timecode_track(programme.rate()) {
        let why = format!("a timecode track has no {} frames a second", programme.rate());
        return (None, vec![format!("{why}: no timecode was written")]);
    }
    (Some(label.to_owned()), Vec::new())
}

/// Rates that FFmpeg writes a timecode track for.
fn has_timecode_track(rate: Rate) -> bool {
    let exact = rate.denominator() == 1 || rate.denominator() == 1001;
    exact && [24, 25, 30, 48, 50, 60, 100, 120, 150].contains(&rate.nominal())
}
