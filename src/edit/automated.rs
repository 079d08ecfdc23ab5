//! Values that may move, wherever they are: of clips, of transitions, of the strips of tracks and buses.

use crate::edit::Edited;
use crate::edit::Refused;
use crate::edit::Scope;
use crate::edit::parameters::{self, Target};
use crate::edit::strips;
use crate::edit::surgery::Work;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::mix::{NodeInstance, Send, Strip};
use timeline_format::{
    Clip, Cut, Id, IdSource, Param, Sequence, Shot, Source, Timeline, Transition,
};

/// A value of a sequence that may move.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Automated {
    /// Of a clip or a free item.
    Clip(Id, Target),
    /// Of the transition over a cut of a track, by its parameter.
    Transition(Id, Cut, String),
    /// Of the strip of a track or a bus.
    Strip(Id, Dial),
}

/// A value of a strip.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dial {
    /// Its level, in dB.
    Gain,
    /// Its position, -1 to 1.
    Pan,
    /// The level of what it sends to a bus, in dB.
    Send(Id),
    /// A value of one of its nodes, by its parameter.
    Node(Id, String),
}

impl Automated {
    /// What is stated of it; `None` where nothing is, or where there is no such value.
    pub fn stated<'a>(&self, sequence: &'a Sequence) -> Option<&'a Param> {
        match self {
            Self::Clip(clip, target) => parameters::get(sequence.clip(*clip)?, target),
            Self::Transition(track, cut, name) => {
                sequence.track(*track)?.1.transitions.get(cut)?.values.get(name)
            }
            Self::Strip(owner, dial) => dial.stated(strip_of(sequence, *owner)?),
        }
    }

    /// What holds of it: what is stated of it, else, of a clip, what the take or the shot says that it shows.
    pub fn given<'a>(&self, film: &'a Timeline, sequence: &'a Sequence) -> Option<&'a Param> {
        self.stated(sequence).or_else(|| {
            let Self::Clip(clip, target) = self else { return None };
            let Source::Shot(shot) = &sequence.clip(*clip)?.source else { return None };
            of_shot(film.shots.get(shot)?, target)
        })
    }

    fn put(&self, work: &mut Work<'_>, value: Option<Param>) -> Result<(), Refused> {
        match self {
            Self::Clip(clip, target) => {
                let change = |clip: &mut Clip| parameters::put(clip, target, value);
                work.change_clip(*clip, change)
            }
            Self::Transition(track, cut, name) => {
                let change = |it: &mut Transition| set(&mut it.values, name, value);
                change_transition(work, *track, *cut, change)
            }
            Self::Strip(owner, dial) => {
                let mut found = true;
                let change = |strip: &mut Strip| found = dial.put(strip, value).is_some();
                strips::change(work, *owner, change)?;
                found
                    .then_some(())
                    .ok_or(Refused::NoSuch { what: "value of the strip", id: *owner })
            }
        }
    }
}

impl Dial {
    /// What a strip states of it, if anything.
    pub fn stated<'a>(&self, strip: &'a Strip) -> Option<&'a Param> {
        match self {
            Self::Gain => strip.gain.as_ref(),
            Self::Pan => strip.pan.as_ref(),
            Self::Send(to) => strip.sends.iter().find(|send| send.to == *to)?.gain.as_ref(),
            Self::Node(node, name) => {
                strip.nodes.iter().find(|it| it.id == *node)?.values.get(name)
            }
        }
    }

    pub(super) fn put(&self, strip: &mut Strip, value: Option<Param>) -> Option<()> {
        let is_sent = |to: Id| move |send: &&mut Send| send.to == to;
        let is_node = |id: Id| move |node: &&mut NodeInstance| node.id == id;
        match self {
            Self::Gain => strip.gain = value,
            Self::Pan => strip.pan = value,
            Self::Send(to) => strip.sends.iter_mut().find(is_sent(*to))?.gain = value,
            Self::Node(node, name) => {
                set(&mut strip.nodes.iter_mut().find(is_node(*node))?.values, name, value);
            }
        }
        Some(())
    }
}

/// What a shot, or first its chosen take, says of every clip that shows it.
fn of_shot<'a>(shot: &'a Shot, target: &Target) -> Option<&'a Param> {
    let take = shot.chosen();
    match target {
        Target::Placement(name) => {
            let of_take = take.and_then(|take| take.look.placement.get(name));
            of_take.or_else(|| shot.look.placement.get(name))
        }
        Target::Gain => {
            let of_take = take.and_then(|take| take.sound.as_ref()?.gain.as_ref());
            of_take.or(shot.sound.gain.as_ref())
        }
        Target::Pan => {
            let of_take = take.and_then(|take| take.sound.as_ref()?.pan.as_ref());
            of_take.or(shot.sound.pan.as_ref())
        }
        Target::Effect(..) | Target::Mix(_) | Target::Mask(..) | Target::Generator(_) => None,
    }
}

