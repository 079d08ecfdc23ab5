//! How a mix runs from its beginning to its end: loudness and spectrum, ten times a second.

use super::mix::{Mix, Score};
use super::nodes::THIRDS;
use signal::Samples;
use workers::Stop;

/// Looks in a second.
const LOOKS: u32 = 10;

/// A mix, looked at ten times a second.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// Samples from one look to the next.
    pub step: usize,
    /// The looks: each at the end of its step.
    pub looks: Vec<Look>,
}

/// A look at a mix.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// The loudness of the last 0.4 seconds in LUFS; minus infinity in silence.
    pub momentary: f32,
    /// The loudness of the last 3 seconds in LUFS; minus infinity in silence.
    pub short_term: f32,
    /// The level in dB of a full-scale sine in each third of an octave from 25 Hz to 20 kHz.
    pub thirds: [f32; THIRDS],
}

/// Looks at the whole of a mix; `None` where `stop` was raised.
pub fn survey(score: &Score<'_>, stop: &Stop) -> Option<Survey> {
    let Score { timeline, sequence, sources, layout, .. } = *score;
    let (mut mix, _) = Mix::new(timeline, sequence, sources, layout);
    let step = (mix.sample_rate() / LOOKS).max(1) as usize;
    let mut block = Samples::silence(layout.channels(), step);
    let mut looks = Vec::new();
    while mix.position() < mix.length() {
        if stop.is_raised() {
            return None;
        }
        mix.render(&mut block);
        let reading = mix.reading();
        let (momentary, short_term) = (reading.momentary(), reading.short_term());
        looks.push(Look { momentary, short_term, thirds: reading.thirds() });
    }
    Some(Survey { step, looks })
}

impl Survey {
    /// The look at a sample of the film.
    pub fn at(&self, sample: i64) -> Option<&Look> {
        self.looks.get(usize::try_from(sample).ok()? / self.step.max(1))
    }
}
