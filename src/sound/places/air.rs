//! A bed of a place as a track: an item wherever the place is heard.

use super::names::{derived, strip_of};
use super::spans::{Edge, Span};
use std::sync::Arc;
use timeline_format::clip::Fade;
use timeline_format::footage::Footage;
use timeline_format::mix::{NodeInstance, Strip};
use timeline_format::track::{Content, Place, TrackKind};
use timeline_format::{
    Bed, Clip, ClipSound, Frames, Id, Layered, Location, Rate, Ratio, Source, Timeline, Track,
};

/// The crossfade of a recording that starts over where nothing is said: half a second at 24 frames.
const LOOP: i64 = 12;

/// The track of a bed.
pub(super) fn track(
    (id, place): (Id, &Location),
    bed: &Bed,
    spans: &[Span],
    ground: &Ground<'_>,
) -> Track {
    let strip = strip_of(id, bed.id);
    let mut track = Track::free(strip, TrackKind::Sound);
    track.header.name = format!("{}: {}", place.name, name_of(bed));
    track.header.role = Some(bed.role);
    let between = bed.outside.then_some(&place.outside).into_iter().flatten();
    let between = between.map(|node| own_node(id, node));
    let nodes = bed.strip.nodes.iter().cloned().chain(between).collect();
    track.header.strip = Strip { nodes, ..bed.strip.clone() };
    let items = spans.iter().enumerate().map(|(number, span)| {
        let name = derived(&["stay", strip.as_str(), &number.to_string()]);
        (name, Arc::new(item(bed, span, ground)))
    });
    track.content = Content::Free(items.collect());
    track
}

/// What a bed is called: its name, or its source's.
fn name_of(bed: &Bed) -> &str {
    match &bed.source {
        _ if !bed.name.is_empty() => &bed.name,
        Source::Generator(made) => &made.kind,
        _ => bed.id.as_str(),
    }
}

/// A node of the place on the strip of one of its beds: nodes of the bed may have the same id.
fn own_node(place: Id, node: &NodeInstance) -> NodeInstance {
    NodeInstance { id: derived(&["node", place.as_str(), node.id.as_str()]), ..node.clone() }
}

/// What a bed's own frames are counted against.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) film: &'a Timeline,
    pub(super) rate: Rate,
}

impl Ground<'_> {
    /// The frame of a recording that is heard at a moment: as if it had gone round since the film began, so
    /// that one who comes back to a place does not hear it begin. `None` where the film does not know how long
    /// it is or how fast.
    fn moment_of(&self, bed: &Bed, at: Frames, fade: Frames) -> Option<Frames> {
        let footage = Footage::of(self.film, self.rate, &bed.source);
        footage.first?;
        let step = footage.step(Ratio::ONE, self.rate)?;
        let length = bed.source_out.or(footage.end)?.minus(bed.source_in)?;
        let period = length.minus(fade.times(step)?)?;
        if period <= Frames::ZERO {
            return None;
        }
        let passed = at.times(step)?;
        let rounds = Frames::whole(passed.over(period)?.floor());
        bed.source_in.plus(passed.minus(rounds.times(period)?)?)
    }
}

fn item(bed: &Bed, span: &Span, ground: &Ground<'_>) -> Layered {
    let (start, end) = (span.head.start, span.tail.end);
    let is_endless = matches!(bed.source, Source::Generator(_));
    let fade = |edge: &Edge| {
        (edge.length() > Frames::ZERO).then_some(Fade { length: edge.length(), shape: edge.shape })
    };
    let turn = bed.loop_fade.unwrap_or(Ratio::whole(LOOP));
    let sound = ClipSound {
        fade_in: fade(&span.head),
        fade_out: fade(&span.tail),
        loop_fade: (!is_endless).then_some(turn),
        loop_in: (!is_endless).then_some(bed.source_in),
        loop_out: bed.source_out.filter(|_| !is_endless),
        ..ClipSound::default()
    };
    let recorded = || ground.moment_of(bed, start, turn).unwrap_or(bed.source_in);
    let source_in = if is_endless { start } else { recorded() };
    let clip = Clip { source_in, sound, ..Clip::new(bed.source.clone()) };
    let length = end.minus(start).unwrap_or(Frames::ONE);
    Layered { at: Place::Absolute(start), length, clip }
}
