//! Names on the command line: clips, tracks, sources, markers, lengths, moments, values.

use super::Bench;
use super::catalogue::known;
use crate::cli::{Failure, moment};
use crate::edit::{Duration, Edge};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::{FadeShape, Generator};
use timeline_format::track::TrackKind;
use timeline_format::{Extra, Frames, Id, Role, Source, Track, Value};

/// An end of a clip.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum End {
    /// Its first frame.
    Head,
    /// The end of its last frame.
    Tail,
}

impl From<End> for Edge {
    fn from(end: End) -> Self {
        match end {
            End::Head => Self::Head,
            End::Tail => Self::Tail,
        }
    }
}

/// How a fade moves.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Shape {
    /// Keeps the power of different material.
    EqualPower,
    /// Keeps the level of the same material.
    EqualGain,
    /// Slow at both ends.
    Smooth,
    /// Straight in dB, from -60.
    Exponential,
}

impl From<Shape> for FadeShape {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::EqualPower => Self::EqualPower,
            Shape::EqualGain => Self::EqualGain,
            Shape::Smooth => Self::Smooth,
            Shape::Exponential => Self::Exponential,
        }
    }
}

/// A value as it is written in a film: 1.5, [960, 540], true, fill.
pub(super) fn value(text: &str) -> Result<Value, String> {
    if text.is_empty() {
        return Err("write a value: 1.5, [960,540], true, fill".to_owned());
    }
    Ok(serde_json::from_str(text).unwrap_or_else(|_| Value::Text(text.to_owned())))
}

/// A value and its name: `angle=90`.
pub(in crate::cli) fn value_of_name(text: &str) -> Result<(String, Value), String> {
    let (name, text) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.to_owned(), value(text)?))
}

