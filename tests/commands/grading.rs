//! Grades on the command line: what is put on, what is refused, and that frames and deliveries agree.

use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use std::path::Path;

/// A film of ten frames of a colour, display-coded.
fn film(colour: &str) -> Folder {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 24 --size 64x36");
    let made = format!("generator:colour --length 10 --set colour={colour}");
    done(here, &format!("cut film.roomtone append v1 {made}"));
    folder
}

/// Red, green and blue of the middle of a frame, 0 to 1.
fn seen(here: &Path, frame: u32) -> [f64; 3] {
    done(here, &format!("frame film.roomtone {frame} -o seen.png --deep --force"));
    let picture = image::open(here.join("seen.png")).unwrap().to_rgb16();
    picture.get_pixel(32, 18).0.map(|code| f64::from(code) / 65_535.0)
}

#[track_caller]
fn near(found: [f64; 3], expected: [f64; 3]) {
    let off = found.iter().zip(expected).map(|(found, expected)| (found - expected).abs());
    assert!(off.fold(0.0, f64::max) < 1e-3, "{found:?} {expected:?}");
}

#[test]
fn a_grade_is_put_on_changed_bypassed_and_taken_off() {
    let folder = film("[0.2,0.3,0.4]");
    let here = folder.path();
    near(seen(here, 3), [0.2, 0.3, 0.4]);
    done(here, "cut film.roomtone effect v1@0 cdl --id look --set slope=[2,1,1] --set offset=0.05");
    near(seen(here, 3), [0.45, 0.35, 0.45]);
    done(here, "cut film.roomtone set v1@0 look.slope [1,1,2,1]");
    near(seen(here, 3), [0.25, 0.35, 0.85]);
    done(here, "cut film.roomtone key v1@0 look.offset --at 0 [0,0,0,0] --ease linear");
    done(here, "cut film.roomtone key v1@0 look.offset --at 4 [0,0,0,0.2]");
    near(seen(here, 0), [0.2, 0.3, 0.8]);
    near(seen(here, 2), [0.3, 0.4, 0.9]);
    done(here, "cut film.roomtone effect v1@0 cdl --id look --set slope=2 --bypass");
    near(seen(here, 3), [0.2, 0.3, 0.4]);
    done(here, "cut film.roomtone remove-effect v1@0 look");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
}

#[test]
fn what_an_operation_has_not_is_refused() {
    let folder = film("[0.2,0.3,0.4]");
    let here = folder.path();
    let refused =
        |verb: &str, words: &str| fails(here, &format!("cut film.roomtone {verb}"), 2, words);
    refused("effect v1@0 exposure --set stop=1", "exposure has no \"stop\"; it has stops");
    refused(
        "effect v1@0 exposure --set stops=11",
        "stops of exposure takes a number from -10 to 10",
    );
    refused("effect v1@0 cdl --set slope=[1,1]", "slope of cdl takes red, green, blue and all");
    refused("effect v1@0 cdl --set clamp=1", "clamp of cdl takes true or false");
    done(here, "cut film.roomtone effect v1@0 exposure --id look");
    refused("set v1@0 look.gain 1", "exposure has no \"gain\"");
    refused("key v1@0 look.stops --at 0 much", "stops of exposure takes a number");
    let listed = done(here, "list grade");
    assert!(
        listed.contains("lift_gamma_gain") && listed.contains("(-10 to 10 stops, 0)"),
        "{listed}"
    );
    let path = folder.file("film.roomtone");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("\"exposure\"", "\"exposer\"")).unwrap();
    let told = done(here, "check film.roomtone");
    assert!(told.contains("unknown-effect") && told.contains("\"exposer\""), "{told}");
}

#[test]
fn a_graded_delivery_is_the_film_frame_by_frame() {
    if !oracle::have("ffmpeg", "a_graded_delivery_is_the_film_frame_by_frame") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let clip = here.join("rain.mp4").display().to_string();
    let coding = ["-t", "1", "-c:v", "libx264", "-pix_fmt", "yuv420p", &clip];
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"];
    oracle::ffmpeg(&[&picture[..], &coding].concat());
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "add film.roomtone rain.mp4");
    done(here, "cut film.roomtone append v1 rain --length 20");
    let wheels = "--set shadows=[0.9,1,1.1] --set highlights=[1.1,1,0.9]";
    done(here, &format!("cut film.roomtone effect v1@0 zones {wheels}"));
    done(here, "deliver film.roomtone --preset archive-ffv1 -o film.mkv");
    done(here, "verify film.roomtone film.mkv --preset archive-ffv1");
    done(here, "frame film.roomtone 7 -o seen.png");
    let delivered = here.join("film.mkv").display().to_string();
    let one = ["-vf", "select=eq(n\\,7)", "-frames:v", "1"];
    let raw = [
        "-f",
        "rawvideo",
        "-pix_fmt",
        "gbrp16le",
        "-sws_flags",
        "accurate_rnd+full_chroma_int",
        "-",
    ];
    let raw = oracle::ffmpeg(&[&["-i", &delivered][..], &one, &raw].concat());
    let shown = image::open(here.join("seen.png")).unwrap().to_rgb8();
    let plane = 2 * 320 * 180;
    let value = |plane_index: usize, at: usize| {
        let start = plane * plane_index + 2 * at;
        f64::from(u16::from_le_bytes([raw[start], raw[start + 1]])) / 257.0
    };
    let off = |(at, pixel): (usize, &image::Rgb<u8>)| {
        [2, 0, 1]
            .iter()
            .zip(pixel.0)
            .map(|(plane, code)| (value(*plane, at) - f64::from(code)).abs())
            .sum::<f64>()
    };
    let mean = shown.pixels().enumerate().map(off).sum::<f64>() / (3.0 * 320.0 * 180.0);
    assert!(mean < 1.5, "{mean}");
}
