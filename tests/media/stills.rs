//! Stills of every kind: the numbers in them are those that numpy put there, or that ffmpeg decodes.

use super::file::bytes;
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::media::{self, Pictures};
use roomtone::signal::{AlphaMode, Image, Matrix, Range, Transfer};
use std::path::Path;
use std::sync::Arc;
use timeline_format::media::{Alpha, MediaKind};

/// Writes stills, and beside each a `.raw` of its planes in our order and a line of what it is.
const WRITE: &str = r#"
import sys, os, subprocess, numpy as np, tifffile
from PIL import Image
folder = sys.argv[1]
at = lambda name: os.path.join(folder, name)
chance = np.random.default_rng(5)
W, H = 37, 21
whole = lambda channels, most, kind: chance.integers(0, most, (H, W, channels), endpoint=True).astype(kind)
rgb8, rgba8, rgb16, rgba16 = whole(3, 255, "u1"), whole(4, 255, "u1"), whole(3, 65535, "<u2"), whole(4, 65535, "<u2")
grey8, grey16, ga8 = rgb8[:, :, :1], rgb16[:, :, :1], whole(2, 255, "u1")
floats = (chance.normal(0.5, 1.0, (H, W, 4)) * 3).astype("<f4")
def expect(name, planes, kind, alpha="none"):
    order = {1: [0], 2: [0, 1], 3: [1, 2, 0], 4: [1, 2, 0, 3]}[planes.shape[2]]
    np.concatenate([planes[:, :, channel].astype(kind).ravel() for channel in order]).tofile(at(name + ".raw"))
    print(name, np.dtype(kind).itemsize * 8, planes.shape[2], alpha)
def pil(name, array, mode, alpha="none", wanted=None, **more):
    Image.fromarray(array.squeeze(), mode).save(at(name), **more)
    expect(name, array if wanted is None else wanted, "u1", alpha)
def ffmpeg(name, array, kind, pixels, *more):
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", pixels, "-s", f"{W}x{H}", "-i", "-", *more, at(name)]
    subprocess.run(command, input=array.astype(kind).tobytes(), check=True)
planar = lambda array: array[:, :, [1, 2, 0] + ([3] if array.shape[2] == 4 else [])].transpose(2, 0, 1)
pil("rgb8.png", rgb8, "RGB"); pil("rgba8.png", rgba8, "RGBA", "straight"); pil("grey8.png", grey8, "L"); pil("ga8.png", ga8, "LA", "straight")
for name, array, pixels, alpha in [("rgb16.png", rgb16, "rgb48", "none"), ("rgba16.png", rgba16, "rgba64", "straight"), ("grey16.png", grey16, "gray16", "none")]:
    ffmpeg(name, array, ">u2", pixels + "be"); expect(name, array, "<u2", alpha)
palette = chance.integers(0, 255, (200, 3)).astype("u1")
number = chance.integers(0, 200, (H, W)).astype("u1")
image = Image.fromarray(number, "P"); image.putpalette(palette.tobytes()); image.save(at("palette.png"))
opaque = np.full((H, W, 1), 255, "u1")
expect("palette.png", np.dstack([palette[number], opaque]), "u1", "straight")
clear = bytes(range(200)); image.save(at("clear.png"), transparency=clear)
expect("clear.png", np.dstack([palette[number], number]), "u1", "straight")
bits = number > 90
Image.fromarray(bits).save(at("bits.png")); expect("bits.png", (bits * 255)[:, :, None], "u1")
pil("rgb8.webp", rgb8, "RGB", lossless=True, wanted=np.dstack([rgb8, opaque]), alpha="straight")
pil("rgba8.webp", rgba8, "RGBA", "straight", lossless=True, exact=True)
pil("rgb8.tif", rgb8, "RGB"); pil("lzw.tif", rgb8, "RGB", compression="tiff_lzw"); pil("deflate.tif", rgba8, "RGBA", "straight", compression="tiff_adobe_deflate"); pil("grey8.tif", grey8, "L")
pil("rgb8.bmp", rgb8, "RGB")
def tiff(name, array, kind, alpha="none", **more):
    tifffile.imwrite(at(name), array.astype(kind).squeeze(), photometric="rgb" if array.shape[2] > 2 else "minisblack", **more)
    expect(name, array.astype(kind), "<f4" if kind.startswith(("<f", ">f")) else "<u2", alpha)
tiff("rgb16.tif", rgb16, "<u2"); tiff("rgba16.tif", rgba16, "<u2", "straight", extrasamples=["unassalpha"]); tiff("grey16.tif", grey16, "<u2")
tiff("over16.tif", rgba16, "<u2", "premultiplied", extrasamples=["assocalpha"]); tiff("big16.tif", rgb16, ">u2", byteorder=">")
tiff("rgb32.tif", floats[:, :, :3], "<f4"); tiff("grey32.tif", floats[:, :, :1], "<f4"); tiff("half.tif", floats[:, :, :3], "<f2")
tiff("over32.tif", floats, "<f4", "premultiplied", extrasamples=["assocalpha"]); tiff("big32.tif", floats[:, :, :3], ">f4", byteorder=">"); tiff("double.tif", floats[:, :, :3], "<f8")
for name, array, pixels, kind in [("rgb32.exr", floats[:, :, :3], "gbrpf32le", "float"), ("rgba32.exr", floats, "gbrapf32le", "float"), ("rgbahalf.exr", floats, "gbrapf32le", "half")]:
    array = array.astype("<f2").astype("<f4") if kind == "half" else array
    for packing in ["none", "zip16"]:
        ffmpeg(packing + name, planar(array), "<f4", pixels, "-format", kind, "-compression", packing)
        expect(packing + name, array, "<f4", "premultiplied" if array.shape[2] == 4 else "none")
