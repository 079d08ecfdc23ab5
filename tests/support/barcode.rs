//! Pictures that carry their number, and the number that a picture carries.

use super::oracle;
use roomtone::signal::Image;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Width and height of the pictures.
pub const SIZE: (usize, usize) = (128, 72);

/// Blocks of 16 pixels: 8 across, 2 down, the lowest bit first.
const BLOCK: usize = 16;

/// Picture `n` in 8-bit 4:2:0: its number in blocks, and something that moves under them.
pub fn picture(n: usize) -> Vec<u8> {
    let (width, height) = SIZE;
    let mut bytes = Vec::with_capacity(width * height * 3 / 2);
    for y in 0..height {
        for x in 0..width {
            let bit = x / BLOCK + 8 * (y / BLOCK);
            let moving = 60 + (x + 3 * n) % 64 + (y + n) % 50;
            bytes.push(if y >= 2 * BLOCK {
                moving as u8
            } else if n >> bit & 1 == 1 {
                220
            } else {
                30
            });
        }
    }
    for plane in 0..2 {
        for at in 0..width * height / 4 {
            bytes.push((100 + (at % (width / 2) + n * (plane + 1)) % 50) as u8);
        }
    }
    bytes
}

/// The number that a picture carries in its first plane.
pub fn number(image: &Image) -> usize {
    let bytes = image.format.depth.bytes();
    let half = 1 << (image.format.depth.bits() - 1);
    (0..16).fold(0, |number, bit| {
        let (x, y) = (bit % 8 * BLOCK + BLOCK / 2, bit / 8 * BLOCK + BLOCK / 2);
        let (x, y) = (x * image.width as usize / SIZE.0, y * image.height as usize / SIZE.1);
        let sample = &image.planes[0].line(y, (x + 1) * bytes)[x * bytes..];
        let value = match bytes {
            1 => usize::from(sample[0]),
            _ => usize::from(u16::from_ne_bytes([sample[0], sample[1]])),
        };
        number | usize::from(value > half) << bit
    })
}

/// A raw file of `count` pictures in `folder`.
pub fn raw(folder: &Path, count: usize) -> PathBuf {
    let path = folder.join("pictures.yuv");
    let bytes = (0..count).flat_map(picture).collect::<Vec<_>>();
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Codes a raw file at `rate` with ffmpeg's options `coding` into `folder`/`name`.
pub fn coded(raw: &Path, name: &str, rate: &str, coding: &str) -> PathBuf {
    let path = raw.with_file_name(name);
    let mut size = String::new();
    write!(size, "{}x{}", SIZE.0, SIZE.1).unwrap();
    let mut arguments = vec!["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", &size, "-r", rate];
    arguments.extend(["-i", raw.to_str().unwrap()]);
    arguments.extend(coding.split_whitespace());
    arguments.push(path.to_str().unwrap());
    oracle::ffmpeg(&arguments);
    path
}
