//! Sound from the command line: auditions, loudness, filled gaps, and what is heard at cuts.

use crate::sound::ebur128_of;
use crate::support::folder::Folder;
use crate::support::oracle;
use crate::support::program::{done, fails, roomtone};
use std::path::Path;

/// A Wave file of an expression of ffmpeg's, `|` between channels, for so many seconds.
fn wave(folder: &Path, name: &str, expression: &str, seconds: u32) {
    let source = format!("aevalsrc={expression}:s=48000:d={seconds}");
    let path = folder.join(name).display().to_string();
    oracle::ffmpeg(&["-f", "lavfi", "-i", &source, "-c:a", "pcm_f32le", &path]);
}

fn film(folder: &Path, waves: &str) {
    done(folder, "new film.roomtone --size 320x180 --rate 25");
    done(folder, &format!("add film.roomtone {waves}"));
}

#[test]
fn a_generator_is_auditioned_by_itself() {
    if !oracle::have("ffmpeg", "a_generator_is_auditioned_by_itself") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    done(here, "audition city -o city.wav --length 8 --set level=-30");
    let [loudness, ..] = ebur128_of(&here.join("city.wav"));
    assert!((loudness + 30.0).abs() < 1.5, "{loudness} LUFS");
    fails(here, "audition city -o city.wav", 1, "is there already");
    fails(here, "audition wynd -o other.wav", 2, "there is no generator of sound");
    fails(here, "audition city -o other.wav --set size=3", 2, "has no value called");
    assert!(!here.join("other.wav").exists());
}

/// Quiet tones with loud short peaks: a gain alone would lift the peaks above the ceiling.
#[test]
fn a_bounce_has_the_loudness_that_is_asked_for_below_its_ceiling() {
    if !oracle::have("ffmpeg", "a_bounce_has_the_loudness_that_is_asked_for_below_its_ceiling") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    let one = "(0.03+0.6*lt(mod(t\\,1)\\,0.01))*sin(1200*t)";
    wave(here, "peaks.wav", &format!("{one}|0.9*{one}"), 12);
    film(here, "peaks.wav");
    done(here, "cut film.roomtone place music peaks --at 0");
    for (goal, loudness, ceiling) in
        [("r128", -23.0, -1.0), ("stream", -14.0, -1.0), ("-18", -18.0, -1.0)]
    {
        done(
            here,
            &format!("bounce film.roomtone -o mix.wav --force --bits 32f --loudness {goal}"),
        );
        let [found, _, peak] = ebur128_of(&here.join("mix.wav"));
        assert!((found - loudness).abs() < 0.15, "{goal}: {found} LUFS");
        assert!(peak < ceiling + 0.1, "{goal}: {peak} dBTP");
    }
    fails(here, "bounce film.roomtone -o other.wav --loudness quiet", 2, "is no loudness");
}

/// What a codec loses lifts peaks: what is decoded again stays below the ceiling, and is the film.
#[test]
fn a_coded_delivery_stays_below_its_ceiling_when_it_is_decoded() {
    if !oracle::have("ffmpeg", "a_coded_delivery_stays_below_its_ceiling_when_it_is_decoded") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    wave(
        here,
        "noise.wav",
        "0.3*(random(0)-0.5)*(1+3*lt(mod(t\\,0.7)\\,0.05))|0.3*(random(1)-0.5)",
        8,
    );
    film(here, "noise.wav");
    done(here, "cut film.roomtone append v1 generator:bars --length 200");
    done(here, "cut film.roomtone place music noise --at 0 --length 200");
    let call = "film.roomtone --preset web-h264";
    done(here, &format!("deliver {call} -o film.mp4 --loudness stream"));
    let [found, _, peak] = ebur128_of(&here.join("film.mp4"));
    assert!((found + 14.0).abs() < 0.5, "{found} LUFS");
    assert!(peak < -0.9, "{peak} dBTP");
    done(here, "verify film.roomtone film.mp4 --preset web-h264 --loudness stream");
    let left = std::fs::read_dir(here).unwrap().flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.contains("level-")), "{left:?}");
}

#[test]
fn gaps_are_filled_with_the_tone_of_the_room_and_no_longer_dead() {
    if !oracle::have("ffmpeg", "gaps_are_filled_with_the_tone_of_the_room_and_no_longer_dead") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    wave(here, "line.wav", "0.004*(random(0)-0.5)+0.2*lt(mod(t\\,1)\\,0.5)*sin(900*t)", 12);
    film(here, "line.wav");
    done(here, "cut film.roomtone append dialogue line --length 75");
    done(here, "cut film.roomtone overwrite dialogue line --length 75 --in 75 --at 125");
    let before = roomtone(here, "check film.roomtone --sound").out;
    assert!(before.contains("sound-dead-air") && before.contains("50 frames"), "{before}");
    assert!(before.contains("0 errors, 1 warning\n"), "a hole is told as a hole alone: {before}");
    let fill = "cut film.roomtone fill dialogue room-tone generator:matched_tone --set like=line";
    done(here, fill);
    let after = roomtone(here, "check film.roomtone --sound").out;
    assert!(!after.contains("dead air"), "{after}");
    assert!(
        !after.contains("louder at the cut") && !after.contains("quieter at the cut"),
        "{after}"
    );
}

