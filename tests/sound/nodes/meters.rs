//! The meter against EBU Tech 3341 and 3342, libebur128's port and numpy.

use crate::sound::film::{Film, Sound, hard, id, item, noise, sine};
use roomtone::signal::Samples;
use timeline_format::mix::Layout;

/// What the meter of a stereo mix of some sound shows at its end.
fn metered(channels: Vec<Vec<f32>>) -> roomtone::sound::Mix {
    let mut film = Film::new("10", 48_000);
    let frames = channels[0].len() as i64 / 4800;
    film.sound("a", Sound::new(48_000, channels));
    film.track("t1", vec![item("c1", frames, hard("a", 0))]);
    let mut mix = film.mix(Layout::Stereo);
    let mut out = Samples::silence(2, mix.length() as usize);
    mix.render(&mut out);
    mix
}

/// 1 kHz in both channels, at so many dBFS for so many seconds each.
fn tones(parts: &[(f64, f64)]) -> Vec<Vec<f32>> {
    let mut all = Vec::new();
    for (level, seconds) in parts {
        let peak = 10.0_f64.powf(level / 20.0);
        all.extend(sine(48_000, (seconds * 48_000.0) as usize, 1000.0, peak));
    }
    vec![all; 2]
}

#[test]
fn loudness_is_that_of_the_standards_cases() {
    let cases: [(&[(f64, f64)], f64); 4] = [
        (&[(-23.0, 20.0)], -23.0),
        (&[(-33.0, 20.0)], -33.0),
        (&[(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0),
        (&[(-26.0, 20.0), (-20.0, 20.1), (-26.0, 20.0)], -23.0),
    ];
    for (parts, wanted) in cases {
        let mix = metered(tones(parts));
        let integrated = f64::from(mix.reading().integrated());
        assert!((integrated - wanted).abs() < 0.1, "{parts:?}: {integrated}");
    }
    let mix = metered(tones(&[(-23.0, 4.0)]));
    assert!((mix.reading().momentary() + 23.0).abs() < 0.1);
    assert!((mix.reading().short_term() + 23.0).abs() < 0.1);
    for (parts, wanted) in
        [([(-20.0, 20.0), (-30.0, 20.0)], 10.0), ([(-40.0, 20.0), (-20.0, 20.0)], 20.0)]
    {
        let range = f64::from(metered(tones(&parts)).reading().range());
        assert!((range - wanted).abs() < 1.0, "{parts:?}: {range}");
    }
}

#[test]
fn loudness_is_that_of_another_meter() {
    let channels = vec![noise(1, 480_000), noise(2, 480_000)];
    let mix = metered(channels.clone());
    let mode = ebur128::Mode::I;
    let mut other = ebur128::EbuR128::new(2, 48_000, mode).unwrap();
    other.add_frames_planar_f32(&[&channels[0], &channels[1]]).unwrap();
    let apart = f64::from(mix.reading().integrated()) - other.loudness_global().unwrap();
    assert!(apart.abs() < 0.05, "{apart} LU");
}

/// EBU Tech 3341, cases 15 to 18, faded in and out over 50 ms: half of full scale, sampled beside its
/// peaks.
#[test]
fn true_peaks_are_those_of_the_standards_cases() {
    for (part, phase) in [(4.0, 0.0), (4.0, 45.0), (6.0, 60.0), (8.0, 67.5_f64)] {
        let length = 96_000_usize;
        let turn = std::f64::consts::TAU / part;
        let sample = |at: usize| {
            let edge = at.min(length - at) as f64 / 2400.0;
            (0.5 * edge.min(1.0) * (turn * at as f64 + phase.to_radians()).sin()) as f32
        };
        let tone: Vec<f32> = (0..length).map(sample).collect();
        let mix = metered(vec![tone; 2]);
        let peak = 20.0 * f64::from(mix.reading().true_peak()).log10();
        assert!((-6.4..-5.8).contains(&peak), "1/{part} at {phase}: {peak} dBTP");
    }
}

#[test]
fn correlation_and_spectrum_are_of_what_was_heard_last() {
    let tone = sine(48_000, 48_000, 48_000.0 * 100.0 / 4096.0, 0.5);
    let mix = metered(vec![tone.clone(), tone.iter().map(|sample| -sample).collect()]);
    assert!((mix.reading().correlation() + 1.0).abs() < 1e-6);
    let spectrum = mix.reading().spectrum(0);
    assert!((spectrum[100] + 6.02).abs() < 0.01, "{}", spectrum[100]);
    assert!(spectrum[110] < -100.0 && spectrum.len() == 2049);
    let mix = metered(vec![noise(1, 48_000), noise(2, 48_000)]);
    assert!(mix.reading().correlation().abs() < 0.1);
}

/// A stereo mix of a tone of 1 kHz at -20 dBFS for so many seconds, then at -30, that goes through a meter
/// node on its track.
fn with_node(seconds: f64) -> Film {
    let mut film = Film::new("10", 48_000);
    let tones = tones(&[(-20.0, seconds), (-30.0, seconds)]);
    let frames = tones[0].len() as i64 / 4800;
    film.sound("a", Sound::new(48_000, tones));
    let track = film.track("t1", vec![item("c1", frames, hard("a", 0))]);
    let node = r#"{"id":"n1","kind":"meter"}"#;
    track.header.strip.nodes.push(serde_json::from_str(node).unwrap());
    film
}

fn render(mix: &mut roomtone::sound::Mix, seconds: f64) -> Samples {
    let mut out = Samples::silence(2, (seconds * 48_000.0) as usize);
    mix.render(&mut out);
    out
}

#[test]
fn a_meter_on_a_strip_is_read_by_its_name_and_changes_no_sample() {
    let film = with_node(4.0);
    let mut mix = film.mix(Layout::Stereo);
    let heard = render(&mut mix, 4.0);
    let gauges = std::sync::Arc::clone(mix.gauges());
    assert_eq!(gauges.meters.len(), 1);
    let reading = &gauges.meters[&(id("t1"), id("n1"))];
    let decibels = |factor: f32| 20.0 * factor.log10();
    assert!((decibels(reading.take_peak()) + 20.0).abs() < 0.02);
    assert_eq!(reading.take_peak(), 0.0, "a peak is given once");
    assert!((decibels(reading.rms()) + 23.01).abs() < 0.05, "{}", decibels(reading.rms()));
    for loudness in [reading.integrated(), reading.loudest_momentary(), reading.short_term()] {
        assert!((loudness + 20.0).abs() < 0.1, "{loudness}");
    }
    let mut bypassed = film;
    let mut track = (*bypassed.sequence.tracks[0]).clone();
    track.header.strip.nodes[0].bypass = true;
    bypassed.sequence.tracks.set(0, track.into());
    let mut mix = bypassed.mix(Layout::Stereo);
    assert!(mix.gauges().meters.is_empty());
    assert_eq!(render(&mut mix, 4.0).channels(), heard.channels());
}

#[test]
fn a_meter_that_is_reset_measures_from_then_on() {
    let film = with_node(4.0);
    let mut mix = film.mix(Layout::Stereo);
    render(&mut mix, 4.5);
    let reading = mix.gauges().meters[&(id("t1"), id("n1"))].clone();
    assert!(reading.integrated() > -21.0 && reading.true_peak() > 0.09);
    reading.reset();
    assert_eq!((reading.true_peak(), reading.integrated()), (0.0, f32::NEG_INFINITY));
    render(&mut mix, 3.5);
    let figures = [reading.integrated(), reading.loudest_momentary(), reading.loudest_short_term()];
    assert!(figures.iter().all(|loudness| (loudness + 30.0).abs() < 0.1), "{figures:?}");
    assert!((20.0 * reading.true_peak().log10() + 30.0).abs() < 0.2);
}

#[test]
fn a_tone_lies_in_its_third_of_an_octave() {
    let mix = metered(tones(&[(-12.0, 1.0)]));
    let thirds = mix.reading().thirds();
    assert!((thirds[16] + 12.0).abs() < 0.1, "{}", thirds[16]);
    let others = thirds.iter().enumerate().filter(|(band, _)| *band != 16);
    let loudest = others.map(|(_, level)| *level).fold(-200.0, f32::max);
    assert!(loudest < -60.0, "{loudest}");
}
