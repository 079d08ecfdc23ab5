//! Faults of pictures: kept, accepted by name, mended.

use crate::edit::takes::change_shot;
use crate::edit::{Edited, Refused};
use std::sync::Arc;
use timeline_format::parameter::{Curve, Key};
use timeline_format::shot::{FrameList, Run};
use timeline_format::{Effect, Fault, FaultState, Frames, Id, Media, Param, Ratio, Take, Timeline};

/// Whose pictures have a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faulty {
    /// Those of a take of a shot.
    Take(Id, Id),
    /// Those of a media that is shown without a shot.
    Media(Id),
}

/// Every fault of a film, and whose it is.
pub fn faults_of(film: &Timeline) -> Vec<(Faulty, Fault)> {
    let of_takes = film.shots.iter().flat_map(|(shot, it)| {
        let takes = it.takes.iter();
        takes.flat_map(move |take| {
            take.faults.iter().map(move |fault| (Faulty::Take(*shot, take.id), fault.clone()))
        })
    });
    let of_media = film.media.iter().flat_map(|(id, media)| {
        media.faults.iter().map(move |fault| (Faulty::Media(*id), fault.clone()))
    });
    of_takes.chain(of_media).collect()
}

/// Keeps what was found of the pictures of a take or a media, in the place of what was kept before.
///
/// # Errors
/// Where the film has no such take or media.
pub fn keep_faults(film: &Timeline, of: Faulty, faults: Vec<Fault>) -> Result<Edited, Refused> {
    change(film, of, |known| {
        *known = faults;
        Ok(())
    })
}

/// Takes a fault as it is: `by` says who does, and why.
///
/// # Errors
/// Where the film has no such fault, or nobody says so.
pub fn accept_fault(
    film: &Timeline,
    fault: Id,
    (by, because): (&str, &str),
) -> Result<Edited, Refused> {
    if by.trim().is_empty() || because.trim().is_empty() {
        let words = "a fault is accepted by somebody, for a reason: say who and why";
        return Err(Refused::Value(words.to_owned()));
    }
    decide(film, fault, |it| {
        it.state = FaultState::Accepted;
        (it.by, it.because) = (by.trim().to_owned(), because.trim().to_owned());
        it.effect = None;
    })
}

/// Takes back what was decided of a fault; an effect that mends it stays.
///
/// # Errors
/// Where the film has no such fault.
pub fn reopen_fault(film: &Timeline, fault: Id) -> Result<Edited, Refused> {
    decide(film, fault, |it| {
        it.state = FaultState::Open;
        (it.by, it.because, it.effect) = (String::new(), String::new(), None);
    })
}

/// Mends a fault of a take by an effect of the take, ahead of those that it has. Keyframes of the effect are counted in
/// frames of the media.
///
/// # Errors
/// Where the film has no such fault of a take, or the keyframes cannot follow because the take has a list of frames.
pub fn mend_fault(film: &Timeline, fault: Id, effect: &Effect) -> Result<Edited, Refused> {
    let of = whose(film, fault)?;
    let Faulty::Take(shot, take) = of else {
        let words = "the fault is of a media that is shown without a shot: make a shot of it (roomtone takes FILM --bring), look again, and mend it there";
        return Err(Refused::Value(words.to_owned()));
    };
    let timeline = change_shot(film, shot, |shot| {
        let found = shot.takes.iter_mut().find(|known| known.id == take);
        let found = found.ok_or(Refused::NoSuch { what: "take", id: take })?;
        let effect = on_take(effect, found)?;
        found.look.effects.retain(|known| known.id != effect.id);
        found.look.effects.insert(0, effect);
        Ok(())
    })?;
    let mut edited = decide(&timeline, fault, |it| {
        it.state = FaultState::Fixed;
        it.effect = Some(effect.id);
    })?;
    edited.made.push(effect.id);
    Ok(edited)
}

