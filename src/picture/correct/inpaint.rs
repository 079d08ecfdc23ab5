//! Inpaint: what the masks cover, made of what is around.
//!
//! Each patch that touches the hole looks for the patch outside that is most like it, neighbours from neighbours and
//! then by chance nearer and nearer (C. Barnes and others, PatchMatch, SIGGRAPH 2009); what they say is averaged, from
//! a coarse picture to a fine one (Y. Wexler and others, Space-Time Completion of Video, TPAMI 2007).

use super::heal::{bounds, solve};
use super::telea;
use crate::canvas::Canvas;
use crate::filter::{ALONE, Filter, Scene, Treatment};
use crate::grade::Space;
use signal::Parameter;
use signal::chance::mix;
use std::sync::Arc;

/// Pixels of a patch to either side.
const NEAR: i32 = 3;
/// Searches at each size, and rounds of search and average.
const SEARCHES: usize = 4;
const ROUNDS: usize = 6;
/// Pixels that Telea's method looks, at least.
const LOOKS: f64 = 2.0;
/// Pixels of the hole, each way, at the coarsest size.
const COARSEST: usize = 12;
/// Pixels of the part that is looked at, at most: a larger one is worked on coarser first and no finer.
const MOST: usize = 1 << 21;

pub(super) const FILTER: Filter = Filter {
    id: "inpaint",
    label: "Inpaint",
    help: "What the masks cover, made of what is around them: patches found within a radius for texture, or, for scratches, wires and specks, what lies at their edge carried inwards or a smooth membrane.",
    space: Space::Display,
    parameters: &[
        Parameter::choice("by", "By", "How it is made: of patches, which suits large holes; of a membrane; or carried inwards from the edge (Telea's method), which suits holes up to about twelve pixels wide.", &["patches", "membrane", "telea"]),
        Parameter::number("radius", "Radius", "How far from the hole patches are looked for, in pixels of a picture of 1080 lines.", [8.0, 2000.0, 120.0], "px"),
        Parameter::number("near", "Near", "How far from each place Telea's method looks, in pixels of a picture of 1080 lines.", [1.0, 64.0, 5.0], "px"),
        Parameter::setting("seed", "Seed", "Which chance.", [0.0, 1e9, 0.0], ""),
    ],
    moves: false,
    reach: ALONE,
    prepare: |values| {
        let (radius, seed) = (values.number("radius"), values.number("seed") as u64);
        let by = match values.word("by") {
            "membrane" => By::Membrane,
            "telea" => By::Telea(values.number("near")),
            _ => By::Patches(seed),
        };
        Some(Arc::new(Inpaint { radius, by }) as Arc<dyn Treatment>)
    },
};

#[derive(Debug)]
struct Inpaint {
    radius: f64,
    by: By,
}

/// How a hole is filled.
#[derive(Debug, Clone, Copy)]
enum By {
    /// By this chance.
    Patches(u64),
    Membrane,
    /// Looking so far, in pixels of a picture of 1080 lines.
    Telea(f64),
}

/// A part of the picture: its colours, and where the hole is.
#[derive(Debug, Clone)]
struct Part {
    width: usize,
    height: usize,
    colours: [Vec<f32>; 3],
    hole: Vec<bool>,
}

impl Treatment for Inpaint {
    fn treat(&self, mut picture: Canvas, scene: &Scene<'_>) -> Canvas {
        let Some(matte) = scene.matte else { return picture };
        let (width, height) = (picture.width, picture.height);
        let Some([left, top, right, bottom]) = bounds(&matte.values, width) else { return picture };
        let far = (self.reach() * picture.unit()).ceil() as usize + NEAR as usize + 1;
        let [left, top] = [left.saturating_sub(far), top.saturating_sub(far)];
        let [right, bottom] = [(right + far + 1).min(width), (bottom + far + 1).min(height)];
        let rows = || (top..bottom).map(|y| y * width + left..y * width + right);
        let cut = |values: &[f32]| -> Vec<f32> { rows().flat_map(|row| values[row].to_vec()).collect() };
        let hole: Vec<bool> = cut(&matte.values).into_iter().map(|part| part > 0.0).collect();
        let colours = [0, 1, 2].map(|nth| cut(&picture.channels[nth]));
        let mut part = Part { width: right - left, height: bottom - top, colours, hole };
        if part.hole.iter().all(|hole| *hole) {
            return picture;
        }
        match self.by {
            By::Patches(seed) => part.filled(seed, MOST),
            By::Membrane => part.smooth(),
            By::Telea(near) => part.closed((near * picture.unit()).max(LOOKS) as f32),
        }
        for (channel, made) in picture.channels.iter_mut().zip(&part.colours) {
            for (row, made) in rows().zip(made.chunks_exact(part.width)) {
                channel[row].copy_from_slice(made);
            }
        }
        picture
    }
}

