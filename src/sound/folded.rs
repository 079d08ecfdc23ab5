//! A sound that goes on backwards beyond its ends.

use super::sources::SoundFile;
use signal::Samples;

/// Beyond which of its ends a file is played backwards; beyond the others is silence.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fold {
    pub(super) below: bool,
    pub(super) above: bool,
}

/// A file, folded at its ends: sample -1 is sample 0 again, and so on, back and forth.
pub(super) struct Folded<'a> {
    file: &'a mut dyn SoundFile,
    fold: Fold,
}

impl<'a> Folded<'a> {
    pub(super) fn new(file: &'a mut dyn SoundFile, fold: Fold) -> Self {
        Self { file, fold }
    }

    /// Fills `out` from `done` on with samples of one direction, those from `at` on; how many.
    fn read_stretch(&mut self, at: i64, out: &mut Samples, done: usize) -> usize {
        let length = self.file.length();
        let is_folded = if at < 0 { self.fold.below } else { at >= length && self.fold.above };
        let left = (out.length() - done) as i64;
        let (round, within) = (at.div_euclid(length), at.rem_euclid(length));
        let is_odd = is_folded && round % 2 != 0;
        let count = if is_folded || (0..length).contains(&at) { length - within } else { left };
        let count = match at {
            ..0 if !is_folded => count.min(-at),
            _ => count,
        };
        let count = count.min(left) as usize;
        let first = match (is_folded, is_odd) {
            (false, _) => at,
            (true, false) => within,
            (true, true) => length - within - count as i64,
        };
        let mut piece = Samples::silence(out.channel_count(), count);
        self.file.read(first, &mut piece);
        for (to, from) in out.channels_mut().iter_mut().zip(piece.channels_mut()) {
            if is_odd {
                from.reverse();
            }
            to[done..done + count].copy_from_slice(from);
        }
        count
    }
}

impl SoundFile for Folded<'_> {
    fn rate(&self) -> u32 {
        self.file.rate()
    }

    fn channels(&self) -> usize {
        self.file.channels()
    }

    fn length(&self) -> i64 {
        self.file.length()
    }

    fn read(&mut self, at: i64, out: &mut Samples) {
        let end = at.saturating_add(out.length() as i64);
        let is_below = at < 0 && self.fold.below;
        let is_above = end > self.file.length() && self.fold.above;
        if self.file.length() < 1 || !(is_below || is_above) {
            return self.file.read(at, out);
        }
        let mut done = 0;
        while done < out.length() {
            done += self.read_stretch(at + done as i64, out, done);
        }
    }
}