/// Mends a fault of a take by leaving frames of its media out of what it shows.
///
/// # Errors
/// Where the film has no such fault of a take, the media's length is not known, or nothing would be left.
pub fn leave_out(film: &Timeline, fault: Id, frames: &[i64]) -> Result<Edited, Refused> {
    let Faulty::Take(shot, take) = whose(film, fault)? else {
        let words = "frames are left out of a take, and the fault is of a media without a shot";
        return Err(Refused::Value(words.to_owned()));
    };
    let length = film
        .shots
        .get(&shot)
        .and_then(|shot| shot.takes.iter().find(|known| known.id == take))
        .and_then(|take| film.media.get(&take.media))
        .and_then(|media| media.length);
    let edited = crate::edit::change_take(film, (shot, take), |take| {
        if let Some(list) = shorter(take.frames.as_ref(), length.map_or(0, Ratio::floor), frames) {
            take.frames = Some(list);
        }
    })?;
    let decided = decide(&edited.timeline, fault, |it| it.state = FaultState::Fixed)?;
    Ok(Edited { timeline: decided.timeline, ..edited })
}

/// A list of frames without some; `None` where nothing would be left.
fn shorter(list: Option<&FrameList>, length: i64, without: &[i64]) -> Option<FrameList> {
    let shown: Vec<i64> = match list {
        Some(list) => (0..list.length()).map(|index| list.frame(index)).collect(),
        None => (0..length).collect(),
    };
    let mut runs: Vec<Run> = Vec::new();
    for frame in shown.into_iter().filter(|frame| !without.contains(frame)) {
        let frame = u32::try_from(frame).ok()?;
        match runs.last_mut() {
            Some(run) if run.times == 1 && run.last + 1 == frame => run.last = frame,
            _ => runs.push(Run { first: frame, last: frame, times: 1 }),
        }
    }
    FrameList::new(runs)
}

/// An effect whose keyframes are counted on the shot's grid, where they were counted on the media's.
fn on_take(effect: &Effect, take: &Take) -> Result<Effect, Refused> {
    let is_keyed =
        effect.values.values().chain(&effect.mix).any(|it| matches!(it, Param::Animated(_)));
    if is_keyed && take.frames.is_some() {
        let words = format!(
            "take {} shows a list of frames, which keyframes cannot follow: mend it before frames are left out",
            take.id
        );
        return Err(Refused::Value(words));
    }
    let mut moved = effect.clone();
    for param in moved.values.values_mut().chain(&mut moved.mix) {
        if let Param::Animated(curve) = param {
            *curve = shifted(curve, take.offset);
        }
    }
    Ok(moved)
}

fn shifted(curve: &Curve, offset: Frames) -> Curve {
    let key = |key: &Key| Key { at: key.at.minus(offset).unwrap_or(key.at), ..key.clone() };
    Curve { keys: curve.keys.iter().map(key).collect(), follow: curve.follow }
}

fn whose(film: &Timeline, fault: Id) -> Result<Faulty, Refused> {
    let found = faults_of(film).into_iter().find(|(_, known)| known.id == fault);
    found.map(|(of, _)| of).ok_or(Refused::NoSuch { what: "fault", id: fault })
}

fn decide(film: &Timeline, fault: Id, change_it: impl Fn(&mut Fault)) -> Result<Edited, Refused> {
    change(film, whose(film, fault)?, |faults| {
        faults.iter_mut().filter(|known| known.id == fault).for_each(&change_it);
        Ok(())
    })
}

fn change(
    film: &Timeline,
    of: Faulty,
    change: impl FnOnce(&mut Vec<Fault>) -> Result<(), Refused>,
) -> Result<Edited, Refused> {
    match of {
        Faulty::Take(shot, take) => {
            let timeline = change_shot(film, shot, |shot| {
                let found = shot.takes.iter_mut().find(|known| known.id == take);
                change(&mut found.ok_or(Refused::NoSuch { what: "take", id: take })?.faults)
            })?;
            Ok(Edited::plain(timeline))
        }
        Faulty::Media(id) => {
            let media = film.media.get(&id).ok_or(Refused::NoSuch { what: "media", id })?;
            let mut media = Media::clone(media);
            change(&mut media.faults)?;
            let media = film.media.update(id, Arc::new(media));
            Ok(Edited::plain(Timeline { media, ..film.clone() }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_frames_keeps_the_others_in_their_order() {
        let list = |text: &str| text.parse::<FrameList>().unwrap();
        let without = |list: Option<&FrameList>, frames: &[i64]| {
            shorter(list, 9, frames).unwrap().to_string()
        };
        assert_eq!(without(None, &[2, 5, 8]), "0-1 3-4 6-7");
        assert_eq!(without(Some(&list("5-3 0x2")), &[4]), "5 3 0 0");
        assert_eq!(shorter(None, 2, &[0, 1]), None);
    }
}