impl Inpaint {
    /// How far from the hole anything of the picture counts, in pixels of a picture of 1080 lines.
    const fn reach(&self) -> f64 {
        match self.by {
            By::Telea(near) => 3.0 * near,
            _ => self.radius,
        }
    }
}

impl Part {
    /// The hole carried on from its edge.
    fn closed(&mut self, near: f32) {
        telea::close(&mut self.colours, &self.hole, (self.width, self.height), near);
    }

    /// The hole as a membrane.
    fn smooth(&mut self) {
        let (size, none) = ((self.width, self.height), vec![0.0; self.hole.len()]);
        let hole = self.hole.clone();
        self.colours.iter_mut().for_each(|colour| solve(colour, &none, &hole, size));
    }

    /// The hole made of patches: at half the size first.
    fn filled(&mut self, seed: u64, most: usize) {
        let deep = bounds(&self.hole.iter().map(|hole| f32::from(u8::from(*hole))).collect::<Vec<_>>(), self.width);
        let Some([left, top, right, bottom]) = deep else { return };
        let is_large = (right - left).max(bottom - top) > COARSEST;
        let room = self.width.min(self.height) > 8 * NEAR as usize;
        let mut known = None;
        if is_large && room {
            let mut half = self.halved();
            half.filled(mix(seed), most);
            self.raise(&half);
            known = Some(half);
        } else {
            self.smooth();
        }
        if known.is_none() || self.hole.len() <= most {
            self.improve(seed);
        }
    }

    fn halved(&self) -> Self {
        let (width, height) = (self.width.div_ceil(2), self.height.div_ceil(2));
        let of = |place: usize| {
            let (x, y) = (2 * (place % width), 2 * (place / width));
            let four = [(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)];
            four.into_iter().filter(|(x, y)| *x < self.width && *y < self.height).map(|(x, y)| y * self.width + x)
        };
        let mean = |colour: &[f32], place: usize| {
            let seen = of(place).filter(|at| !self.hole[*at]);
            let (sum, count) = seen.fold((0.0, 0.0), |(sum, count), at| (sum + colour[at], count + 1.0));
            if count > 0.0 { sum / count } else { 0.0 }
        };
        let all = 0..width * height;
        let colours = self.colours.each_ref().map(|colour| all.clone().map(|place| mean(colour, place)).collect());
        let hole = all.map(|place| of(place).all(|at| self.hole[at])).collect();
        Self { width, height, colours, hole }
    }

    fn raise(&mut self, half: &Self) {
        for (colour, coarse) in self.colours.iter_mut().zip(&half.colours) {
            for (place, value) in colour.iter_mut().enumerate().filter(|(place, _)| self.hole[*place]) {
                let (x, y) = ((place % self.width) as f32, (place / self.width) as f32);
                *value = crate::flow::sample(coarse, (half.width, half.height), 0.5 * x - 0.25, 0.5 * y - 0.25);
            }
        }
    }

    /// Whether a whole patch lies around a place, with nothing of the hole in it.
    fn sources(&self) -> Vec<bool> {
        let (width, height) = (self.width as i32, self.height as i32);
        let is_source = |place: usize| {
            let (x, y) = (place as i32 % width, place as i32 / width);
            let within = x >= NEAR && y >= NEAR && x < width - NEAR && y < height - NEAR;
            within
                && (-NEAR..=NEAR).all(|down| {
                    let row = ((y + down) * width + x - NEAR) as usize;
                    self.hole[row..=row + 2 * NEAR as usize].iter().all(|hole| !hole)
                })
        };
        (0..self.hole.len()).map(is_source).collect()
    }

    fn improve(&mut self, seed: u64) {
        let sources = self.sources();
        let places: Vec<usize> = (0..sources.len()).filter(|place| sources[*place]).collect();
        let targets = self.targets();
        if places.is_empty() || targets.is_empty() {
            return;
        }
        let mut field = vec![usize::MAX; self.hole.len()];
        for (nth, target) in targets.iter().enumerate() {
            field[*target] = places[mix(seed ^ mix(nth as u64)) as usize % places.len()];
        }
        for round in 0..ROUNDS {
            let mut misfits: Vec<f32> = field.iter().map(|_| f32::MAX).collect();
            targets.iter().for_each(|target| misfits[*target] = self.misfit(*target, field[*target], f32::MAX));
            for search in 0..SEARCHES {
                let chance = mix(seed ^ mix((round * SEARCHES + search) as u64 + 99));
                self.search((&targets, &sources), (&mut field, &mut misfits), chance, search % 2 == 1);
            }
            self.vote(&field, &misfits);
        }
    }

