//! From a document to a plan: which clips are visible, and which frames of their sources.

use super::camera::Camera;
use super::captions;
use super::effects::{Effects, Means, Plate};
use super::generators::{self, At};
use super::key::Key;
use super::moment::{Span, Way};
use super::placement::Placement;
use super::plan::{Between, Layer, Picture, Plan};
use super::sources::Sources;
use super::stack::{self, Looks};
use super::titles;
use super::transitions;
use super::values::{Moment, Values};
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::shot::Look;
use timeline_format::track::{Content, TrackKind};
use timeline_format::transition::Handles;
use timeline_format::{
    Clip, Frames, Id, Item, Layered, Media, Rate, Ratio, Reel, Sequence, Source, Take, Timeline,
    Track, Transition,
};

/// How deep sequences may nest; what lies deeper, or in itself, is a slate.
const DEEPEST: usize = 16;

/// What is visible at `frame` of a sequence. Never fails: what is missing is a slate, and nothing
/// lies before the first frame and after the last.
pub fn plan(timeline: &Timeline, sequence: Id, frame: i64, sources: &dyn Sources) -> Plan {
    let planner = Planner { timeline, sources, looks: Looks::default() };
    planner
        .sequence(sequence, frame, 0)
        .unwrap_or_else(|| Plan { raster: timeline.settings.raster, layers: vec![slate()] })
}

fn slate() -> Layer {
    let picture = Picture::Made {
        generator: generators::SLATE,
        values: Values::default(),
        at: At::default(),
    };
    Layer::new(picture, Placement::default())
}

struct Planner<'a> {
    timeline: &'a Timeline,
    sources: &'a dyn Sources,
    looks: Looks,
}

/// What a clip comes to.
enum Shown {
    /// A picture.
    Layer(Box<Layer>),
    /// What moves the pictures below.
    Camera(Box<Camera>),
}

/// Where a clip is being looked at.
#[derive(Clone, Copy)]
struct Place<'a> {
    sequence: &'a Sequence,
    /// From the clip's head to the centre of the frame, in frames of the sequence.
    elapsed: Frames,
    span: Span,
    depth: usize,
}

/// What of a source is seen.
struct Seen {
    /// On the source's own grid.
    at: Frames,
    moment: Moment,
    /// The clip's length, in frames of the sequence.
    length: i64,
}

/// What a source shows and how it is counted.
struct Found<'a> {
    rate: Rate,
    extent: Option<Frames>,
    take: Option<&'a Take>,
    looks: Vec<&'a Look>,
}

