//! Places and foley from the command line.

use super::rushes;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails};
use std::path::Path;

/// A cut of two stills in a place, and one in another.
fn cut(here: &Path) {
    rushes(here);
    done(here, "new film.roomtone --size 320x180 --rate 25");
    done(here, "add film.roomtone harbour-1.png harbour-2.png street.png rain.mp4 wind.wav");
    for name in ["harbour-1", "harbour-2", "street"] {
        done(here, &format!("cut film.roomtone append v1 {name} --length 2s"));
    }
}

#[test]
fn a_film_gets_places_that_are_heard_in_its_mix() {
    if !oracle::have("ffmpeg", "a_film_gets_places_that_are_heard_in_its_mix") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    cut(here);
    assert!(done(here, "list places").contains("kitchen"));
    done(here, "cut film.roomtone make-place quay --like shore --crossing 1s --lead 6");
    done(here, "cut film.roomtone make-place alley --name Alley");
    done(here, "cut film.roomtone bed alley generator:city --gain -3 --set level=-38");
    done(here, "cut film.roomtone bed alley wind --outside --loop 0.5s --role effects");
    let found = done(here, "cut film.roomtone bed alley wind --find-loop");
    assert!(found.contains("starts over at sample"), "{found}");
    fails(here, "cut film.roomtone bed alley generator:rain --find-loop", 2, "for a recording");
    done(here, "cut film.roomtone furnish alley outside through --set distance=30");
    done(here, "cut film.roomtone furnish alley room reverb --set mix=100 --set decay=0.8");
    done(here, "cut film.roomtone scene v1@0 v1@50 --place quay --perspective wide");
    done(
        here,
        "cut film.roomtone scene v1@100 --place Alley --perspective close --crossing 8 --lead -2",
    );
    done(here, "cut film.roomtone set-place alley --stand close=-1,0,-18");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
    done(here, "bounce film.roomtone -o mix.wav --bits 32f --stems stems");
    for stem in ["ambience", "effects"] {
        assert!(here.join(format!("stems/{stem}.wav")).exists(), "{stem}");
    }
    let [loudness, ..] = crate::sound::ebur128_of(&here.join("mix.wav"));
    assert!((-45.0..-25.0).contains(&loudness), "{loudness} LUFS");
    fails(here, "cut film.roomtone scene v1@0 --place hall", 2, "there is no place \"hall\"");
    fails(here, "cut film.roomtone make-place quay", 2, "there is a place quay already");
    fails(here, "cut film.roomtone make-place den --like kitchn", 2, "there is no ready place");
    fails(here, "cut film.roomtone bed alley generator:rain --set rat=3", 2, "rat");
    done(here, "cut film.roomtone remove-bed alley wind");
    done(here, "cut film.roomtone remove-place quay");
    assert!(done(here, "check film.roomtone").contains("nothing is wrong"));
}

/// A white square stands still for a second, and then crosses the picture.
fn moving(here: &Path) {
    let ground = "color=gray:s=320x180:r=25:d=3,geq=lum='128+40*sin(X/5)*cos(Y/7)':cb=128:cr=128";
    let square = "color=white:s=60x60:r=25:d=3";
    let walk = "overlay=x='40+60*max(0,t-1)':y=60,noise=alls=3";
    let graph = format!("{ground}[ground];{square}[square];[ground][square]{walk}");
    let out = here.join("walk.mp4").display().to_string();
    let coding = ["-c:v", "libx264", "-crf", "12", "-pix_fmt", "yuv420p", &out];
    oracle::ffmpeg(&[&["-f", "lavfi", "-i", &graph][..], &coding].concat());
}

#[test]
fn foley_is_spotted_suggested_and_follows_the_picture() {
    if !oracle::have("ffmpeg", "foley_is_spotted_suggested_and_follows_the_picture") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    cut(here);
    done(here, "cut film.roomtone track --sound --free Steps --role foley");
    let steps = "spot foley generator:step --set ground=gravel --at 10 --at 22 --at 35";
    let said = done(here, &format!("cut film.roomtone {steps} --length 1s"));
    assert!(said.lines().count() >= 3, "{said}");
    fails(here, "cut film.roomtone spot foley generator:step", 2, "say when");
    fails(here, "cut film.roomtone suggest foley generator:touch --to 50", 1, "nothing begins");
    done(here, "bounce film.roomtone -o steps.wav --bits 32f");
    moving(here);
    done(here, "new walk.roomtone --size 320x180 --rate 25");
    done(here, "add walk.roomtone walk.mp4");
    done(here, "cut walk.roomtone append v1 walk");
    done(here, "cut walk.roomtone track --sound --free Cloth --role foley");
    done(here, "cut walk.roomtone suggest foley generator:touch --length 1s");
    let film = std::fs::read_to_string(here.join("walk.roomtone")).unwrap();
    let film: serde_json::Value = serde_json::from_str(&film).unwrap();
    let clips = film["clips"].as_object().unwrap().values();
    let spotted: Vec<_> = clips.filter(|clip| clip["disabled"] == true).collect();
    assert_eq!(spotted.len(), 1, "{spotted:?}");
    let at = spotted[0]["at"]["offset"].as_i64().unwrap();
    assert!((24..=27).contains(&at), "it begins to move at frame 25, not {at}");
    done(here, "cut walk.roomtone place foley generator:fabric --at 0 --length 3s --set level=-30");
    let said = done(here, "cut walk.roomtone follow foley@2 --height 1.8");
    assert!(said.contains("keyframes"), "{said}");
    let speed: f64 =
        said.split("up to ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
    let seen = 60.0 / 180.0 * 1.8;
    assert!((speed / seen - 1.0).abs() < 0.3, "{speed} m/s, not {seen}");
}
