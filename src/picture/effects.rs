//! What is done to a picture before it is placed: operations in their order, each where its masks let it.
//!
//! Operations on colours alone that come last and work everywhere are a [`Grade`], which is done on the way to light,
//! line by line. Everything before them is done to the whole picture, which is kept.

use super::filter::{self, Filter, Treatment};
use super::grade::{self, Grade};
use super::masks::Masks;
use super::values::{Moment, Values};
use crate::signal::Parameter;
use std::sync::Arc;
use timeline_format::Effect;
use timeline_format::shot::Look;

/// What is done to a whole picture at a moment, in order.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    pub(super) stages: Vec<Stage>,
    /// What is left of the picture then.
    pub(super) left: Masks,
    /// The number of the frame that is seen.
    pub(super) frame: i64,
    /// Other frames of the same media: how far away, and which.
    pub(super) around: Vec<(i64, i64)>,
}

/// One operation, how much of it is seen, and where.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) doing: Doing,
    pub(super) mix: f64,
    pub(super) masks: Masks,
}

/// What is done.
#[derive(Debug, Clone)]
pub(super) enum Doing {
    Grade(Grade),
    Filter { filter: &'static Filter, values: Values, treatment: Arc<dyn Treatment> },
}

/// What an operation is called and takes, be it a grade's or a filter.
#[derive(Debug, Clone, Copy)]
pub struct Described {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// Its parameters.
    pub parameters: &'static [Parameter],
}

/// Every operation that an effect may be, in menu order.
pub fn all() -> impl Iterator<Item = Described> {
    let grades = grade::ALL.iter().map(|it| Described {
        id: it.id,
        label: it.label,
        help: it.help,
        parameters: it.parameters,
    });
    grades.chain(filter::all().map(|it| Described {
        id: it.id,
        label: it.label,
        help: it.help,
        parameters: it.parameters,
    }))
}

/// The operation called `id`.
pub fn named(id: &str) -> Option<Described> {
    all().find(|known| known.id == id)
}

impl Effects {
    /// What looks come to at a moment, the last one first, and the grade that follows.
    ///
    /// Repairs of a take, which `first` is the look of, come before all else: they mend what its pictures are.
    pub(super) fn of(looks: &[&Look], first: Option<&Look>, moment: Moment) -> (Self, Grade) {
        let is_mending = |effect: &&Effect| super::correct::is_repair(&effect.kind);
        let mending = first.into_iter().flat_map(|look| &look.effects).filter(is_mending);
        let others = looks.iter().rev().flat_map(|look| {
            let is_first = first.is_some_and(|first| std::ptr::eq(first, *look));
            look.effects.iter().filter(move |effect| !(is_first && is_mending(effect)))
        });
        let effects = mending.chain(others);
        let stages = effects.filter(|effect| !effect.bypass).filter_map(|it| stage(it, moment));
        let mut stages: Vec<Stage> = stages.collect();
        let left = Masks::of(looks.iter().rev().flat_map(|look| &look.masks), moment);
        let mut last = Grade::default();
        if left.is_empty() {
            let kept = stages.iter().rposition(|stage| !stage.is_plain()).map_or(0, |it| it + 1);
            for stage in stages.split_off(kept) {
                if let Doing::Grade(grade) = stage.doing {
                    last.extend(grade);
                }
            }
        }
        (Self { stages, left, ..Self::default() }, last)
    }

    /// Whether nothing is done.
    pub const fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.left.is_empty()
    }

    /// How many frames before and after it looks at.
    pub(super) fn reach(&self) -> [i64; 2] {
        self.stages.iter().fold([0, 0], |most, stage| match &stage.doing {
            Doing::Grade(_) => most,
            Doing::Filter { filter, values, .. } => {
                let reach = (filter.reach)(values);
                [0, 1].map(|side| most[side].max(reach[side]))
            }
        })
    }

    /// Whether the frame's number changes what is done.
    pub(super) fn moves(&self) -> bool {
        let moves =
            |stage: &Stage| matches!(stage.doing, Doing::Filter { filter, .. } if filter.moves);
        self.stages.iter().any(moves)
    }

    /// Whether everything is done within masks, and nothing is cut out.
    pub(super) fn is_masked(&self) -> bool {
        self.left.is_empty() && self.stages.iter().all(|stage| !stage.masks.is_empty())
    }
}

impl Stage {
    /// Whether it is a grade that works everywhere.
    fn is_plain(&self) -> bool {
        matches!(self.doing, Doing::Grade(_)) && self.masks.is_empty() && self.mix == 1.0
    }
}

fn stage(effect: &Effect, moment: Moment) -> Option<Stage> {
    let mix = effect.mix.as_ref().map_or(1.0, |mix| moment.number_of(mix, 1.0));
    let mix = if mix.is_nan() { 1.0 } else { mix.clamp(0.0, 1.0) };
    let doing = match filter::named(&effect.kind) {
        Some(filter) => {
            let values = Values::resolve(filter.parameters, moment, |id| effect.values.get(id));
            let treatment = (filter.prepare)(&values)?;
            Doing::Filter { filter, values, treatment }
        }
        None => Doing::Grade(Some(Grade::of([effect], moment)).filter(|it| !it.is_empty())?),
    };
    (mix > 0.0).then(|| Stage { doing, mix, masks: Masks::of(&effect.masks, moment) })
}
