//! Means over the blocks of a plane: what a picture is from far away.

use signal::{Depth, Image};

/// The means of the blocks of a plane, on the scale of 8-bit codes: at most `grid` blocks across and down.
pub fn means(image: &Image, plane: usize, grid: (usize, usize)) -> Vec<f32> {
    let (width, height) = image.format.plane_size(plane, image.width, image.height);
    let (width, height) = (width as usize, height as usize);
    let (across, down) = (grid.0.min(width), grid.1.min(height));
    let mut sums = vec![0.0_f64; across * down];
    for y in 0..height {
        let row = &mut sums[y * down / height * across..][..across];
        let line = image.planes[plane].line(y, image.line_bytes(plane));
        add_line(line, image.format.depth, width, row);
    }
    let scale = scale(image.format.depth);
    let lines = |block: usize| edge(block + 1, height, down) - edge(block, height, down);
    let columns = |block: usize| edge(block + 1, width, across) - edge(block, width, across);
    sums.iter()
        .enumerate()
        .map(|(place, sum)| {
            let count = lines(place / across) * columns(place % across);
            (sum * scale / count.max(1) as f64) as f32
        })
        .collect()
}

/// The first pixel of a block.
const fn edge(block: usize, size: usize, blocks: usize) -> usize {
    (block * size).div_ceil(blocks)
}

/// From codes to the scale of 8-bit codes.
pub fn scale(depth: Depth) -> f64 {
    match depth {
        Depth::F32 => 255.0,
        depth => 1.0 / f64::from(1_u32 << (depth.bits() - 8)),
    }
}

fn add_line(line: &[u8], depth: Depth, width: usize, row: &mut [f64]) {
    let blocks = row.len();
    for (block, sum) in row.iter_mut().enumerate() {
        let (from, to) = (edge(block, width, blocks), edge(block + 1, width, blocks));
        *sum += match depth {
            Depth::U8 => line[from..to].iter().map(|&code| u64::from(code)).sum::<u64>() as f64,
            Depth::F32 => line[4 * from..4 * to]
                .chunks_exact(4)
                .map(|four| f64::from(f32::from_ne_bytes([four[0], four[1], four[2], four[3]])))
                .sum(),
            _ => line[2 * from..2 * to]
                .chunks_exact(2)
                .map(|two| u64::from(u16::from_ne_bytes([two[0], two[1]])))
                .sum::<u64>() as f64,
        };
    }
}
