//! Frames that are gone after step by step: the same as those that are asked for, and a pursuit that is
//! under way goes on where it is.

use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::media::{Opening, Pictures, Pursuit, probe};

const COUNT: usize = 90;

fn open(coding: &str) -> Option<(Folder, Pictures)> {
    if !oracle::have("ffmpeg", "pursuits") {
        return None;
    }
    let folder = Folder::new();
    let path = barcode::coded(&barcode::raw(folder.path(), COUNT), "leaning.mp4", "25", coding);
    let media = probe(&path).unwrap();
    let opening = Opening { budget: 0, ..Opening::default() };
    let pictures = Pictures::open_with(&path, &media, &opening).unwrap();
    Some((folder, pictures))
}

/// Steps until the frame has come; the numbers that came, each held against its picture.
fn follow(pictures: &mut Pictures, pursuit: Pursuit) -> Vec<i64> {
    let mut came = Vec::new();
    while !pictures
        .step(pursuit, &mut |n, image| {
            assert_eq!(barcode::number(&image) as i64, n);
            came.push(n);
        })
        .unwrap()
    {}
    came
}

#[test]
fn every_frame_from_where_it_is_whole_comes_once_and_in_order() {
    let Some((_folder, mut pictures)) = open("-c:v libx264 -preset veryfast -bf 3 -g 60") else {
        return;
    };
    let whole = |from: i64, to: i64| Pursuit { to, whole_from: from, keep_from: from };
    for (from, to) in [(0, 20), (21, 40), (10, 15), (70, 89), (50, 65), (89, 89), (0, 89)] {
        let came = follow(&mut pictures, whole(from, to));
        assert_eq!(came, (from..=to).collect::<Vec<_>>());
    }
    for n in [88, 3, 59, 60, 61, 0, 30, 31, 33, 89] {
        assert_eq!(follow(&mut pictures, Pursuit::of(n)), [n]);
        assert_eq!(pictures.key_picture(n).unwrap().unwrap().0, if n < 60 { 0 } else { 60 });
    }
}

#[test]
fn a_pursuit_that_is_under_way_goes_on_where_it_is() {
    let Some((_folder, mut pictures)) = open("-c:v libx264 -preset veryfast -bf 0 -g 250") else {
        return;
    };
    let pursuit = Pursuit { to: 80, whole_from: 0, keep_from: 0 };
    assert!(!pictures.way_to(pursuit).1, "its first frame has come already");
    for step in 0..10 {
        assert!(!pictures.step(pursuit, &mut |n, _| assert_eq!(n, step)).unwrap());
        assert_eq!(pictures.way_to(pursuit), (79 - step, true));
    }
    assert_eq!(pictures.way_to(Pursuit::of(12)), (2, true));
    assert!(!pictures.way_to(Pursuit::of(7)).1);
}
