//! The files, besides its media, that a film's effects name.

use super::effects;
use signal::Kind;
use std::collections::BTreeSet;
use timeline_format::shot::Look;
use timeline_format::track::Content;
use timeline_format::{Effect, Param, Timeline, Value};

/// Every path that an effect of a film names, from the film.
pub fn files(film: &Timeline) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    each_look(film, &mut |look| {
        look.effects.iter().for_each(|effect| of_effect(effect, &mut found));
    });
    let saved = film.looks.values().flat_map(|saved| &saved.effects);
    saved.for_each(|effect| of_effect(effect, &mut found));
    found
}

/// Shows every look of a film: of shots, takes, stills, clips and free items.
fn each_look(film: &Timeline, show: &mut dyn FnMut(&Look)) {
    for shot in film.shots.values() {
        show(&shot.look);
        shot.takes.iter().for_each(|take| show(&take.look));
    }
    film.stills.values().for_each(|still| show(&still.clip.look));
    for track in film.sequences.values().flat_map(|sequence| &sequence.tracks) {
        match &track.content {
            Content::Sequential(reel) => {
                let clips = reel.placed().filter_map(|(_, item)| item.clip.as_deref());
                clips.for_each(|clip| show(&clip.look));
            }
            Content::Free(layers) => layers.values().for_each(|layer| show(&layer.clip.look)),
        }
    }
}

fn of_effect(effect: &Effect, found: &mut BTreeSet<String>) {
    let Some(known) = effects::named(&effect.kind) else { return };
    for parameter in known.parameters.iter().filter(|it| matches!(it.kind, Kind::File { .. })) {
        let values: Vec<&Value> = match effect.values.get(parameter.id) {
            Some(Param::Constant(value)) => vec![value],
            Some(Param::Animated(curve)) => curve.keys.iter().map(|key| &key.value).collect(),
            None => Vec::new(),
        };
        for value in values {
            if let Value::Text(path) = value
                && !path.is_empty()
            {
                found.insert(path.clone());
            }
        }
    }
}
