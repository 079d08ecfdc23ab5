//! Numbered pictures in a folder, and the sound beside them.

use std::path::{Path, PathBuf};

use super::Check;
use super::picture::Pictures;
use super::verdict::Kind;
use crate::deliver::presets::Preset;
use crate::deliver::{Error, stills};
use crate::ffmpeg::Facts;
use crate::play::Programme;

/// Holds every numbered picture of a folder against its frame, and the Wave file against the sound.
pub(super) fn check(
    programme: &mut dyn Programme,
    folder: &Path,
    preset: Option<&Preset>,
    check: &mut Check<'_>,
) -> Result<(), Error> {
    let (pictures, sound) = list(folder).map_err(|error| Error::output("read", folder, &error))?;
    let mut seen = Pictures::new(&Facts::default(), preset);
    let mut expected = pictures.first().map_or(0, |(number, _)| *number);
    for (number, path) in pictures {
        let frame = seen.count();
        if number != expected {
            let what = format!("the number {expected} is missing");
            check.findings.add(Kind::FrameCount, Some(frame), what);
        }
        expected = number + 1;
        match stills::decode(&path) {
            Ok(image) => seen.take(programme, None, &image, &mut check.findings)?,
            Err(why) => {
                let what = format!("{}: {why}", path.display());
                check.findings.add(Kind::Unreadable, Some(frame), what);
                seen.skip();
            }
        }
        check.seen(seen.count())?;
    }
    seen.finish(&*programme, &mut check.findings);
    let wants_sound = preset.is_some_and(|preset| preset.sound.is_some());
    match sound {
        Some(sound) => {
            let wave = preset.map(|preset| Preset { picture: None, ..preset.clone() });
            check.file(programme, &sound, wave.as_ref())
        }
        None if wants_sound => {
            check.findings.add(Kind::Tags, None, "it has no sound".into());
            Ok(())
        }
        None => Ok(()),
    }
}

type Numbered = Vec<(i64, PathBuf)>;

/// The pictures in the order of their numbers, and the sound.
fn list(folder: &Path) -> std::io::Result<(Numbered, Option<PathBuf>)> {
    let (mut pictures, mut sound) = (Vec::new(), None);
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|text| text.to_str()).unwrap_or_default();
        if extension == "wav" {
            sound = Some(path);
        } else if ["png", "exr"].contains(&extension)
            && let Some(number) = number(&path)
        {
            pictures.push((number, path));
        }
    }
    pictures.sort();
    Ok((pictures, sound))
}

fn number(path: &Path) -> Option<i64> {
    path.file_stem()?.to_str()?.rsplit('.').next()?.parse().ok()
}
