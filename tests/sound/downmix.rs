//! From layout to layout: mono, stereo, 5.1 and 7.1, held against ffmpeg's mixers on noise.

use super::film::{Film, Sound, hard, item, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use std::path::Path;
use timeline_format::mix::Layout;

const FRAMES: i64 = 5;
const LENGTH: usize = 9600;

/// A layout, and ffmpeg's word for it.
const LAYOUTS: [(Layout, &str); 4] = [
    (Layout::Mono, "mono"),
    (Layout::Stereo, "stereo"),
    (Layout::FiveOne, "5.1(side)"),
    (Layout::SevenOne, "7.1"),
];

/// Gains from ITU-R BS.775-4, annex 4, table 2 (and its two steps after each other: 7.1 through 5.1's
/// surrounds, each of which is the sum of two at -3 dB), as ffmpeg's `pan` takes them: in 7.1, `c4` and
/// `c5` are the backs, `c6` and `c7` the sides.
const TABLE: &[(&str, &str, &str)] = &[
    ("mono", "stereo", "c0=.70710678*c0|c1=.70710678*c0"),
    ("mono", "5.1(side)", "c0=0*c0|c1=0*c0|c2=c0|c3=0*c0|c4=0*c0|c5=0*c0"),
    ("mono", "7.1", "c0=0*c0|c1=0*c0|c2=c0|c3=0*c0|c4=0*c0|c5=0*c0|c6=0*c0|c7=0*c0"),
    ("stereo", "mono", "c0=.70710678*c0+.70710678*c1"),
    ("stereo", "5.1(side)", "c0=c0|c1=c1|c2=0*c0|c3=0*c0|c4=0*c0|c5=0*c0"),
    ("stereo", "7.1", "c0=c0|c1=c1|c2=0*c0|c3=0*c0|c4=0*c0|c5=0*c0|c6=0*c0|c7=0*c0"),
    ("5.1(side)", "mono", "c0=.70710678*c0+.70710678*c1+c2+.5*c4+.5*c5"),
    ("5.1(side)", "stereo", "c0=c0+.70710678*c2+.70710678*c4|c1=c1+.70710678*c2+.70710678*c5"),
    ("5.1(side)", "7.1", "c0=c0|c1=c1|c2=c2|c3=c3|c4=0*c0|c5=0*c0|c6=c4|c7=c5"),
    ("7.1", "mono", "c0=.70710678*c0+.70710678*c1+c2+.5*c4+.5*c5+.5*c6+.5*c7"),
    (
        "7.1",
        "stereo",
        "c0=c0+.70710678*c2+.70710678*c4+.70710678*c6|c1=c1+.70710678*c2+.70710678*c5+.70710678*c7",
    ),
    (
        "7.1",
        "5.1(side)",
        "c0=c0|c1=c1|c2=c2|c3=c3|c4=.70710678*c4+.70710678*c6|c5=.70710678*c5+.70710678*c7",
    ),
];

fn sound(channels: usize) -> Vec<Vec<f32>> {
    (0..channels).map(|channel| noise(channel as u64 + 1, LENGTH)).collect()
}

/// What the filter makes of noise in `channels` channels, interleaved.
fn filtered(folder: &Path, channels: usize, filter: &str) -> Vec<f32> {
    let path = folder.join("in.f32");
    let sound = sound(channels);
    let bytes = (0..LENGTH).flat_map(|i| sound.iter().flat_map(move |run| run[i].to_le_bytes()));
    std::fs::write(&path, bytes.collect::<Vec<u8>>()).unwrap();
    let count = channels.to_string();
    let input = ["-f", "f32le", "-ar", "48000", "-ac", &count, "-i", path.to_str().unwrap()];
    let out = oracle::ffmpeg(&[&input[..], &["-af", filter, "-f", "f32le", "-"]].concat());
    let floats = out.as_chunks::<4>().0.iter();
    floats.map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

/// What a bounce in `to` makes of the same noise, interleaved.
fn bounced(channels: usize, to: Layout) -> Vec<f32> {
    let mut film = Film::new("25", 48_000);
    film.sound("a", Sound::new(48_000, sound(channels)));
    film.track("t1", vec![item("c1", FRAMES, hard("a", 0))]);
    let heard = film.bounce(to);
    let runs = heard.channels();
    (0..LENGTH).flat_map(|i| runs.iter().map(move |run| run[i])).collect()
}

#[track_caller]
fn same(ours: &[f32], theirs: &[f32], what: &str) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    let worst = ours.iter().zip(theirs).fold(0.0_f32, |most, (a, b)| most.max((a - b).abs()));
    assert!(worst < 1e-6, "{what}: {worst}");
    assert!(ours.iter().any(|sample| sample.abs() > 0.1), "{what} is silent");
}

#[test]
fn every_downmix_and_upmix_is_that_of_ffmpeg_with_the_gains_of_the_standard() {
    let folder = Folder::new();
    for (from, name) in LAYOUTS {
        for (to, target) in LAYOUTS.into_iter().filter(|(to, _)| *to != from) {
            let row = TABLE.iter().find(|row| (row.0, row.1) == (name, target)).unwrap();
            let channels = from.channels();
            let theirs = filtered(folder.path(), channels, &format!("pan={target}|{}", row.2));
            same(&bounced(channels, to), &theirs, &format!("{name} to {target}"));
        }
    }
}

/// ffmpeg's own choice of gains is the standard's too, but that it leaves the sides of 7.1 as loud as
/// they were when it adds the backs to them.
#[test]
fn what_ffmpeg_does_by_itself_is_the_same() {
    let folder = Folder::new();
    for (from, name) in LAYOUTS {
        for (to, target) in LAYOUTS.into_iter().filter(|(to, _)| *to != from) {
            if (name, target) == ("7.1", "5.1(side)") {
                continue;
            }
            let labels: Vec<_> = (0..from.channels()).map(|c| format!("c{c}=c{c}")).collect();
            let labels = labels.join("|");
            let mix = "aresample=rematrix_maxval=0:clev=0.70710678:slev=0.70710678:lfe_mix_level=0";
            let filter = format!("pan={name}|{labels},{mix},aformat=channel_layouts={target}");
            let theirs = filtered(folder.path(), from.channels(), &filter);
            same(&bounced(from.channels(), to), &theirs, &format!("{name} to {target}"));
        }
    }
}
