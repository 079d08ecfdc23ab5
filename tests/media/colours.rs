//! What numbers mean: as a file says, as its chunks say, and before both as the document says.

use crate::support::folder::Folder;
use crate::support::{oracle, program};
use roomtone::media::{self, Pictures};
use roomtone::signal::{Colour, Matrix, Primaries, Range, Transfer};
use std::path::Path;
use timeline_format::media::ColourTags;

/// Stills that state their colours in each of the ways that there are.
const WRITE: &str = r#"
import sys, os, struct, zlib
from PIL import Image, ImageCms
folder = sys.argv[1]
at = lambda name: os.path.join(folder, name)
image = Image.new("RGB", (8, 8), (90, 60, 30))
image.save(at("plain.png"))
plain = open(at("plain.png"), "rb").read()
def chunk(name, data):
    body = name + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
def with_chunks(name, *chunks):
    open(at(name), "wb").write(plain[:33] + b"".join(chunks) + plain[33:])
numbers = lambda *values: b"".join(struct.pack(">I", round(value * 100000)) for value in values)
profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
packed = chunk(b"iCCP", b"x\0\0" + zlib.compress(profile))
p3 = chunk(b"cHRM", numbers(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06))
with_chunks("srgb.png", chunk(b"sRGB", b"\0"))
with_chunks("cicp.png", chunk(b"cICP", bytes([9, 16, 0, 1])), chunk(b"sRGB", b"\0"))
with_chunks("narrow.png", chunk(b"cICP", bytes([12, 13, 0, 0])))
with_chunks("profile.png", packed)
with_chunks("gamma.png", chunk(b"gAMA", numbers(0.45455)), p3)
with_chunks("linear.png", chunk(b"gAMA", numbers(1.0)))
with_chunks("nonsense.png", chunk(b"iCCP", b"x\0\0" + zlib.compress(b"nothing of the kind" * 20)))
for name in ["profile.jpg", "profile.webp", "profile.tif"]:
    image.save(at(name), icc_profile=profile)
image.save(at("plain.jpg"))
data = Image.Exif(); data.get_ifd(0x8769)[40961] = 1
image.save(at("exif.jpg"), exif=data.tobytes())
"#;

#[test]
fn what_a_still_states_of_its_colours_is_no_guess() {
    if !oracle::have("ffmpeg", "colours of stills") {
        return;
    }
    let folder = Folder::new();
    oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    for (name, primaries, transfer, range, guessed) in [
        ("plain.png", "bt709", "srgb", "full", true),
        ("srgb.png", "bt709", "srgb", "full", false),
        ("cicp.png", "bt2020", "pq", "full", false),
        ("narrow.png", "p3-d65", "srgb", "limited", false),
        ("profile.png", "bt709", "srgb", "full", false),
        ("gamma.png", "p3-d65", "gamma22", "full", false),
        ("linear.png", "bt709", "linear", "full", true),
        ("nonsense.png", "bt709", "srgb", "full", true),
        ("profile.jpg", "bt709", "srgb", "full", false),
        ("profile.webp", "bt709", "srgb", "limited", false),
        ("profile.tif", "bt709", "srgb", "full", false),
        ("plain.jpg", "bt709", "srgb", "full", true),
        ("exif.jpg", "bt709", "srgb", "full", false),
    ] {
        let colour = media::probe(&folder.file(name)).unwrap().picture.unwrap().colour;
        let said = (colour.primaries.as_str(), colour.transfer.as_str(), colour.range.as_str());
        assert_eq!((said, colour.guessed), ((primaries, transfer, range), guessed), "{name}");
    }
}

fn tags(primaries: &str, transfer: &str, matrix: &str, range: &str) -> ColourTags {
    let [primaries, transfer, matrix, range] =
        [primaries, transfer, matrix, range].map(str::to_owned);
    ColourTags { primaries, transfer, matrix, range, ..ColourTags::default() }
}

/// A clip of one colour: luma 120, blue 90, red 170, stated to be BT.709, limited range.
fn clip(path: &Path) {
    let source = "color=s=64x36:r=25:d=0.2,format=yuv444p,geq=lum=120:cb=90:cr=170";
    let stated = [
        "-colorspace",
        "bt709",
        "-color_primaries",
        "bt709",
        "-color_trc",
        "bt709",
        "-color_range",
        "tv",
    ];
    let coding = ["-c:v", "ffv1"];
    oracle::ffmpeg(
        &[&["-f", "lavfi", "-i", source][..], &coding, &stated, &[path.to_str().unwrap()]].concat(),
    );
}

