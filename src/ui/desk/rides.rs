//! What duckers do to the level over the whole film: worked out on another thread while the mix is on the
//! table and the film stands, drawn on the timeline, written down as keyframes.

use super::{Desk, Wake};
use crate::edit;
use crate::play::{self, Unread};
use crate::sound::Ride;
use crate::sound::places::lived_in;
use crate::ui::page::Page;
use crate::workers::{self, Stop, Worker};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use timeline_format::track::TrackKind;
use timeline_format::{Id, Sequence, Timeline};

/// How true what is drawn is, in dB.
const DRAWN: f64 = 0.02;
/// How long a film has been left alone when its rides are worked out.
const PATIENCE: Duration = Duration::from_millis(250);

/// The rides of a film, by strip and node.
type Found = BTreeMap<(Id, Id), Arc<Ride>>;

/// What is known of rides.
#[derive(Debug, Default)]
pub(super) struct Rides {
    found: Found,
    /// The film that they were worked out for.
    of: Option<Arc<Timeline>>,
    work: Option<(Arc<Timeline>, Worker<Option<Found>>)>,
    /// The film as it was seen last, and since when it is so.
    seen: Option<(Arc<Timeline>, Instant)>,
}

impl Rides {
    /// Takes in what has been worked out, and gives up what is not wanted any more.
    fn take_in(&mut self, film: &Arc<Timeline>, may_work: bool) {
        let is_for = |other: &Arc<Timeline>| sounds_like(other, film);
        if let Some((of, worker)) = &self.work
            && !(may_work && is_for(of))
        {
            worker.stop().raise();
        }
        if let Some((of, worker)) = self.work.take_if(|(_, worker)| worker.is_finished())
            && let Ok(Some(found)) = worker.join()
        {
            (self.found, self.of) = (found, Some(of));
        }
    }

    /// How long until work may begin on a film: none where it has been left alone for long enough.
    fn waits(&mut self, film: &Arc<Timeline>) -> Duration {
        let now = Instant::now();
        let (_, since) = match self.seen.take() {
            Some((seen, since)) if Arc::ptr_eq(&seen, film) => self.seen.insert((seen, since)),
            _ => self.seen.insert((Arc::clone(film), now)),
        };
        PATIENCE.saturating_sub(now.duration_since(*since))
    }
}

impl Desk {
    /// What a ducker does to the level, as it was worked out last.
    pub(in crate::ui) fn ride(&self, strip: Id, node: Id) -> Option<Arc<Ride>> {
        self.rides.found.get(&(strip, node)).cloned()
    }

    /// Whether that is true of the film as it is.
    pub(in crate::ui) fn are_rides_known(&self) -> bool {
        let (Some(of), Some(film)) = (&self.rides.of, &self.film) else { return false };
        sounds_like(of, film.now())
    }

    /// Works rides out where that is wanted; how long until it is to be looked at again.
    pub(in crate::ui) fn mind_rides(&mut self) -> Option<Duration> {
        let may_work = self.page == Page::Sound && !self.is_playing();
        let film = self.film.as_ref()?;
        let (now, folder) = (Arc::clone(film.now()), film.folder());
        let rides = &mut self.rides;
        rides.take_in(&now, may_work);
        let is_known = rides.of.as_ref().is_some_and(|of| sounds_like(of, &now));
        if is_known {
            rides.of = Some(Arc::clone(&now));
        }
        let wanted = duckers(&now);
        if !may_work || is_known || rides.work.is_some() || wanted.is_empty() {
            return None;
        }
        let left = rides.waits(&now);
        if left.is_zero() {
            let wake = self.wake.clone();
            rides.work = start(Arc::clone(&now), folder, wanted, wake).map(|worker| (now, worker));
        }
        Some(left)
    }

    /// Puts what a ducker does into the film as keyframes, true to so many dB.
    pub(in crate::ui) fn write_ride(&mut self, strip: Id, node: Id, tolerance: f64) {
        let ride = self.ride(strip, node).filter(|_| self.are_rides_known());
        let (Some(ride), Some(film)) = (ride, self.film.as_ref()) else { return };
        let sound = film.now().settings.sound;
        let rate = self.sequence().map(|sequence| sequence.header.rate);
        let curve = rate.and_then(|rate| ride.thinned(tolerance - DRAWN).curve(rate, sound));
        let Some(curve) = curve else { return };
        let keys = curve.keys.len();
        if self.edit("Write as keyframes", |film, scope, ids| {
            edit::write_ride(film, scope, (strip, node, curve), ids)
        }) {
            self.notices.note(format_args!("{keys} keyframes of a gain do what the ducker did"));
        }
    }
}

fn start(
    film: Arc<Timeline>,
    folder: PathBuf,
    wanted: Vec<(Id, Id)>,
    wake: Wake,
) -> Option<Worker<Option<Found>>> {
    let work = move |stop: &Stop| {
        let found = work_out(&film, &folder, &wanted, stop);
        wake.wake();
        found
    };
    workers::start("rides", work).ok()
}

/// What each of the nodes does; `None` where it was stopped.
fn work_out(
    film: &Timeline,
    folder: &std::path::Path,
    wanted: &[(Id, Id)],
    stop: &Stop,
) -> Option<Found> {
    let unread = Unread::default();
    let mut found = Found::new();
    for (strip, node) in wanted {
        let name = (film.settings.main, *strip, *node);
        if let Ok(ride) = play::ride(film, folder, name, DRAWN, (&unread, stop)) {
            found.insert((*strip, *node), Arc::new(ride?));
        }
    }
    Some(found)
}

/// The duckers of the film's main sequence.
fn duckers(film: &Timeline) -> Vec<(Id, Id)> {
    let Some(main) = film.main() else { return Vec::new() };
    let tracks = main.tracks.iter().map(|track| (track.id, &track.header.strip));
    let buses = main.buses.iter().map(|(id, bus)| (*id, &bus.strip));
    let nodes = tracks.chain(buses).flat_map(|(owner, strip)| {
        let duckers = strip.nodes.iter().filter(|node| node.kind == "duck");
        duckers.map(move |node| (owner, node.id))
    });
    nodes.collect()
}

/// Whether two films sound the same, whatever else they show.
pub(super) fn sounds_like(one: &Arc<Timeline>, other: &Arc<Timeline>) -> bool {
    if Arc::ptr_eq(one, other) {
        return true;
    }
    let nested = |film: &Timeline| {
        let all = film.sequences.iter().filter(|(id, _)| **id != film.settings.main);
        all.map(|(_, sequence)| Arc::clone(sequence)).collect::<Vec<_>>()
    };
    let (Some(first), Some(second)) = (one.main(), other.main()) else { return false };
    let (first, second) = (lived_in(one, first), lived_in(other, second));
    (one.media.ptr_eq(&other.media) || one.media == other.media)
        && (one.shots.ptr_eq(&other.shots) || one.shots == other.shots)
        && one.settings.sound == other.settings.sound
        && sequences_sound_alike(&first, &second)
        && nested(one) == nested(other)
}

fn sequences_sound_alike(one: &Sequence, other: &Sequence) -> bool {
    let sound = |sequence: &Sequence| {
        let tracks = sequence.tracks.iter().filter(|it| it.header.kind == TrackKind::Sound);
        tracks.cloned().collect::<Vec<_>>()
    };
    one.header.rate == other.header.rate
        && one.length() == other.length()
        && (one.buses.ptr_eq(&other.buses) || one.buses == other.buses)
        && sound(one) == sound(other)
}
