//! A film file that is held against ffmpeg's own decoding of it.

use crate::support::{barcode, oracle};
use roomtone::media::{self, Opening, Pictures};
use roomtone::signal::Image;
use std::path::Path;
use std::sync::Arc;

/// An open film file.
pub struct File {
    pub pictures: Pictures,
    pub media: timeline_format::Media,
    pub path: std::path::PathBuf,
}

/// Probes and opens the file at `path`.
pub fn open(path: &Path) -> File {
    let media = media::probe(path).unwrap();
    let opening = Opening { threads: 1, ..Opening::default() };
    let pictures = Pictures::open_with(path, &media, &opening).unwrap();
    File { pictures, media, path: path.to_owned() }
}

/// The frames as ffmpeg decodes them.
pub fn oracle_frames(path: &Path) -> Vec<u8> {
    let input = path.to_str().unwrap();
    oracle::ffmpeg(&[
        "-i",
        input,
        "-map",
        "0:v:0",
        "-fps_mode",
        "passthrough",
        "-f",
        "rawvideo",
        "-",
    ])
}

/// The samples of all planes, without padding.
pub fn bytes(image: &Image) -> Vec<u8> {
    (0..image.planes.len())
        .flat_map(|plane| image.lines(plane).collect::<Vec<_>>().concat())
        .collect()
}

/// A walk that goes forward, backward and about, the same each time.
fn walk(count: usize) -> Vec<usize> {
    let mut order = (0..count).rev().collect::<Vec<_>>();
    let mut state = 7_u32;
    for _ in 0..count {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        order.push((state >> 8) as usize % count);
    }
    order
}

/// Holds every frame of `file` against ffmpeg's decoding and against the `numbers` that they carry, in
/// order, backward and at random.
pub fn check(file: &mut File, numbers: &[usize]) {
    let name = file.path.file_name().unwrap().to_str().unwrap().to_owned();
    assert_eq!(file.pictures.count() as usize, numbers.len(), "{name}: count");
    let forward = (0..numbers.len())
        .map(|n| {
            file.pictures.frame(n as i64).unwrap_or_else(|error| panic!("{name} {n}: {error}"))
        })
        .collect::<Vec<Arc<Image>>>();
    let seen = forward.iter().map(|image| barcode::number(image)).collect::<Vec<_>>();
    assert_eq!(seen, numbers, "{name}: forward");
    let whole = forward.iter().flat_map(|image| bytes(image)).collect::<Vec<_>>();
    assert!(whole == oracle_frames(&file.path), "{name}: not what ffmpeg decodes");
    for n in walk(numbers.len()) {
        let image = file.pictures.frame(n as i64).unwrap();
        assert!(image.same_as(&forward[n]), "{name}: frame {n} at random is another picture");
    }
}
