//! One clip: which samples it owns, and which of its source's they are.

use super::material::{Material, Origin, Planner, over};
use crate::automation::{Automation, Clock};
use crate::envelope::{Envelope, Ramp};
use crate::layout::{Speaker, layout_for, of_count};
use crate::node::Setup;
use crate::place::Placement;
use crate::player::Voice;
use crate::reader::{Anchor, Loop, Reader, Stream};
use crate::varispeed::{FASTEST, Varispeed};
use timeline_format::mix::{Layout, PanLaw};
use timeline_format::problem::FilmPlace;
use timeline_format::transition::Handles;
use timeline_format::{Clip, ClipSound, Frames, Id, Problem, Ratio, Source};

/// A clip that is heard.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) id: Id,
    pub(crate) link: Option<Id>,
    /// Its place in frames of the sequence.
    pub(crate) start: Frames,
    pub(crate) end: Frames,
    /// The samples that it owns.
    pub(crate) from: i64,
    pub(crate) to: i64,
    /// The samples that are heard: with handles under crossfades.
    pub(crate) audible_from: i64,
    pub(crate) audible_to: i64,
    pub(crate) ramps: Vec<Ramp>,
    /// What stands for samples that a transition needs at its head and its file lacks.
    pub(crate) head: Handles,
    /// The same at its tail.
    pub(crate) tail: Handles,
    pub(crate) sound: ClipSound,
    pub(crate) material: Material,
    /// Positions of the source's grid at the clip's start and end, as it is played.
    pub(crate) source_start: Frames,
    pub(crate) source_end: Frames,
    /// Frames of the source a frame of the sequence.
    pace: Ratio,
    /// Samples of the source a sample of the film.
    pub(crate) step: Ratio,
    pub(crate) anchor: Anchor,
    source: Source,
}

impl Heard {
    /// What `clip` is from `start` to `end`; `None` where it is switched off or nothing sounds.
    pub(crate) fn new(
        planner: &mut Planner<'_>,
        (id, clip): (Id, &Clip),
        start: Frames,
        end: Frames,
        place: &FilmPlace,
    ) -> Option<Self> {
        if clip.disabled {
            return None;
        }
        let material = planner.material(clip, place)?;
        let (from, to) = (planner.sample(start), planner.sample(end));
        let sequence_rate = planner.sequence.header.rate.ratio();
        let native = material.grid.ratio().times(material.factor)?;
        let pace = native.over(sequence_rate)?.times(clip.speed)?;
        let rates = Ratio::new(material.rate.into(), planner.rate().into())?;
        let step = clip.speed.times(material.factor)?.times(rates)?;
        let first = clip.source_in.plus(material.offset)?;
        let covered = end.minus(start)?.times(pace)?.abs()?;
        let last = first.plus(covered)?;
        let backwards = step < Ratio::ZERO;
        let (source_start, source_end) = if backwards { (last, first) } else { (first, last) };
        let anchor = Anchor {
            film: if backwards { to - 1 } else { from },
            source: material.grid.sample_at(first, material.rate),
        };
        let heard = Self {
            id,
            link: clip.link,
            start,
            end,
            from,
            to,
            audible_from: from,
            audible_to: to,
            ramps: Vec::new(),
            head: Handles::Real,
            tail: Handles::Real,
            sound: over(&material.sound, &clip.sound),
            material,
            source_start,
            source_end,
            pace,
            step,
            anchor,
            source: clip.source.clone(),
        };
        if step.abs()? > Ratio::whole(FASTEST) {
            let message = format!("sound at {} times its speed is not heard", clip.speed);
            planner.tell(Problem::warning("sound-too-fast", message), place);
            return None;
        }
        (to > from && step != Ratio::ZERO).then_some(heard)
    }

    /// Whether it goes on, without a seam, where `before` stops.
    pub(crate) fn continues(&self, before: &Self) -> bool {
        let near = || {
            let gap = self.source_start.minus(before.source_end)?.abs()?;
            let rate = Ratio::whole(self.material.rate.into());
            let samples = gap.over(self.material.grid.ratio())?.times(rate)?;
            Some(samples < Ratio::ONE)
        };
        self.start == before.end
            && self.source == before.source
            && self.step == before.step
            && self.sound.loop_fade.is_none()
            && before.sound.loop_fade.is_none()
            && near() == Some(true)
    }

    /// Whether its level and place are those of `before` at the seam.
    pub(crate) fn sounds_like(&self, before: &Self) -> bool {
        let still = |sound: &ClipSound| {
            let moves = |param: &Option<_>| param.as_ref().is_some_and(follows_clip);
            !moves(&sound.gain) && !moves(&sound.pan)
        };
        self.sound.gain == before.sound.gain
            && self.sound.pan == before.sound.pan
            && self.sound.channels == before.sound.channels
            && self.sound.fade_in.is_none()
            && before.sound.fade_out.is_none()
            && still(&self.sound)
            && still(&before.sound)
    }

    /// Real samples, in samples of the film, that there are ahead of its first.
    pub(crate) fn handle_before(&self) -> i64 {
        self.real_samples(self.from, -1)
    }

    /// Real samples, in samples of the film, that there are behind its last.
    pub(crate) fn handle_after(&self) -> i64 {
        if self.repeat().is_some() { i64::MAX / 4 } else { self.real_samples(self.to - 1, 1) }
    }

