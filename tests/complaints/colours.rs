//! Colours come out as they went in, and say what they mean, in the stream and in its container.

use crate::delivery::probe;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::done;
use image::RgbImage;
use std::path::Path;

/// Bars of 75 and of 100 per cent, and greys.
const BARS: [[u8; 3]; 16] = [
    [191, 191, 191],
    [191, 191, 0],
    [0, 191, 191],
    [0, 191, 0],
    [191, 0, 191],
    [191, 0, 0],
    [0, 0, 191],
    [0, 0, 0],
    [255, 255, 255],
    [128, 128, 128],
    [64, 64, 64],
    [20, 20, 20],
    [230, 190, 170],
    [90, 60, 50],
    [60, 110, 70],
    [255, 128, 0],
];

fn bars() -> RgbImage {
    RgbImage::from_fn(320, 180, |x, y| image::Rgb(BARS[(x / 40 + 8 * (y / 90)) as usize]))
}

/// L*, a* and b* of an sRGB colour (CIE 15, D65).
fn lab(colour: [f64; 3]) -> [f64; 3] {
    let linear = colour.map(|code| {
        let x = code / 255.0;
        if x <= 0.040_45 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
    });
    let row = |weights: [f64; 3], white: f64| {
        let sum: f64 = weights.iter().zip(linear).map(|(weight, part)| weight * part).sum();
        let x = sum / white;
        if x > 0.008_856 { x.cbrt() } else { 7.787 * x + 16.0 / 116.0 }
    };
    let x = row([0.4124, 0.3576, 0.1805], 0.9505);
    let y = row([0.2126, 0.7152, 0.0722], 1.0);
    let z = row([0.0193, 0.1192, 0.9505], 1.089);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(a: [f64; 3], b: [f64; 3]) -> f64 {
    let parts = lab(a).into_iter().zip(lab(b)).map(|(a, b)| (a - b) * (a - b));
    parts.sum::<f64>().sqrt()
}

/// The first picture of a delivery as ffmpeg shows it on a display whose codes are those of BT.709.
fn shown(file: &Path) -> Vec<[f64; 3]> {
    let filter = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc:flags=accurate_rnd+full_chroma_int+bicubic,format=rgb24";
    let path = file.to_str().unwrap();
    let raw = oracle::ffmpeg(&["-i", path, "-vf", filter, "-frames:v", "1", "-f", "rawvideo", "-"]);
    let middles = (0..16).map(|bar| (20 + 40 * (bar % 8), 45 + 90 * (bar / 8)));
    middles.map(|(x, y)| [0, 1, 2].map(|part| f64::from(raw[(y * 320 + x) * 3 + part]))).collect()
}

/// A film of the bars as a still, and a delivery of it.
fn delivered(folder: &Path, preset: &str, name: &str) {
    bars().save(folder.join("bars.png")).unwrap();
    done(folder, "new film.roomtone --size 320x180 --rate 25");
    done(folder, "add film.roomtone bars.png");
    done(folder, "cut film.roomtone append v1 bars --length 50");
    done(folder, &format!("deliver film.roomtone --preset {preset} -o {name}"));
}

/// What the stream says of itself with no container about it.
fn bare_tags(file: &Path) -> [String; 4] {
    let bare = file.with_extension("h264");
    let (from, to) = (file.to_str().unwrap(), bare.to_str().unwrap());
    oracle::ffmpeg(&["-i", from, "-map", "0:v", "-c", "copy", "-f", "h264", to]);
    ["color_primaries", "color_transfer", "color_space", "color_range"]
        .map(|name| probe::field(&bare, "v:0", name))
}

/// The numbers of the `colr` atom: primaries, transfer, matrix, and whether the range is full.
fn colr(file: &Path) -> Vec<u8> {
    let bytes = std::fs::read(file).unwrap();
    let at = bytes.windows(8).position(|four| four == b"colrnclx").unwrap();
    bytes[at + 8..at + 15].to_vec()
}

fn codes_of(bar: [u8; 3]) -> [f64; 3] {
    bar.map(f64::from)
}

#[test]
fn colour_bars_come_out_as_they_went_in() {
    if !oracle::have("ffmpeg", "colour_bars_come_out_as_they_went_in") {
        return;
    }
    for (preset, name) in
        [("web-h264", "out.mp4"), ("draft-h264", "out.mp4"), ("master-prores-422hq", "out.mov")]
    {
        let folder = Folder::new();
        delivered(folder.path(), preset, name);
        for (bar, found) in BARS.into_iter().zip(shown(&folder.file(name))) {
            let off = distance(codes_of(bar), found);
            assert!(off < 1.0, "{preset}: {found:?} in the place of {bar:?} is {off} off");
        }
    }
}

#[test]
fn stream_and_container_say_what_the_colours_mean_also_where_they_were_copied() {
    if !oracle::have("ffmpeg", "stream and container say what the colours mean") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    delivered(here, "draft-h264", "first.mp4");
    done(here, "new copy.roomtone --size 320x180 --rate 25");
    done(here, "add copy.roomtone first.mp4");
    done(here, "cut copy.roomtone append v1 first --length 50");
    let said = done(here, "deliver copy.roomtone --preset draft-h264 -o second.mp4 --json");
    assert!(!said.contains("\"copied\":0"), "pictures were copied: {said}");
    for name in ["first.mp4", "second.mp4"] {
        let file = folder.file(name);
        assert_eq!(colr(&file), [0, 1, 0, 1, 0, 1, 0], "{name}: 1-1-1 of limited range");
        assert_eq!(bare_tags(&file), ["bt709", "bt709", "bt709", "tv"], "{name}");
    }
}
