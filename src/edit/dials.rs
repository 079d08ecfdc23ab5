//! Turning the values of a strip at a moment: its level and position, the levels of its sends, what its
//! nodes do.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::automated::Dial;
use crate::edit::keys::{keys_of, with_key, without_keys};
use crate::edit::strips::set_strip;
use std::collections::BTreeSet;
use timeline_format::mix::Strip;
use timeline_format::parameter::{Follow, Key};
use timeline_format::{Frames, Id, IdSource, Param, Timeline};

/// Sets what a strip has there, whatever it was; `None` takes it back to what it is without.
pub fn set_dial(
    film: &Timeline,
    scope: Scope,
    (owner, dial, param): (Id, &Dial, Option<Param>),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    change(film, scope, (owner, dial), |_| param, ids)
}

/// Turns a dial at a moment, in frames of the sequence: what has keyframes gets one there, what has none
/// has the value throughout.
pub fn turn_dial(
    film: &Timeline,
    scope: Scope,
    (owner, dial, key): (Id, &Dial, Key),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let turn = |before: Option<&Param>| {
        let is_keyed = !keys_of(before).is_empty();
        Some(if is_keyed {
            with_key(before, key, Follow::Clip)
        } else {
            Param::Constant(key.value)
        })
    };
    change(film, scope, (owner, dial), turn, ids)
}

/// Sets a keyframe: a new one, or another value for the one at the same place. A constant becomes a curve
/// of this one key.
pub fn key_dial(
    film: &Timeline,
    scope: Scope,
    (owner, dial, key): (Id, &Dial, Key),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let set = |before: Option<&Param>| Some(with_key(before, key, Follow::Clip));
    change(film, scope, (owner, dial), set, ids)
}

/// Removes the keyframe at a place; the last one leaves its value as a constant.
pub fn unkey_dial(
    film: &Timeline,
    scope: Scope,
    (owner, dial, at): (Id, &Dial, Frames),
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut found = false;
    let unkey = |before: Option<&Param>| {
        found = keys_of(before).iter().any(|key| key.at == at);
        before.map(|param| without_keys(param, &BTreeSet::from([at])))
    };
    let edited = change(film, scope, (owner, dial), unkey, ids)?;
    let none = || Refused::Value(format!("there is no keyframe at {at}"));
    found.then_some(edited).ok_or_else(none)
}

fn change(
    film: &Timeline,
    scope: Scope,
    (owner, dial): (Id, &Dial),
    change: impl FnOnce(Option<&Param>) -> Option<Param>,
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut found = true;
    let work = |strip: &mut Strip| {
        let param = change(dial.stated(strip));
        found = dial.put(strip, param).is_some();
    };
    let edited = set_strip(film, scope, owner, work, ids)?;
    found.then_some(edited).ok_or(Refused::NoSuch { what: "value of the strip", id: owner })
}

#[cfg(test)]
mod tests {
    use super::*;
    use timeline_format::mix::Send;
    use timeline_format::parameter::Ease;
    use timeline_format::sequence::Raster;
    use timeline_format::track::TrackKind;
    use timeline_format::{Rate, Sequence, Track, Value};

    fn id(text: &str) -> Id {
        Id::parse(text).unwrap()
    }

    fn film() -> (Timeline, Scope) {
        let raster = Raster { width: 16, height: 9 };
        let film = Timeline::new(raster, Rate::FILM, 48_000, id("main"));
        let mut sequence = Sequence::new(Rate::FILM);
        let mut track = Track::sequential(id("a"), TrackKind::Sound);
        for (name, bus) in
            [("room", r#"{"name":"Room","output":"mix"}"#), ("mix", r#"{"name":"Mix"}"#)]
        {
            let bus = serde_json::from_str(bus).unwrap();
            sequence.buses.insert(id(name), std::sync::Arc::new(bus));
        }
        track.header.strip.sends = vec![Send { to: id("room"), gain: None, pre: true }];
        sequence.tracks.push_back(track.into());
        (film.with_sequence(id("main"), sequence), Scope::of(id("main")))
    }

    fn strip(film: &Timeline) -> Strip {
        film.main().unwrap().tracks[0].header.strip.clone()
    }

    fn key(at: i64, level: f64) -> Key {
        Key { at: Frames::whole(at), value: Value::Number(level), ease: Ease::Linear }
    }

    #[test]
    fn what_is_constant_stays_so_and_what_has_keys_gets_one() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(1);
        let turn = |film: &Timeline, at, level, ids: &mut IdSource| {
            let turned = (id("a"), &Dial::Gain, key(at, level));
            turn_dial(film, scope, turned, ids).unwrap().timeline
        };
        let constant = turn(&film, 5, -6.0, ids);
        assert_eq!(strip(&constant).gain, Some(Param::number(-6.0)));
        let set = |film: &Timeline, at, level, ids: &mut IdSource| {
            key_dial(film, scope, (id("a"), &Dial::Gain, key(at, level)), ids).unwrap().timeline
        };
        let keyed = set(&set(&constant, 0, 0.0, ids), 10, -12.0, ids);
        let turned = turn(&turn(&keyed, 5, -1.0, ids), 10, -3.0, ids);
        let gain = strip(&turned).gain.unwrap();
        let levels = [0.0, 2.5, 5.0, 7.5, 10.0, 20.0].map(|at| gain.number_at(at, f64::NAN));
        assert_eq!(levels, [0.0, -0.5, -1.0, -2.0, -3.0, -3.0]);
        let mut bare = turned;
        for at in [0, 5, 10] {
            let gone = (id("a"), &Dial::Gain, Frames::whole(at));
            bare = unkey_dial(&bare, scope, gone, ids).unwrap().timeline;
            assert!(unkey_dial(&bare, scope, gone, ids).is_err());
        }
        assert_eq!(strip(&bare).gain, Some(Param::number(-3.0)));
        let back = set_dial(&bare, scope, (id("a"), &Dial::Gain, None), ids).unwrap().timeline;
        assert!(back == film);
    }

    #[test]
    fn a_send_that_is_turned_stays_where_it_is_taken() {
        let (film, scope) = film();
        let ids = &mut IdSource::seeded(1);
        let send = Dial::Send(id("room"));
        let turned = (id("a"), &send, key(0, -9.0));
        let film = turn_dial(&film, scope, turned, ids).unwrap().timeline;
        let wanted = Send { to: id("room"), gain: Some(Param::number(-9.0)), pre: true };
        assert_eq!(strip(&film).sends, [wanted]);
        for nowhere in [Dial::Send(id("mix")), Dial::Node(id("n"), "gain".to_owned())] {
            assert!(turn_dial(&film, scope, (id("a"), &nowhere, key(0, 0.0)), ids).is_err());
        }
    }
}
