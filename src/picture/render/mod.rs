//! The picture of a plan.

mod across;
mod cache;
mod composite;
mod direct;
mod geometry;
mod heavy;
mod homography;
mod kernel;
mod lie;
mod line;
mod lit;
mod mix;
mod passed;
#[cfg(target_arch = "x86_64")]
mod sixteen;
mod soft;
mod source;
mod straight;
mod treated;
mod turned;
mod warped;

use super::WORKING;
use super::grade::Grade;
use super::placement::{Fit, Placement};
use super::plan::{Between, Layer, Picture, Plan};
use super::sources::Sources;
use cache::Cache;
use composite::Placed;
pub use lie::Lie;
use lit::Lits;
use passed::Passed;
use signal::{Colour, Image, PixelFormat, Transfer};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use timeline_format::sequence::Raster;
use treated::Other;

/// What a picture that is kept with its grade is.
const GRADED: (PixelFormat, Colour) =
    (PixelFormat::RGBA_F32, Colour { transfer: Transfer::Linear, ..WORKING });

/// Makes pictures of plans, and keeps what it made within a number of bytes.
#[derive(Debug)]
pub struct Renderer {
    cache: Mutex<Cache>,
    passed: Passed,
    lits: Lits,
    shared: bool,
    /// Bytes of whole pictures in floats that a frame may hold at once.
    most: usize,
}

impl Renderer {
    /// A renderer that keeps at most `budget` bytes of finished pictures. It works on the calling
    /// thread alone, but for effects of whole pictures, which the pool of threads shares.
    pub fn new(budget: usize) -> Self {
        let cache = Mutex::new(Cache::new(budget));
        Self {
            cache,
            passed: Passed::default(),
            lits: Lits::default(),
            shared: false,
            most: heavy::MOST,
        }
    }

    /// This renderer, with the pool of threads sharing every picture. The pictures are the same.
    #[must_use]
    pub fn shared(self) -> Self {
        Self { shared: true, ..self }
    }

    /// This renderer, holding at most so many bytes of whole pictures in floats at once where layers are many: the
    /// pictures are the same to a millionth.
    #[must_use]
    pub fn holding(self, most: usize) -> Self {
        Self { most, ..self }
    }

    /// The picture of `plan`: of its raster's size; the source's own where nothing touches it; the
    /// same picture for equal keys while it is kept. What is clear stays clear, in a plane of alpha.
    pub fn render(&self, plan: &Plan, sources: &dyn Sources) -> Arc<Image> {
        self.render_as(plan, sources, None)
    }

    /// The picture of `plan`, in `form` where it is computed anyway: the same as converting what
    /// [`Self::render`] gives, without the picture in between. What is shown as it is stays as it is.
    pub fn render_as(
        &self,
        plan: &Plan,
        sources: &dyn Sources,
        form: Option<(PixelFormat, Colour)>,
    ) -> Arc<Image> {
        let key = plan.key().in_form(form);
        if let Some(kept) = self.cache().get(key) {
            return kept;
        }
        let raster = plan.raster;
        let placed = self.gathered(plan, sources);
        if let [only] = &placed[..]
            && only.is_untouched(raster)
        {
            return Arc::clone(&only.image);
        }
        let image = Arc::new(composite::composite(&placed, raster, form, &self.lits, self.shared));
        self.cache().put(key, &image);
        image
    }

    /// The layers that are seen, from the bottom up.
    fn gathered(&self, plan: &Plan, sources: &dyn Sources) -> Vec<Placed> {
        let raster = plan.raster;
        if heavy::weight(plan) > self.most {
            return self.few(plan, sources);
        }
        let mut placed = Vec::new();
        for layer in plan.layers.iter().rev() {
            let layer = self.place(layer, raster, sources);
            let is_last = layer.hides(raster);
            placed.push(layer);
            if is_last {
                break;
            }
        }
        placed.reverse();
        placed
    }

    /// The same for many large layers: they are made one after the other, and those that weigh too much together are
    /// laid over each other before the next is made.
    fn few(&self, plan: &Plan, sources: &dyn Sources) -> Vec<Placed> {
        let raster = plan.raster;
        let mut held = Vec::new();
        for layer in &plan.layers {
            let layer = self.place(layer, raster, sources);
            if layer.hides(raster) {
                held.clear();
            }
            held.push(layer);
            if held.len() > 1 && heavy::weight_of(&held) > self.most / 2 {
                let sum = composite::composite(&held, raster, None, &self.lits, self.shared);
                held = vec![Placed::whole(sum)];
            }
        }
        held
    }

    fn cache(&self) -> MutexGuard<'_, Cache> {
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A nested sequence as large as the frame that is graded at most: line by line, or whole if it was seen before.
    fn laid(&self, layer: &Layer, raster: Raster, sources: &dyn Sources) -> Option<Placed> {
        let Picture::Nested(plan) = &layer.picture else { return None };
        let placement = layer.placement;
        let is_still =
            Placement { opacity: 1.0, ..placement }.is_plain() && layer.motion.is_empty();
        let is_light = layer.effects.is_empty() && heavy::weight(plan) <= self.most;
        let is_laid = is_still && is_light && plan.raster == raster;
        if !is_laid || self.passed.saw(plan.key()) {
            return None;
        }
        let layers = self.gathered(plan, sources);
        let placed = match &layers[..] {
            [] => return None,
            [only] if only.is_untouched(raster) => Placed::of(Arc::clone(&only.image)),
            _ => Placed::of_layers(layers, raster),
        };
        Some(Placed { placement, grade: layer.grade.clone(), ..placed })
    }

