//! Runs of a film that are shown as they lie coded in a file, which a delivery may copy.

use super::plans::Plans;
use crate::media::coded::{CodedPicture, Coding, Groups};
use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;
use timeline_format::Id;

/// The fewest frames that are copied: each copy costs the encoder a fresh start after it.
const FEWEST: i64 = 12;

/// Coded pictures that stand for frames of a film.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// In the order of decoding, as many as there are frames.
    pub pictures: Vec<CodedPicture>,
}

/// A run of the film, and where its pictures lie.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Run {
    places: Range<i64>,
    media: Id,
    first: i64,
}

/// Which places of a film are copied. They are decided from front to back, each once.
#[derive(Debug)]
pub(super) struct Copies {
    coding: Coding,
    files: BTreeMap<Id, Option<Groups>>,
    runs: VecDeque<Run>,
    decided: i64,
    end: i64,
    /// Where the last run ends; the first place of the film before there is one.
    last: i64,
}

impl Copies {
    /// For a film of `places`, whose encoder makes what `coding` says.
    pub(super) const fn new(coding: Coding, places: &Range<i64>) -> Self {
        let (decided, end, last) = (places.start, places.end, places.start);
        Self { coding, files: BTreeMap::new(), runs: VecDeque::new(), decided, end, last }
    }

    /// Whether the picture at `place` is copied.
    pub(super) fn covers(&mut self, place: i64, plans: &mut Plans) -> bool {
        self.decide(place, plans);
        self.runs.iter().any(|run| run.places.contains(&place))
    }

    /// The pictures of the run that starts at `place`, if one does.
    pub(super) fn take(&mut self, place: i64, plans: &mut Plans) -> Option<Copied> {
        self.decide(place, plans);
        self.runs.retain(|run| run.places.end > place);
        let run = self.runs.front().filter(|run| run.places.start == place)?.clone();
        let groups = self.files.get_mut(&run.media)?.as_mut()?;
        let count = run.places.end - run.places.start;
        let pictures = groups.read(run.first, count);
        self.runs.pop_front();
        if (pictures.len() as i64) < FEWEST {
            self.files.insert(run.media, None);
            return None;
        }
        Some(Copied { pictures })
    }

    fn decide(&mut self, place: i64, plans: &mut Plans) {
        while self.decided <= place {
            let at = self.decided;
            self.decided += 1;
            if let Some(run) = self.run_at(at, plans) {
                (self.decided, self.last) = (run.places.end, run.places.end);
                self.runs.push_back(run);
            }
        }
    }

    /// The run that starts at `place`. It is not one frame after another: that frame would be a
    /// fresh start of its own, right before the next (ITU-T H.264, 7.4.3: their numbers must differ).
    fn run_at(&mut self, place: i64, plans: &mut Plans) -> Option<Run> {
        let (media, first) = plans.at(place).as_it_is()?;
        if place - self.last == 1 {
            return None;
        }
        let coding = &self.coding;
        let groups = self.files.entry(media).or_insert_with(|| plans.shelf().coded(media, coding));
        let groups = groups.as_ref().filter(|groups| groups.starts_at(first))?;
        let most = groups.whole(first, self.end - place);
        let mut follows =
            |step: &i64| plans.at(place + step).as_it_is() == Some((media, first + step));
        let shown = (1..most).take_while(&mut follows).count() as i64 + 1;
        let count = groups.whole(first, shown);
        (count >= FEWEST).then_some(Run { places: place..place + count, media, first })
    }
}
