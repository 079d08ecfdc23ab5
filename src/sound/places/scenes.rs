//! What the picture says, frame by frame, of where one is and how near.

use std::sync::Arc;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{Clip, Crossing, Id, Perspective, Sequence, Source, Timeline, Track};

/// Frames in which the picture says the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scene {
    /// The first frame.
    pub from: i64,
    /// The first frame behind.
    pub to: i64,
    /// Where one is.
    pub place: Option<Id>,
    /// How near.
    pub perspective: Option<Perspective>,
    /// How the place comes in here, where not as it usually does.
    pub crossing: Option<Crossing>,
}

impl Scene {
    const fn says_something(&self) -> bool {
        self.place.is_some() || self.perspective.is_some()
    }
}

/// The scenes of a sequence in order: of clips over each other, the topmost that says something decides.
/// Nothing, where nobody says anything, or the film has no places.
pub fn scenes(film: &Timeline, sequence: &Sequence) -> Vec<Scene> {
    if film.places.is_empty() {
        return Vec::new();
    }
    let mut pictures = sequence.tracks.iter().filter(|track| is_seen(track));
    let mut scenes = pictures.next().map(|track| of_track(film, track)).unwrap_or_default();
    for track in pictures {
        let mut top = of_track(film, track);
        top.retain(Scene::says_something);
        scenes = over(&scenes, &top);
    }
    if scenes.iter().any(Scene::says_something) { scenes } else { Vec::new() }
}

fn is_seen(track: &Arc<Track>) -> bool {
    let is_reel = matches!(track.content, Content::Sequential(_));
    track.header.kind == TrackKind::Picture && is_reel && !track.header.hidden
}

fn of_track(film: &Timeline, track: &Track) -> Vec<Scene> {
    let placed = track.reel().into_iter().flat_map(timeline_format::Reel::placed);
    let scene = |(from, item): (i64, &timeline_format::Item)| {
        let clip = item.clip.as_deref().filter(|clip| !clip.disabled)?;
        Some(scene(film, clip, from, from + item.length))
    };
    placed.filter_map(scene).collect()
}

fn scene(film: &Timeline, clip: &Clip, from: i64, to: i64) -> Scene {
    let shot = match clip.source {
        Source::Shot(id) => film.shots.get(&id),
        _ => None,
    };
    let known = |id: &Id| film.places.contains_key(id);
    let place = clip.place.or_else(|| shot?.place).filter(known);
    let perspective = clip.perspective.or_else(|| shot?.perspective);
    Scene { from, to, place, perspective, crossing: clip.crossing }
}

/// `top` over what of `base` it leaves to be seen.
fn over(base: &[Scene], top: &[Scene]) -> Vec<Scene> {
    let mut seen = Vec::with_capacity(base.len() + 2 * top.len());
    let mut next = 0;
    for scene in base {
        let mut from = scene.from;
        while let Some(above) = top.get(next).filter(|above| above.from < scene.to) {
            if above.from > from {
                seen.push(Scene { from, to: above.from, ..*scene });
            }
            from = from.max(above.to);
            if above.to > scene.to {
                break;
            }
            next += 1;
        }
        if from < scene.to {
            seen.push(Scene { from, ..*scene });
        }
    }
    seen.extend_from_slice(top);
    seen.sort_by_key(|scene| scene.from);
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(drawing: &str) -> Vec<Scene> {
        let letters: Vec<char> = drawing.chars().collect();
        let mut scenes: Vec<Scene> = Vec::new();
        for (frame, letter) in (0..).zip(letters).filter(|(_, letter)| *letter != '.') {
            let place = Id::parse(&letter.to_string());
            match scenes.last_mut() {
                Some(last) if last.place == place && last.to == frame => last.to += 1,
                _ => {
                    let (perspective, crossing) = (None, None);
                    scenes.push(Scene { from: frame, to: frame + 1, place, perspective, crossing });
                }
            }
        }
        scenes
    }

    #[test]
    fn what_lies_above_is_seen() {
        for (base, top, seen) in [
            ("aaaabbbb", "..c.....", "aacabbbb"),
            ("aaaabbbb", "..cccc..", "aaccccbb"),
            ("aaaabbbb", "c......d", "caaabbbd"),
            ("aa..bb", ".cccc.", "accccb"),
            ("aaaa", "bbbb", "bbbb"),
            ("aaaa", "......bb", "aaaa..bb"),
            ("aabb", "", "aabb"),
        ] {
            assert_eq!(over(&drawn(base), &drawn(top)), drawn(seen), "{base} {top}");
        }
    }
}
