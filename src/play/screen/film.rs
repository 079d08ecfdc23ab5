//! A film as it was when a frame was asked for: what is visible, and the frames that it takes.

use super::slot::Slot;
use super::stock::Stock;
use crate::media;
use crate::picture::lut::Lut;
use crate::picture::{self, Plan, Sources};
use crate::play::programme::Failed;
use crate::play::shelf::lock;
use crate::signal::Image;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use timeline_format::media::MediaKind;
use timeline_format::{Frames, Id, Sequence, Timeline};

/// The most plans that are kept.
const MOST_PLANS: usize = 2048;

/// A film and its media.
#[derive(Debug)]
pub(super) struct Film {
    timeline: Arc<Timeline>,
    main: Id,
    sequence: Arc<Sequence>,
    length: i64,
    stock: Arc<Stock>,
    slots: Mutex<BTreeMap<Id, Arc<Slot>>>,
    plans: Mutex<BTreeMap<i64, Arc<Plan>>>,
}

impl Film {
    /// The main sequence of `timeline`, with media from `stock`.
    pub(super) fn new(timeline: Arc<Timeline>, stock: &Arc<Stock>) -> Result<Self, Failed> {
        let main = timeline.settings.main;
        let sequence = timeline.main().map(Arc::clone);
        let sequence = sequence.ok_or_else(|| Failed("the film has no main sequence".into()))?;
        Ok(Self {
            length: sequence.length(),
            timeline,
            main,
            sequence,
            stock: Arc::clone(stock),
            slots: Mutex::default(),
            plans: Mutex::default(),
        })
    }

    /// Its length in frames.
    pub(super) const fn length(&self) -> i64 {
        self.length
    }

    /// Frames a second.
    pub(super) fn rate(&self) -> f64 {
        self.sequence.header.rate.ratio().to_f64()
    }

    pub(super) const fn timeline(&self) -> &Arc<Timeline> {
        &self.timeline
    }

    pub(super) const fn stock(&self) -> &Arc<Stock> {
        &self.stock
    }

    /// What is visible at `frame`.
    pub(super) fn plan(&self, frame: i64) -> Arc<Plan> {
        if let Some(plan) = lock(&self.plans).get(&frame) {
            return Arc::clone(plan);
        }
        let plan = Arc::new(picture::plan(&self.timeline, self.main, frame, self));
        let mut plans = lock(&self.plans);
        if plans.len() >= MOST_PLANS {
            let first = plans.first_key_value().map_or(frame, |(first, _)| *first);
            let last = plans.last_key_value().map_or(frame, |(last, _)| *last);
            plans.remove(&if (first - frame).abs() > (last - frame).abs() { first } else { last });
        }
        plans.insert(frame, Arc::clone(&plan));
        plan
    }

    /// Where a media is open; `None` where the film has none of this name, or it is only heard.
    pub(super) fn slot(&self, id: Id) -> Option<Arc<Slot>> {
        if let Some(slot) = lock(&self.slots).get(&id) {
            return Some(Arc::clone(slot));
        }
        let media = self.timeline.media.get(&id).filter(|media| media.kind != MediaKind::Sound)?;
        let slot = self.stock.slot(id, media);
        lock(&self.slots).insert(id, Arc::clone(&slot));
        Some(slot)
    }

    /// The picture of a need: its frame, if that is decoded; a slate, if it cannot be had.
    pub(super) fn found(&self, (id, n): (Id, i64)) -> Option<Arc<Image>> {
        let Some(slot) = self.slot(id) else { return Some(self.slate(id)) };
        let found = self.stock.store().get(slot.key(), n);
        found.or_else(|| slot.fails(n).then(|| self.slate(id)))
    }

    /// Whether all that a plan takes is at hand.
    pub(super) fn has_all(&self, plan: &Plan) -> bool {
        plan.needs().into_iter().all(|(id, n)| {
            self.slot(id).is_none_or(|slot| self.stock.store().has(slot.key(), n) || slot.fails(n))
        })
    }

    /// All that a plan takes, held until its picture is made; `None` where something is not decoded.
    pub(super) fn hand(&self, plan: &Plan) -> Option<Hand<'_>> {
        self.hand_or(plan, |_| None)
    }

    /// The same with `other` in the place of what is not decoded.
    pub(super) fn hand_or(
        &self,
        plan: &Plan,
        mut other: impl FnMut((Id, i64)) -> Option<Arc<Image>>,
    ) -> Option<Hand<'_>> {
        let mut get = |need| self.found(need).or_else(|| other(need));
        let needs = plan.needs().into_iter();
        let frames = needs.map(|need| Some((need, get(need)?))).collect::<Option<_>>()?;
        Some(Hand { film: self, frames })
    }

    /// One frame that is at hand, whatever else is decoded.
    pub(super) fn hand_of(&self, need: (Id, i64), image: Arc<Image>) -> Hand<'_> {
        Hand { film: self, frames: vec![(need, image)] }
    }

    fn slate(&self, id: Id) -> Arc<Image> {
        let name = self.timeline.media.get(&id).map_or("", |media| media.path.as_str());
        let raster = self.timeline.settings.raster;
        Arc::new(media::slate("Missing", name, raster.width, raster.height))
    }
}

/// The frames of one picture: what else happens meanwhile does not take them away.
#[derive(Debug)]
pub(super) struct Hand<'a> {
    film: &'a Film,
    frames: Vec<((Id, i64), Arc<Image>)>,
}

impl Sources for Hand<'_> {
    fn resolve(&self, media: Id, at: Frames) -> i64 {
        self.film.resolve(media, at)
    }

    fn table(&self, path: &str) -> Option<Arc<Lut>> {
        self.film.table(path)
    }

    fn font(&self, path: &str) -> Option<String> {
        self.film.font(path)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        let held = self.frames.iter().find(|(need, _)| *need == (media, frame));
        held.map_or_else(|| self.film.frame(media, frame), |(_, image)| Arc::clone(image))
    }
}

impl Sources for Film {
    fn resolve(&self, media: Id, at: Frames) -> i64 {
        let slot = self.slot(media);
        let timing = slot.as_ref().and_then(|slot| {
            self.stock.touch(slot.key());
            slot.timing()
        });
        let rate = self.timeline.media.get(&media).and_then(|media| media.rate);
        timing.map_or(0, |timing| timing.resolve(at, rate))
    }

    fn table(&self, path: &str) -> Option<Arc<Lut>> {
        self.stock.tables().table(path)
    }

    fn font(&self, path: &str) -> Option<String> {
        self.stock.tables().font(path)
    }

    fn frame(&self, media: Id, frame: i64) -> Arc<Image> {
        self.found((media, frame)).unwrap_or_else(|| self.slate(media))
    }
}
