//! The placement of the one generated clip of a film.

use timeline_format::{Param, Reel, Source, Timeline, Value};

/// Two numbers of its placement at each of their keys; none where they have no keys.
pub fn keys(film: &Timeline, name: &str) -> Vec<[f64; 2]> {
    let reels = film.main().unwrap().tracks.iter().filter_map(|track| track.reel());
    let mut clips = reels.flat_map(Reel::iter).filter_map(|item| item.clip.as_ref());
    let card = clips.find(|clip| matches!(clip.source, Source::Generator(_))).unwrap();
    let Some(Param::Animated(curve)) = card.look.placement.get(name) else { return Vec::new() };
    let pair = |value: &Value| match value {
        Value::Vector(pair) => [pair[0], pair[1]],
        other => panic!("{other:?}"),
    };
    curve.keys.iter().map(|key| pair(&key.value)).collect()
}
