//! Repairs that put something else in the place of what is wrong: healing, filling, painting.

use super::repairs::{codes, list, picture, repaired, rms, scene, word};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::canvas::Canvas;
use roomtone::picture::masks::Matte;
use std::f64::consts::TAU;
use timeline_format::Param;

/// A disc in the middle.
fn disc(size: (usize, usize), radius: f64) -> Matte {
    Matte::paint(size.0, size.1, |x, y| {
        let away = (x as f64 - size.0 as f64 / 2.0).hypot(y as f64 - size.1 as f64 / 2.0);
        f32::from(u8::from(away < radius))
    })
}

/// The oracle solves the same equation as one system of all its unknowns.
#[test]
fn heal_is_the_solution_of_poissons_equation() {
    if !oracle::have(&oracle::python_program(), "heal_is_the_solution_of_poissons_equation") {
        return;
    }
    let size = (96, 80);
    let before = picture(size, |x, y| scene(x as f64, y as f64) + 0.5 * x as f64);
    let matte = disc(size, 17.0);
    let made =
        repaired("heal", &[("offset", Param::point(24.0 / 96.0, 0.0))], &before, &[], Some(&matte));
    let folder = Folder::new();
    let paths = ["own", "mask"].map(|name| folder.file(name));
    let bytes =
        |values: &[f32]| values.iter().flat_map(|value| value.to_ne_bytes()).collect::<Vec<u8>>();
    std::fs::write(&paths[0], bytes(&before.channels[0])).unwrap();
    std::fs::write(&paths[1], bytes(&matte.values)).unwrap();
    let script = r"
import sys, numpy as np, scipy.sparse as sp, scipy.sparse.linalg as la
own, mask = [np.fromfile(p, np.float32).reshape(80, 96).astype(float) for p in sys.argv[1:3]]
src = np.roll(own, -24, 1)
at = {p: i for i, p in enumerate(zip(*np.nonzero(mask)))}
A, b = sp.lil_matrix((len(at), len(at))), np.zeros(len(at))
for (y, x), i in at.items():
    A[i, i] = 4
    for q in ((y, x + 1), (y, x - 1), (y + 1, x), (y - 1, x)):
        b[i] += src[y, x] - src[q]
        if q in at: A[i, at[q]] = -1
        else: b[i] += own[q]
v = la.spsolve(A.tocsr(), b)
for (p, i) in at.items(): own[p] = v[i]
sys.stdout.buffer.write(own.astype(np.float32).tobytes())
";
    let told = oracle::python(script, &[paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]);
    let told = told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes));
    let worst = told.zip(&made.channels[0]).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(worst < 0.5 / 255.0, "{worst}");
    for (place, part) in matte.values.iter().enumerate() {
        assert!(*part > 0.0 || made.channels[0][place] == before.channels[0][place]);
    }
}

#[test]
fn a_hole_in_texture_is_filled_with_texture_and_the_same_each_time() {
    let size = (128, 112);
    let stripes = |x: usize, y: usize| 120.0 + 60.0 * ((x + 2 * y) as f64 * TAU / 12.0).sin();
    let truth = picture(size, stripes);
    let matte = disc(size, 14.0);
    let inside = |x: usize, y: usize| matte.values[y * size.0 + x] > 0.0;
    let marred = picture(size, |x, y| if inside(x, y) { 255.0 } else { stripes(x, y) });
    let fill = |by: &str| {
        repaired(
            "inpaint",
            &[("by", word(by)), ("radius", Param::number(400.0))],
            &marred,
            &[],
            Some(&matte),
        )
    };
    let (patches, membrane) = (fill("patches"), fill("membrane"));
    let off = |made: &Canvas| {
        let pairs = codes(made).into_iter().zip(codes(&truth)).zip(&matte.values);
        rms(pairs.filter(|(_, part)| **part > 0.0).map(|((a, b), _)| a - b))
    };
    assert!(
        off(&patches) < 12.0 && off(&patches) < 0.4 * off(&membrane),
        "{} and {}",
        off(&patches),
        off(&membrane)
    );
    assert_eq!(patches, fill("patches"));
    for (place, part) in matte.values.iter().enumerate() {
        assert!(*part > 0.0 || patches.channels[2][place] == marred.channels[2][place]);
    }
}

