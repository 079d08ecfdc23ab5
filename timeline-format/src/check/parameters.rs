//! Every parameter of a film, with its place.

use super::facts::{Facts, Placed};
use crate::Param;
use crate::clip::{ClipSound, Source};
use crate::mix::Strip;
use crate::problem::FilmPlace;
use crate::shot::Look;
use std::collections::BTreeMap;

/// Where a parameter is: in the film, and the pointer to its record.
pub(super) type Place<'a> = &'a dyn Fn() -> (FilmPlace, String);
/// What is done with each.
pub(super) type Visit<'a> = &'a mut dyn FnMut(Place<'_>, &str, &Param);

pub(super) fn each(facts: &Facts<'_>, visit: Visit<'_>) {
    for (id, shot) in &facts.film.shots {
        let place = &|| (FilmPlace::default(), format!("/shots/{id}"));
        look(&shot.look, place, visit);
        sound(&shot.sound, place, visit);
        for take in &shot.takes {
            look(&take.look, place, visit);
            if let Some(of_take) = &take.sound {
                sound(of_take, place, visit);
            }
        }
    }
    for (id, saved) in &facts.film.looks {
        let place = &|| (FilmPlace::default(), format!("/looks/{id}"));
        saved.effects.iter().for_each(|effect| values(&effect.values, place, visit));
    }
    for (id, still) in &facts.film.stills {
        let place = &|| (FilmPlace::default(), format!("/stills/{id}"));
        look(&still.clip.look, place, visit);
    }
    for (sequence, placed) in facts.marked(Placed::TREATED) {
        let place = &|| (sequence.place_of(placed), format!("/clips/{}", placed.id));
        look(&placed.clip.look, place, visit);
        sound(&placed.clip.sound, place, visit);
        if let Source::Generator(generator) = &placed.clip.source {
            values(&generator.values, place, visit);
        }
    }
    for (sequence, track) in facts.tracks() {
        let film = || sequence.place().track(track.id);
        strip(&track.header.strip, &|| (film(), format!("/tracks/{}", track.id)), visit);
        for transition in track.transitions.values() {
            values(
                &transition.values,
                &|| (film(), format!("/transitions/{}", transition.id)),
                visit,
            );
        }
    }
    for sequence in &facts.sequences {
        for (id, bus) in &sequence.sequence.buses {
            let place = || (sequence.place().track(*id), format!("/buses/{}~1{id}", sequence.id));
            strip(&bus.strip, &place, visit);
        }
    }
    for (id, delivery) in &facts.film.deliveries {
        values(&delivery.values, &|| (FilmPlace::default(), format!("/deliveries/{id}")), visit);
    }
}

fn look(look: &Look, place: Place<'_>, visit: Visit<'_>) {
    values(&look.placement, place, visit);
    for effect in &look.effects {
        values(&effect.values, place, visit);
        some("mix", effect.mix.as_ref(), place, visit);
    }
    let of_effects = look.effects.iter().flat_map(|effect| &effect.masks);
    for mask in look.masks.iter().chain(of_effects) {
        values(&mask.values, place, visit);
    }
}

fn sound(sound: &ClipSound, place: Place<'_>, visit: Visit<'_>) {
    some("gain", sound.gain.as_ref(), place, visit);
    some("pan", sound.pan.as_ref(), place, visit);
}

fn strip(strip: &Strip, place: Place<'_>, visit: Visit<'_>) {
    some("gain", strip.gain.as_ref(), place, visit);
    some("pan", strip.pan.as_ref(), place, visit);
    for send in &strip.sends {
        some("gain", send.gain.as_ref(), place, visit);
    }
    for node in &strip.nodes {
        values(&node.values, place, visit);
    }
}

fn some(name: &str, param: Option<&Param>, place: Place<'_>, visit: Visit<'_>) {
    if let Some(param) = param {
        visit(place, name, param);
    }
}

fn values(values: &BTreeMap<String, Param>, place: Place<'_>, visit: Visit<'_>) {
    for (name, param) in values {
        visit(place, name, param);
    }
}
