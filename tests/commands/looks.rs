//! Looks, tables, colour decisions and scopes from the command line.

use crate::support::folder::Folder;
use crate::support::program::{done, fails};
use std::path::Path;
use timeline_format::{Param, Timeline, Value};

/// A film of two clips of bars, 10 frames each.
fn film(here: &Path) {
    done(here, "new film.roomtone --size 64x36 --rate 25");
    done(here, "cut film.roomtone append v1 generator:bars --length 10");
    done(here, "cut film.roomtone append v1 generator:bars --length 10");
}

fn read(here: &Path) -> Timeline {
    timeline_format::read(&std::fs::read(here.join("film.roomtone")).unwrap()).unwrap().0
}

/// The kinds of a clip's effects.
fn kinds(here: &Path, index: usize) -> Vec<String> {
    let film = read(here);
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let clip = reel.iter().nth(index).unwrap().clip.clone().unwrap();
    clip.look.effects.iter().map(|effect| effect.kind.clone()).collect()
}

fn frame(here: &Path, at: usize, name: &str) -> Vec<u8> {
    done(here, &format!("frame film.roomtone {at} -o {name} --force"));
    std::fs::read(here.join(name)).unwrap()
}

#[test]
fn a_grade_is_baked_to_a_table_that_does_the_same_to_another_clip() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(
        here,
        "cut film.roomtone effect v1@0 curves --set master=[0,0,0.4,0.3,1,1] --set blue=[0,0.1,1,0.9]",
    );
    done(here, "grade film.roomtone 0 -o looks.cube --side 65");
    let plain = frame(here, 12, "plain.png");
    done(here, "cut film.roomtone effect v1@10 lut --set file=looks.cube");
    assert_eq!(done(here, "check film.roomtone").trim(), "nothing is wrong");
    let (graded, looked) = (frame(here, 0, "a.png"), frame(here, 12, "b.png"));
    assert_ne!(plain, looked);
    let pixels = |png: &[u8]| image::load_from_memory(png).unwrap().to_rgb8().into_raw();
    let far = pixels(&graded).iter().zip(pixels(&looked)).map(|(a, b)| a.abs_diff(b)).max();
    assert!(far.unwrap() <= 1, "{far:?}");
    std::fs::write(here.join("looks.cube"), "LUT_3D_SIZE 2\n").unwrap();
    fails(here, "check film.roomtone", 1, "looks.cube: it ends where colour 1 of 8");
    assert_eq!(frame(here, 12, "b.png"), plain, "a broken table changes nothing");
    fails(here, "grade film.roomtone 0 -o looks.txt", 2, ".cube, .cc, .ccc, .cdl or .json");
    fails(here, "grade film.roomtone 0 -o b.cube --side 1", 2, "2 to 129");
    fails(
        here,
        "cut film.roomtone effect v1@10 lut --set file=http://a/b.txt",
        2,
        "takes the path",
    );
}

#[test]
fn colour_decisions_go_out_and_come_in() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(
        here,
        "cut film.roomtone effect v1@0 cdl --set slope=[1.1,1,0.9,1] --set power=[1,1,1,1.2] --set saturation=0.8",
    );
    fails(here, "grade film.roomtone 12 -o a.cc", 2, "no clip there has an operation cdl");
    done(here, "grade film.roomtone -o film.ccc");
    let clip = read(here).main().unwrap().tracks[0].reel().unwrap().iter().next().unwrap().id;
    done(here, &format!("cut film.roomtone cdl v1@10 film.ccc --from {clip}"));
    let film = read(here);
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let effect = reel.iter().nth(1).unwrap().clip.clone().unwrap().look.effects[0].clone();
    let numbers = |id: &str| effect.values[id].clone();
    assert_eq!(numbers("slope"), Param::Constant(Value::Vector(vec![1.1, 1.0, 0.9, 1.0])));
    assert_eq!(numbers("power"), Param::Constant(Value::Vector(vec![1.2, 1.2, 1.2, 1.0])));
    assert_eq!(numbers("saturation"), Param::number(0.8));
    fails(here, "cut film.roomtone cdl v1@10 film.ccc --from x", 2, "it has ");
    fails(here, "cut film.roomtone cdl v1@10 film.roomtone", 2, "no colour decision list");
}

#[test]
fn looks_are_copied_shared_and_changed_for_all_who_share_them() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "cut film.roomtone look v1@0 cool-warm-quiet");
    assert_eq!(kinds(here, 0), ["zones", "saturation"]);
    done(here, "cut film.roomtone save-look v1@0 Dusk");
    done(here, "cut film.roomtone look v1@10 dusk --shared");
    assert_eq!(kinds(here, 1), ["look"]);
    assert_eq!(done(here, "check film.roomtone").trim(), "nothing is wrong");
    assert_eq!(frame(here, 0, "a.png"), frame(here, 12, "b.png"));
    let before = frame(here, 12, "b.png");
    done(here, "cut film.roomtone look v1@0 night --instead");
    assert_eq!(kinds(here, 0), ["exposure", "balance", "saturation"]);
    assert_eq!(frame(here, 12, "b.png"), before);
    done(here, "cut film.roomtone save-look v1@0 Dusk");
    assert_eq!(read(here).looks.len(), 1);
    let after = frame(here, 12, "b.png");
    assert!(after != before && after == frame(here, 0, "a.png"));
    done(here, "grade film.roomtone 0 -o dusk.json");
    done(here, "cut film.roomtone remove-look dusk");
    fails(here, "cut film.roomtone look v1@10 dusk", 2, "there is no look \"dusk\"");
    done(here, "cut film.roomtone look v1@10 dusk.json --instead");
    assert_eq!(frame(here, 12, "b.png"), after);
    for what in ["looks", "luts", "scopes"] {
        assert!(done(here, &format!("list {what}")).lines().count() > 4, "{what}");
    }
}

#[test]
fn a_scope_is_a_picture_and_figures() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    let told = done(
        here,
        "scope film.roomtone 3 --kind parade -o parade.png --width 300 --height 200 --json",
    );
    let said: serde_json::Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
    assert!(said["figures"]["red_most"].as_f64().unwrap() > 0.7, "{told}");
    let picture = image::open(here.join("parade.png")).unwrap();
    assert_eq!((picture.width(), picture.height()), (300, 200));
    fails(here, "scope film.roomtone 3 --kind parade -o parade.png", 2, "--force");
    fails(here, "scope film.roomtone 3 --kind sonar", 2, "waveform, parade");
}

/// A picture that is the other's by a known slope and offset.
#[test]
fn a_clip_is_matched_to_another_by_what_was_done_to_it() {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --size 64x36 --rate 25");
    done(here, "cut film.roomtone append v1 generator:gradient --length 10");
    done(here, "cut film.roomtone append v1 generator:gradient --length 10");
    done(
        here,
        "cut film.roomtone effect v1@0 cdl --set slope=[0.8,0.7,0.6,1] --set offset=[0.1,0.12,0.2,0]",
    );
    done(here, "cut film.roomtone match v1@10 --to 4");
    let film = read(here);
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let effect = reel.iter().nth(1).unwrap().clip.clone().unwrap().look.effects[0].clone();
    for (name, planted) in [("slope", [0.8, 0.7, 0.6]), ("offset", [0.1, 0.12, 0.2])] {
        let Param::Constant(Value::Vector(found)) = &effect.values[name] else { panic!("{name}") };
        for (found, planted) in found.iter().zip(planted) {
            assert!((found - planted).abs() < 0.01, "{name}: {found} {planted}");
        }
    }
    fails(here, "cut film.roomtone match v1@10 --to 400", 2, "400");
}
