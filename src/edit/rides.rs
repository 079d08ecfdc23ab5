//! What a node does to the level, written down: a gain with keyframes in its place.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::strips::set_strip;
use std::collections::BTreeMap;
use timeline_format::mix::{NodeInstance, Strip};
use timeline_format::parameter::Curve;
use timeline_format::{Extra, Id, IdSource, Param, Timeline};

/// The kind of node that a ride is written as, and its value.
const GAIN: &str = "gain";

/// Puts a gain that goes along `curve` ahead of a node, and bypasses the node: what it did can be edited
/// from then on. The gain that was put there the last time makes room.
pub fn write_ride(
    film: &Timeline,
    scope: Scope,
    (owner, node, curve): (Id, Id, Curve),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let made = ids.next_id();
    let gain = NodeInstance {
        id: made,
        kind: GAIN.to_owned(),
        bypass: false,
        values: BTreeMap::from([(GAIN.to_owned(), Param::Animated(curve))]),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    };
    let mut found = false;
    let write = |strip: &mut Strip| {
        if let Some(place) = strip.nodes.iter().position(|it| it.id == node) {
            found = true;
            let place = drop_old(strip, place);
            strip.nodes[place].bypass = true;
            strip.nodes.insert(place, gain);
        }
    };
    let mut edited = set_strip(film, scope, owner, write, ids)?;
    if !found {
        return Err(Refused::NoSuch { what: "sound node", id: node });
    }
    edited.made.push(made);
    Ok(edited)
}

/// Takes away what a ride of the node at `place` was written as before; where the node is then.
fn drop_old(strip: &mut Strip, place: usize) -> usize {
    if written_ride(strip, place).is_none() {
        return place;
    }
    strip.nodes.remove(place - 1);
    place - 1
}

/// What the ride of the node at `place` of a strip was written as: the gain with keyframes right ahead of
/// it, where it is bypassed itself.
pub fn written_ride(strip: &Strip, place: usize) -> Option<&NodeInstance> {
    let (node, ahead) = (strip.nodes.get(place)?, strip.nodes.get(place.checked_sub(1)?)?);
    let is_curve = matches!(ahead.values.get(GAIN), Some(Param::Animated(_)));
    (node.bypass && ahead.kind == GAIN && is_curve).then_some(ahead)
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::parameter::{Ease, Follow, Key};
    use timeline_format::sequence::Raster;
    use timeline_format::track::TrackKind;
    use timeline_format::{Rate, Ratio, Sequence, Track, Value};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn curve(level: f64) -> Curve {
        let key = |at, level| Key {
            at: Ratio::whole(at),
            value: Value::Number(level),
            ease: Ease::Linear,
        };
        Curve { keys: vec![key(0, 0.0), key(10, level)], follow: Follow::Clip }
    }

    fn node(name: &str, kind: &str) -> NodeInstance {
        NodeInstance {
            id: id(name),
            kind: kind.into(),
            bypass: false,
            values: BTreeMap::new(),
            wires: BTreeMap::new(),
            extra: Extra::new(),
        }
    }

    #[test]
    fn a_ride_stands_ahead_of_its_node_and_is_written_anew_in_its_place() {
        let raster = Raster { width: 16, height: 9 };
        let film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let mut sequence = Sequence::new(Rate::FILM);
        let mut track = Track::sequential(id("a"), TrackKind::Sound);
        track.header.strip.nodes = vec![node("g", "gain"), node("d", "duck"), node("l", "limiter")];
        sequence.tracks.push_back(track.into());
        let (film, scope) = (film.with_sequence(id("main"), sequence), Scope::of(id("main")));
        let ids = &mut IdSource::seeded(1);
        let write = |film: &Timeline, level, ids: &mut IdSource| {
            write_ride(film, scope, (id("a"), id("d"), curve(level)), ids).unwrap()
        };
        let strip = |film: &Timeline| film.main().unwrap().tracks[0].header.strip.clone();
        let kinds = |film: &Timeline| {
            let nodes = strip(film).nodes.into_iter();
            nodes.map(|node| (node.kind, node.bypass)).collect::<Vec<_>>()
        };
        let once = write(&film, -6.0, ids);
        let wanted = [("gain", false), ("gain", false), ("duck", true), ("limiter", false)];
        let wanted = wanted.map(|(kind, bypass)| (kind.to_owned(), bypass));
        assert_eq!(kinds(&once.timeline), wanted);
        assert_eq!(strip(&once.timeline).nodes[1].id, once.made[0]);
        let twice = write(&once.timeline, -9.0, ids);
        assert_eq!(kinds(&twice.timeline), wanted);
        let strip = strip(&twice.timeline);
        let written = written_ride(&strip, 2).unwrap();
        assert_eq!(written.values[GAIN], Param::Animated(curve(-9.0)));
        assert!(written_ride(&strip, 1).is_none() && written_ride(&strip, 0).is_none());
        let gone = write_ride(&film, scope, (id("a"), id("x"), curve(0.0)), ids);
        assert!(gone.is_err());
    }
}
