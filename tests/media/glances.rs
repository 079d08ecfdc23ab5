//! Stills that are read small: their blocks are the means of what PIL decodes, and all else that is known of
//! them is what is known of them whole.

use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::media;
use roomtone::signal::{Image, Model};
use std::path::Path;

/// Writes stills, and beside each the means of its blocks: luma of JPEG files, channels of PNG files.
const WRITE: &str = r#"
import os, subprocess, sys
import numpy as np
from PIL import Image, ImageCms, PngImagePlugin
folder = sys.argv[1]
at = lambda name: os.path.join(folder, name)
chance = np.random.default_rng(3)
def scene(width, height):
    small = chance.integers(20, 235, (6, 9, 3)).astype("u1")
    codes = np.asarray(Image.fromarray(small).resize((width, height), Image.BICUBIC)).astype(float)
    return np.clip(codes + chance.normal(0, 3, codes.shape), 0, 255).round().astype("u1")
def means(codes, side):
    height, width = codes.shape[:2]
    rows, columns = -(-height // side), -(-width // side)
    out = np.empty((rows, columns) + codes.shape[2:])
    for y in range(rows):
        for x in range(columns):
            out[y, x] = codes[y * side:(y + 1) * side, x * side:(x + 1) * side].astype(float).mean((0, 1))
    return out
def told(name, planes, tolerance):
    planes.transpose(2, 0, 1).astype("<f8").tofile(at(name + ".raw"))
    print(name, planes.shape[1], planes.shape[0], planes.shape[2], tolerance)
def jpeg(name, width, height, tolerance, mode="RGB", **more):
    picture = Image.fromarray(scene(width, height)).convert(mode)
    picture.save(at(name), **more)
    with Image.open(at(name)) as opened:
        opened.draft("YCbCr" if mode == "RGB" else "L", opened.size)
        codes = np.asarray(opened)
    codes = codes.reshape(codes.shape[:2] + (-1,))
    told(name, means(codes, 8)[:, :, :1], tolerance)
for name, sampling in [("full", 0), ("half", 1), ("quarter", 2)]:
    jpeg(name + ".jpg", 1208, 680, 1.1, quality=92, subsampling=sampling)
jpeg("coarse.jpg", 1208, 680, 1.6, quality=40)
jpeg("grey.jpg", 1208, 680, 1.1, "L", quality=90)
jpeg("progressive.jpg", 1208, 680, 1.6, quality=85, progressive=True)
jpeg("coarse-progressive.jpg", 1208, 680, 3.5, quality=40, progressive=True)
jpeg("restarts.jpg", 1208, 680, 1.1, quality=90, restart_marker_blocks=7)
jpeg("optimised.jpg", 1208, 680, 1.1, quality=90, optimize=True)
jpeg("odd.jpg", 1203, 677, 2.5, quality=95, subsampling=2)
jpeg("dense.jpg", 1208, 680, 1.1, quality=90, dpi=(144, 72))
jpeg("profile.jpg", 1208, 680, 1.1, quality=90, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
turned = Image.Exif(); turned[274] = 6; turned[40961] = 1
jpeg("turned.jpg", 1208, 680, 1.1, quality=90, exif=turned.tobytes())
def png(name, codes, side, **more):
    Image.fromarray(codes.squeeze()).save(at(name), **more)
    told(name, means(codes, side), 0.51)
rgb = scene(1203, 677)
info = PngImagePlugin.PngInfo(); info.add_text("prompt", "a pier"); info.add_text("seed", "9")
png("rgb.png", rgb, 8, pnginfo=info)
png("alpha.png", np.dstack([rgb, rgb[:, :, 0]]), 8)
png("grey.png", rgb[:, :, :1], 8)
png("dense.png", rgb, 8, dpi=(144, 72))
deep = (rgb.astype(int) * 256 + 128).astype(">u2")
command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb48be", "-s", "1203x677", "-i", "-", at("deep.png")]
subprocess.run(command, input=deep.tobytes(), check=True)
told("deep.png", means(rgb, 8), 0.51)
Image.fromarray(rgb).quantize(100).save(at("palette.png")); print("palette.png 0 0 0 0")
Image.fromarray(rgb).save(at("clear.png"), transparency=(1, 2, 3)); print("clear.png 0 0 0 0")
Image.fromarray(rgb).convert("CMYK").save(at("cmyk.jpg"), quality=90); print("cmyk.jpg 0 0 0 0")
Image.fromarray(rgb).save(at("rgb.jpg"), quality=90, keep_rgb=True); print("rgb.jpg 0 0 0 0")
Image.fromarray(rgb).save(at("lossy.webp"), quality=90); print("lossy.webp 0 0 0 0")
"#;

/// Pixels across that are asked for: blocks of 8 by 8 of all pictures here.
const ACROSS: u32 = 150;

/// The planes of a picture, in the order of red, green and blue or of luma, as many as are told of.
fn planes(image: &Image, count: usize) -> Vec<f64> {
    let order: &[usize] = if image.format.model == Model::Rgb { &[2, 0, 1, 3] } else { &[0] };
    let lines = order[..count].iter().flat_map(|plane| image.lines(*plane));
    lines.flat_map(|line| line.iter().map(|code| f64::from(*code)).collect::<Vec<_>>()).collect()
}

#[test]
fn what_is_read_small_is_the_mean_of_what_is_read_whole_and_says_the_same() {
    let name = "what_is_read_small_is_the_mean";
    if !oracle::have(&oracle::python_program(), name) || !oracle::have("ffmpeg", name) {
        return;
    }
    let folder = Folder::new();
    let told = oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    let told = String::from_utf8(told).unwrap();
    let mut count = 0;
    for line in told.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let path = folder.file(words[0]);
        let (glanced, image) = media::probe_and_glance(&path, ACROSS).unwrap();
        assert_eq!(glanced, media::probe(&path).unwrap(), "{line}");
        let image = image.unwrap();
        let [across, down, planes_told] = [1, 2, 3].map(|at| words[at].parse::<usize>().unwrap());
        count += 1;
        if across == 0 {
            assert!(image.width > 1000, "{line}: it is read whole");
            continue;
        }
        assert_eq!((image.width as usize, image.height as usize), (across, down), "{line}");
        let raw = std::fs::read(folder.file(&format!("{}.raw", words[0]))).unwrap();
        let wanted = raw.as_chunks::<8>().0.iter().map(|eight| f64::from_le_bytes(*eight));
        let apart = planes(&image, planes_told).into_iter().zip(wanted).map(|(a, b)| (a - b).abs());
        let most = apart.fold(0.0, f64::max);
        assert!(most <= words[4].parse::<f64>().unwrap(), "{line}: {most} codes apart");
    }
    assert_eq!(count, 23);
}

#[test]
fn a_broken_file_is_read_small_as_far_as_it_is_read_whole() {
    let name = "a_broken_file_is_read_small";
    if !oracle::have(&oracle::python_program(), name) {
        return;
    }
    let folder = Folder::new();
    oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    for name in ["quarter.jpg", "progressive.jpg", "restarts.jpg", "rgb.png"] {
        let whole = std::fs::read(folder.file(name)).unwrap();
        for part in 1..24 {
            let broken = folder.file("broken");
            let mut bytes = whole.clone();
            if part % 2 == 0 {
                bytes.truncate(whole.len() * part / 24);
            } else {
                let at = whole.len() * part / 24;
                bytes[at..at + 3].copy_from_slice(&[255, part as u8, 0x7f]);
            }
            std::fs::write(&broken, &bytes).unwrap();
            same(&broken, &format!("{name} {part}"));
        }
    }
}

/// What is said of a file that is read small is what is said of it whole, if that can be read at all.
#[track_caller]
fn same(path: &Path, what: &str) {
    let (glanced, whole) = (media::probe_and_glance(path, ACROSS), media::probe(path));
    if let (Ok((glanced, _)), Ok(whole)) = (glanced, whole) {
        assert_eq!(glanced, whole, "{what}");
    }
}