/// The strip of a track or a bus.
pub fn strip_of(sequence: &Sequence, owner: Id) -> Option<&Strip> {
    let of_track = || Some(&sequence.track(owner)?.1.header.strip);
    sequence.buses.get(&owner).map(|bus| &bus.strip).or_else(of_track)
}

/// Sets values, each of which may move; `None` takes one back to what it is without. All of them, or none.
pub fn set_values(
    film: &Timeline,
    scope: Scope,
    changes: &[(Automated, Option<Param>)],
    ids: &mut IdSource,
) -> Result<Edited, Refused> {
    let mut work = Work::begin(film, scope, ids)?;
    for (value, param) in changes {
        if let Some(Param::Animated(curve)) = param {
            parameters::check_keys(&curve.keys)?;
        }
        value.put(&mut work, param.clone())?;
    }
    work.finish()
}

fn set(values: &mut BTreeMap<String, Param>, name: &str, value: Option<Param>) {
    match value {
        Some(value) => drop(values.insert(name.to_owned(), value)),
        None => drop(values.remove(name)),
    }
}

fn change_transition(
    work: &mut Work<'_>,
    track: Id,
    cut: Cut,
    change: impl FnOnce(&mut Transition),
) -> Result<(), Refused> {
    let index = work.track_index(track)?;
    let missing = Refused::NoSuch { what: "transition on track", id: track };
    let found = work.track(index)?.transitions.get(&cut);
    let mut changed = Transition::clone(found.ok_or(missing)?);
    change(&mut changed);
    work.track_mut(index)?.transitions.insert(cut, Arc::new(changed));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::drawn::{clip_id, film, id, scope};
    use crate::edit::{add_bus, put_node, set_send};
    use timeline_format::Extra;
    use timeline_format::mix::Bus;

    #[test]
    fn values_of_clips_and_strips_are_set_together_or_not_at_all() {
        let mut ids = IdSource::seeded(3);
        let film = film("|AAAA|BBBB|");
        let bus = Bus {
            name: "Main".to_owned(),
            role: None,
            layout: timeline_format::mix::Layout::Stereo,
            strip: Strip::default(),
            extra: Extra::new(),
        };
        let edited = add_bus(&film, scope(), &bus, &mut ids).unwrap();
        let (film, main) = (edited.timeline, edited.made[0]);
        let node = NodeInstance {
            id: id("n"),
            kind: "tilt".to_owned(),
            bypass: false,
            values: BTreeMap::new(),
            wires: BTreeMap::new(),
            extra: Extra::new(),
        };
        let edited = put_node(&film, scope(), (id("v1"), 0, &node), &mut ids).unwrap();
        let (film, node) = (edited.timeline, edited.made[0]);
        let send = Send { to: main, gain: None, pre: false };
        let film = set_send(&film, scope(), (id("v1"), &send), &mut ids).unwrap().timeline;
        let all = [
            Automated::Clip(clip_id("A"), Target::Placement("opacity".to_owned())),
            Automated::Clip(clip_id("B"), Target::Gain),
            Automated::Strip(id("v1"), Dial::Gain),
            Automated::Strip(main, Dial::Pan),
            Automated::Strip(id("v1"), Dial::Send(main)),
            Automated::Strip(id("v1"), Dial::Node(node, "tilt".to_owned())),
        ];
        let value = |of: &Automated| (of.clone(), Some(Param::number(0.5)));
        let changes: Vec<_> = all.iter().map(value).collect();
        let set = set_values(&film, scope(), &changes, &mut ids).unwrap().timeline;
        let main_sequence = set.main().unwrap();
        for of in &all {
            assert_eq!(of.stated(main_sequence), Some(&Param::number(0.5)), "{of:?}");
        }
        let gone: Vec<_> = all.iter().map(|of| (of.clone(), None)).collect();
        assert!(set_values(&set, scope(), &gone, &mut ids).unwrap().timeline == film);
        for wrong in [
            Automated::Strip(id("v1"), Dial::Node(id("nobody"), "tilt".to_owned())),
            Automated::Clip(id("nobody"), Target::Pan),
            Automated::Strip(id("nobody"), Dial::Gain),
        ] {
            let both = [value(&all[0]), value(&wrong)];
            assert!(set_values(&film, scope(), &both, &mut ids).is_err(), "{wrong:?}");
        }
    }
}
