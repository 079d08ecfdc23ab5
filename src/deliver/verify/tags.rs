//! What a file says of itself, held against what it should say.

use timeline_format::timecode::{self, Counting};

use super::verdict::{Findings, Kind};
use crate::deliver::presets::{Container, PictureCodec, Preset, SoundCodec};
use crate::deliver::suit;
use crate::ffmpeg::{Facts, PictureFacts, SoundFacts, Tags};
use crate::play::Programme;
use crate::signal::Colour;

/// Compares tags, sizes, rates, lengths and timecode.
pub(super) fn check(
    programme: &dyn Programme,
    facts: &Facts,
    preset: Option<&Preset>,
    findings: &mut Findings,
) {
    let mut say = |kind: Kind, what: String| findings.add(kind, None, what);
    match (&facts.picture, preset.map(|preset| preset.picture.is_some())) {
        (None, Some(true)) => say(Kind::Tags, "it has no picture".into()),
        (Some(_), Some(false)) => say(Kind::Tags, "it has a picture".into()),
        (Some(picture), _) => check_picture(programme, picture, preset, &mut say),
        (None, _) => {}
    }
    match (&facts.sound, preset.map(|preset| preset.sound.is_some())) {
        (None, Some(true)) => say(Kind::Tags, "it has no sound".into()),
        (Some(_), Some(false)) => say(Kind::Tags, "it has sound".into()),
        (Some(sound), _) => check_sound(programme, sound, preset, &mut say),
        (None, _) => {}
    }
    if facts.picture.is_some() {
        check_timecode(programme, facts, preset, &mut say);
    } else if let Some(reference) = facts.time_reference {
        let start = programme.start().max(0);
        let wanted = programme.rate().sample_of(start, programme.sample_rate()) as u64;
        if reference != wanted {
            say(Kind::Timecode, format!("it starts at sample {reference}, and the film {wanted}"));
        }
    }
}

fn check_picture(
    programme: &dyn Programme,
    facts: &PictureFacts,
    preset: Option<&Preset>,
    say: &mut dyn FnMut(Kind, String),
) {
    let raster = programme.raster();
    if (facts.width, facts.height) != (raster.width, raster.height) {
        say(Kind::Tags, format!("it is {}x{}, and the film {raster}", facts.width, facts.height));
    }
    let rate = programme.rate();
    if facts.rate.0 * rate.denominator() != rate.numerator() * facts.rate.1.max(1) {
        let (num, den) = facts.rate;
        say(Kind::Tags, format!("its rate is {num}/{den}, and the film's {rate}"));
    }
    if let Some(length) = facts.length {
        let made = i128::from(length) * i128::from(facts.ticks.1) * i128::from(rate.numerator());
        let unit = i128::from(rate.denominator()) * i128::from(facts.ticks.0);
        let wanted = i128::from(programme.length()) * unit;
        if (made - wanted).abs() >= unit.max(2) / 2 {
            let frames = made as f64 / unit as f64;
            let what = format!("says it is {frames:.2} frames long, not {}", programme.length());
            say(Kind::Tags, what);
        }
    }
    let Some(target) = preset.and_then(|preset| preset.picture.as_ref()) else { return };
    let codec = codec_name(target.codec);
    if facts.codec != codec {
        say(Kind::Tags, format!("its picture is {}, not {codec}", facts.codec));
    }
    if facts.format.is_none_or(|format| format.model != target.format.model) {
        say(Kind::Tags, format!("its planes are {:?}, not {:?}", facts.format, target.format));
    }
    check_colour(facts, target.colour, say);
}

fn check_colour(facts: &PictureFacts, wanted: Colour, say: &mut dyn FnMut(Kind, String)) {
    let Tags { primaries, transfer, matrix, range } = facts.colour;
    let mut compare = |what: &str, same: bool, found: String, wanted: String| {
        if !same {
            say(Kind::Tags, format!("its {what} is tagged {found}, not {wanted}"));
        }
    };
    let text = |found: Option<String>| found.unwrap_or_else(|| "nothing known".into());
    let found = text(primaries.map(|found| format!("{found:?}")));
    let name = format!("{:?}", wanted.primaries);
    compare("primaries", primaries == Some(wanted.primaries), found, name);
    let found = text(transfer.map(|found| format!("{found:?}")));
    let name = format!("{:?}", wanted.transfer);
    compare("transfer", transfer == Some(wanted.transfer), found, name);
    let found = text(matrix.map(|found| format!("{found:?}")));
    let name = format!("{:?}", wanted.matrix);
    compare("matrix", matrix == Some(wanted.matrix), found, name);
    let found = text(range.map(|found| format!("{found:?}")));
    let name = format!("{:?}", wanted.range);
    compare("range", range == Some(wanted.range), found, name);
}

fn check_sound(
    programme: &dyn Programme,
    facts: &SoundFacts,
    preset: Option<&Preset>,
    say: &mut dyn FnMut(Kind, String),
) {
    let rate = programme.sample_rate();
    if facts.rate != rate {
        say(Kind::Tags, format!("it has {} samples a second, and the film {rate}", facts.rate));
    }
    let channels = programme.layout().channels();
    if facts.channels != channels {
        say(Kind::Tags, format!("it has {} channels, and the film {channels}", facts.channels));
    }
    let Some(target) = preset.and_then(|preset| preset.sound.as_ref()) else { return };
    let codec = match target.codec {
        SoundCodec::Aac => "aac",
        SoundCodec::Opus => "opus",
        SoundCodec::Flac => "flac",
        SoundCodec::Pcm16 => "pcm_s16le",
        SoundCodec::Pcm24 => "pcm_s24le",
        SoundCodec::Float32 => "pcm_f32le",
    };
    if facts.codec != codec {
        say(Kind::Tags, format!("its sound is {}, not {codec}", facts.codec));
    }
}

fn check_timecode(
    programme: &dyn Programme,
    facts: &Facts,
    preset: Option<&Preset>,
    say: &mut dyn FnMut(Kind, String),
) {
    let (start, rate) = (programme.start(), programme.rate());
    let label = |counting| timecode::label(start, rate, counting).unwrap_or_default();
    let wanted = label(Counting::NonDrop);
    let expects = preset.is_some_and(|preset| {
        preset.container != Container::Frames
            && suit::timecode(programme, preset, &wanted).0.is_some()
    });
    match &facts.timecode {
        Some(found) if *found != wanted && *found != label(Counting::Drop) => {
            say(Kind::Timecode, format!("it starts at {found}, and the film at {wanted}"));
        }
        None if expects => say(Kind::Timecode, format!("it has no timecode; the film: {wanted}")),
        _ => {}
    }
}

/// FFmpeg's name of a codec as it is read.
fn codec_name(codec: PictureCodec) -> &'static str {
    match codec {
        PictureCodec::H264 => "h264",
        PictureCodec::Hevc => "hevc",
        PictureCodec::Av1 => "av1",
        PictureCodec::Prores => "prores",
        PictureCodec::Dnxhr => "dnxhd",
        PictureCodec::Ffv1 => "ffv1",
        PictureCodec::Png => "png",
        PictureCodec::Exr => "exr",
    }
}
