//! Keyframes on the timeline: whose lanes are open, which keys are chosen, what is done to them together.

use super::values::usual_ease;
use super::{Desk, Known, Other};
use crate::edit::{self, Automated, Refused, Ruler, Scope};
use std::collections::{BTreeMap, BTreeSet};
use timeline_format::parameter::{Ease, Follow, Key};
use timeline_format::{Cut, Frames, Id, Param, Ratio, Sequence, Timeline, Value};

/// Chosen keys: values, and the places of keys on their curves.
pub(in crate::ui) type ChosenKeys = BTreeSet<(Automated, Frames)>;

/// What has values that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// A clip, a free item, a track or a bus.
    Thing(Id),
    /// The transition over a cut of a track.
    Cut(Id, Cut),
}

/// The lanes that are open: a clip's, a transition's or a track's, each of a value that has keys.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Opened {
    /// The track that they lie under.
    pub(in crate::ui) track: Id,
    /// A lane each.
    pub(in crate::ui) values: Vec<Known>,
}

impl Desk {
    /// Opens the lanes of what is chosen: not while a hand holds something, so that no track moves under it.
    pub(in crate::ui) fn open_lanes(&mut self) {
        self.opened = match (self.selection.lead(), self.selection.other()) {
            _ if !self.shows_keys => None,
            (Some(clip), _) => Some(Owner::Thing(clip)),
            (None, Some(Other::Track(track))) => Some(Owner::Thing(track)),
            (None, Some(Other::Cut(track, cut))) => Some(Owner::Cut(track, cut)),
            _ => None,
        };
        if self.chosen_keys.iter().any(|(value, _)| Some(owner_of(value)) != self.opened) {
            self.chosen_keys.clear();
        }
    }

    /// The lanes that are open; `None` where nothing that is chosen has keys.
    pub(in crate::ui) fn lanes(&self) -> Option<Opened> {
        let (track, values) = match self.opened? {
            Owner::Thing(owner) => (self.track_of(owner)?, self.moving_values(owner)),
            Owner::Cut(track, cut) => (track, self.moving_values_of_transition(track, cut)),
        };
        (!values.is_empty()).then_some(Opened { track, values })
    }

    /// The track that a clip or a free item lies on, or that it is.
    fn track_of(&self, owner: Id) -> Option<Id> {
        let sequence = self.sequence()?;
        let found = sequence.find(owner).map(|found| found.track);
        let index = found.or_else(|| sequence.track(owner).map(|(index, _)| index))?;
        Some(sequence.tracks.get(index)?.id)
    }

    /// Shows the lanes of keyframes of what is chosen, or none.
    pub(in crate::ui) fn toggle_lanes(&mut self) {
        self.shows_keys = !self.shows_keys;
    }

    /// Chooses these keys alone, as far as they are there.
    pub(in crate::ui) fn choose_keys(&mut self, keys: ChosenKeys) {
        self.chosen_keys = keys;
        if let Some(film) = self.film().map(|film| film.now().clone()) {
            self.keep_to_keys(&film);
        }
    }

    /// Forgets chosen keys that are no more.
    pub(super) fn keep_to_keys(&mut self, film: &Timeline) {
        self.chosen_keys.retain(|(value, place)| has_key(film, value, *place));
    }

    /// Moves keys in time, and their values by `raise`, as a part of what the hand does now. `from` are the keys
    /// as they were before; those that they become are the chosen ones.
    pub(in crate::ui) fn move_keys(
        &mut self,
        from: &ChosenKeys,
        by: i64,
        raise: &dyn Fn(&Automated, &Value) -> Value,
    ) {
        let mut become_chosen = ChosenKeys::new();
        let is_done = self.edit_live("Move keys", |film, scope, ids| {
            let mut changes = Vec::new();
            for (value, places) in by_value(from) {
                let ruler = ruler_of(film, scope, value)?;
                let far = ruler.distance(Ratio::whole(by)).ok_or(Refused::TooBig)?;
                let param = given(film, scope, value)?;
                let moved = edit::moved(param, &places, far, |it| raise(value, it));
                changes.push((value.clone(), Some(moved.ok_or(Refused::TooBig)?)));
                let moved = places.iter().filter_map(|place| place.plus(far));
                become_chosen.extend(moved.map(|place| (value.clone(), place)));
            }
            edit::set_values(film, scope, &changes, ids)
        });
        if is_done {
            self.choose_keys(become_chosen);
        }
    }

