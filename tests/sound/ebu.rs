//! Every case of EBU Tech 3341 (2023) and Tech 3342 (2023) that is no recording: at the meter of files and
//! deliveries, and as a film's bounce reports it.
//!
//! Cases 7 and 8 of Tech 3341 (5 and 6 of Tech 3342) are programmes that one has to be given.

use super::film::{Film, clip, id, item, sine};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::deliver::presets::{self, SoundCodec, SoundTarget};
use roomtone::deliver::{Preset, Target, deliver};
use roomtone::play::Offline;
use roomtone::signal::Samples;
use roomtone::sound::loudness::{Loudness, Measured};
use roomtone::workers::Stop;
use std::path::Path;
use std::sync::Arc;
use timeline_format::Extra;
use timeline_format::mix::{Bus, Layout, Strip};

const RATE: u32 = 48_000;
const SILENCE: f64 = -200.0;

/// A figure of a meter, what it is to show, and how far off it may be.
type Wanted = (fn(&Measured) -> Option<f64>, f64, std::ops::RangeInclusive<f64>);

/// A case: its number, what is heard, what is to be shown.
struct Case {
    name: String,
    channels: Vec<Vec<f32>>,
    wanted: Vec<Wanted>,
}

fn integrated(level: f64) -> Wanted {
    (|found| found.integrated, level, -0.1..=0.1)
}

fn momentary(level: f64) -> Wanted {
    (|found| found.momentary, level, -0.1..=0.1)
}

fn short_term(level: f64) -> Wanted {
    (|found| found.short_term, level, -0.1..=0.1)
}

fn range(range: f64) -> Wanted {
    (|found| found.range, range, -1.0..=1.0)
}

fn true_peak(level: f64) -> Wanted {
    (|found| found.true_peak, level, -0.4..=0.2)
}

/// 1 kHz, at so many dBFS for so many seconds each, its phase going on.
fn tone(parts: &[(f64, f64)]) -> Vec<f32> {
    let mut channel: Vec<f32> = Vec::new();
    for (level, seconds) in parts {
        let (start, length) = (channel.len(), (seconds * f64::from(RATE)).round() as usize);
        let peak = 10.0_f64.powf(level / 20.0);
        channel.extend_from_slice(&sine(RATE, start + length, 1000.0, peak)[start..]);
    }
    channel
}

/// The tone in phase in both channels.
fn case(name: impl Into<String>, parts: &[(f64, f64)], wanted: Vec<Wanted>) -> Case {
    Case { name: name.into(), channels: vec![tone(parts); 2], wanted }
}

