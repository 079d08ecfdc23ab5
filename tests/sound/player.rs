//! A film that plays, block by block, as the desk plays it: edited, sought and fed in between.

use super::film::{Film, bytes};
use assert_no_alloc::assert_no_alloc;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use roomtone::sound::live::{self, Control, Live};
use timeline_format::mix::Layout;

pub struct Player {
    pub control: Control,
    pub live: Live,
    /// What was heard on the left.
    pub heard: Vec<f32>,
}

impl Player {
    pub fn new(film: &Film) -> Self {
        let timeline = film.timeline();
        let score = film.score(&timeline);
        let (control, live) = live::start(Mix::playing(&score).0, 0);
        let mut player = Self { control, live, heard: Vec::new() };
        player.control.tend(&score);
        player
    }

    /// Plays the film as it stands now.
    #[track_caller]
    pub fn edit(&mut self, film: &Film) {
        let timeline = film.timeline();
        let problems = self.control.edit(&film.score(&timeline));
        assert!(problems.is_empty(), "{problems:?}");
    }

    /// Plays `length` samples in blocks of `block`, fed in between.
    pub fn play(&mut self, film: &Film, length: usize, block: usize) {
        let timeline = film.timeline();
        for _ in 0..length.div_ceil(block) {
            self.control.advance();
            self.control.tend(&film.score(&timeline));
            self.take(block);
        }
    }

    /// Does all that there is to do, as a machine does that has the time.
    pub fn prepare(&mut self, film: &Film) {
        let timeline = film.timeline();
        while self.control.advance() | self.control.tend(&film.score(&timeline)) {}
    }

    /// Plays in blocks of `block` until what plays is the bounce.
    #[track_caller]
    pub fn play_until_exact(&mut self, film: &Film, block: usize) {
        let start = self.heard.len();
        let mut is_exact = false;
        while !is_exact {
            self.prepare(film);
            is_exact = self.control.is_exact();
            self.take(block);
            assert!(self.heard.len() - start < 20 * 48_000, "it never gets exact");
        }
    }

    /// The next samples, of both channels.
    pub fn take(&mut self, length: usize) -> Samples {
        let mut out = Samples::silence(2, length);
        assert_no_alloc(|| self.live.render(&mut out));
        self.heard.extend_from_slice(&out.channels()[0]);
        out
    }

    /// The next samples are the bounce's.
    #[track_caller]
    pub fn is_the_bounce(&mut self, film: &Film) {
        let from = self.live.position();
        self.control.advance();
        let out = self.take(3000);
        let mut bounced = Samples::silence(2, 3000);
        let mut bounce = film.mix(Layout::Stereo);
        bounce.seek(from);
        bounce.render(&mut bounced);
        assert!(bytes(&out) == bytes(&bounced), "from {from}");
    }
}

/// The greatest step from one sample to the next.
pub fn step(heard: &[f32]) -> f32 {
    heard.windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max)
}
