//! Whole pictures in light, for placements that need them so: the last one is kept while its source
//! is, as a still that turns shows the same light in every frame.

use super::geometry::Geometry;
use super::line::Line;
use super::source::Light;
use super::straight::Straight;
use crate::Key;
use crate::grade::Grade;
use rayon::prelude::*;
use signal::Image;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use timeline_format::sequence::Raster;

/// Red, green, blue, alpha.
pub(super) type Pixel = [f32; 4];

/// Lines that are made light at a time.
const BAND: usize = 64;

/// A whole picture in premultiplied scene-linear light.
#[derive(Debug, Clone)]
pub(super) struct Lit {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<Pixel>,
}

/// The picture that was made light last.
#[derive(Debug, Default)]
pub(super) struct Lits(Mutex<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    source: Weak<Image>,
    grade: Key,
    lit: Arc<Lit>,
}

impl Lits {
    /// The light of `image`, graded, made as small as `size`; by all threads where it is `shared`.
    pub(super) fn of(
        &self,
        (image, grade): (&Arc<Image>, &Grade),
        size: [u32; 2],
        shared: bool,
    ) -> Arc<Lit> {
        let key = grade.key();
        let is_it = |kept: &Kept| {
            std::ptr::eq(kept.source.as_ptr(), Arc::as_ptr(image))
                && kept.grade == key
                && [kept.lit.width, kept.lit.height] == size.map(|side| side as usize)
        };
        if let Some(kept) = self.kept().as_ref().filter(|kept| is_it(kept)) {
            return Arc::clone(&kept.lit);
        }
        let lit = Arc::new(lit_of((image, grade), size, shared));
        let source = Arc::downgrade(image);
        *self.kept() = Some(Kept { source, grade: key, lit: Arc::clone(&lit) });
        lit
    }

    /// Lets go of light whose source nobody holds any more.
    pub(super) fn tidy(&self) {
        self.kept().take_if(|kept| kept.source.strong_count() == 0);
    }

    fn kept(&self) -> MutexGuard<'_, Option<Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lit_of((image, grade): (&Image, &Grade), target: [u32; 2], shared: bool) -> Lit {
    let size = [image.width, image.height];
    let factors = [0, 1].map(|axis| f64::from(target[axis]) / f64::from(size[axis]));
    let window = [0.0, 0.0, f64::from(size[0]), f64::from(size[1])];
    let matrix = [[factors[0], 0.0], [0.0, factors[1]]];
    let shrink = Geometry { matrix, offset: [0.0; 2], window };
    let raster = Raster { width: target[0], height: target[1] };
    let straight = Straight::new(&shrink, size[0] as usize, raster);
    let [width, height] = target.map(|side| side as usize);
    let mut pixels = vec![[0.0; 4]; width * height];
    let make = |(band, out): (usize, &mut [Pixel])| {
        let (mut lines, mut line) = (straight.lines(Light::of(image, grade)), Line::default());
        for (row, out) in out.chunks_exact_mut(width).enumerate() {
            lines.line(band * BAND + row, &mut line);
            let [red, green, blue, alpha] = line.shown();
            let channels = red.iter().zip(green).zip(blue).zip(alpha);
            for (pixel, (((red, green), blue), alpha)) in out.iter_mut().zip(channels) {
                *pixel = [*red, *green, *blue, *alpha];
            }
        }
    };
    if shared {
        pixels.par_chunks_mut(width * BAND).enumerate().for_each(make);
    } else {
        pixels.chunks_mut(width * BAND).enumerate().for_each(make);
    }
    Lit { width, height, pixels }
}
