//! Painted plates of every kind of alpha, from their files to the pixels of a frame; and mattes as pictures.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use std::path::Path;

/// Red of one colour whose alpha goes from 0 to 1, in files of every kind.
const WRITE: &str = r#"
import sys, os, subprocess, numpy as np, tifffile
from PIL import Image
at = lambda name: os.path.join(sys.argv[1], name)
W, H = 64, 36
alpha = np.tile(np.linspace(0, 1, W), (H, 1))[..., None]
red = np.array([200, 30, 30]) / 255 * np.ones((H, W, 3))
def deep(name, colour, array=alpha):
    pixels = np.round(np.concatenate([colour, array], 2) * 65535).astype(">u2")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgba64be", "-s", f"{W}x{H}", "-i", "-", at(name)]
    subprocess.run(command, input=pixels.tobytes(), check=True)
Image.fromarray(np.round(np.concatenate([red, alpha], 2) * 255).astype("u1"), "RGBA").save(at("straight.png"))
deep("deep.png", red); deep("wrong.png", red * alpha); deep("opaque.png", red, alpha * 0 + 0.25)
codes = lambda colour: np.round(np.concatenate([colour, alpha], 2) * 65535).astype("<u2")
tifffile.imwrite(at("apart.tif"), codes(red), photometric="rgb", extrasamples=["unassalpha"])
tifffile.imwrite(at("multiplied.tif"), codes(red * alpha), photometric="rgb", extrasamples=["assocalpha"])
light = np.where(red < .081242858, red / 4.5, ((red + .099296826809442) / 1.099296826809442) ** (1 / .45))
def exr(name, array):
    planes = array.astype("<f4")[:, :, [1, 2, 0, 3]].transpose(2, 0, 1)
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "gbrapf32le", "-s", f"{W}x{H}", "-i", "-", "-format", "float", at(name)]
    subprocess.run(command, input=planes.tobytes(), check=True)
exr("light.exr", np.concatenate([light * alpha, alpha], 2))
exr("flare.exr", np.concatenate([np.full((H, W, 3), .25), alpha * 0], 2))
"#;

fn film(name: &str) -> Option<Folder> {
    let python = oracle::python_program();
    if !oracle::have(&python, name) || !oracle::have("ffmpeg", name) {
        return None;
    }
    let folder = Folder::new();
    let here = folder.path();
    oracle::python(WRITE, &[here.to_str().unwrap()]);
    done(here, "new film.roomtone --rate 24 --size 64x36");
    let red = [200, 30, 30].map(|code| (f64::from(code) / 255.0).to_string()).join(",");
    done(
        here,
        &format!("cut film.roomtone append v1 generator:colour --length 10 --set colour=[{red}]"),
    );
    done(here, "cut film.roomtone track plates");
    Some(folder)
}

/// The 16-bit codes of a frame.
fn seen(here: &Path) -> Vec<[u16; 3]> {
    done(here, "frame film.roomtone 0 -o seen.png --deep --force");
    image::open(here.join("seen.png")).unwrap().to_rgb16().pixels().map(|pixel| pixel.0).collect()
}

/// How far a pixel is from red, in 16-bit codes: the way to light and back is off by two thirds of one.
fn off_red(pixel: &[u16; 3]) -> u16 {
    let red = [200, 30, 30].map(|code| code * 257);
    pixel.iter().zip(red).map(|(one, other)| one.abs_diff(other)).max().unwrap_or(0)
}

#[test]
fn red_over_the_same_red_is_that_red_from_every_file() {
    let Some(folder) = film("red_over_the_same_red_is_that_red_from_every_file") else { return };
    let here = folder.path();
    for (name, said) in [
        ("straight.png", None),
        ("deep.png", None),
        ("apart.tif", None),
        ("multiplied.tif", None),
        ("light.exr", None),
        ("wrong.png", Some("premultiplied")),
        ("opaque.png", Some("opaque")),
    ] {
        done(here, &format!("add film.roomtone {name}"));
        let id = name.split_once('.').unwrap().0;
        done(here, &format!("cut film.roomtone append plates {id} --length 10"));
        if let Some(said) = said {
            done(here, &format!("cut film.roomtone set plates@0 placement.alpha {said}"));
        }
        for turned in ["", "3"] {
            if !turned.is_empty() {
                done(here, &format!("cut film.roomtone set plates@0 placement.rotation {turned}"));
            }
            let all = seen(here);
            let off = all.iter().position(|pixel| off_red(pixel) > 3);
            assert!(
                off.is_none(),
                "{name} turned by {turned:?}: {:?} at {off:?}",
                off.map(|it| all[it])
            );
        }
        done(here, "cut film.roomtone remove plates@0 --ripple");
    }
    done(here, "cut film.roomtone append plates wrong --length 10");
    assert!(
        seen(here)[18 * 64 + 20][0] < 190 * 257,
        "what is multiplied and said to be straight is dark"
    );
    fails(
        here,
        "cut film.roomtone set plates@0 placement.alpha half",
        2,
        "one of source, straight",
    );
}

#[test]
fn light_without_alpha_in_a_file_adds_and_survives_a_grade() {
    let Some(folder) = film("light_without_alpha_in_a_file_adds_and_survives_a_grade") else {
        return;
    };
    let here = folder.path();
    done(here, "add film.roomtone flare.exr");
    let without = seen(here)[18 * 64 + 20];
    done(here, "cut film.roomtone append plates flare --length 10");
    let with = seen(here);
    assert!(
        with.iter().all(|pixel| (0..3).all(|it| pixel[it] > without[it] + 10 * 257)),
        "{:?}",
        with[700]
    );
    done(here, "cut film.roomtone effect plates@0 exposure --set stops=-3");
    done(here, "cut film.roomtone effect plates@0 saturation --set saturation=0.2");
    assert_eq!(seen(here), with);
}

#[test]
fn the_matte_of_masks_by_what_is_seen_is_written_as_a_picture() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 24 --size 64x36");
    let ramp = "generator:gradient --length 10 --set angle=0";
    let told = done(here, &format!("--json cut film.roomtone append v1 {ramp}"));
    let clip = told.split("\"made\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    done(here, "cut film.roomtone effect v1@0 blur --id soft --set size=20");
    done(here, "cut film.roomtone mask v1@0:soft luma --id bright --set low=0.5 --set soft=0.001");
    let red = |view: &str, x: u32| {
        done(
            here,
            &format!(
                "frame film.roomtone 0 -o matte.png --matte {clip}:soft --view {view} --force"
            ),
        );
        image::open(here.join("matte.png")).unwrap().to_rgb8().get_pixel(x, 18).0
    };
    assert!(red("black_white", 4)[0] < 3 && red("black_white", 60)[0] > 252);
    let [overlay, none] = [60, 4].map(|x| red("overlay", x));
    assert!(overlay[0] > overlay[1] + 60 && none[0].abs_diff(none[1]) < 3, "{overlay:?} {none:?}");
    let dim = red("highlight", 20);
    assert!(dim[0] < 50, "{dim:?}");
    let refused = |words: &str, say: &str| {
        fails(here, &format!("frame film.roomtone 0 -o no.png {words}"), 2, say);
    };
    refused(&format!("--matte {clip}"), "names no clip or effect of the film that has masks");
    refused(
        &format!("--matte {clip}:soft --view green"),
        "name one of overlay, highlight, black_white",
    );
}
