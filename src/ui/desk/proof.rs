//! What the repairs of the clip in hand change of the frame that is seen: worked out on another thread while the film
//! stands, where the viewer shows it.

use super::faults::is_repair;
use super::{Desk, Mode, Wake};
use crate::picture::Lie;
use crate::picture::canvas::Canvas;
use crate::picture::grade::Space;
use crate::picture::masks::{Masks, Matte};
use crate::play::Apart;
use crate::signal::Image;
use crate::workers::{self, Worker};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use timeline_format::sequence::Raster;
use timeline_format::{Effect, Id, Timeline};

/// How often what is under way is looked at.
const OFTEN: Duration = Duration::from_millis(60);
/// How many times as large differences are shown.
pub(in crate::ui) const TIMES: f32 = 16.0;
/// Pixels of a source that an output pixel is made of, to either side, where it is not the same pixel.
const REACH: f64 = 3.0;
/// Masks that are where they are whatever the picture shows.
const PLACED: [&str; 6] = ["path", "ellipse", "rectangle", "stroke", "gradient", "whole"];

/// What repairs change of a frame.
#[derive(Debug, Clone)]
pub(in crate::ui) struct Proof {
    /// The frame without them.
    pub(in crate::ui) before: Arc<Image>,
    /// How far it is from the frame with them, [`TIMES`] as large; what is outside of their masks is red.
    pub(in crate::ui) difference: Arc<Image>,
    /// Pixels that are changed.
    pub(in crate::ui) changed: usize,
    /// Those of them that no mask covers.
    pub(in crate::ui) outside: usize,
    /// Pixels that there are.
    pub(in crate::ui) all: usize,
    /// Repairs that work everywhere, or by what is in the picture: nothing is outside of them.
    pub(in crate::ui) everywhere: usize,
}

/// What a proof is of.
#[derive(Debug, Clone)]
struct Of {
    film: Arc<Timeline>,
    frame: i64,
    clip: Id,
}

impl PartialEq for Of {
    fn eq(&self, other: &Self) -> bool {
        let is_same = self.frame == other.frame && self.clip == other.clip;
        is_same && Arc::ptr_eq(&self.film, &other.film)
    }
}

/// The proof that is known, and the one that is made.
#[derive(Debug, Default)]
pub(super) struct Proofs {
    found: Option<(Of, Option<Arc<Proof>>)>,
    work: Option<(Of, Worker<Result<Proof, String>>)>,
}

impl Desk {
    /// What the repairs of the clip in hand change of the frame at the playhead, when it is known.
    pub(in crate::ui) fn proof(&self) -> Option<Arc<Proof>> {
        let (of, proof) = self.proofs.found.as_ref()?;
        (Some(of) == self.proved().as_ref()).then(|| proof.clone()).flatten()
    }

    fn proved(&self) -> Option<Of> {
        let clip = self.repaired_clip()?;
        Some(Of { film: Arc::clone(self.film()?.now()), frame: self.position(), clip })
    }

    /// Makes the proof where it is shown; how long until that is to be looked at again.
    pub(in crate::ui) fn mind_proof(&mut self) -> Option<Duration> {
        if let Some((of, worker)) = self.proofs.work.take_if(|(_, worker)| worker.is_finished()) {
            let proof = match worker.join() {
                Ok(Ok(proof)) => Some(Arc::new(proof)),
                Ok(Err(why)) => {
                    self.notices.trouble(format_args!("the proof of the repairs: {why}"));
                    None
                }
                Err(panicked) => {
                    self.notices.trouble(panicked);
                    None
                }
            };
            self.proofs.found = Some((of, proof));
        }
        let is_shown = matches!(self.viewing.mode, Mode::BeforeWipe | Mode::Proof);
        if !is_shown || self.is_playing() {
            return None;
        }
        let wanted = self.proved()?;
        if self.proofs.found.as_ref().is_some_and(|(of, _)| *of == wanted) {
            return None;
        }
        if self.proofs.work.is_none() {
            self.proofs.work = self.prove(wanted);
        }
        Some(OFTEN)
    }

    fn prove(&self, of: Of) -> Option<(Of, Worker<Result<Proof, String>>)> {
        let without = self.without_repairs(of.clip)?;
        let (folder, wake) = (self.film()?.folder(), self.wake.clone());
        let (cover, asked) = (self.cover(of.clip), of.clone());
        let work = move |_: &workers::Stop| proof(&asked, &without, (folder, cover), &wake);
        workers::start("proof", work).ok().map(|worker| (of, worker))
    }