impl Bench<'_> {
    /// The frame that `text` names.
    pub(super) fn frame(&self, text: &str) -> Result<i64, Failure> {
        moment::frame_at(text, &self.main)
    }

    /// The frames that `text` lasts.
    pub(super) fn length(&self, text: &str) -> Result<i64, Failure> {
        let header = &self.main.header;
        let length = Duration::parse(text).map_err(Failure::call)?;
        length.frames(header.rate, header.timecode).map_err(Failure::call)
    }

    /// The track called `text`: by id, by name, by its place among the pictures or the sounds from the
    /// bottom up (v1, a2), or by its role.
    pub(super) fn track(&self, text: &str) -> Result<Id, Failure> {
        let named = |text: &str| {
            self.main
                .tracks
                .iter()
                .find(|track| track.id.as_str() == text || track.header.name == text)
        };
        let found = named(text).or_else(|| self.track_by_place(text));
        found.or_else(|| self.track_by_role(text)).map(|track| track.id).ok_or_else(|| {
            let known: Vec<_> = self.main.tracks.iter().map(|track| track.id.to_string()).collect();
            Failure::call(format!(
                "there is no track {text:?}; the tracks are {}",
                known.join(", ")
            ))
        })
    }

    fn track_by_place(&self, text: &str) -> Option<&Arc<Track>> {
        let kind = match text.chars().next()? {
            'v' | 'V' => TrackKind::Picture,
            'a' | 'A' => TrackKind::Sound,
            _ => return None,
        };
        let place: usize = text.get(1..)?.parse().ok()?;
        let mut tracks = self.main.tracks.iter().filter(|track| track.header.kind == kind);
        tracks.nth(place.checked_sub(1)?)
    }

    /// The one track of a role.
    fn track_by_role(&self, text: &str) -> Option<&Arc<Track>> {
        let role: Role = serde_json::from_value(text.into()).ok()?;
        let mut tracks = self.main.tracks.iter().filter(|track| track.header.role == Some(role));
        tracks.next().filter(|_| tracks.next().is_none())
    }

    /// The tracks called so.
    pub(super) fn tracks(&self, names: &[String]) -> Result<Vec<Id>, Failure> {
        names.iter().map(|name| self.track(name)).collect()
    }

    /// The clip or free item called `text`: an id, or TRACK@MOMENT.
    pub(super) fn clip(&self, text: &str) -> Result<Id, Failure> {
        let Some((track, at)) = text.split_once('@') else {
            let id = Id::parse(text).filter(|id| self.main.clip(*id).is_some());
            let words = "name a clip by its id or by a place, such as v1@58";
            return id.ok_or_else(|| Failure::call(format!("there is no clip {text:?}; {words}")));
        };
        let (id, frame) = (self.track(track)?, self.frame(at)?);
        let found = self.main.track(id).map_or_else(Vec::new, |(_, track)| self.at(track, frame));
        match found[..] {
            [clip] => Ok(clip),
            [] => Err(Failure::call(format!("there is no clip on track {track} at {at}"))),
            _ => {
                let ids: Vec<_> = found.iter().map(Id::to_string).collect();
                let ids = ids.join(", ");
                let words = format!("there are several on track {track} at {at}, name one: {ids}");
                Err(Failure::call(words))
            }
        }
    }

    /// The clips called so.
    pub(super) fn clips(&self, names: &[String]) -> Result<Vec<Id>, Failure> {
        names.iter().map(|name| self.clip(name)).collect()
    }

    /// What lies on a track at a frame: one clip, or any number of free items.
    fn at(&self, track: &Track, frame: i64) -> Vec<Id> {
        if let Some(reel) = track.reel() {
            let item = reel.at(frame).and_then(|(index, _)| reel.get(index));
            return item.filter(|item| !item.is_gap()).map(|item| item.id).into_iter().collect();
        }
        let layers = track.layers().into_iter().flatten();
        let frame = Frames::whole(frame);
        let is_there = layers.filter(|(_, layer)| {
            let start = self.main.start_of(layer).filter(|start| *start <= frame);
            start.and_then(|start| start.plus(layer.length)).is_some_and(|end| frame < end)
        });
        is_there.map(|(id, _)| *id).collect()
    }

    /// The marker called `text`, by id or by name.
    pub(super) fn marker(&self, text: &str) -> Result<Id, Failure> {
        let markers = &self.main.markers;
        if let Some(id) = Id::parse(text).filter(|id| markers.contains_key(id)) {
            return Ok(id);
        }
        let named: Vec<_> = markers.iter().filter(|(_, marker)| marker.name == text).collect();
        match named[..] {
            [(id, _)] => Ok(*id),
            [] => Err(Failure::call(format!("there is no marker {text:?}"))),
            _ => {
                let ids: Vec<_> = named.iter().map(|(id, _)| id.to_string()).collect();
                let ids = ids.join(", ");
                Err(Failure::call(format!("several markers are called {text:?}, name one: {ids}")))
            }
        }
    }

    /// The shot, media or sequence called `text`, or the generator of `generator:NAME`.
    pub(super) fn source(&self, text: &str) -> Result<Source, Failure> {
        if let Some(kind) = text.strip_prefix("generator:") {
            return generator(kind);
        }
        let id = Id::parse(text).ok_or_else(|| Failure::call(format!("{text:?} is no id")))?;
        if self.film.shots.contains_key(&id) {
            Ok(Source::Shot(id))
        } else if self.film.media.contains_key(&id) {
            Ok(Source::Media(id))
        } else if self.film.sequences.contains_key(&id) {
            Ok(Source::Sequence(id))
        } else {
            let words = "add it with `roomtone add`";
            Err(Failure::call(format!("the film has no shot, media or sequence {text:?}: {words}")))
        }
    }
}

fn generator(kind: &str) -> Result<Source, Failure> {
    known("generators", kind)?;
    let (kind, values, extra) = (kind.to_owned(), BTreeMap::new(), Extra::new());
    Ok(Source::Generator(Generator { kind, values, extra }))
}