impl Planner<'_> {
    fn sequence(&self, id: Id, frame: i64, depth: usize) -> Option<Plan> {
        let sequence = self.timeline.sequences.get(&id).filter(|_| depth < DEEPEST)?;
        let mut layers = Vec::new();
        for track in &sequence.tracks {
            if track.header.kind != TrackKind::Picture || track.header.hidden {
                continue;
            }
            match &track.content {
                Content::Sequential(reel) => {
                    let shown = self.on_reel(sequence, track, reel, frame, depth);
                    self.lay(&mut layers, shown, sequence);
                }
                Content::Free(items) => self.free(sequence, items, frame, depth, &mut layers),
            }
        }
        layers.retain(|layer: &Layer| layer.placement.opacity > 0.0);
        layers.extend(captions::layers(sequence, frame, self.sources));
        Some(Plan { raster: self.timeline.raster_of(sequence), layers })
    }

    /// Lays what a clip shows on what is there.
    fn lay(&self, layers: &mut Vec<Layer>, shown: Option<Shown>, sequence: &Sequence) {
        let raster = self.timeline.raster_of(sequence);
        match shown {
            Some(Shown::Layer(layer)) => stack::lay(layers, *layer, raster, &self.looks),
            Some(Shown::Camera(camera)) => layers.retain_mut(|layer| camera.move_layer(layer)),
            None => {}
        }
    }

    fn on_reel(
        &self,
        sequence: &Sequence,
        track: &Track,
        reel: &Reel,
        frame: i64,
        depth: usize,
    ) -> Option<Shown> {
        let (index, start) = reel.at(frame).unwrap_or((reel.count(), reel.length()));
        let reaches = |index: usize, cut: i64| {
            let transition = track.transition_at(index)?;
            let k = frame.checked_sub(cut)?.checked_add(transition.before)?;
            (k >= 0 && k < transition.length()).then_some((index, transition, k))
        };
        let end = start + reel.get(index).map_or(0, |item| item.length);
        let show = |index: usize| {
            let start = reel.start_of(index)?;
            let item = reel.get(index)?;
            let place = Self::place(sequence, track, index, item, frame - start, depth)?;
            self.clip(item.clip.as_deref()?, place)
        };
        let Some((index, transition, k)) =
            reaches(index, start).or_else(|| reaches(index + 1, end))
        else {
            return show(index);
        };
        let layer = |shown: Shown| match shown {
            Shown::Layer(layer) => Some(*layer),
            Shown::Camera(_) => None,
        };
        let from = index.checked_sub(1).and_then(show).and_then(layer);
        between(transition, k, from, show(index).and_then(layer))
            .map(|layer| Shown::Layer(Box::new(layer)))
    }

    fn place<'a>(
        sequence: &'a Sequence,
        track: &Track,
        index: usize,
        item: &Item,
        k: i64,
        depth: usize,
    ) -> Option<Place<'a>> {
        let side = |index: usize, count: fn(&Transition) -> i64| {
            track
                .transition_at(index)
                .map_or((0, Handles::Real), |one| (count(one).max(0), one.handles))
        };
        let span = Span {
            length: item.length.into(),
            head: side(index, |transition| transition.before),
            tail: side(index + 1, |transition| transition.after),
        };
        let elapsed = Ratio::new(2 * i128::from(k) + 1, 2)?;
        Some(Place { sequence, elapsed, span, depth })
    }

    /// Free items that are visible, those that start later over those that start earlier.
    fn free(
        &self,
        sequence: &Sequence,
        items: &imbl::OrdMap<Id, Arc<Layered>>,
        frame: i64,
        depth: usize,
        layers: &mut Vec<Layer>,
    ) {
        let centre = Ratio::new(2 * i128::from(frame) + 1, 2);
        let starts = sequence.starts(items.values().map(Arc::as_ref));
        let elapsed_of = |item: &Layered| {
            let start = starts.of(item)?;
            let elapsed = centre?.minus(start)?;
            (elapsed >= Ratio::ZERO && elapsed < item.length).then_some((start, elapsed))
        };
        let mut seen: Vec<(Frames, Frames, &Layered)> = items
            .values()
            .filter_map(|item| elapsed_of(item).map(|(start, elapsed)| (start, elapsed, &**item)))
            .collect();
        seen.sort_by_key(|(start, ..)| *start);
        for (_, elapsed, item) in seen {
            let none = (0, Handles::Real);
            let span = Span { length: item.length, head: none, tail: none };
            let shown = self.clip(&item.clip, Place { sequence, elapsed, span, depth });
            self.lay(layers, shown, sequence);
        }
    }

    fn clip(&self, clip: &Clip, place: Place<'_>) -> Option<Shown> {
        if clip.disabled {
            return None;
        }
        let found = self.find(&clip.source, place.sequence);
        let step = found.rate.ratio().over(place.sequence.header.rate.ratio())?;
        let (source_in, speed) = (clip.source_in, clip.speed);
        let way = Way { source_in, speed, step, extent: found.extent };
        let at = way.position(place.elapsed, &place.span)?;
        let clip_frame = place.elapsed.to_f64() - 0.5;
        let moment = Moment { clip: clip_frame, content: way.content(place.elapsed, &place.span) };
        if let Source::Generator(made) = &clip.source
            && made.kind == generators::CAMERA.id
        {
            let rate = place.sequence.header.rate.ratio().to_f64();
            return Some(Shown::Camera(Box::new(Camera::of(&made.values, moment, rate))));
        }
        let mut looks = vec![&clip.look];
        looks.extend(found.looks);
        let seen = Seen { at, moment, length: place.span.length.floor() };
        let picture = self.picture(&clip.source, found.take, &seen, place.depth);
        let first = found.take.map(|take| &take.look);
        let pace = speed.to_f64() * step.to_f64();
        let (mut effects, grade) = Effects::of(&looks, first, moment, self.means(pace));
        if effects.moves() {
            effects.frame = at.floor();
        }
        if let Picture::Media { media, frame, .. } = &picture {
            effects.around = self.around(*media, *frame, (at, found.take), effects.reach());
        }
        effects.ask(&|media, offset| self.plate(media, moment, offset));
        let placement = Placement::of(&looks, moment);
        let motion = Placement::motion(&looks, moment, pace);
        let layer = Layer { picture, placement, motion, effects, grade };
        Some(Shown::Layer(Box::new(layer)))
    }

    /// The frame of another media that belongs to a moment of a source: as many frames from its start.
    fn plate(&self, media: Id, moment: Moment, offset: i64) -> Plate {
        let said = self.timeline.media.get(&media).map_or(Key(0), |media| Key::of_media(media));
        let frame = i128::from(moment.content.floor() as i64) - i128::from(offset);
        let at = Ratio::new(2 * frame + 1, 2).unwrap_or(Ratio::ZERO);
        Plate { media, frame: self.sources.resolve(media, at), said }
    }

    fn means(&self, pace: f64) -> Means<'_> {
        Means { sources: self.sources, looks: &self.timeline.looks, pace }
    }

    /// The frames of a media before and after the one that is shown, as far as there are others.
    fn around(
        &self,
        media: Id,
        shown: i64,
        (at, take): (Frames, Option<&Take>),
        [before, after]: [i64; 2],
    ) -> Vec<(i64, i64)> {
        let frame = |away: i64| {
            let at = at.plus(Ratio::whole(away))?;
            let at = take.map_or(at, |take| take_position(take, at));
            Some((away, self.sources.resolve(media, at)))
        };
        let others = (-before..=after).filter(|away| *away != 0).filter_map(frame);
        others.filter(|(_, frame)| *frame != shown).collect()
    }

    fn find(&self, source: &Source, sequence: &Sequence) -> Found<'_> {
        let rate = sequence.header.rate;
        let nothing = Found { rate, extent: None, take: None, looks: Vec::new() };
        match source {
            Source::Generator(_) => nothing,
            Source::Media(id) => {
                let media = self.timeline.media.get(id);
                let rate = media.and_then(|media| media.rate).unwrap_or(rate);
                Found { rate, extent: media.and_then(|media| media.length), ..nothing }
            }
            Source::Sequence(id) => self.timeline.sequences.get(id).map_or(nothing, |nested| {
                let extent = Some(nested.length().into());
                Found { rate: nested.header.rate, extent, take: None, looks: Vec::new() }
            }),
            Source::Shot(id) => {
                let shot = self.timeline.shots.get(id);
                let take = shot.and_then(|shot| shot.chosen());
                let media = take.and_then(|take| self.timeline.media.get(&take.media));
                let of_media = media.and_then(|media| media.rate);
                let rate = take.and_then(|take| take.rate).or(of_media).unwrap_or(rate);
                let looks = take.map(|take| &take.look).into_iter();
                let looks = looks.chain(shot.map(|shot| &shot.look)).collect();
                Found { rate, extent: take_extent(take, media.map(|media| &**media)), take, looks }
            }
        }
    }

    fn picture(&self, source: &Source, take: Option<&Take>, seen: &Seen, depth: usize) -> Picture {
        let at = seen.at;
        match (source, take) {
            (Source::Media(media), _) => self.media(*media, at),
            (Source::Shot(_), Some(take)) => self.media(take.media, take_position(take, at)),
            (Source::Shot(_), None) => slate().picture,
            (Source::Generator(generator), _) => self.made(generator, seen),
            (Source::Sequence(id), _) => self
                .sequence(*id, at.floor(), depth + 1)
                .map_or_else(|| slate().picture, |plan| Picture::Nested(Arc::new(plan))),
        }
    }

    fn media(&self, media: Id, at: Frames) -> Picture {
        let row = self.timeline.media.get(&media);
        let said = row.map_or(Key(0), |media| Key::of_media(media));
        let stream = row.and_then(|media| media.picture.as_ref());
        let turn = stream.map_or(0, |stream| stream.rotation % 360 / 90 * 90);
        let aspect = stream.and_then(|stream| stream.pixel_aspect).unwrap_or(Ratio::ONE);
        Picture::Media { media, frame: self.sources.resolve(media, at), turn, aspect, said }
    }

    fn made(&self, generator: &Generator, seen: &Seen) -> Picture {
        let Some(found) = generators::named(&generator.kind) else {
            return slate().picture;
        };
        let values = Values::resolve(found.parameters, seen.moment, |id| generator.values.get(id));
        let values = titles::with_font(values, self.sources);
        let (frame, elapsed) = (seen.at.floor(), seen.moment.clip.floor() as i64);
        let at = (found.at)(&values, At { frame, elapsed, length: seen.length });
        Picture::Made { generator: found, values, at }
    }
}

