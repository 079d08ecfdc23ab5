//! The captions that are drawn into a picture, over all of it.

use super::generators::{At, CAPTION};
use super::placement::Placement;
use super::plan::{Layer, Picture};
use super::sources::Sources;
use super::titles;
use super::values::{Moment, Values};
use timeline_format::caption::{Captions, Cue, CueAlign, CuePlace};
use timeline_format::{Sequence, Value};

/// A layer for every place where a sequence's captions are drawn at a frame.
pub(super) fn layers(sequence: &Sequence, frame: i64, sources: &dyn Sources) -> Vec<Layer> {
    let burned = sequence.captions.values().filter(|captions| captions.burned);
    burned.flat_map(|captions| of_captions(captions, frame, sources)).collect()
}

fn of_captions(captions: &Captions, frame: i64, sources: &dyn Sources) -> Vec<Layer> {
    let mut groups: Vec<(&Cue, String)> = Vec::new();
    for cue in captions.at(frame) {
        let same =
            |group: &&mut (&Cue, String)| (group.0.place, group.0.align) == (cue.place, cue.align);
        match groups.iter_mut().find(same) {
            Some((_, text)) => *text = format!("{text}\n{}", cue.text),
            None => groups.push((cue, cue.text.clone())),
        }
    }
    groups.into_iter().map(|(cue, text)| layer(captions, (cue, text), frame, sources)).collect()
}

fn layer(
    captions: &Captions,
    (cue, text): (&Cue, String),
    frame: i64,
    sources: &dyn Sources,
) -> Layer {
    let since = frame.saturating_sub(cue.at) as f64;
    let moment = Moment { clip: since, content: since };
    let align = match cue.align {
        CueAlign::Centre => "centre",
        CueAlign::Left => "left",
        CueAlign::Right => "right",
    };
    let place = match cue.place {
        CuePlace::Bottom => "bottom",
        CuePlace::Middle => "middle",
        CuePlace::Top => "top",
    };
    let values = Values::resolve(CAPTION.parameters, moment, |id| captions.style.get(id))
        .with("text", Value::Text(text))
        .with("align", Value::Text(align.to_owned()))
        .with("place", Value::Text(place.to_owned()));
    let values = titles::with_font(values, sources);
    let picture = Picture::Made { generator: CAPTION, values, at: At::default() };
    Layer::new(picture, Placement::default())
}
