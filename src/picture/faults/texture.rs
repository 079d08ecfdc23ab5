//! Repeated texture: a part of the picture that is there twice.
//!
//! Blocks are described by their lowest frequencies; of blocks that look alike, those count that lie apart by the
//! same way as many others (J. Fridrich and others, Detection of Copy-Move Forgery in Digital Images, 2003).

use super::{Find, Finder, Search, Sight};
use crate::measures::Luma;
use std::collections::BTreeMap;
use std::f32::consts::PI;

/// Frames that are looked at.
const FRAMES: usize = 3;
/// Pixels across a block of the small picture, each way.
const BLOCK: usize = 16;
/// Frequencies, each way, that describe a block.
const KEPT: usize = 4;
/// Blocks after a block in their order that it is held against, and those of them that are passed over to find them.
const NEXT: usize = 12;
const PASSED: usize = 48;
/// Differences of descriptions, root of the sum of squares in codes, within which two blocks may be one.
const ALIKE: f32 = 2.5;
/// They are one if their pixels differ by no more than noise does, root mean square in codes, or by this part of what
/// they differ by from their own mean.
const NOISE: f32 = 3.0;
const PART: f32 = 0.2;
/// Two blocks that are nearer than this, in pixels, are neighbours.
const NEAR: i32 = 40;
/// So many blocks of the same offset, each a pixel from the next, count as one.
const OVERLAP: usize = BLOCK * BLOCK / 4;

pub(super) const FINDER: Finder = Finder {
    id: "texture",
    label: "Repeated texture",
    help: "A part of the picture that is there twice: blocks that look alike and lie apart by the same way as many others, flat ones left out.",
    unit: "blocks",
    wrong: "Windows of a house, tiles, fences and other things that are made alike are taken for copies; copies that were turned, mirrored or scaled are missed, and so are those nearer than 40 pixels of 640.",
    proven: "Of 6 films each: 4, 5 and 6 of squares of 48, 64 and 96 pixels.",
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

/// A block: its description, its corner, and its variance.
struct Block {
    waves: [f32; KEPT * KEPT - 1],
    corner: [i32; 2],
    variance: f32,
}

impl Search for Texture {
    fn see(&mut self, sight: &Sight<'_>) {
        if !sight.is_among(FRAMES) {
            return;
        }
        let small = &sight.small;
        let mut blocks = self.described(small);
        let (width, height) = small.size();
        for (offset, corners) in alike(&mut blocks, small) {
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

    /// Every block that is not flat, one at each pixel.
    fn described(&self, small: &Luma) -> Vec<Block> {
        let (width, height) = small.size();
        if width.min(height) < BLOCK {
            return Vec::new();
        }
        let waves = waves();
        let lines: Vec<Vec<[f32; KEPT + 1]>> = (0..height).map(|y| swept(small.line(y), &waves)).collect();
        let mut blocks = Vec::new();
        for (y, lines) in lines.windows(BLOCK).enumerate() {
            for x in 0..=width - BLOCK {
                let sum = |nth: usize| lines.iter().map(|line| line[x][nth]).sum::<f32>() / AREA;
                let variance = sum(KEPT) - sum(0).powi(2);
                if variance >= self.flat {
                    let waves = described(lines, x, &waves);
                    blocks.push(Block { waves, corner: [x as i32, y as i32], variance });
                }
            }
        }
        blocks
    }
}

/// Pixels of a block.
const AREA: f32 = (BLOCK * BLOCK) as f32;

/// The waves that describe blocks (N. Ahmed and others, Discrete Cosine Transform, 1974).
fn waves() -> [[f32; BLOCK]; KEPT] {
    let wave = |nth: usize, at: usize| ((at as f32 + 0.5) * nth as f32 * PI / BLOCK as f32).cos();
    std::array::from_fn(|nth| std::array::from_fn(|at| wave(nth, at)))
}

/// How much of each wave there is in a line from each pixel on, and the sum of squares.
fn swept(line: &[f32], waves: &[[f32; BLOCK]; KEPT]) -> Vec<[f32; KEPT + 1]> {
    let of = |part: &[f32]| {
        std::array::from_fn(|nth| {
            let other = waves.get(nth).map_or(part, |wave| &wave[..]);
            part.iter().zip(other).map(|(code, other)| code * other).sum()
        })
    };
    line.windows(BLOCK).map(of).collect()
}

/// The description of the block at a column of lines that were swept.
fn described(lines: &[Vec<[f32; KEPT + 1]>], x: usize, waves: &[[f32; BLOCK]; KEPT]) -> [f32; KEPT * KEPT - 1] {
    std::array::from_fn(|place| {
        let (across, down) = ((place + 1) % KEPT, (place + 1) / KEPT);
        let sum: f32 = lines.iter().zip(&waves[down]).map(|(line, wave)| line[x][across] * wave).sum();
        2.0 * sum / AREA
    })
}

/// Offsets that many pairs of blocks have in common, and where their first blocks lie.
fn alike(blocks: &mut [Block], small: &Luma) -> Vec<([i32; 2], Vec<[i32; 2]>)> {
    let coarse = |block: &Block| block.waves.map(|value| (value / (2.0 * ALIKE)).round() as i32);
    blocks.sort_by_cached_key(|block| (coarse(block), block.corner));
    let mut pairs: BTreeMap<[i32; 2], Vec<[i32; 2]>> = BTreeMap::new();
    for (at, one) in blocks.iter().enumerate() {
        let far = |other: &&Block| (0..2).any(|side| (one.corner[side] - other.corner[side]).abs() >= NEAR);
        for other in blocks[at + 1..].iter().take(PASSED).filter(far).take(NEXT) {
            let apart: f32 = one.waves.iter().zip(&other.waves).map(|(a, b)| (a - b).powi(2)).sum();
            if apart < ALIKE * ALIKE && is_copy(one, other, small) {
                let (first, second) = (one.corner.min(other.corner), one.corner.max(other.corner));
                pairs.entry([second[0] - first[0], second[1] - first[1]]).or_default().push(first);
            }
        }
    }
    pairs.into_iter().filter(|(_, corners)| corners.len() >= OVERLAP).collect()
}

/// Whether the pixels of two blocks are the same, but for noise.
fn is_copy(one: &Block, other: &Block, small: &Luma) -> bool {
    let part = |block: &Block, line: usize| {
        let [x, y] = block.corner.map(|at| at as usize);
        &small.line(y + line)[x..][..BLOCK]
    };
    let squares = |line: usize| {
        let pairs = part(one, line).iter().zip(part(other, line));
        pairs.map(|(a, b)| (a - b).powi(2)).sum::<f32>()
    };
    let apart = (0..BLOCK).map(squares).sum::<f32>() / AREA;
    apart < (NOISE * NOISE).max(PART * PART * one.variance.min(other.variance))
}
