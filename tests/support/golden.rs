//! Pictures that are kept, and pictures that are held against them.
//!
//! `UPDATE_GOLDEN=1` writes them anew: look at each before it is kept.

use image::RgbaImage;
use std::path::{Path, PathBuf};

/// How far a channel of a pixel may be off: other drivers round the edges of letters differently.
const TOLERANCE: u8 = 24;
/// How many of ten thousand pixels may be further off.
const OUTLIERS: usize = 20;

/// Holds a picture against the one that is kept under this name.
#[track_caller]
pub fn check(name: &str, picture: &RgbaImage) {
    let kept = place("tests/golden", name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(kept.parent().unwrap()).unwrap();
        return std::fs::write(kept, small(picture)).unwrap();
    }
    let bytes = std::fs::read(&kept).unwrap_or_else(|error| panic!("{}: {error}", kept.display()));
    let expected = image::load_from_memory(&bytes).unwrap().to_rgba8();
    let off = difference(&expected, picture);
    let most = expected.pixels().len() * OUTLIERS / 10_000;
    if off.is_none_or(|off| off > most) {
        let found = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.png"));
        picture.save(&found).unwrap();
        let words = "if it is as it should be, UPDATE_GOLDEN=1 keeps it";
        panic!("{name}: {off:?} pixels are off, {most} may be: see {}; {words}", found.display());
    }
}

fn place(folder: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(format!("{name}.png"))
}

/// How many pixels are off; `None` where the two are of different sizes.
fn difference(expected: &RgbaImage, found: &RgbaImage) -> Option<usize> {
    let pairs = expected.pixels().zip(found.pixels());
    let is_off =
        |a: &[u8; 4], b: &[u8; 4]| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > TOLERANCE);
    let off = pairs.filter(|(a, b)| is_off(&a.0, &b.0)).count();
    (expected.dimensions() == found.dimensions()).then_some(off)
}

/// The picture as a small PNG without alpha.
fn small(picture: &RgbaImage) -> Vec<u8> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    image::DynamicImage::ImageRgba8(picture.clone()).to_rgb8().write_with_encoder(encoder).unwrap();
    bytes
}

#[test]
fn a_picture_that_is_off_is_told_from_one_that_is_not() {
    let grey = |level: u8| RgbaImage::from_pixel(100, 100, image::Rgba([level, level, level, 255]));
    let mut marked = grey(90);
    (0..25).for_each(|x| marked.put_pixel(x, 3, image::Rgba([200, 90, 90, 255])));
    assert_eq!(difference(&grey(90), &grey(90 + TOLERANCE)), Some(0));
    assert_eq!(difference(&grey(90), &grey(91 + TOLERANCE)), Some(10_000));
    assert_eq!(difference(&grey(90), &marked), Some(25));
    assert_eq!(difference(&grey(90), &RgbaImage::new(10, 10)), None);
}

#[test]
fn the_pictures_that_are_kept_are_small() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let sizes =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().metadata().unwrap().len());
    let bytes: u64 = sizes.sum();
    assert!((1..1_000_000).contains(&bytes), "{bytes} bytes");
}