    /// Takes the chosen keys away; whether there were some.
    pub(in crate::ui) fn remove_chosen_keys(&mut self) -> bool {
        self.change_chosen_keys("Remove keys", edit::without_keys)
    }

    /// Has the chosen keys lead on in another way; whether there were some.
    pub(in crate::ui) fn ease_chosen_keys(&mut self, ease: Ease) -> bool {
        self.change_chosen_keys("Ease of keys", |param, places| {
            edit::with_ease(param, places, ease)
        })
    }

    fn change_chosen_keys(
        &mut self,
        name: &str,
        change: impl Fn(&Param, &BTreeSet<Frames>) -> Param,
    ) -> bool {
        let chosen = self.chosen_keys.clone();
        let is_some = !chosen.is_empty();
        if is_some {
            self.edit(name, |film, scope, ids| {
                let changes = by_value(&chosen).into_iter().map(|(value, places)| {
                    let param = change(given(film, scope, value)?, &places);
                    Ok((value.clone(), Some(param)))
                });
                let changes = changes.collect::<Result<Vec<_>, Refused>>()?;
                edit::set_values(film, scope, &changes, ids)
            });
        }
        is_some
    }

    /// Moves the chosen keys by frames, values as they are; whether there were some.
    pub(super) fn nudge_keys(&mut self, by: i64) -> bool {
        let from = self.chosen_keys.clone();
        if !from.is_empty() {
            self.move_keys(&from, by, &|_, value| value.clone());
        }
        !from.is_empty()
    }

    /// Adds a key at a frame, with the value that there is there; it is chosen.
    pub(in crate::ui) fn add_key(&mut self, known: &Known, frame: i64) {
        let value = &known.value;
        let mut made = None;
        self.edit(&format!("Add key of {}", known.label), |film, scope, ids| {
            let at = ruler_of(film, scope, value)?.place_at(Frames::whole(frame));
            let at = at.ok_or(Refused::TooBig)?;
            let param = given(film, scope, value)?;
            let key = Key { at, value: param.at(at.to_f64()), ease: usual_ease(value) };
            made = Some((value.clone(), at));
            let param = edit::with_key(Some(param), key, Follow::Clip);
            edit::set_values(film, scope, &[(value.clone(), Some(param))], ids)
        });
        self.choose_keys(made.into_iter().collect());
    }
}

/// What a value belongs to.
const fn owner_of(value: &Automated) -> Owner {
    match value {
        Automated::Clip(owner, _) | Automated::Strip(owner, _) => Owner::Thing(*owner),
        Automated::Transition(track, cut, _) => Owner::Cut(*track, *cut),
    }
}

fn has_key(film: &Timeline, value: &Automated, place: Frames) -> bool {
    let param = film.main().and_then(|sequence| value.given(film, sequence));
    edit::keys_of(param).iter().any(|key| key.at == place)
}

fn by_value(keys: &ChosenKeys) -> BTreeMap<&Automated, BTreeSet<Frames>> {
    let mut sorted: BTreeMap<&Automated, BTreeSet<Frames>> = BTreeMap::new();
    for (value, place) in keys {
        sorted.entry(value).or_default().insert(*place);
    }
    sorted
}

fn sequence_of(film: &Timeline, scope: Scope) -> Result<&Sequence, Refused> {
    let missing = Refused::NoSuch { what: "sequence", id: scope.sequence };
    film.sequences.get(&scope.sequence).map(AsRef::as_ref).ok_or(missing)
}

fn given<'a>(film: &'a Timeline, scope: Scope, value: &Automated) -> Result<&'a Param, Refused> {
    let gone = || Refused::Value("a value with keys is no more".to_owned());
    value.given(film, sequence_of(film, scope)?).ok_or_else(gone)
}

fn ruler_of(film: &Timeline, scope: Scope, value: &Automated) -> Result<Ruler, Refused> {
    let follow = edit::follow_of(Some(given(film, scope, value)?), Follow::Clip);
    Ruler::of(film, sequence_of(film, scope)?, value, follow).ok_or(Refused::TooBig)
}