    /// Places whose patches touch the hole, line by line.
    fn targets(&self) -> Vec<usize> {
        let (width, height) = (self.width as i32, self.height as i32);
        let touches = |place: &usize| {
            let (x, y) = (*place as i32 % width, *place as i32 / width);
            let rows = (y - NEAR).max(0)..(y + NEAR + 1).min(height);
            rows.into_iter().any(|row| {
                let from = (row * width + (x - NEAR).max(0)) as usize;
                let to = (row * width + (x + NEAR + 1).min(width)) as usize;
                self.hole[from..to].iter().any(|hole| *hole)
            })
        };
        (0..self.hole.len()).filter(touches).collect()
    }

    fn misfit(&self, target: usize, source: usize, most: f32) -> f32 {
        let (width, height) = (self.width as i32, self.height as i32);
        let (x, y) = (target as i32 % width, target as i32 / width);
        let away = source as i32 - target as i32;
        let (left, right) = ((x - NEAR).max(0), (x + NEAR).min(width - 1));
        let mut sum = 0.0;
        for row in (y - NEAR).max(0)..=(y + NEAR).min(height - 1) {
            let here = (row * width + left) as usize..=(row * width + right) as usize;
            let there = (*here.start() as i32 + away) as usize..=(*here.end() as i32 + away) as usize;
            for colour in &self.colours {
                let pairs = colour[here.clone()].iter().zip(&colour[there.clone()]);
                sum += pairs.map(|(a, b)| (a - b) * (a - b)).sum::<f32>();
            }
            if sum >= most {
                return sum;
            }
        }
        sum
    }

    fn search(
        &self,
        (targets, sources): (&[usize], &[bool]),
        (field, misfits): (&mut [usize], &mut [f32]),
        chance: u64,
        is_backwards: bool,
    ) {
        let (width, height) = (self.width as i32, self.height as i32);
        let order: Box<dyn Iterator<Item = &usize>> =
            if is_backwards { Box::new(targets.iter().rev()) } else { Box::new(targets.iter()) };
        for target in order {
            let step = if is_backwards { 1_i32 } else { -1 };
            for beside in [step, step * width] {
                let other = *target as i32 + beside;
                let found = usize::try_from(other).ok().and_then(|other| field.get(other)).copied();
                if let Some(found) = found.filter(|found| *found != usize::MAX) {
                    let source = usize::try_from(found as i32 - beside).ok();
                    self.attempt(*target, source, sources, (field, misfits));
                }
            }
            let mut far = width.max(height);
            let mut bits = mix(chance ^ *target as u64);
            while far >= 1 {
                let best = field[*target] as i32;
                bits = mix(bits);
                let [across, down] = [bits as u32, (bits >> 32) as u32]
                    .map(|bits| (bits % (2 * far as u32 + 1)) as i32 - far);
                let (x, y) = (best % width + across, best / width + down);
                if (0..width).contains(&x) && (0..height).contains(&y) {
                    self.attempt(*target, Some((y * width + x) as usize), sources, (field, misfits));
                }
                far /= 2;
            }
        }
    }

    /// Takes a source for a target, if it may be one and fits better than what is known.
    fn attempt(
        &self,
        target: usize,
        source: Option<usize>,
        sources: &[bool],
        (field, misfits): (&mut [usize], &mut [f32]),
    ) {
        let Some(source) = source.filter(|place| sources.get(*place) == Some(&true)) else { return };
        let misfit = self.misfit(target, source, misfits[target]);
        if misfit < misfits[target] {
            (field[target], misfits[target]) = (source, misfit);
        }
    }

    /// Each pixel of the hole becomes the mean of what the patches over it say, the better ones more.
    fn vote(&mut self, field: &[usize], misfits: &[f32]) {
        let (width, height) = (self.width as i32, self.height as i32);
        let known: Vec<f64> = misfits.iter().filter(|it| **it < f32::MAX).map(|it| f64::from(*it)).collect();
        let usual = crate::measures::median(known) as f32 + 1e-6;
        let before = self.colours.clone();
        for place in (0..self.hole.len()).filter(|place| self.hole[*place]) {
            let (x, y) = (place as i32 % width, place as i32 / width);
            let (mut sums, mut weights) = ([0.0_f32; 3], 0.0_f32);
            for row in (y - NEAR).max(0)..=(y + NEAR).min(height - 1) {
                for column in (x - NEAR).max(0)..=(x + NEAR).min(width - 1) {
                    let over = (row * width + column) as usize;
                    if field[over] == usize::MAX {
                        continue;
                    }
                    let there = (field[over] as i32 + place as i32 - over as i32) as usize;
                    let weight = (-misfits[over] / (0.5 * usual)).exp() + 1e-6;
                    weights += weight;
                    sums.iter_mut().zip(&before).for_each(|(sum, colour)| *sum += weight * colour[there]);
                }
            }
            if weights > 0.0 {
                self.colours.iter_mut().zip(sums).for_each(|(colour, sum)| colour[place] = sum / weights);
            }
        }
    }
}
