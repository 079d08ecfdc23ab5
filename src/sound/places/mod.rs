//! The places of a film as tracks and buses: its air, its rooms, how near one is.
//!
//! A place is no track: it is heard wherever the picture is there. So that it is planned, mixed, metered and
//! delivered like everything else, a sequence is [lived in](lived_in) before it is planned: a track for
//! each bed of a place that the picture goes to, a bus for each room, and sends, levels and heights on
//! the tracks of dialogue and foley. The document has none of them, so that no edit of the picture can
//! cut them, and each of their samples depends on where it lies alone.

mod air;
mod names;
mod ready;
mod rooms;
mod scenes;
mod spans;
mod stands;

pub use names::strip_of;
pub use ready::{ALL as READY, Ready, find};
pub use scenes::{Scene, scenes};
pub use spans::{Edge, Span, spans};

use std::borrow::Cow;
use std::sync::Arc;
use timeline_format::{Sequence, Timeline};

/// A sequence with what its places sound like on tracks and buses of their own: itself, if the film has no
/// places.
pub fn lived_in<'a>(film: &Timeline, sequence: &'a Sequence) -> Cow<'a, Sequence> {
    let scenes = scenes(film, sequence);
    if scenes.is_empty() {
        return Cow::Borrowed(sequence);
    }
    let spans = spans(film, sequence, &scenes);
    let ground = air::Ground { film, rate: sequence.header.rate };
    let mut lived = sequence.clone();
    stands::stand(film, &mut lived, &scenes);
    rooms::answer(film, &mut lived, &scenes);
    for (id, place) in &film.places {
        let own: Vec<Span> = spans.iter().filter(|span| span.place == *id).copied().collect();
        let beds = place.beds.iter().filter(|_| !own.is_empty());
        lived.tracks.extend(beds.map(|bed| Arc::new(air::track((*id, place), bed, &own, &ground))));
    }
    Cow::Owned(lived)
}
