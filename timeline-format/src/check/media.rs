//! The film's settings and what it is made of are within their ranges.

use super::Found;
use super::facts::Facts;
use crate::media::{Media, MediaKind, PictureStream};
use crate::sequence::Raster;
use crate::timecode::{Counting, has_drop_frame};
use crate::{Frames, Problem};

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    let sound = facts.film.settings.sound;
    if !(8000..=192_000).contains(&sound) {
        let message = format!("the film has {sound} samples a second");
        let problem = Problem::error("sound-rate", message).in_file("/settings/sound");
        found.add(problem.remedy("take 48000, or another from 8000 to 192000"));
    }
    for (id, media) in &facts.film.media {
        for (field, message) in faults(media) {
            let message = format!("media {id}: {message}");
            let pointer = format!("/media/{id}/{field}");
            found.add(
                Problem::error("media-range", message)
                    .in_file(pointer)
                    .remedy("probe the file again"),
            );
        }
    }
    for sequence in &facts.sequences {
        let header = &sequence.sequence.header;
        if header.timecode == Counting::Drop && !has_drop_frame(header.rate) {
            let message = format!("drop-frame timecode at {} frames a second", header.rate);
            let problem = Problem::warning("drop-frame", message).in_film(sequence.place());
            found.add(problem.remedy("it exists at 30000/1001 and 60000/1001; count without it"));
        }
    }
}

fn faults(media: &Media) -> Vec<(&'static str, String)> {
    let mut faults = Vec::new();
    if media.length.is_some_and(|length| length <= Frames::ZERO) {
        faults.push(("length", "its length is not above 0".to_owned()));
    }
    let grows = matches!(media.kind, MediaKind::Video | MediaKind::Sequence);
    if grows && media.rate.is_none() {
        faults.push(("rate", "moving pictures have a rate, and it is missing".to_owned()));
    }
    if media.kind == MediaKind::Sound && media.sound.is_none() {
        faults.push(("sound", "what its sound is like is missing".to_owned()));
    }
    if let Some(picture) = &media.picture {
        picture_faults(picture, &mut faults);
    }
    if let Some(sound) = &media.sound {
        if !(1..=768_000).contains(&sound.rate) {
            faults.push(("sound", format!("it has {} samples a second", sound.rate)));
        }
        if !(1..=128).contains(&sound.channels) {
            faults.push(("sound", format!("it has {} channels", sound.channels)));
        }
        if sound.samples.is_some_and(|samples| samples < 0) {
            faults.push(("sound", "its length is below 0".to_owned()));
        }
    }
    faults
}

fn picture_faults(picture: &PictureStream, faults: &mut Vec<(&'static str, String)>) {
    let sides = [picture.width, picture.height];
    if sides.iter().any(|side| !(1..=Raster::MOST).contains(side)) {
        let message = format!("its picture is {}x{} pixels", picture.width, picture.height);
        faults.push(("picture", message));
    }
    if ![0, 90, 180, 270].contains(&picture.rotation) {
        faults.push(("picture", format!("it is turned by {} degrees", picture.rotation)));
    }
    if picture.pixel_aspect.is_some_and(|aspect| aspect.numerator() <= 0) {
        faults.push(("picture", "its pixels have no width".to_owned()));
    }
}
