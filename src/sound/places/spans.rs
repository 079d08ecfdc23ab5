//! From where to where a place is heard, and how it comes and goes.

use super::scenes::Scene;
use timeline_format::{Crossing, FadeShape, Frames, Id, Ratio, Sequence, Timeline};

/// Frames for which a place is heard without a break.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The place.
    pub place: Id,
    /// The frame of the cut at which the picture comes there.
    pub from: i64,
    /// The frame of the cut at which it leaves.
    pub to: i64,
    /// How it comes in.
    pub head: Edge,
    /// How it goes.
    pub tail: Edge,
}

/// An end of a span.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The first moment of its crossing, in frames of the sequence.
    pub start: Frames,
    /// The first moment behind it: `start` where it is a hard cut.
    pub end: Frames,
    /// How gain moves.
    pub shape: FadeShape,
}

impl Edge {
    /// No crossing.
    const fn hard(at: Frames) -> Self {
        Self { start: at, end: at, shape: FadeShape::EqualPower }
    }

    /// How long it lasts, in frames.
    pub fn length(&self) -> Frames {
        self.end.minus(self.start).unwrap_or(Frames::ZERO)
    }
}

/// A span without its crossings, and how it asks to come in.
struct Stay {
    place: Id,
    from: i64,
    to: i64,
    crossing: Crossing,
}

/// The spans of the places of a sequence, in order: a place goes on over gaps and over every cut to itself.
pub fn spans(film: &Timeline, sequence: &Sequence, scenes: &[Scene]) -> Vec<Span> {
    let stays = stays(film, scenes);
    let end = sequence.length();
    let mut spans: Vec<Span> = Vec::with_capacity(stays.len());
    for (index, stay) in stays.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &stays[before]);
        let before = before.filter(|before| before.to == stay.from);
        let first = before.map_or(0, |before| middle_of(before.from, before.to));
        let bounds = (first, middle_of(stay.from, stay.to));
        let head = match stay.from {
            0 => Edge::hard(Frames::ZERO),
            cut => edge(cut, stay.crossing, bounds),
        };
        if let Some(last) = spans.last_mut().filter(|_| before.is_some()) {
            last.tail = head;
        }
        let is_last = stays.get(index + 1).is_none_or(|next| next.from != stay.to);
        let tail = match stay.to {
            cut if is_last && cut < end => edge(cut, stay.crossing, (bounds.1, end)),
            cut => Edge::hard(Frames::whole(cut)),
        };
        let Stay { place, from, to, .. } = *stay;
        spans.push(Span { place, from, to, head, tail });
    }
    spans
}

const fn middle_of(from: i64, to: i64) -> i64 {
    from.midpoint(to)
}

fn stays(film: &Timeline, scenes: &[Scene]) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::new();
    let mut is_there = false;
    for scene in scenes {
        let last = stays.last_mut().filter(|_| is_there);
        is_there = scene.place.is_some();
        match (last, scene.place) {
            (Some(last), Some(place)) if last.place == place => last.to = scene.to,
            (last, place) => {
                if let Some(last) = last {
                    last.to = scene.from;
                }
                let usual = place.and_then(|id| film.places.get(&id)).map(|place| place.crossing);
                let crossing = scene.crossing.or(usual).unwrap_or_default();
                let (from, to) = (scene.from, scene.to);
                stays.extend(place.map(|place| Stay { place, from, to, crossing }));
            }
        }
    }
    stays
}