    fn place(&self, layer: &Layer, raster: Raster, sources: &dyn Sources) -> Placed {
        if let Some(laid) = self.laid(layer, raster, sources) {
            return laid;
        }
        let (mut turn, mut pixel) = (0, 1.0);
        let image = match &layer.picture {
            Picture::Media { media, frame, turn: turned, aspect, .. } => {
                (turn, pixel) = (*turned, aspect.to_f64());
                layer.placement.alpha.of(sources.frame(*media, *frame))
            }
            Picture::Nested(plan) => self.render(plan, sources),
            Picture::Made { generator, values, at } => self
                .kept(layer.alone(), raster, |_| Arc::new((generator.make)(values, raster, *at))),
            Picture::Between(between) => {
                self.kept(layer.alone(), raster, |_| self.between(between, raster, sources))
            }
        };
        let mut image = image;
        if !layer.effects.is_empty() {
            image = self.treated(layer, &image, turn, sources);
            turn = 0;
        }
        let mut grade = layer.grade.clone();
        if let Some(graded) = self.graded(layer, &image) {
            (image, grade) = (graded, Grade::default());
        }
        let (placement, motion) = (layer.placement, layer.motion.clone());
        Placed { image, turn, aspect: pixel, placement, motion, grade, laid: Vec::new() }
    }

    /// A layer's picture with its grade, in light, if it was asked for before: a still that moves is graded once.
    fn graded(&self, layer: &Layer, image: &Arc<Image>) -> Option<Arc<Image>> {
        if layer.grade.is_empty() {
            return None;
        }
        let placement = Placement { alpha: layer.placement.alpha, ..Placement::default() };
        let raster = Raster { width: image.width, height: image.height };
        let alone = Layer { placement, motion: Vec::new(), ..layer.clone() };
        let key = Plan { raster, layers: vec![alone] }.key().in_form(Some(GRADED));
        let kept = self.cache().get(key);
        if kept.is_some() || !self.passed.saw(key) {
            return kept;
        }
        let graded = Arc::new(treated::graded(image, &layer.grade));
        self.cache().put(key, &graded);
        Some(graded)
    }

    /// A layer's picture with its effects, which is kept: a still that moves has them done once.
    fn treated(
        &self,
        layer: &Layer,
        image: &Image,
        turn: u16,
        sources: &dyn Sources,
    ) -> Arc<Image> {
        let picture = layer.picture.clone();
        let effects = layer.effects.clone();
        let raster = Raster { width: image.width, height: image.height };
        let alpha = layer.placement.alpha;
        let placement = Placement { alpha, ..Placement::default() };
        let layer = Layer { effects, ..Layer::new(picture, placement) };
        self.kept(layer, raster, |layer| {
            let near = |(away, frame): &(i64, i64)| match &layer.picture {
                Picture::Media { media, .. } => {
                    Some((*away, alpha.of(sources.frame(*media, *frame))))
                }
                _ => None,
            };
            let around: Vec<_> = layer.effects.around.iter().filter_map(near).collect();
            let around = around.iter().map(|(away, image)| (*away, &**image)).collect();
            let open = |other: Other<'_>, size| self.other(other, size, sources);
            let source = treated::Source { image, turn, around, open: &open };
            Arc::new(treated::treated(&source, &layer.effects))
        })
    }

    /// Another picture that effects work with, of a size.
    fn other(&self, other: Other<'_>, size: [u32; 2], sources: &dyn Sources) -> Arc<Image> {
        match other {
            Other::Below(plan) => self.render(plan, sources),
            Other::Plate(plate) => {
                let [width, height] = size;
                let image = sources.frame(plate.media, plate.frame);
                let placement = Placement { fit: Fit::Stretch, ..Placement::default() };
                let placed = Placed { placement, ..Placed::of(image) };
                let raster = Raster { width, height };
                let (lits, shared) = (&self.lits, self.shared);
                Arc::new(composite::composite(&[placed], raster, None, lits, shared))
            }
        }
    }

    /// What was kept of a layer by itself, or what `make` makes.
    fn kept(
        &self,
        layer: Layer,
        raster: Raster,
        make: impl FnOnce(&Layer) -> Arc<Image>,
    ) -> Arc<Image> {
        let plan = Plan { raster, layers: vec![layer] };
        let (key, layer) = (plan.key(), &plan.layers[0]);
        let kept = self.cache().get(key);
        kept.unwrap_or_else(|| {
            let image = make(layer);
            self.cache().put(key, &image);
            image
        })
    }

    fn between(&self, between: &Between, raster: Raster, sources: &dyn Sources) -> Arc<Image> {
        let side = |layer: &Option<Layer>| {
            let layer = layer.as_ref()?;
            let plan = Plan { raster, layers: vec![layer.clone()] };
            Some(self.render(&plan, sources))
        };
        let recipe = (between.transition.recipe)(&between.values, between.progress, raster);
        mix::mix(side(&between.from), side(&between.to), &recipe, raster)
    }
}