    /// What the masks of the repairs of a clip and of its take are, and how it lies.
    fn cover(&self, clip: Id) -> Cover {
        let own = self.clip(clip).map_or_else(Vec::new, |it| it.look.effects.clone());
        let of_take = self.take_effects_of(clip).map_or_else(Vec::new, |(_, effects)| effects);
        let repairs = own.into_iter().chain(of_take).filter(|it| is_repair(it) && !it.bypass);
        let repairs: Vec<Effect> = repairs.collect();
        let is_placed = |effect: &&Effect| {
            let masks = effect.masks.iter().filter(|mask| !mask.bypass);
            let mut kinds = masks.map(|mask| mask.kind.as_str()).peekable();
            kinds.peek().is_some() && kinds.all(|kind| PLACED.contains(&kind))
        };
        let moment = self.moment_of(clip).unwrap_or_default();
        let placed: Vec<&Effect> = repairs.iter().filter(is_placed).collect();
        let source = self.clip(clip).map(|it| &it.source);
        Cover {
            everywhere: repairs.len() - placed.len(),
            masks: placed.iter().map(|it| Masks::of(&it.masks, moment)).collect(),
            lie: self.lie_of(clip),
            own: source.and_then(|it| self.raster_of_source(it)),
        }
    }
}

/// Where repairs may change a frame.
struct Cover {
    everywhere: usize,
    masks: Vec<Masks>,
    lie: Option<Lie>,
    own: Option<Raster>,
}

fn proof(
    of: &Of,
    without: &Arc<Timeline>,
    (folder, cover): (PathBuf, Cover),
    wake: &Wake,
) -> Result<Proof, String> {
    let apart = Apart::of((&of.film, without), &folder, of.frame);
    let apart = apart.map_err(|error| error.to_string())?;
    let outside = cover.outside(&apart);
    let proof = Proof {
        before: Arc::clone(&apart.other),
        difference: Arc::new(apart.picture(TIMES, |place| outside[place])),
        changed: apart.count(),
        outside: outside.iter().filter(|is_out| **is_out).count(),
        all: apart.differs.len(),
        everywhere: cover.everywhere,
    };
    wake.wake();
    Ok(proof)
}

impl Cover {
    /// For every pixel of a frame whether it is changed though no mask covers it.
    fn outside(&self, apart: &Apart) -> Vec<bool> {
        let none = || vec![false; apart.differs.len()];
        let (0, Some(lie), Some(own)) = (self.everywhere, self.lie, self.own) else {
            return none();
        };
        let ground = Canvas::clear(own.width as usize, own.height as usize, Space::Display);
        let mattes: Vec<Matte> = self.masks.iter().map(|masks| masks.draw(&ground)).collect();
        let frame = [f64::from(apart.one.width), f64::from(apart.one.height)];
        let reach = reach(&lie, own, frame);
        let is_out = |(place, differs): (usize, &bool)| {
            let at = [(place % apart.width) as f64 + 0.5, (place / apart.width) as f64 + 0.5];
            *differs && !lie.back(at).is_some_and(|part| is_covered(&mattes, own, (part, reach)))
        };
        apart.differs.iter().enumerate().map(is_out).collect()
    }
}

/// Pixels of the source to either side that a pixel of the frame is made of: none where both are the same.
fn reach(lie: &Lie, own: Raster, frame: [f64; 2]) -> f64 {
    let size = [f64::from(own.width), f64::from(own.height)];
    let corners = [lie.place([0.0, 0.0]), lie.place([1.0, 1.0])];
    let is_same = size == frame
        && [corners[0], [corners[1][0] - size[0], corners[1][1] - size[1]]]
            .iter()
            .flatten()
            .all(|off| off.abs() < 1e-6);
    let across = (corners[1][0] - corners[0][0]).hypot(corners[1][1] - corners[0][1]);
    let smaller = (size[0].hypot(size[1]) / across.max(1.0)).max(1.0);
    if is_same { 0.0 } else { (REACH * smaller).ceil() }
}

fn is_covered(mattes: &[Matte], own: Raster, (part, reach): ([f64; 2], f64)) -> bool {
    let range = |axis: usize, most: u32| {
        let at = part[axis] * f64::from(most);
        let bound = |at: f64| at.floor().clamp(0.0, f64::from(most) - 1.0) as usize;
        bound(at - reach)..=bound(at + reach)
    };
    let covers = |matte: &Matte| {
        range(1, own.height).any(|y| range(0, own.width).any(|x| matte.line(y)[x] > 0.0))
    };
    mattes.iter().any(covers)
}