#[test]
fn the_document_goes_before_the_file() {
    if !oracle::have("ffmpeg", "the document goes before the file") {
        return;
    }
    let folder = Folder::new();
    let path = folder.file("clip.mkv");
    clip(&path);
    let mut media = media::probe(&path).unwrap();
    let colour = |media: &timeline_format::Media| {
        Pictures::open(&path, media).unwrap().frame(2).unwrap().colour
    };
    assert_eq!(colour(&media), Colour::REC709);
    media.picture.as_mut().unwrap().colour = tags("bt2020", "pq", "bt2020-ncl", "full");
    let wide = Colour {
        primaries: Primaries::Bt2020,
        transfer: Transfer::Pq,
        matrix: Matrix::Bt2020,
        range: Range::Full,
    };
    assert_eq!(colour(&media), wide);
    media.picture.as_mut().unwrap().colour = tags("", "", "bt601", "");
    assert_eq!(colour(&media), Colour { matrix: Matrix::Bt601, ..Colour::REC709 });
    media.picture = None;
    assert_eq!(colour(&media), Colour::REC709);
}

/// The 8-bit red, green and blue of luma 120, blue 90, red 170 (H.273, 8.3 and 8.5).
fn rgb(red: f64, blue: f64, full: bool) -> [f64; 3] {
    let (black, luma, chroma) = if full { (0.0, 255.0, 255.0) } else { (16.0, 219.0, 224.0) };
    let (y, cb, cr) = ((120.0 - black) / luma, (90.0 - 128.0) / chroma, (170.0 - 128.0) / chroma);
    let (r, b) = (y + 2.0 * (1.0 - red) * cr, y + 2.0 * (1.0 - blue) * cb);
    [r, (y - red * r - blue * b) / (1.0 - red - blue), b].map(|value| 255.0 * value.clamp(0.0, 1.0))
}

fn pixel(path: &Path) -> Vec<f64> {
    let path = path.to_str().unwrap();
    let raw = oracle::ffmpeg(&["-i", path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]);
    raw[..3].iter().map(|value| f64::from(*value)).collect()
}

#[test]
fn a_changed_tag_changes_the_rendered_frame() {
    if !oracle::have("ffmpeg", "a changed tag") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    clip(&folder.file("clip.mkv"));
    program::done(here, "new film.roomtone --size 64x36 --rate 25");
    program::done(here, "add film.roomtone clip.mkv");
    program::done(here, "cut film.roomtone append v1 clip --length 5");
    let film = std::fs::read_to_string(folder.file("film.roomtone")).unwrap();
    let row = film
        .lines()
        .find(|line| line.contains("clip.mkv") && line.contains("colour"))
        .map(str::to_owned);
    let row = row
        .unwrap_or_else(|| film.lines().find(|line| line.contains("colour")).unwrap().to_owned());
    let show = |name: &str, from: &str, to: &str| {
        let changed = row.replace(from, to);
        assert!(from == to || changed != row, "{row}");
        std::fs::write(folder.file("film.roomtone"), film.replace(&row, &changed)).unwrap();
        program::done(here, &format!("frame film.roomtone 1 -o {name}.png"));
        pixel(&folder.file(&format!("{name}.png")))
    };
    let near = |found: &[f64], wanted: [f64; 3]| {
        found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1.6)
    };
    let plain = show("plain", "", "");
    assert!(near(&plain, rgb(0.2126, 0.0722, false)), "{plain:?}");
    let matrix = show("matrix", "\"matrix\": \"bt709\"", "\"matrix\": \"bt601\"");
    assert!(near(&matrix, rgb(0.299, 0.114, false)), "{matrix:?}");
    let range = show("range", "\"range\": \"limited\"", "\"range\": \"full\"");
    assert!(near(&range, rgb(0.2126, 0.0722, true)), "{range:?}");
    let light = show("light", "\"transfer\": \"bt709\"", "\"transfer\": \"linear\"");
    assert!(light[0] > plain[0] + 20.0, "{light:?} is no lighter than {plain:?}");
    let primaries = show("primaries", "\"primaries\": \"bt709\"", "\"primaries\": \"bt2020\"");
    assert!(
        primaries[1] + 5.0 < plain[1] || primaries[0] > plain[0] + 5.0,
        "{primaries:?} {plain:?}"
    );
}
