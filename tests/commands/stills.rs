//! The gallery from the command line: stills kept, listed, seen, taken by other clips, taken away; and zones matched.

use crate::support::folder::Folder;
use crate::support::program::{done, fails};
use std::path::Path;
use timeline_format::{Effect, Timeline};

/// A film of two clips of a gradient, ten frames each, the first one graded.
fn film(here: &Path) {
    done(here, "new film.roomtone --size 64x36 --rate 25");
    done(here, "cut film.roomtone append v1 generator:gradient --length 10");
    done(here, "cut film.roomtone append v1 generator:gradient --length 10");
    done(here, "cut film.roomtone effect v1@0 zones --set shadows=[0.92,0.99,1.1,1]");
    done(here, "cut film.roomtone effect v1@0 saturation --set midtones=0.8");
}

fn read(here: &Path) -> Timeline {
    timeline_format::read(&std::fs::read(here.join("film.roomtone")).unwrap()).unwrap().0
}

fn effects(here: &Path, index: usize) -> Vec<Effect> {
    let film = read(here);
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let clip = reel.iter().nth(index).unwrap().clip.clone().unwrap();
    clip.look.effects.clone()
}

fn pixels(here: &Path, name: &str) -> Vec<u8> {
    image::open(here.join(name)).unwrap().to_rgb8().into_raw()
}

#[test]
fn a_still_is_the_picture_of_its_moment_whatever_is_edited_later() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "frame film.roomtone 4 -o before.png");
    done(here, "cut film.roomtone keep-still v1@0 Dusk --at 4");
    done(here, "cut film.roomtone effect v1@0 exposure --set stops=2");
    done(here, "cut film.roomtone ripple v1@0 tail --by -8");
    done(here, "stills film.roomtone dusk -o still.png");
    assert_eq!(pixels(here, "still.png"), pixels(here, "before.png"));
    let told = done(here, "stills film.roomtone");
    assert!(told.contains("dusk: Dusk, kept at") && told.contains("zones, saturation"), "{told}");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    fails(here, "stills film.roomtone dawn -o a.png", 2, "it has dusk");
    fails(here, "stills film.roomtone dusk -o still.png", 2, "--force");
    fails(here, "cut film.roomtone keep-still v1@0 X --at 99", 1, "is seen from frame 0 to 1");
}

#[test]
fn the_grade_of_a_still_or_a_part_of_it_is_taken_and_it_is_taken_away() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "cut film.roomtone keep-still v1@0 Dusk");
    done(here, "cut film.roomtone take-still v1@10 dusk --only saturation");
    let kinds = |index| effects(here, index).into_iter().map(|it| it.kind).collect::<Vec<_>>();
    assert_eq!(kinds(1), ["saturation"]);
    done(here, "cut film.roomtone take-still v1@10 dusk --instead");
    assert_eq!(kinds(1), ["zones", "saturation"]);
    fails(
        here,
        "cut film.roomtone take-still v1@10 dusk --only cdl",
        2,
        "it has zones, saturation",
    );
    fails(here, "cut film.roomtone take-still v1@10 dawn", 2, "it has dusk");
    done(here, "cut film.roomtone remove-still dusk");
    assert!(read(here).stills.is_empty());
    fails(here, "cut film.roomtone remove-still dusk", 2, "it has none");
    assert!(done(here, "stills film.roomtone").contains("no still"));
}

#[test]
fn a_clip_with_a_look_that_is_gone_is_told_of() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    done(here, "cut film.roomtone save-look v1@0 Dawn");
    done(here, "cut film.roomtone look v1@10 dawn --shared");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    done(here, "cut film.roomtone remove-look dawn");
    let told = done(here, "check film.roomtone");
    assert!(told.contains("has look \"dawn\", which the film has not"), "{told}");
}

/// A picture that was graded by known zones: the other is made like it, zone by zone.
#[test]
fn zones_are_matched_to_what_was_done_to_them() {
    let folder = Folder::new();
    let here = folder.path();
    film(here);
    let planted = "zones --set highlights=[1.1,1,0.85,1] --set shadows=[0.85,1,1.15,1]";
    done(here, &format!("cut film.roomtone effect v1@0 {planted}"));
    let told = done(here, "cut film.roomtone match v1@10 --to 4 --zones --json");
    let line = told.lines().find(|line| line.contains("before")).unwrap();
    let said: serde_json::Value = serde_json::from_str(line).unwrap();
    let [before, after] = ["before", "after"].map(|name| said[name].as_f64().unwrap());
    assert!(before > 0.005 && after < 0.2 * before, "{before} {after}");
    let kinds: Vec<_> = effects(here, 1).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, ["cdl", "zones", "saturation"]);
    done(here, "frame film.roomtone 4 -o wanted.png");
    done(here, "frame film.roomtone 14 -o matched.png");
    let far = |one: &[u8], other: &[u8]| {
        let off = one.iter().zip(other).map(|(a, b)| f64::from(a.abs_diff(*b)));
        off.sum::<f64>() / one.len() as f64
    };
    let off = far(&pixels(here, "wanted.png"), &pixels(here, "matched.png"));
    assert!(off < 4.0, "{off} codes in the mean");
}
