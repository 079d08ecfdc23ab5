//! How near one is: the level and the heights of dialogue and foley, shot by shot.

use super::names::derived;
use super::scenes::Scene;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::NodeInstance;
use timeline_format::parameter::{Curve, Follow, Key};
use timeline_format::track::TrackKind;
use timeline_format::{
    Extra, Frames, Param, Perspective, Ratio, Role, Sequence, Stand, Timeline, Value,
};

/// What a shot that says nothing of it does: nothing.
const UNSAID: Stand = Stand { gain: 0.0, air: 0.0, room: Perspective::Medium.stand().room };

/// Where the shelf begins that stands for the air: half of what it takes at 10 kHz.
const SHELF: f64 = 6000.0;

/// Whether a track's sound comes from where the picture looks.
pub(super) fn is_in_picture(track: &timeline_format::Track) -> bool {
    let role = matches!(track.header.role, Some(Role::Dialogue | Role::Foley));
    role && track.header.kind == TrackKind::Sound
}

/// What a scene does to dialogue and foley.
pub(super) fn stand_of(film: &Timeline, scene: &Scene) -> Stand {
    let Some(perspective) = scene.perspective else { return UNSAID };
    let place = scene.place.and_then(|place| film.places.get(&place));
    let own = place.and_then(|place| place.stands.get(&perspective));
    own.copied().unwrap_or_else(|| perspective.stand())
}

/// Gives the tracks of dialogue and foley the level and the heights that the shots ask for.
pub(super) fn stand(film: &Timeline, sequence: &mut Sequence, scenes: &[Scene]) {
    if scenes.iter().all(|scene| scene.perspective.is_none()) {
        return;
    }
    let curve =
        |value: fn(&Stand) -> f64| stepped(scenes, |scene| value(&stand_of(film, scene)), 0.0);
    let (gain, air) = (curve(|stand| stand.gain), curve(|stand| stand.air));
    for track in sequence.tracks.iter_mut().filter(|track| is_in_picture(track)) {
        let nodes = &mut Arc::make_mut(track).header.strip.nodes;
        let eq = [("high_frequency", Param::number(SHELF)), ("high_gain", air.clone())];
        nodes.push(node("eq", eq));
        nodes.push(node("gain", [("gain", gain.clone())]));
    }
}

fn node<const N: usize>(kind: &str, values: [(&str, Param); N]) -> NodeInstance {
    NodeInstance {
        id: derived(&["stand", kind]),
        kind: kind.to_owned(),
        bypass: false,
        values: values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        wires: BTreeMap::new(),
        extra: Extra::new(),
    }
}

/// A value that is another in each scene, and goes over within a frame about each cut; between scenes it
/// holds, before the first it is that of the first.
pub(super) fn stepped(scenes: &[Scene], value: impl Fn(&Scene) -> f64, otherwise: f64) -> Param {
    let half = Ratio::new(1, 2).unwrap_or(Ratio::ONE);
    let mut keys: Vec<Key> = Vec::new();
    let mut last: Option<f64> = None;
    let key = |at: Frames, value: f64| Key {
        at,
        value: Value::Number(value),
        ease: timeline_format::parameter::Ease::Linear,
    };
    for scene in scenes {
        let next = value(scene);
        let cut = Frames::whole(scene.from);
        let moments = (cut.minus(half), cut.plus(half));
        if let (Some(before), (Some(start), Some(end))) =
            (last.filter(|last| *last != next), moments)
        {
            keys.extend([key(start, before), key(end, next)]);
        }
        last = Some(next);
    }
    match (keys.is_empty(), last) {
        (false, _) => Param::Animated(Curve { keys, follow: Follow::Clip }),
        (true, only) => Param::number(only.unwrap_or(otherwise)),
    }
}