#[test]
fn a_stroke_covers_what_its_width_says() {
    let before = picture((200, 108), |_, _| 0.0);
    let strokes = list(vec![0.2, 0.5, 1.0, 0.8, 0.5, 1.0]);
    let values =
        [("strokes", strokes), ("size", Param::number(200.0)), ("hardness", Param::number(1.0))];
    let made = repaired("paint", &values, &before, &[], None);
    let covered: f64 = codes(&made).iter().map(|code| code / 255.0).sum();
    let truth = 120.0 * 20.0 + TAU / 2.0 * 100.0;
    assert!((covered / truth - 1.0).abs() < 0.02, "{covered} and {truth}");
    let light = list(vec![0.5, 0.5, 0.5]);
    let made = repaired(
        "paint",
        &[("strokes", light), ("size", Param::number(200.0)), ("hardness", Param::number(1.0))],
        &before,
        &[],
        None,
    );
    let covered: f64 = codes(&made).iter().map(|code| code / 255.0).sum();
    assert!((covered / (TAU / 2.0 * 25.0) - 1.0).abs() < 0.08, "{covered}");
}

/// Scratches three pixels wide and specks, in a photograph.
#[test]
fn small_holes_are_closed_within_a_decibel_of_opencv() {
    if !oracle::have(&oracle::python_program(), "small_holes_are_closed_within_a_decibel_of_opencv")
    {
        return;
    }
    let size = (256, 192);
    let script = r"
import sys, numpy as np, skimage.data as data
a = getattr(data, sys.argv[1])()
a = (np.stack([a] * 3, -1) if a.ndim == 2 else a[..., :3])[40:232, 60:316]
sys.stdout.buffer.write(np.ascontiguousarray(a.transpose(2, 0, 1), np.uint8).tobytes())
";
    let theirs = r"
import sys, numpy as np, cv2
a = np.fromfile(sys.argv[1], np.uint8).reshape(3, 192, 256).transpose(1, 2, 0).copy()
m = np.fromfile(sys.argv[2], np.uint8).reshape(192, 256)
a[m > 0] = 0
b = cv2.inpaint(a, m, 5, cv2.INPAINT_TELEA)
sys.stdout.buffer.write(np.ascontiguousarray(b.transpose(2, 0, 1)).tobytes())
";
    let is_hole = |x: usize, y: usize| {
        let line = (x + 2 * y) % 90 < 5 && (20..236).contains(&x) && (20..172).contains(&y);
        let (u, v) = ((x % 48) as f64 - 24.0, (y % 40) as f64 - 20.0);
        line || u.hypot(v) < 5.5
    };
    let matte = Matte::paint(size.0, size.1, |x, y| f32::from(u8::from(is_hole(x, y))));
    let folder = Folder::new();
    for photo in ["astronaut", "coffee", "chelsea", "camera"] {
        let codes = oracle::python(script, &[photo]);
        let mut marred = picture(size, |_, _| 0.0);
        let plane = size.0 * size.1;
        for (channel, codes) in codes.chunks_exact(plane).enumerate() {
            for (place, code) in codes.iter().enumerate() {
                let is_known = matte.values[place] == 0.0;
                marred.channels[channel][place] =
                    if is_known { f32::from(*code) / 255.0 } else { 0.0 };
            }
        }
        let near = Param::number(5.0 * 1080.0 / size.1 as f64);
        let made = repaired(
            "inpaint",
            &[("by", word("telea")), ("near", near)],
            &marred,
            &[],
            Some(&matte),
        );
        let paths = ["photo", "hole"].map(|name| folder.file(name));
        std::fs::write(&paths[0], &codes).unwrap();
        let hole: Vec<u8> = matte.values.iter().map(|part| (255.0 * part) as u8).collect();
        std::fs::write(&paths[1], hole).unwrap();
        let told =
            oracle::python(theirs, &[paths[0].to_str().unwrap(), paths[1].to_str().unwrap()]);
        let off = |made: &dyn Fn(usize, usize) -> f64| {
            let holes = (0..3).flat_map(|channel| (0..plane).map(move |place| (channel, place)));
            let holes = holes.filter(|it| matte.values[it.1] > 0.0);
            let off = rms(holes.map(|(channel, place)| {
                made(channel, place) - f64::from(codes[channel * plane + place])
            }));
            20.0 * (255.0 / off).log10()
        };
        let ours = off(&|channel, place| 255.0 * f64::from(made.channels[channel][place]));
        let theirs = off(&|channel, place| f64::from(told[channel * plane + place]));
        assert!(ours > theirs - 1.0 && ours > 20.0, "{photo}: {ours} dB, and OpenCV {theirs} dB");
        for (place, part) in matte.values.iter().enumerate() {
            assert!(*part > 0.0 || made.channels[0][place] == marred.channels[0][place]);
        }
    }
}
