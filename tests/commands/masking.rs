//! Masks on the command line: put on, listed, keyed, ordered, refused.

use crate::support::folder::Folder;
use crate::support::program::{done, fails};
use std::path::Path;

/// A film of ten frames of white.
fn film() -> Folder {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 24 --size 64x36");
    done(here, "cut film.roomtone append v1 generator:colour --length 10 --set colour=[1,1,1]");
    folder
}

/// The red of a pixel of a frame, 0 to 255.
fn red(here: &Path, frame: u32, x: u32) -> u8 {
    done(here, &format!("frame film.roomtone {frame} -o seen.png --force"));
    image::open(here.join("seen.png")).unwrap().to_rgb8().get_pixel(x, 18).0[0]
}

#[test]
fn masks_are_put_on_keyed_ordered_listed_and_taken_off() {
    let folder = film();
    let here = folder.path();
    done(here, "cut film.roomtone effect v1@0 exposure --id dark --set stops=-10");
    let left = "--id left --set centre=[0.25,0.5] --set size=[0.5,1]";
    done(here, &format!("cut film.roomtone mask v1@0:dark rectangle {left}"));
    assert!(red(here, 0, 4) < 20 && red(here, 0, 60) == 255);
    done(here, "cut film.roomtone key v1@0 dark.mask.left.centre --at 0 [0.25,0.5] --ease hold");
    done(here, "cut film.roomtone key v1@0 dark.mask.left.centre --at 5 [0.75,0.5]");
    assert!(red(here, 6, 60) < 20 && red(here, 6, 4) == 255);
    done(here, "cut film.roomtone key v1@0 dark.mix --at 0 1 --ease linear");
    done(here, "cut film.roomtone key v1@0 dark.mix --at 4 0");
    assert_eq!(red(here, 4, 4), 255);
    done(here, "cut film.roomtone mask v1@0:exposure luma --id bright --set low=0.5");
    done(here, "cut film.roomtone move-mask v1@0:dark bright 0");
    let told = done(here, "cut film.roomtone masks v1@0:dark");
    assert!(told.find("bright").unwrap() < told.find("left").unwrap(), "{told}");
    done(here, "cut film.roomtone remove-mask v1@0:dark bright");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
}

#[test]
fn what_a_mask_has_not_is_refused() {
    let folder = film();
    let here = folder.path();
    let refused =
        |verb: &str, words: &str| fails(here, &format!("cut film.roomtone {verb}"), 2, words);
    refused("mask v1@0 elipse", "there is no mask \"elipse\"; there are ellipse");
    refused("mask v1@0 ellipse --set feathers=3", "ellipse has no \"feathers\"");
    refused("mask v1@0 path --set points=[1,2,3]", "points of path takes seven numbers a point");
    refused("mask v1@0:blur ellipse", "there is no effect \"blur\" on v1@0: it has none");
    refused("set v1@0 a.b.c 1", "\"a.b.c\" names no value");
}

#[test]
fn what_cuts_a_picture_out_leaves_what_is_below() {
    let folder = film();
    let here = folder.path();
    done(here, "cut film.roomtone mask v1@0 ellipse --set size=[0.5,0.9]");
    assert_eq!((red(here, 0, 32), red(here, 0, 1)), (255, 0));
}

#[test]
fn outside_its_mask_an_effect_changes_no_pixel_and_the_program_shows_it() {
    let folder = film();
    let here = folder.path();
    let white = "generator:colour --length 10 --set colour=[1,1,1]";
    let told = done(here, &format!("--json cut film.roomtone append v1 {white}"));
    let clip = told.split("\"made\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    done(here, &format!("cut film.roomtone effect {clip} exposure --id dark --set stops=-1"));
    let left = "--set centre=[0.25,0.5] --set size=[0.5,1]";
    done(here, &format!("cut film.roomtone mask {clip}:dark rectangle {left}"));
    let told = done(here, &format!("frame film.roomtone 16 -o changed.png --changed {clip}:dark"));
    assert!(told.contains("1152 of 2304 pixels are changed"), "{told}");
    let seen = image::open(here.join("changed.png")).unwrap().to_rgb8();
    assert_eq!([seen.get_pixel(4, 9).0[0], seen.get_pixel(60, 9).0[0]], [255, 0]);
    let named = format!("frame film.roomtone 16 -o other.png --changed {clip}:bright");
    fails(here, &named, 2, "names no effect of the clip");
}