/// How many frames the shot has, on its own grid: those of the take from its offset on.
fn take_extent(take: Option<&Take>, media: Option<&Media>) -> Option<Frames> {
    let take = take?;
    let of_list = take.frames.as_ref().map(|list| Ratio::whole(list.length()));
    of_list.or_else(|| media?.length)?.minus(take.offset)
}

/// From the shot's grid to its media's: by the take's offset, then by its list of frames.
pub(super) fn take_position(take: &Take, at: Frames) -> Frames {
    let on_take = at.plus(take.offset).unwrap_or(at);
    let Some(list) = &take.frames else {
        return on_take;
    };
    let frame = list.frame(on_take.floor());
    Ratio::new(2 * i128::from(frame) + 1, 2).unwrap_or(on_take)
}

fn between(
    transition: &Transition,
    k: i64,
    from: Option<Layer>,
    to: Option<Layer>,
) -> Option<Layer> {
    let found = transitions::named(&transition.kind);
    let progress = transition.progress(k).clamp(0.0, 1.0);
    if progress == 0.0 || progress == 1.0 {
        return if progress == 0.0 { from } else { to };
    }
    if from.is_none() && to.is_none() {
        return None;
    }
    let moment = Moment { clip: k as f64, content: k as f64 };
    let values = Values::resolve(found.parameters, moment, |id| transition.values.get(id));
    let between = Between { transition: found, values, progress, from, to };
    let picture = Picture::Between(Box::new(between));
    Some(Layer::new(picture, Placement::default()))
}
