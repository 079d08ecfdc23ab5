//! Grading: operations on the colours of a picture, one file each, in the order in which they are put.
//!
//! An operation is a pure function of a pixel's straight red, green and blue: of scene-linear light, or of
//! display-coded values ([`Space`]); a chain is taken from one to the other only where neighbours differ. What
//! changes nothing is left out before a picture is made, so that a neutral grade is none: the same bits, the
//! same key, the same packets.

mod bend;
mod cct;
mod chain;
mod ends;
mod hsy;
pub mod looks;
pub(crate) mod luma;
mod matched;
mod oklab;
pub(crate) mod power;
mod qualifier;
pub(crate) mod spline;
mod white;
mod zonal;

pub use matched::{Matched, matched};
pub(crate) use power::two_to;
pub use qualifier::Qualifier;
pub use zonal::{Zonal, matched_by_zones};

use super::sources::{Files, Sources};
use super::values::{Moment, Values};
use signal::Parameter;
use std::fmt::Debug;
use std::sync::Arc;
use timeline_format::{Effect, SavedLook};

signal::catalogue! {
    /// Every operation, in menu order.
    pub ALL: OPERATION: Operation =
        exposure balance contrast saturation vibrance zones lift_gamma_gain log_wheels cdl curves hue_curves qualify lut look
}

/// The description of an operation.
#[derive(Debug)]
pub struct Operation {
    /// Its name in files and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub label: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    /// What the numbers are that it works on.
    pub space: Space,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// The work that values ask for; `None` where they change nothing.
    pub prepare: fn(&Values) -> Option<Arc<dyn Work>>,
}

/// What the numbers of a picture are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Space {
    /// Scene-linear light of BT.709's primaries: twice the number is twice the light.
    Light,
    /// Display-coded values ([`super::WORKING`]): black is 0, white is 1.
    Display,
}

/// What an operation does with the values that it was given.
pub trait Work: Debug + Send + Sync {
    /// Works on straight red, green and blue in place, pixel by pixel.
    fn line(&self, channels: [&mut [f32]; 3]);
}

/// What is done to a picture's colours at a moment, in order.
#[derive(Debug, Clone, Default)]
pub struct Grade(Vec<Step>);

/// An operation with its values.
#[derive(Debug, Clone)]
struct Step {
    operation: &'static Operation,
    values: Values,
    work: Arc<dyn Work>,
}

/// The operation called `id`.
pub fn named(id: &str) -> Option<&'static Operation> {
    ALL.iter().find(|operation| operation.id == id).copied()
}

impl Grade {
    /// What effects come to at a moment: those that are bypassed, that nobody here knows, or that change
    /// nothing are left out.
    pub fn of<'a>(effects: impl IntoIterator<Item = &'a Effect>, moment: Moment) -> Self {
        Self::of_files(effects, moment, &|_| None)
    }

    /// What is done after this, too.
    pub(super) fn extend(&mut self, next: Self) {
        self.0.extend(next.0);
    }

    /// The same, with the files that effects name.
    pub fn with_files<'a>(
        effects: impl IntoIterator<Item = &'a Effect>,
        moment: Moment,
        sources: &dyn Sources,
    ) -> Self {
        Self::of_files(effects, moment, &|path| sources.table(path))
    }

    /// What a film's look comes to at a moment: a look within it is none.
    pub(super) fn of_look(look: &SavedLook, moment: Moment, sources: &dyn Sources) -> Self {
        Self::with_files(&look.effects, moment, sources)
    }

    fn of_files<'a>(
        effects: impl IntoIterator<Item = &'a Effect>,
        moment: Moment,
        files: Files<'_>,
    ) -> Self {
        let working = effects.into_iter().filter(|effect| !effect.bypass);
        Self(working.filter_map(|effect| step(effect, moment, files)).collect())
    }

    /// Whether nothing is done.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The operations with their values, in order.
    pub fn steps(&self) -> impl Iterator<Item = (&'static Operation, &Values)> {
        self.0.iter().map(|step| (step.operation, &step.values))
    }
}

fn step(effect: &Effect, moment: Moment, files: Files<'_>) -> Option<Step> {
    let operation = named(&effect.kind)?;
    let values = Values::resolve(operation.parameters, moment, |id| effect.values.get(id))
        .with_files(operation.parameters, files);
    let work = (operation.prepare)(&values)?;
    Some(Step { operation, values, work })
}
