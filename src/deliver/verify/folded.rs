//! The fold of a delivery: its second stream of sound, or the file beside it, against the fold of the film.

use super::{Check, Kind, Verdict};
use crate::deliver::Error;
use crate::deliver::fold::{beside, folded, word};
use crate::deliver::presets::{Preset, SoundTarget};
use crate::deliver::progress::Progress;
use crate::ffmpeg::Review;
use crate::play::Programme;
use crate::workers::Stop;
use std::path::Path;
use timeline_format::mix::Layout;

/// Holds what was folded of `film` to the layout `to`, with the delivery at `path`, against it.
///
/// The film must be fresh, at the loudness that was delivered, and not folded yet.
pub fn verify_fold(
    film: Box<dyn Programme>,
    (path, to): (&Path, Layout),
    preset: Option<&Preset>,
    stop: &Stop,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Verdict, Error> {
    let mut film = folded(film, to);
    let preset = preset.map(of_sound);
    let mut check = Check::new(&*film, stop, progress);
    let file = beside(path, to);
    let second = || Review::open_second(path);
    if file.exists() {
        check.file(&mut *film, &file, preset.as_ref())?;
        return Ok(check.findings.verdict(&file));
    }
    match second() {
        Err(error) => check.findings.add(Kind::Unreadable, None, error.to_string()),
        Ok(None) => {
            let words = format!("it has no fold to {}, nor {} beside it", word(to), file.display());
            check.findings.add(Kind::Tags, None, words);
        }
        Ok(Some(opened)) => check.opened(&mut *film, opened, preset.as_ref())?,
    }
    Ok(check.findings.verdict(path))
}

/// The preset as it is of the fold: its sound alone, which is folded no further.
fn of_sound(preset: &Preset) -> Preset {
    let sound = preset.sound.clone().map(|sound| SoundTarget { fold: None, ..sound });
    Preset { sound, picture: None, ..preset.clone() }
}
