//! The level of a clip by itself, before the strip of its track: what draws a clip looks it up here, where
//! the mix has it from too.

use super::automation::{Automation, Clock};
use super::envelope::{Direction, Envelope, Ramp};
use super::plan::over;
use timeline_format::footage::Footage;
use timeline_format::{Clip, ClipSound, Fade, Frames, Ratio, Sequence, Source, Timeline};

/// The level, by samples of the film, of `clip` from `start` to `end` of `sequence`: its gain, its fades,
/// and what its shot and take say of them. What happens where it meets others is not in it.
pub fn clip_level(
    film: &Timeline,
    sequence: &Sequence,
    clip: &Clip,
    (start, end): (Frames, Frames),
) -> Envelope {
    let (rate, sample_rate) = (sequence.header.rate, film.settings.sound);
    let sample = |position: Frames| rate.sample_at(position, sample_rate);
    let sound = stated(film, clip);
    let (from, to) = (sample(start), sample(end));
    let frames = Clock::of_sequence(rate, sample_rate);
    let at = from as f64 * frames.top / frames.bottom;
    let own = Clock { origin: from, offset: at - start.to_f64(), ..frames };
    let content = content_clock(film, sequence, clip, own, (start, end));
    let ramp = |fade: Fade, direction| -> Option<Ramp> {
        let (from, to) = match direction {
            Direction::Rise => (from, sample(start.plus(fade.length)?)),
            Direction::Fall => (sample(end.minus(fade.length)?), to),
        };
        (to > from).then_some(Ramp { from, to, shape: fade.shape, direction })
    };
    let rise = sound.fade_in.and_then(|fade| ramp(fade, Direction::Rise));
    let fall = sound.fade_out.and_then(|fade| ramp(fade, Direction::Fall));
    let gain = Automation::new(sound.gain.as_ref(), 0.0, own, content);
    Envelope { from, to, ramps: rise.into_iter().chain(fall).collect(), gain }
}

/// What a clip states of its sound, and for the rest what its take and its shot do.
fn stated(film: &Timeline, clip: &Clip) -> ClipSound {
    let Source::Shot(shot) = &clip.source else { return clip.sound.clone() };
    let Some(shot) = film.shots.get(shot) else { return clip.sound.clone() };
    let of_take = shot.chosen().and_then(|take| take.sound.as_ref());
    let below = of_take.map_or_else(|| shot.sound.clone(), |sound| over(&shot.sound, sound));
    over(&below, &clip.sound)
}

/// From samples of the film to frames of the source.
fn content_clock(
    film: &Timeline,
    sequence: &Sequence,
    clip: &Clip,
    own: Clock,
    (start, end): (Frames, Frames),
) -> Clock {
    let rate = sequence.header.rate;
    let offset = match &clip.source {
        Source::Shot(shot) => film.shots.get(shot).and_then(|shot| Some(shot.chosen()?.offset)),
        _ => None,
    };
    let pace = Footage::of(film, rate, &clip.source).step(clip.speed, rate).unwrap_or(Ratio::ONE);
    let first = clip.source_in.to_f64() + offset.map_or(0.0, Frames::to_f64);
    let covered = (end.to_f64() - start.to_f64()) * pace.to_f64().abs();
    let source_start = if pace < Ratio::ZERO { first + covered } else { first };
    Clock {
        top: own.top * pace.numerator() as f64,
        bottom: own.bottom * f64::from(pace.denominator()),
        offset: source_start + own.offset * pace.to_f64(),
        ..own
    }
}