/// The crossing about a cut, within `bounds`: where there is less room than it asks for, it is shorter, and
/// nearer to the cut.
fn edge(cut: i64, crossing: Crossing, (first, last): (i64, i64)) -> Edge {
    let (first, last) = (Frames::whole(first), Frames::whole(last));
    let asked = || {
        let half = crossing.length.max(Frames::ZERO).over(Ratio::whole(2))?;
        let middle = Frames::whole(cut).minus(crossing.lead)?.clamp(first, last);
        let half = half.min(middle.minus(first)?).min(last.minus(middle)?);
        Some((middle.minus(half)?, middle.plus(half)?))
    };
    let (start, end) = asked().unwrap_or((Frames::whole(cut), Frames::whole(cut)));
    Edge { start, end, shape: crossing.shape }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use timeline_format::track::TrackKind;
    use timeline_format::{Clip, Item, Location, Rate, Source, Track};

    /// A film whose picture is in places called by letters, `-` in none, `.` a gap.
    fn film(drawing: &str) -> Timeline {
        let (main, raster) =
            (id("main"), timeline_format::sequence::Raster { width: 4, height: 4 });
        let mut film = Timeline::new(raster, Rate::FILM, 48_000, main);
        let mut track = Track::sequential(id("v1"), TrackKind::Picture);
        let items = drawing.split('|').filter(|run| !run.is_empty()).enumerate();
        let item = |(number, run): (usize, &str)| {
            let (name, length) = (id(&format!("i{number}")), run.len() as i64);
            let place = Id::parse(&run[..1]).filter(|_| !run.starts_with('-'));
            let clip = Clip { place, ..Clip::new(Source::Media(id("m"))) };
            if run.starts_with('.') {
                Item::gap(name, length)
            } else {
                Item::clip(name, length, clip)
            }
        };
        track.content = timeline_format::track::Content::Sequential(items.map(item).collect());
        let mut sequence = Sequence::new(Rate::FILM);
        sequence.tracks.push_back(Arc::new(track));
        for name in ["a", "b"] {
            let mut place = Location::new(name);
            place.crossing.length = Frames::whole(4);
            film.places.insert(id(name), Arc::new(place));
        }
        film.with_sequence(main, sequence)
    }

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    #[track_caller]
    fn check(drawing: &str, lead: i64, expected: &[(&str, [f64; 4])]) {
        let mut film = film(drawing);
        for place in film.places.clone().values() {
            let mut led = Location::clone(place);
            led.crossing.lead = Frames::whole(lead);
            film.places.insert(id(&place.name), Arc::new(led));
        }
        let sequence = film.main().unwrap();
        let scenes = super::super::scenes(&film, sequence);
        let spans = spans(&film, sequence, &scenes);
        let found: Vec<_> = spans
            .iter()
            .map(|span| {
                let (head, tail) = (span.head, span.tail);
                let moments = [head.start, head.end, tail.start, tail.end].map(Frames::to_f64);
                (span.place.to_string(), moments)
            })
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        assert_eq!(found, expected, "{drawing}");
    }

    #[test]
    fn a_place_spans_its_cuts_and_gaps_and_crosses_to_the_next() {
        let whole = [0.0, 0.0, 12.0, 12.0];
        check("|aaaa|aaaa|aaaa|", 0, &[("a", whole)]);
        check("|aaaa|....|aaaa|", 0, &[("a", whole)]);
        let (a, b) = ([0.0, 0.0, 6.0, 10.0], [6.0, 10.0, 16.0, 16.0]);
        check("|aaaa|aaaa|bbbbbbbb|", 0, &[("a", a), ("b", b)]);
        let (a, b) = ([0.0, 0.0, 8.0, 12.0], [8.0, 12.0, 20.0, 20.0]);
        check("|aaaa|......|bbbb|bbbbbb|", 0, &[("a", a), ("b", b)]);
    }

    #[test]
    fn a_crossing_leads_or_lags_the_cut() {
        let (a, b) = ([0.0, 0.0, 4.0, 8.0], [4.0, 8.0, 16.0, 16.0]);
        check("|aaaaaaaa|bbbbbbbb|", 2, &[("a", a), ("b", b)]);
        let (a, b) = ([0.0, 0.0, 8.0, 12.0], [8.0, 12.0, 16.0, 16.0]);
        check("|aaaaaaaa|bbbbbbbb|", -2, &[("a", a), ("b", b)]);
    }

    #[test]
    fn where_there_is_no_room_a_crossing_is_shorter() {
        let (a, b) = ([0.0, 0.0, 7.0, 9.0], [7.0, 9.0, 10.0, 10.0]);
        check("|aaaaaaaa|bb|", 0, &[("a", a), ("b", b)]);
    }

    #[test]
    fn a_clip_in_no_place_ends_one() {
        let a = [0.0, 0.0, 6.0, 10.0];
        check("|aaaaaaaa|--------|", 0, &[("a", a)]);
        let again = [14.0, 18.0, 24.0, 24.0];
        check("|aaaaaaaa|--------|aaaaaaaa|", 0, &[("a", a), ("a", again)]);
    }
}
