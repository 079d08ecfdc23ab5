//! Scopes: bars land where the graticule says, figures are those of the picture, and pixels left out change little.

use super::support::{codes, image, noise};
use crate::support::oracle;
use roomtone::picture::scopes::{self, Mark, Scope, Signal, Size};
use roomtone::picture::{WORKING, convert};
use roomtone::signal::{Colour, Image, PixelFormat};

const SIZE: Size = Size { width: 512, height: 512 };

fn scope(id: &str) -> &'static Scope {
    scopes::named(id).unwrap()
}

/// Bars of white, yellow, cyan, green, magenta, red, blue and black, so bright.
fn bars(part: f64) -> Image {
    let on =
        [[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 0, 1], [0, 0, 0]];
    let format = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    image((256, 64), format, WORKING, |plane, x, _| {
        f64::from(on[x as usize / 32][[1, 2, 0][plane]]) * part
    })
}

/// The pixels of a scope that are lit, as column and row.
fn lit(image: &Image) -> Vec<(usize, usize)> {
    let planes = [0, 1, 2].map(|plane| codes(image, plane));
    let width = image.width as usize;
    let is_lit = |at: &usize| planes.iter().any(|plane| plane[*at] > 0.0);
    (0..planes[0].len()).filter(is_lit).map(|at| (at % width, at / width)).collect()
}

/// The row of a level among the marks.
fn row(scope: &Scope, words: &str) -> f32 {
    let found = (scope.marks)().into_iter().find_map(|mark| match mark {
        Mark::Level { at, label } if label == words => Some(at * SIZE.height as f32),
        _ => None,
    });
    found.unwrap()
}

#[test]
fn a_waveform_and_a_parade_show_bars_at_their_levels() {
    let signal = Signal::whole(&bars(0.75));
    let parade = scope("parade");
    let drawn = (parade.draw)(&signal, SIZE);
    for (x, y) in lit(&drawn) {
        let channel = x / (SIZE.width / 3);
        let column = x % (SIZE.width / 3);
        let bar = (column * 8 + 4) / (SIZE.width / 3);
        let near = |words: &str| (y as f32 + 0.5 - row(parade, words)).abs() <= 1.5;
        assert!(near("0") || near("75"), "{channel} {bar}: row {y}");
    }
    let waveform = scope("waveform");
    let rows: std::collections::BTreeSet<_> =
        lit(&(waveform.draw)(&signal, SIZE)).into_iter().map(|(_, y)| y).collect();
    assert_eq!(rows.len(), 8, "{rows:?}");
    let top = *rows.first().unwrap() as f32 + 0.5;
    assert!((top - row(waveform, "75")).abs() <= 1.5);
    let figures = (parade.figures)(&signal);
    assert!(figures.contains(&("red_most", 0.75)) && figures.contains(&("blue_mean", 0.375)));
}

#[test]
fn a_vectorscope_has_bars_in_their_boxes_and_skin_on_its_line() {
    for (part, first) in [(0.75, 0), (1.0, 6)] {
        let scope = scope("vectorscope");
        let drawn = (scope.draw)(&Signal::whole(&bars(part)), SIZE);
        let targets: Vec<[f32; 2]> = (scope.marks)()
            .into_iter()
            .filter_map(|mark| match mark {
                Mark::Target { at, .. } => Some(at.map(|it| it * 512.0)),
                _ => None,
            })
            .collect();
        let found = lit(&drawn);
        assert_eq!(found.len(), 7, "six colours and the middle");
        for target in &targets[first..first + 6] {
            let near = |(x, y): &(usize, usize)| {
                (*x as f32 + 0.5 - target[0]).abs() <= 1.0
                    && (*y as f32 + 0.5 - target[1]).abs() <= 1.0
            };
            assert!(found.iter().any(near), "{part}: {target:?} {found:?}");
        }
    }
    let skin = [0.78, 0.57, 0.44];
    let format = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    let flat = image((8, 8), format, WORKING, |plane, _, _| skin[[1, 2, 0][plane]]);
    let figures = (scope("vectorscope").figures)(&Signal::whole(&flat));
    let [cb, cr] = [figures[0].1, figures[1].1];
    let angle = cr.atan2(cb).to_degrees();
    assert!((angle - 123.0).abs() < 8.0, "{angle}");
}