Image.fromarray(rgb8).convert("CMYK").save(at("cmyk.jpg"), quality=98, subsampling=0)
np.asarray(Image.open(at("cmyk.jpg")).convert("RGB")).transpose(2, 0, 1)[[1, 2, 0]].tofile(at("cmyk.rgb"))
smooth = np.asarray(Image.fromarray(rgb8).resize((320, 760)))
for name, mode in [("colour.jpg", "RGB"), ("grey.jpg", "L"), ("progressive.jpg", "RGB"), ("lossy.webp", "RGB")]:
    Image.fromarray(smooth).convert(mode).save(at(name), quality=90, progressive=name.startswith("p"))
for turn in range(1, 9):
    data = Image.Exif(); data[274] = turn
    Image.fromarray(smooth).save(at(f"turn{turn}.jpg"), exif=data.tobytes())
    Image.fromarray(rgb8).save(at(f"turn{turn}.png"), exif=data.tobytes())
"#;

fn read(path: &Path) -> (Arc<Image>, timeline_format::Media) {
    let media = media::probe(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(media.kind, MediaKind::Still, "{}", path.display());
    let image = Pictures::open(path, &media).unwrap().frame(0).unwrap();
    (image, media)
}

fn holds(folder: &Folder, line: &str) {
    let [name, bits, planes, alpha] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
    let (image, media) = read(&folder.file(name));
    assert_eq!((image.width, image.height), (37, 21), "{name}");
    assert_eq!(image.format.depth.bits().to_string(), bits, "{name}");
    assert_eq!(image.planes.len().to_string(), planes, "{name}");
    let stated = media.picture.unwrap().alpha;
    let (wanted, mode) = match alpha {
        "straight" => (Some(Alpha::Straight), AlphaMode::Straight),
        "premultiplied" => (Some(Alpha::Premultiplied), AlphaMode::Premultiplied),
        _ => (None, image.alpha),
    };
    assert_eq!((stated, image.alpha), (wanted, mode), "{name}");
    let truth = std::fs::read(folder.file(&format!("{name}.raw"))).unwrap();
    assert!(bytes(&image) == truth, "{name}: other numbers than were written");
    let linear = name.ends_with("exr")
        || name.contains("32.tif")
        || name == "half.tif"
        || name == "double.tif";
    let transfer = if linear { Transfer::Linear } else { Transfer::Srgb };
    assert_eq!(image.colour.transfer, transfer, "{name}");
    assert_eq!((image.colour.matrix, image.colour.range), (Matrix::Rgb, Range::Full), "{name}");
}

/// The planes as ffmpeg decodes them, in its own format of the file.
fn decoded(path: &Path) -> Vec<u8> {
    oracle::ffmpeg(&["-i", path.to_str().unwrap(), "-frames:v", "1", "-f", "rawvideo", "-"])
}

#[test]
fn stills_of_every_kind_hold_the_numbers_that_were_written() {
    if !oracle::have("ffmpeg", "stills of every kind") {
        return;
    }
    let folder = Folder::new();
    let told = oracle::python(WRITE, &[folder.path().to_str().unwrap()]);
    let told = String::from_utf8(told).unwrap();
    assert!(told.lines().count() > 30, "{told}");
    told.lines().for_each(|line| holds(&folder, line));
    for name in ["colour.jpg", "grey.jpg", "progressive.jpg", "lossy.webp"] {
        let (image, _) = read(&folder.file(name));
        assert!(bytes(&image) == decoded(&folder.file(name)), "{name}: not what ffmpeg decodes");
        let range = if name == "lossy.webp" { Range::Limited } else { Range::Full };
        assert_eq!(image.colour.range, range, "{name}");
        if name != "grey.jpg" {
            assert_eq!(image.colour.matrix, Matrix::Bt601, "{name}");
        }
    }
    let (image, _) = read(&folder.file("cmyk.jpg"));
    let truth = std::fs::read(folder.file("cmyk.rgb")).unwrap();
    let differences =
        bytes(&image).iter().zip(&truth).map(|(a, b)| a.abs_diff(*b)).collect::<Vec<_>>();
    assert!(
        differences.iter().all(|difference| *difference <= 4),
        "CMYK: {:?}",
        differences.iter().max()
    );
    for (turn, degrees) in
        [(1, 0), (2, 0), (3, 180), (4, 180), (5, 90), (6, 90), (7, 270), (8, 270)]
    {
        for ending in ["jpg", "png"] {
            let name = format!("turn{turn}.{ending}");
            let (_, media) = read(&folder.file(&name));
            assert_eq!(media.picture.unwrap().rotation, degrees, "{name}");
        }
    }
}