/// Each fault is planted once, and told once with its timecode; a film without them is told to be well.
#[test]
fn what_a_cut_betrays_is_told_with_its_timecode() {
    if !oracle::have("ffmpeg", "what_a_cut_betrays_is_told_with_its_timecode") {
        return;
    }
    let noise = "0.02*(random(0)-0.5)";
    let soft = "0.02*(st(1\\,0.9*ld(1)+0.5*(random(0)-0.5)))";
    for (fault, words, one, other) in [
        ("", "", noise, noise),
        ("sound-level-step", "the room gets 14 dB louder at the cut", noise, "0.1*(random(0)-0.5)"),
        ("sound-room-jump", "the room sounds different from the cut on", noise, soft),
        (
            "sound-hum",
            "a hum of 50 Hz begins at the cut",
            noise,
            "0.02*(random(0)-0.5)+0.01*sin(2*PI*50*t)",
        ),
        (
            "sound-offset",
            "the recording has a DC offset of -26 dBFS",
            noise,
            "0.02*(random(0)-0.5)+0.05",
        ),
        (
            "sound-clipped",
            "of its peaks are cut off flat",
            noise,
            "clip(1.4*sin(500*t)*lt(mod(t\\,2)\\,0.2)\\,-0.9\\,0.9)+0.02*(random(0)-0.5)*gte(mod(t\\,2)\\,0.2)",
        ),
    ] {
        let folder = Folder::new();
        let here = folder.path();
        wave(here, "one.wav", one, 5);
        wave(here, "other.wav", other, 5);
        film(here, "one.wav other.wav");
        done(here, "cut film.roomtone append dialogue one --length 100");
        done(here, "cut film.roomtone append dialogue other --length 100");
        let told = roomtone(here, "check film.roomtone --sound").out;
        if fault.is_empty() {
            assert!(told.contains("nothing is wrong"), "{told}");
        } else {
            let is_it = |line: &&str| line.contains(fault);
            let lines: Vec<_> = told.lines().filter(is_it).collect();
            assert_eq!(lines.len(), 1, "{fault} is not told once: {told}");
            assert!(told.contains(words), "{told}");
            let others = told.lines().filter(|line| line.starts_with("warning")).count() - 1;
            assert_eq!(others, usize::from(fault == "sound-room-jump"), "{fault}: {told}");
            assert!(told.contains("00:00:04:00"), "{told}");
        }
    }
}

#[test]
fn a_turned_channel_and_a_slipped_sound_are_told() {
    if !oracle::have("ffmpeg", "a_turned_channel_and_a_slipped_sound_are_told") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    wave(here, "turned.wav", "0.1*sin(700*t)|-0.1*sin(700*t)", 4);
    let clip = here.join("clip.mp4").display().to_string();
    let picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25"];
    let sound = ["-f", "lavfi", "-i", "sine=440:r=48000", "-t", "4", "-c:a", "aac", &clip];
    oracle::ffmpeg(&[&picture[..], &sound].concat());
    film(here, "turned.wav clip.mp4");
    done(here, "cut film.roomtone append v1 clip --length 50 --in 10 --sound dialogue");
    done(here, "cut film.roomtone append dialogue turned --length 50");
    done(here, "cut film.roomtone --alone slip dialogue@5 --by 3");
    let told = roomtone(here, "check film.roomtone --sound").out;
    assert!(told.contains("sound-polarity") && told.contains("in mono it is gone"), "{told}");
    assert!(told.contains("link-out-of-sync") && told.contains("3 frames early"), "{told}");
}

/// The part that a clip plays is listened to, wherever in its file that lies, on free tracks too.
#[test]
fn a_recording_is_listened_to_where_its_clip_plays_it() {
    if !oracle::have("ffmpeg", "a_recording_is_listened_to_where_its_clip_plays_it") {
        return;
    }
    let folder = Folder::new();
    let here = folder.path();
    wave(here, "late.wav", "0.02*(random(0)-0.5)+0.05*gte(t\\,5)", 10);
    film(here, "late.wav");
    done(here, "cut film.roomtone append dialogue late --length 100");
    let told = || roomtone(here, "check film.roomtone --sound").out;
    assert!(!told().contains("sound-offset"), "{}", told());
    done(here, "cut film.roomtone append dialogue late --length 100 --in 268800");
    let found = told();
    assert!(found.contains("DC offset") && found.contains("00:00:04:00"), "{found}");
    done(here, "cut film.roomtone place music late --at 25 --length 50 --in 288000");
    let found = told();
    assert!(found.matches("DC offset").count() == 2 && found.contains("00:00:01:00"), "{found}");
}