/// The same code that ffmpeg's own signal statistics say, of the same 8-bit pictures.
#[test]
fn figures_are_those_of_ffmpegs_signalstats() {
    if !oracle::have("ffmpeg", "figures_are_those_of_ffmpegs_signalstats") {
        return;
    }
    let made = image((64, 48), PixelFormat::YUV420P8, Colour::REC709, |plane, x, y| {
        let width = if plane == 0 { 219.0 } else { 60.0 };
        (if plane == 0 { 16.0 } else { 98.0 } + width * noise(plane, x, y)).floor()
    });
    let bytes: Vec<u8> =
        (0..3).flat_map(|plane| made.lines(plane).flatten().copied().collect::<Vec<_>>()).collect();
    let folder = crate::support::folder::Folder::new();
    let path = folder.file("raw");
    std::fs::write(&path, bytes).unwrap();
    let input =
        ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "64x48", "-i", path.to_str().unwrap()];
    let filter = ["-vf", "signalstats,metadata=print:file=-", "-f", "null", "-"];
    let told = String::from_utf8(oracle::ffmpeg(&[&input[..], &filter].concat())).unwrap();
    let stat = |name: &str| -> f64 {
        let line = told.lines().find(|line| line.contains(&format!("signalstats.{name}=")));
        line.unwrap().rsplit_once('=').unwrap().1.parse().unwrap()
    };
    let figures = (scope("waveform").figures)(&Signal::whole(&made));
    for (figure, name) in figures.iter().zip(["YMIN", "YAVG", "YMAX"]) {
        let code = 16.0 + 219.0 * figure.1;
        assert!((code - stat(name)).abs() < 0.75, "{name}: {code} {}", stat(name));
    }
    let figures = (scope("vectorscope").figures)(&Signal::whole(&made));
    for (figure, name) in figures.iter().zip(["UAVG", "VAVG"]) {
        let code = 128.0 + 224.0 * figure.1;
        assert!((code - stat(name)).abs() < 0.75, "{name}: {code} {}", stat(name));
    }
}

#[test]
fn every_scope_is_drawn_of_any_picture_and_pixels_left_out_change_little() {
    let noisy = image((333, 177), PixelFormat::RGB8, Colour::SRGB, |plane, x, y| {
        (40.0 + 120.0 * noise(plane, x, y) + f64::from(x) * 0.2).floor()
    });
    let small = image((1, 1), PixelFormat::RGB8, Colour::SRGB, |_, _, _| 255.0);
    let wide = image(
        (64, 4),
        PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 },
        WORKING,
        |_, x, _| [f64::NAN, -3.0, 7.0, f64::INFINITY][x as usize % 4],
    );
    for scope in scopes::ALL {
        for picture in [&noisy, &small, &wide] {
            let signal = Signal::whole(picture);
            for size in [SIZE, Size { width: 1, height: 1 }, Size { width: 100, height: 37 }] {
                let drawn = scopes::marked(scope, &signal, size);
                let pixels = drawn.width as usize * drawn.height as usize;
                assert!(
                    (0..3).all(|plane| drawn.planes[plane].bytes().len() >= pixels),
                    "{}",
                    scope.id
                );
            }
        }
        let whole = (scope.figures)(&Signal::whole(&noisy));
        let some = (scope.figures)(&Signal::of(&noisy, [120, 80]));
        for ((name, one), (_, other)) in whole.iter().zip(&some) {
            assert!((one - other).abs() < 0.06, "{} {name}: {one} {other}", scope.id);
        }
    }
    let video = convert::to(&noisy, PixelFormat::YUV420P8, Colour::REC709);
    let [one, other] = [&noisy, &video].map(|it| (scope("waveform").figures)(&Signal::whole(it)));
    assert!((one[1].1 - other[1].1).abs() < 0.01);
}

#[test]
fn false_colour_and_zebra_say_how_much_is_where() {
    let format = PixelFormat { alpha: false, ..PixelFormat::RGBA_F32 };
    let grey = 0.409_007_72;
    let steps = [0.0, grey, 1.0, 1.0];
    let made = image((4, 1), format, WORKING, |_, x, _| steps[x as usize]);
    let signal = Signal::whole(&made);
    let of = |id: &str, name: &str| {
        let figures = (scope(id).figures)(&signal);
        figures.iter().find(|(known, _)| *known == name).unwrap().1
    };
    assert_eq!(["black", "middle", "clipped"].map(|it| of("false_colour", it)), [0.25, 0.25, 0.5]);
    assert_eq!(["clipped", "crushed"].map(|it| of("zebra", it)), [0.5, 0.25]);
    assert_eq!(of("histogram", "clipped"), 0.5);
}
