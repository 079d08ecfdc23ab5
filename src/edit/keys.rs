//! Keyframes of one value: set, moved, eased, taken away. Pure: from a value to another.

use std::collections::BTreeSet;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Frames, Param, Value};

/// The keys of a value; none where it does not move.
pub fn keys_of(param: Option<&Param>) -> &[Key] {
    match param {
        Some(Param::Animated(curve)) => &curve.keys,
        _ => &[],
    }
}

/// What the keys of a value are counted from; `usual` where it has none.
pub fn follow_of(param: Option<&Param>, usual: Follow) -> Follow {
    match param {
        Some(Param::Animated(curve)) => curve.follow,
        _ => usual,
    }
}

/// What takes the place of a value, but for the keys of it that `is_kept` says are to stay: each wins over the one at its
/// place. Keys that are counted from something else cannot stay.
pub fn with_kept(had: Option<&Param>, new: Param, is_kept: impl Fn(&Key) -> bool) -> Param {
    let kept: Vec<Key> = keys_of(had).iter().filter(|key| is_kept(key)).cloned().collect();
    let Param::Animated(mut curve) = new else { return new };
    if kept.is_empty() || follow_of(had, curve.follow) != curve.follow {
        return Param::Animated(curve);
    }
    curve.keys.retain(|key| kept.iter().all(|own| own.at != key.at));
    curve.keys.extend(kept);
    curve.keys.sort_by_key(|key| key.at);
    Param::Animated(curve)
}

/// A value with a key: another value for the one at the same place, or a new one, on the way of the key before
/// it. What did not move becomes a curve of this one key.
pub fn with_key(param: Option<&Param>, key: Key, follow: Follow) -> Param {
    let mut keys = keys_of(param).to_vec();
    match keys.binary_search_by(|known| known.at.cmp(&key.at)) {
        Ok(index) => keys[index].value = key.value,
        Err(index) => {
            let ease = index.checked_sub(1).map_or(key.ease, |before| keys[before].ease);
            keys.insert(index, Key { ease, ..key });
        }
    }
    Param::Animated(Curve { keys, follow: follow_of(param, follow) })
}

/// A value without the keys at some places; where none is left, it is what the first of them was.
pub fn without_keys(param: &Param, places: &BTreeSet<Frames>) -> Param {
    let Param::Animated(curve) = param else { return param.clone() };
    let left: Vec<Key> =
        curve.keys.iter().filter(|key| !places.contains(&key.at)).cloned().collect();
    match curve.keys.first() {
        Some(first) if left.is_empty() => Param::Constant(first.value.clone()),
        _ => Param::Animated(Curve { keys: left, ..*curve }),
    }
}

/// A value whose keys at some places lead on in another way.
pub fn with_ease(param: &Param, places: &BTreeSet<Frames>, ease: Ease) -> Param {
    changed(param, places, |key| Some(Key { ease, ..key.clone() })).unwrap_or_else(|| param.clone())
}

/// A value whose keys at some places lie `by` later, and have other values. One that comes to lie on a key
/// that stays takes its place. `None` where the figures are too big.
pub fn moved(
    param: &Param,
    places: &BTreeSet<Frames>,
    by: Frames,
    value: impl Fn(&Value) -> Value,
) -> Option<Param> {
    changed(param, places, |key| {
        Some(Key { at: key.at.plus(by)?, value: value(&key.value), ease: key.ease })
    })
}

fn changed(
    param: &Param,
    places: &BTreeSet<Frames>,
    change: impl Fn(&Key) -> Option<Key>,
) -> Option<Param> {
    let Param::Animated(curve) = param else { return Some(param.clone()) };
    let (chosen, mut keys): (Vec<Key>, Vec<Key>) =
        curve.keys.iter().cloned().partition(|key| places.contains(&key.at));
    let chosen = chosen.iter().map(change).collect::<Option<Vec<Key>>>()?;
    keys.retain(|key| chosen.iter().all(|other| other.at != key.at));
    keys.extend(chosen);
    keys.sort_by_key(|key| key.at);
    Some(Param::Animated(Curve { keys, ..*curve }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(at: i64, number: f64) -> Key {
        Key { at: Frames::whole(at), value: Value::Number(number), ease: Ease::Linear }
    }

    fn curve(keys: &[(i64, f64)]) -> Param {
        let keys = keys.iter().map(|(at, number)| key(*at, *number)).collect();
        Param::Animated(Curve { keys, follow: Follow::Clip })
    }

    fn at(places: &[i64]) -> BTreeSet<Frames> {
        places.iter().copied().map(Frames::whole).collect()
    }

    #[test]
    fn keys_are_set_moved_and_taken_away() {
        let start = with_key(Some(&Param::number(3.0)), key(5, 1.0), Follow::Clip);
        assert_eq!(start, curve(&[(5, 1.0)]));
        let two = with_key(Some(&start), key(2, 0.0), Follow::Content);
        assert_eq!(two, curve(&[(2, 0.0), (5, 1.0)]), "a curve keeps what it counts from");
        let again = with_key(Some(&two), key(5, 4.0), Follow::Clip);
        assert_eq!(again, curve(&[(2, 0.0), (5, 4.0)]));
        let raise = |value: &Value| match value {
            Value::Number(number) => Value::Number(number + 1.0),
            other => other.clone(),
        };
        let three = curve(&[(0, 0.0), (4, 1.0), (8, 2.0)]);
        let move_by = |places: &[i64], by| moved(&three, &at(places), Frames::whole(by), raise);
        assert_eq!(move_by(&[4], 2), Some(curve(&[(0, 0.0), (6, 2.0), (8, 2.0)])));
        assert_eq!(move_by(&[4], 6), Some(curve(&[(0, 0.0), (8, 2.0), (10, 2.0)])));
        assert_eq!(move_by(&[0, 4], 4), Some(curve(&[(4, 1.0), (8, 2.0)])));
        assert_eq!(without_keys(&three, &at(&[4])), curve(&[(0, 0.0), (8, 2.0)]));
        assert_eq!(without_keys(&three, &at(&[0, 4, 8])), Param::number(0.0));
    }

    #[test]
    fn keys_that_stay_win_over_those_that_come() {
        let (had, new) = (curve(&[(0, 9.0), (4, 8.0)]), curve(&[(4, 1.0), (5, 2.0)]));
        let by_hand = |key: &Key| key.at == Frames::whole(4);
        assert_eq!(with_kept(Some(&had), new.clone(), by_hand), curve(&[(4, 8.0), (5, 2.0)]));
        assert_eq!(with_kept(Some(&had), new.clone(), |_| false), new);
        assert_eq!(with_kept(None, new.clone(), |_| true), new);
        let still = Param::number(1.0);
        assert_eq!(with_kept(Some(&had), still.clone(), |_| true), still);
    }

    #[test]
    fn a_new_key_goes_on_as_the_one_before_it_and_a_known_one_keeps_its_way() {
        let two = with_ease(&curve(&[(0, 0.0), (8, 2.0)]), &at(&[0]), Ease::Hold);
        let three = with_key(Some(&two), key(4, 1.0), Follow::Clip);
        let eases =
            |param: &Param| keys_of(Some(param)).iter().map(|it| it.ease).collect::<Vec<_>>();
        assert_eq!(eases(&three), [Ease::Hold, Ease::Hold, Ease::Linear]);
        let set = with_key(Some(&three), key(0, 9.0), Follow::Clip);
        assert_eq!(eases(&set), eases(&three));
    }
}
