//! Repeated texture: a part of the picture that is there twice.
//!
//! Blocks are described by their lowest frequencies; of blocks that look alike, those count that lie apart by the
//! same way as many others (J. Fridrich and others, Detection of Copy-Move Forgery in Digital Images, 2003).

use super::{Find, Finder, Search, Sight};
use std::collections::BTreeMap;
use std::f32::consts::PI;

/// Frames that are looked at.
const FRAMES: usize = 3;
/// Pixels across a block of the small picture, each way, and from one to the next.
const BLOCK: usize = 16;
const STRIDE: usize = 2;
/// Frequencies, each way, that describe a block.
const KEPT: usize = 4;
/// Blocks after a block in their order that it is held against.
const NEXT: usize = 12;
/// Differences of descriptions, root of the sum of squares in codes, within which two blocks are one.
const ALIKE: f32 = 2.5;
/// Two blocks that are nearer than this, in pixels, are neighbours.
const NEAR: i32 = 40;
/// One block in so many others of the same offset stands for a place of its own.
const OVERLAP: usize = (BLOCK / STRIDE) * (BLOCK / STRIDE) / 4;

pub(super) const FINDER: Finder = Finder {
    id: "texture",
    label: "Repeated texture",
    help: "A part of the picture that is there twice: blocks that look alike and lie apart by the same way as many others, flat ones left out.",
    unit: "blocks",
    wrong: "Windows of a house, tiles, fences and other things that are made alike are taken for copies; copies that were turned, mirrored or scaled are missed, and so are those nearer than 40 pixels of 640.",
    repair: "inpaint",
    search: |limits| {
        let [blocks, flat] = ["blocks", "flat"].map(|name| limits.of("texture", name));
        Box::new(Texture { blocks, flat: flat as f32, finds: Vec::new() })
    },
};

struct Texture {
    blocks: f64,
    flat: f32,
    finds: Vec<Find>,
}

/// A block: its description, and its corner.
type Block = ([f32; KEPT * KEPT - 1], [i32; 2]);

impl Search for Texture {
    fn see(&mut self, sight: &Sight<'_>) {
        if !sight.is_among(FRAMES) {
            return;
        }
        let small = &sight.small;
        let mut blocks = self.described(small.codes(), small.size());
        let (width, height) = small.size();
        for (offset, corners) in alike(&mut blocks) {
            let count = corners.len() / OVERLAP;
            if (count as f64) < self.blocks {
                continue;
            }
            let around = |add: [i32; 2]| {
                let places = |side: usize| corners.iter().map(move |corner| corner[side] + add[side]);
                let [left, top] = [0, 1].map(|side| places(side).min().unwrap_or(0));
                let [right, bottom] = [0, 1].map(|side| places(side).max().unwrap_or(0) + BLOCK as i32);
                let [across, down] = [width, height].map(|size| size as f64);
                [f64::from(left) / across, f64::from(top) / down, f64::from(right) / across, f64::from(bottom) / down]
            };
            let (region, twin) = (around([0, 0]), around(offset));
            let figures = vec![("twin_left", twin[0]), ("twin_top", twin[1]), ("twin_right", twin[2]), ("twin_bottom", twin[3])];
            let frames = sight.frame..sight.frame + 1;
            let find = Find { region: Some(region), figures, ..Find::new("texture", frames, count as f64) };
            self.add(find);
        }
    }

    fn found(self: Box<Self>, _: f64) -> Vec<Find> {
        self.finds
    }
}

impl Texture {
    /// A find is the same as one of an earlier frame that it lies over.
    fn add(&mut self, find: Find) {
        let is_same = |known: &&mut Find| {
            known.region.zip(find.region).is_some_and(|(one, other)| {
                one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
            })
        };
        match self.finds.iter_mut().find(is_same) {
            Some(known) => {
                known.frames.end = find.frames.end;
                known.score = known.score.max(find.score);
            }
            None => self.finds.push(find.mended("inpaint", &[])),
        }
    }

    fn described(&self, codes: &[f32], (width, height): (usize, usize)) -> Vec<Block> {
        let waves: Vec<[f32; BLOCK]> = (0..KEPT)
            .map(|k| std::array::from_fn(|at| ((at as f32 + 0.5) * k as f32 * PI / BLOCK as f32).cos()))
            .collect();
        let corners = |size: usize| (0..size.saturating_sub(BLOCK - 1)).step_by(STRIDE);
        let mut blocks = Vec::new();
        for y in corners(height) {
            for x in corners(width) {
                let mut rows = [[0.0_f32; KEPT]; BLOCK];
                let (mut sum, mut squares) = (0.0_f32, 0.0_f32);
                for (line, row) in rows.iter_mut().enumerate() {
                    let part = &codes[(y + line) * width + x..][..BLOCK];
                    sum += part.iter().sum::<f32>();
                    squares += part.iter().map(|code| code * code).sum::<f32>();
                    for (wave, out) in waves.iter().zip(row) {
                        *out = wave.iter().zip(part).map(|(wave, code)| wave * code).sum();
                    }
                }
                let area = (BLOCK * BLOCK) as f32;
                if squares / area - (sum / area).powi(2) < self.flat {
                    continue;
                }
                let of = |place: usize| {
                    let (k, l) = ((place + 1) % KEPT, (place + 1) / KEPT);
                    let sum: f32 = rows.iter().zip(&waves[l]).map(|(row, wave)| row[k] * wave).sum();
                    2.0 * sum / area
                };
                blocks.push((std::array::from_fn(of), [x as i32, y as i32]));
            }
        }
        blocks
    }
}

/// Offsets that many pairs of blocks have in common, and where their first blocks lie.
fn alike(blocks: &mut [Block]) -> Vec<([i32; 2], Vec<[i32; 2]>)> {
    let coarse = |block: &Block| block.0.map(|value| (value / (2.0 * ALIKE)).round() as i32);
    blocks.sort_by_cached_key(|block| (coarse(block), block.1));
    let mut pairs: BTreeMap<[i32; 2], Vec<[i32; 2]>> = BTreeMap::new();
    for (at, (one, corner)) in blocks.iter().enumerate() {
        for (other, there) in blocks[at + 1..].iter().take(NEXT) {
            let apart: f32 = one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum();
            let (first, second) = if corner < there { (corner, there) } else { (there, corner) };
            let offset = [second[0] - first[0], second[1] - first[1]];
            if apart < ALIKE * ALIKE && offset[0].abs().max(offset[1].abs()) >= NEAR {
                pairs.entry(offset).or_default().push(*first);
            }
        }
    }
    pairs.into_iter().filter(|(_, corners)| corners.len() >= OVERLAP).collect()
}
