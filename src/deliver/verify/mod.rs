//! A delivery held against its film: it is decoded, and every frame and every sample compared.
//!
//! Silent wrong output is the worst that can happen to a film. So the proof reads the finished file
//! with nothing in common with its making but the film itself.

mod captions;
mod contrast;
mod fine;
mod folded;
mod folder;
mod level;
mod order;
mod picture;
mod place;
mod shown;
mod sound;
mod tags;
mod thumbnail;
mod verdict;

pub use captions::verify_captions;
pub use folded::verify_fold;
pub use verdict::{Difference, Kind, Verdict};

use std::path::Path;

use super::Error;
use super::presets::{Container, Preset};
use super::progress::{Meter, Progress};
use crate::ffmpeg::{Facts, Piece, Review};
use crate::play::Programme;
use crate::workers::Stop;
use picture::Pictures;
use sound::Sounds;
use verdict::Findings;

/// Packets that cannot be decoded, after which nobody reads on.
const MOST_BROKEN: usize = 20;

/// Holds the delivery at `path` against the film that it should be.
///
/// With the preset that it was made with, codec, format, tags and the order of the file are checked
/// too, and lossless deliveries must be equal to the last bit. The film's sound is read from front
/// to back, so the programme must be fresh.
pub fn verify(
    programme: &mut dyn Programme,
    path: &Path,
    preset: Option<&Preset>,
    stop: &Stop,
    progress: &mut dyn FnMut(&Progress),
) -> Result<Verdict, Error> {
    let mut check = Check::new(programme, stop, progress);
    if !path.exists() {
        check.findings.add(Kind::Unreadable, None, format!("{} is not there", path.display()));
    } else if path.is_dir() {
        folder::check(programme, path, preset, &mut check)?;
    } else {
        check.file(programme, path, preset)?;
    }
    Ok(check.findings.verdict(path))
}

/// A check at work.
struct Check<'a> {
    findings: Findings,
    meter: Meter,
    stop: &'a Stop,
    progress: &'a mut dyn FnMut(&Progress),
}

impl<'a> Check<'a> {
    fn new(
        programme: &dyn Programme,
        stop: &'a Stop,
        progress: &'a mut dyn FnMut(&Progress),
    ) -> Self {
        let meter = Meter::new(programme.length(), programme.rate().ratio().to_f64());
        Self { findings: Findings::new(programme), meter, stop, progress }
    }

    fn file(
        &mut self,
        programme: &mut dyn Programme,
        path: &Path,
        preset: Option<&Preset>,
    ) -> Result<(), Error> {
        let opened = match Review::open(path) {
            Ok(opened) => opened,
            Err(error) => {
                self.findings.add(Kind::Unreadable, None, error.to_string());
                return Ok(());
            }
        };
        if preset.is_some_and(|preset| preset.container == Container::Mp4) {
            order::check(path, &mut self.findings);
        }
        self.opened(programme, opened, preset)
    }

    fn opened(
        &mut self,
        programme: &mut dyn Programme,
        (review, facts): (Review, Facts),
        preset: Option<&Preset>,
    ) -> Result<(), Error> {
        tags::check(&*programme, &facts, preset, &mut self.findings);
        let wanted = |has: bool, wants: Option<bool>| wants.unwrap_or(has);
        let has_picture = wanted(facts.picture.is_some(), preset.map(|p| p.picture.is_some()));
        let has_sound = wanted(facts.sound.is_some(), preset.map(|p| p.sound.is_some()));
        let pictures = has_picture.then(|| Pictures::new(&facts, preset));
        let sounds = has_sound.then(|| Sounds::new(&*programme, &facts, preset));
        self.read(programme, review, &facts, pictures, sounds)
    }

    fn read(
        &mut self,
        programme: &mut dyn Programme,
        mut review: Review,
        facts: &Facts,
        mut pictures: Option<Pictures>,
        mut sounds: Option<Sounds>,
    ) -> Result<(), Error> {
        let mut broken = 0;
        loop {
            match review.next_piece() {
                Ok(None) => break,
                Ok(Some(Piece::Picture(at, image))) => {
                    if let Some(pictures) = &mut pictures {
                        pictures.take(programme, at, &image, &mut self.findings)?;
                        self.seen(pictures.count())?;
                    }
                }
                Ok(Some(Piece::Sound(at, samples))) => {
                    let Some(sounds) = &mut sounds else { continue };
                    sounds.take(programme, at, &samples, &mut self.findings)?;
                    if pictures.is_none() {
                        let rate = programme.sample_rate();
                        self.seen(programme.rate().frame_of_sample(sounds.count(), rate))?;
                    }
                }
                Err(error) => {
                    let frame = pictures.as_ref().map(Pictures::count);
                    self.findings.add(Kind::Unreadable, frame, error.to_string());
                    broken += 1;
                    if broken == MOST_BROKEN {
                        break;
                    }
                }
            }
        }
        if let Some(pictures) = pictures {
            pictures.finish(&*programme, &mut self.findings);
        }
        if let Some(sounds) = sounds {
            let stated = facts.sound.as_ref().and_then(|sound| sound.length);
            sounds.finish(programme, stated, &mut self.findings)?;
        }
        Ok(())
    }

    /// Says how far it is; an error where it should stop.
    fn seen(&mut self, frame: i64) -> Result<(), Error> {
        if self.stop.is_raised() {
            return Err(Error::Stopped { frame, frames: self.meter.frames() });
        }
        if self.meter.is_due() {
            (self.progress)(&self.meter.at(frame, 0));
        }
        Ok(())
    }
}
