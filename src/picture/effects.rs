//! What is done to a picture before it is placed: operations in their order, each where its masks let it.
//!
//! Operations on colours alone that come last and work everywhere are a [`Grade`], which is done on the way to light,
//! line by line. Everything before them is done to the whole picture, which is kept.

use super::filter::{self, Filter, Treatment, Wants};
use super::grade::{self, Grade};
use super::key::Key;
use super::masks::Masks;
use super::plan::Plan;
use super::sources::Sources;
use super::values::{Moment, Values};
use signal::Parameter;
use std::sync::Arc;
use timeline_format::shot::Look;
use timeline_format::{Effect, Id, SavedLook, Value};

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
    /// How much of all this is seen over the picture as it came, where that is what masks leave: see
    /// [`Self::adjusting`].
    pub(super) over: Option<f64>,
    /// What lies below, for filters that work with it.
    pub(super) below: Option<Arc<Plan>>,
}

/// A frame of a media that a mask or a filter works with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plate {
    /// The media.
    pub media: Id,
    /// The real frame.
    pub frame: i64,
    /// What the document says of the media: see [`Key::of_media`].
    pub said: Key,
}

/// One operation, how much of it is seen, and where.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) doing: Doing,
    pub(super) mix: f64,
    pub(super) masks: Masks,
    /// The frame of another media that it works with.
    pub(super) plate: Option<Plate>,
}

/// What is done.
#[derive(Debug, Clone)]
pub(super) enum Doing {
    Grade(Grade),
    Filter { filter: &'static Filter, values: Values, treatment: Arc<dyn Treatment> },
}

/// What effects lean on besides themselves.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    /// Where files are read from.
    pub(super) sources: &'a dyn Sources,
    /// The film's looks.
    pub(super) looks: &'a imbl::OrdMap<Id, Arc<SavedLook>>,
    /// Frames of the source in a frame of the sequence.
    pub(super) pace: f64,
}

impl Means<'_> {
    /// The grade that an effect is: its own, or that of the look that it names.
    fn grade(self, effect: &Effect, moment: Moment) -> Grade {
        let (kind, name) = SavedLook::EFFECT;
        if effect.kind != kind {
            return Grade::with_files([effect], moment, self.sources);
        }
        let named = effect.values.get(name).map(|param| param.at(moment.clip));
        let look = match named {
            Some(Value::Text(id)) => Id::parse(&id).and_then(|id| self.looks.get(&id)),
            _ => None,
        };
        look.map_or_else(Grade::default, |look| Grade::of_look(look, moment, self.sources))
    }
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
    pub(super) fn of(
        looks: &[&Look],
        first: Option<&Look>,
        moment: Moment,
        means: Means<'_>,
    ) -> (Self, Grade) {
        let is_mending = |effect: &&Effect| super::correct::is_repair(&effect.kind);
        let mending = first.into_iter().flat_map(|look| &look.effects).filter(is_mending);
        let others = looks.iter().rev().flat_map(|look| {
            let is_first = first.is_some_and(|first| std::ptr::eq(first, *look));
            look.effects.iter().filter(move |effect| !(is_first && is_mending(effect)))
        });
        let effects = mending.chain(others);
        let stages =
            effects.filter(|effect| !effect.bypass).filter_map(|it| stage(it, moment, means));
        let mut stages: Vec<Stage> = stages.collect();
        let masks = looks.iter().rev().flat_map(|look| &look.masks);
        let left = Masks::running(masks, moment, means.pace);
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

    /// The same with the grade that follows, seen so much over the picture as it came; what masks would leave of the
    /// picture is where it is seen.
    pub(super) fn adjusting(mut self, grade: Grade, mix: f64) -> Self {
        if !grade.is_empty() {
            let masks = Masks::default();
            self.stages.push(Stage { doing: Doing::Grade(grade), mix: 1.0, masks, plate: None });
        }
        self.over = Some(mix);
        self
    }

    /// Whether no mask cuts anything out.
    pub(super) const fn left_is_all(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes away what comes from the first filter on that works with what lies below.
    pub(super) fn split_below(&mut self) -> Vec<Stage> {
        let is_over = |stage: &Stage| stage.wants() == Wants::Below;
        let first = self.stages.iter().position(is_over).unwrap_or(self.stages.len());
        self.stages.split_off(first)
    }

    /// Finds the frames of media that its masks and filters work with: `find` is given the media, and how many
    /// frames later than the source it is.
    pub(super) fn ask(&mut self, find: &dyn Fn(Id, i64) -> Plate) {
        self.left.ask(find);
        for stage in &mut self.stages {
            stage.masks.ask(find);
            if let Wants::Media(media) = stage.wants() {
                stage.plate = Some(find(media, 0));
            }
        }
    }

    /// The frames of media that its masks and filters work with.
    pub(super) fn plates(&self) -> impl Iterator<Item = &Plate> {
        let of_stages = self.stages.iter().flat_map(|it| it.masks.plates().chain(&it.plate));
        self.left.plates().chain(of_stages)
    }

    /// The same, to be changed.
    pub(super) fn plates_mut(&mut self) -> impl Iterator<Item = &mut Plate> {
        let of_stages = self.stages.iter_mut();
        let of_stages = of_stages.flat_map(|it| it.masks.plates_mut().chain(&mut it.plate));
        self.left.plates_mut().chain(of_stages)
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
        self.left.is_empty()
            && self.over.is_none()
            && self.stages.iter().all(|stage| !stage.masks.is_empty() && !stage.sees_masks())
    }
}

impl Stage {
    /// Another picture that it works with.
    fn wants(&self) -> Wants {
        match &self.doing {
            Doing::Grade(_) => Wants::Nothing,
            Doing::Filter { treatment, .. } => treatment.wants(),
        }
    }

    /// Whether it does itself with its masks what it wants.
    pub(super) fn sees_masks(&self) -> bool {
        matches!(&self.doing, Doing::Filter { treatment, .. } if treatment.sees_masks())
    }

    /// Whether it is a grade that works everywhere.
    fn is_plain(&self) -> bool {
        matches!(self.doing, Doing::Grade(_)) && self.masks.is_empty() && self.mix == 1.0
    }
}

fn stage(effect: &Effect, moment: Moment, means: Means<'_>) -> Option<Stage> {
    let mix = effect.mix.as_ref().map_or(1.0, |mix| moment.number_of(mix, 1.0));
    let mix = if mix.is_nan() { 1.0 } else { mix.clamp(0.0, 1.0) };
    let doing = if let Some(filter) = filter::named(&effect.kind) {
        let values = Values::resolve(filter.parameters, moment, |id| effect.values.get(id));
        let treatment = (filter.prepare)(&values)?;
        Doing::Filter { filter, values, treatment }
    } else {
        let grade = means.grade(effect, moment);
        Doing::Grade(Some(grade).filter(|it| !it.is_empty())?)
    };
    let masks = Masks::running(&effect.masks, moment, means.pace);
    (mix > 0.0).then_some(Stage { doing, mix, masks, plate: None })
}