    /// How many samples of the film beyond `sample`, in `direction`, still play real samples.
    fn real_samples(&self, sample: i64, direction: i128) -> i64 {
        let Some(length) = self.material.length else { return i64::MAX / 4 };
        let (top, bottom) =
            (i128::from(self.step.numerator()), i128::from(self.step.denominator()));
        let moved = i128::from(sample - self.anchor.film) * top;
        let at = i128::from(self.anchor.source) * bottom + moved;
        let end = i128::from(length - 1) * bottom;
        let room = if (top > 0) == (direction > 0) { end - at } else { at };
        room.div_euclid(top.abs()).clamp(0, i128::from(i64::MAX / 4)) as i64
    }

    /// How it starts over, if it does.
    pub(super) fn repeat(&self) -> Option<Loop> {
        let fade = self.sound.loop_fade?;
        self.material.length?;
        let first = self.samples_to(self.sound.loop_in).unwrap_or(0);
        let out = self.samples_to(self.sound.loop_out).filter(|samples| *samples > first + 1);
        let end = (self.real_samples(self.from, 1) + 1).min(out.unwrap_or(i64::MAX));
        let length = end - first;
        let rate = Ratio::new((self.to - self.from).into(), 1)?;
        let frames = self.end.minus(self.start)?;
        let fade = fade.times(rate)?.over(frames)?.round().clamp(0, length.max(0) / 2);
        (length > 1).then_some(Loop { start: self.from + first, period: length - fade, fade })
    }

    /// Samples of the film from its first until a frame of its source is heard; below 0 for one that lies
    /// ahead of it.
    fn samples_to(&self, frame: Option<Frames>) -> Option<i64> {
        let frame = frame?.plus(self.material.offset)?;
        let sample = self.material.grid.sample_at(frame, self.material.rate);
        let samples = Ratio::new((sample - self.anchor.source).into(), 1)?.over(self.step)?;
        Some(samples.floor())
    }

    /// The channels of its source that are played, and what they are.
    fn channels(&self) -> (Vec<usize>, &'static [Speaker]) {
        let all = 0..self.material.channels;
        let mut played: Vec<usize> = match self.sound.channels.as_slice() {
            [] => all.collect(),
            chosen => chosen.iter().map(|channel| usize::from(*channel)).collect(),
        };
        played.truncate(Layout::SevenOne.channels());
        let speakers = of_count(played.len());
        (played, speakers)
    }

    /// The smallest layout that holds it, where it may be panned within `layout`.
    pub(crate) fn layout(&self, layout: Layout) -> Layout {
        match layout_for(self.channels().1.len()) {
            Layout::Mono if self.sound.pan.is_some() => layout,
            own => own,
        }
    }

    fn stream(&self, planner: &Planner<'_>, clip: &Clip) -> Stream {
        let rate = planner.rate();
        match self.material.origin {
            Origin::Made(generator) => {
                let Source::Generator(made) = &clip.source else { return Stream::Silence };
                let first = self.anchor.source - self.anchor.film;
                let clock = self.clip_clock(planner).counted_from(first);
                let content = Clock::of_sequence(planner.sequence.header.rate, rate);
                let (layout, values) = (layout_for(generator.channels), &made.values);
                let library = planner.library();
                let setup = Setup { sample_rate: rate, layout, values, clock, content, library };
                Stream::Made((generator.build)(&setup))
            }
            Origin::File(file) if self.step == Ratio::ONE => Stream::Direct(file),
            Origin::File(file) => {
                let from = self.material.rate;
                let is_normal = Ratio::new(from.into(), rate.into()) == Some(self.step);
                if is_normal {
                    Stream::Resampled { file, from, to: rate, state: None }
                } else {
                    Stream::Varied { file, speed: Box::new(Varispeed::new(self.step)) }
                }
            }
        }
    }

    /// From samples of the film to frames from the clip's start.
    fn clip_clock(&self, planner: &Planner<'_>) -> Clock {
        let clock = Clock::of_sequence(planner.sequence.header.rate, planner.rate());
        let at = self.from as f64 * clock.top / clock.bottom;
        Clock { origin: self.from, offset: at - self.start.to_f64(), ..clock }
    }

    /// From samples of the film to frames of the source.
    fn content_clock(&self, planner: &Planner<'_>) -> Clock {
        let clock = self.clip_clock(planner);
        let (pace, start) = (self.pace, self.source_start.to_f64());
        Clock {
            top: clock.top * pace.numerator() as f64,
            bottom: clock.bottom * f64::from(pace.denominator()),
            offset: start + clock.offset * pace.to_f64(),
            ..clock
        }
    }
}

fn follows_clip(param: &timeline_format::Param) -> bool {
    let follow = timeline_format::parameter::Follow::Clip;
    matches!(param, timeline_format::Param::Animated(curve) if curve.follow == follow)
}

/// Both halves of a clip on a track of `layout`.
pub(crate) fn voice(
    planner: &Planner<'_>,
    heard: &Heard,
    clip: &Clip,
    (layout, law): (Layout, PanLaw),
) -> (Voice, Reader) {
    let (clip_clock, content_clock) = (heard.clip_clock(planner), heard.content_clock(planner));
    let automation =
        |param: &Option<_>| Automation::new(param.as_ref(), 0.0, clip_clock, content_clock);
    let (channels, speakers) = heard.channels();
    let (from, to) = (heard.audible_from, heard.audible_to);
    let gain = automation(&heard.sound.gain);
    let envelope = Envelope { from, to, ramps: heard.ramps.clone(), gain };
    let placement = Placement::new(speakers, layout, law, automation(&heard.sound.pan));
    let reader = Reader {
        stream: heard.stream(planner, clip),
        anchor: heard.anchor,
        channels: heard.material.channels,
        repeat: heard.repeat(),
        fold: heard.fold(),
    };
    (Voice { envelope, channels, placement }, reader)
}