/// Tech 3341, cases 1 to 5, 9 to 14 and 15 to 23; Tech 3342, cases 1 to 4.
fn cases() -> Vec<Case> {
    let steady = |name: &str, level: f64| {
        let wanted = vec![momentary(level), short_term(level), integrated(level)];
        case(name, &[(level, 20.0)], wanted)
    };
    let mut all = vec![
        steady("3341-1", -23.0),
        steady("3341-2", -33.0),
        case("3341-3", &[(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], vec![integrated(-23.0)]),
        case(
            "3341-4",
            &[(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)],
            vec![integrated(-23.0)],
        ),
        case("3341-5", &[(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], vec![integrated(-23.0)]),
        case("3341-9", &[(-20.0, 1.34), (-30.0, 1.66)].repeat(5), vec![short_term(-23.0)]),
        case("3341-12", &[(-20.0, 0.18), (-30.0, 0.22)].repeat(25), vec![momentary(-23.0)]),
    ];
    all.extend((0..20).flat_map(|file| [long_tone(file, -23.0), short_tone(file, -23.0)]));
    all.extend(tones_between_samples());
    all.extend((0..4).map(|quarter| Case {
        name: format!("3341-{}", 20 + quarter),
        channels: vec![packet(24_000.0 + f64::from(quarter) / 4.0); 2],
        wanted: vec![true_peak(0.0)],
    }));
    all.extend(ranges());
    all
}

/// Cases 10 and 11: a tone as long as the window of short-term loudness, and where it begins.
fn long_tone(file: u32, level: f64) -> Case {
    let parts = [(SILENCE, 0.15 * f64::from(file)), (level, 3.0), (SILENCE, 1.0)];
    case(format!("3341-10.{}", file + 1), &parts, vec![short_term(level)])
}

/// Cases 13 and 14: the same for momentary loudness.
fn short_tone(file: u32, level: f64) -> Case {
    let parts = [(SILENCE, 0.02 * f64::from(file)), (level, 0.4), (SILENCE, 1.0)];
    case(format!("3341-13.{}", file + 1), &parts, vec![momentary(level)])
}

/// Cases 15 to 19, faded over 50 ms: a step is a peak of its own.
fn tones_between_samples() -> impl Iterator<Item = Case> {
    let tones = [
        (15, 4.0, 0.0, 0.5, -6.0),
        (16, 4.0, 45.0, 0.5, -6.0),
        (17, 6.0, 60.0, 0.5, -6.0),
        (18, 8.0, 67.5, 0.5, -6.0),
        (19, 4.0, 45.0, 1.41, 3.0),
    ];
    tones.into_iter().map(|(number, cycle, degrees, height, level)| {
        let sample = |at: usize| {
            let turn = at as f64 / cycle + degrees / 360.0;
            let fade = (at.min(RATE as usize - at) as f64 / 2400.0).min(1.0);
            (height * fade * (turn * std::f64::consts::TAU).sin()) as f32
        };
        let channel: Vec<f32> = (0..RATE as usize).map(sample).collect();
        let wanted = vec![true_peak(level)];
        Case { name: format!("3341-{number}"), channels: vec![channel; 2], wanted }
    })
}

/// Cases 20 to 23: a packet of waves within a thousand samples that reaches full scale at one place, which may
/// lie between two samples, and has nothing above 9 kHz: it is as high however it is sampled.
pub fn packet(place: f64) -> Vec<f32> {
    let sample = |index: usize| {
        let away = index as f64 - place;
        let inside = (0.5 + 0.5 * (away / 500.0 * std::f64::consts::PI).cos()).powi(2);
        let height = if away.abs() < 500.0 { inside } else { 0.0 };
        (height * (away / 6.0 * std::f64::consts::TAU).cos()) as f32
    };
    (0..48_000).map(sample).collect()
}

fn ranges() -> impl Iterator<Item = Case> {
    let steps: [(&[f64], f64); 4] = [
        (&[-20.0, -30.0], 10.0),
        (&[-20.0, -15.0], 5.0),
        (&[-40.0, -20.0], 20.0),
        (&[-50.0, -35.0, -20.0, -35.0, -50.0], 15.0),
    ];
    steps.into_iter().enumerate().map(|(number, (levels, wanted))| {
        let parts: Vec<_> = levels.iter().map(|level| (*level, 20.0)).collect();
        case(format!("3342-{}", number + 1), &parts, vec![range(wanted)])
    })
}

/// Case 6: 5.0, the surrounds 1.5 dB more.
fn five_channels() -> Case {
    let of = |level: f64| tone(&[(level, 20.0)]);
    let channels = vec![of(-28.0), of(-28.0), of(-24.0), of(-30.0), of(-30.0)];
    Case { name: "3341-6".into(), channels, wanted: vec![integrated(-23.0)] }
}

/// Hears some samples in blocks of uneven lengths, the longest of which two threads share.
pub fn measure(samples: &Samples, mut meter: Loudness) -> Measured {
    let (mut at, mut length) = (0, 1);
    while at < samples.length() {
        let to = (at + length).min(samples.length());
        let part = samples.channels().iter().map(|channel| channel[at..to].to_vec());
        meter.hear(&Samples::from_channels(part.collect()));
        (at, length) = (to, length * 7919 % 40_013 + 1);
    }
    meter.measured()
}

#[track_caller]
fn check(case: &Case, found: &Measured) {
    for (figure, wanted, tolerance) in &case.wanted {
        let shown = figure(found).unwrap_or(f64::NEG_INFINITY);
        assert!(tolerance.contains(&(shown - wanted)), "{}: {shown}, not {wanted}", case.name);
    }
}

#[test]
fn every_case_is_met_by_the_meter() {
    for case in cases().into_iter().chain([five_channels()]) {
        let meter = Loudness::of_channels(case.channels.len(), RATE).unwrap();
        let found = measure(&Samples::from_channels(case.channels.clone()), meter);
        check(&case, &found);
    }
}

/// Cases 11 and 14 are heard live: tones in a row, each a decibel louder than the one before.
#[test]
fn tones_that_get_louder_are_met_one_by_one() {
    for one in [long_tone, short_tone] {
        let mut meter = Loudness::new(Layout::Stereo, RATE).unwrap();
        for file in 0..20 {
            let case = one(file, f64::from(file) - 38.0);
            meter.hear(&Samples::from_channels(case.channels.clone()));
            check(&case, &meter.measured());
        }
    }
}

#[test]
fn low_frequency_effects_have_a_peak_and_no_loudness() {
    let mut case = five_channels();
    case.channels.insert(3, tone(&[(-6.0, 20.0)]));
    case.wanted.push(true_peak(-6.0));
    let meter = Loudness::new(Layout::FiveOne, RATE).unwrap();
    check(&case, &measure(&Samples::from_channels(case.channels.clone()), meter));
}

/// Writes a case as a file of floats.
fn write(path: &Path, case: &Case) {
    let raw = path.with_extension("f32");
    let frames =
        (0..case.channels[0].len()).flat_map(|at| case.channels.iter().map(move |c| c[at]));
    std::fs::write(&raw, frames.flat_map(f32::to_le_bytes).collect::<Vec<_>>()).unwrap();
    let count = case.channels.len().to_string();
    let read = ["-f", "f32le", "-ar", "48000", "-ac", &count, "-i", raw.to_str().unwrap()];
    oracle::ffmpeg(&[&read[..], &["-c:a", "pcm_f32le", path.to_str().unwrap()]].concat());
}

/// What the bounce of a film says, in which a case is the whole sound.
fn bounced(case: &Case, layout: Layout) -> Measured {
    let folder = Folder::new();
    write(&folder.file("case.wav"), case);
    let mut film = Film::new("100", RATE);
    film.file("case", folder.file("case.wav"));
    let strip = Strip::default();
    let bus = Bus { name: "Mix".into(), role: None, layout, strip, extra: Extra::new() };
    film.sequence.buses.insert(id("mix"), Arc::new(bus));
    let frames = case.channels[0].len() as i64 / 480;
    film.track("t1", vec![item("c1", frames, clip("case", 0))]);
    let offline = Offline::open(&Arc::new(film.timeline()), folder.path(), 0..frames).unwrap();
    let wave = presets::find("sound-wav").unwrap().clone();
    let preset = Preset { sound: Some(SoundTarget::of(SoundCodec::Float32, None)), ..wave };
    let target = Target { path: folder.file("mix.wav"), ..Target::default() };
    let report = deliver(Box::new(offline), &preset, &target, &Stop::new(), &mut |_| {}).unwrap();
    report.loudness.unwrap()
}

/// Of the cases of twenty files, the last.
#[test]
fn every_case_is_met_by_the_bounce_of_a_film() {
    let is_last = |case: &&Case| !case.name.contains('.') || case.name.ends_with("20");
    for case in cases().iter().filter(is_last) {
        check(case, &bounced(case, Layout::Stereo));
    }
    let surround = five_channels();
    check(&surround, &bounced(&surround, Layout::FiveOne));
}
