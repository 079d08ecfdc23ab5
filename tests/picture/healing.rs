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
