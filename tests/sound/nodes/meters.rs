//! The meter against EBU Tech 3341 and 3342, libebur128's port and numpy.

use crate::sound::film::{Film, Sound, hard, id, item, noise, sine};
use crate::sound::packet;
use roomtone::signal::Samples;
use roomtone::sound::Mix;
use timeline_format::mix::Layout;

/// A mix of some sound alone.
fn mix(channels: Vec<Vec<f32>>, layout: Layout) -> Mix {
    let mut film = Film::new("10", 48_000);
    let frames = channels[0].len() as i64 / 4800;
    film.sound("a", Sound::new(48_000, channels));
    film.track("t1", vec![item("c1", frames, hard("a", 0))]);
    film.mix(layout)
}

/// What the meter of a stereo mix of some sound shows at its end.
fn metered(channels: Vec<Vec<f32>>) -> Mix {
    let mut mix = mix(channels, Layout::Stereo);
    let mut out = Samples::silence(2, mix.length() as usize);
    mix.render(&mut out);
    mix
}

/// Momentary and short-term loudness while some stereo sound is heard: a hundred times a second.
fn watched(channels: Vec<Vec<f32>>) -> Vec<[f64; 2]> {
    let mut mix = mix(channels, Layout::Stereo);
    let mut out = Samples::silence(2, 480);
    let looks = mix.length() / 480;
    let look = |_| {
        mix.render(&mut out);
        [mix.reading().momentary(), mix.reading().short_term()].map(f64::from)
    };
    (0..looks).map(look).collect()
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

/// EBU Tech 3341, cases 15 to 19, faded in and out over 50 ms: sampled beside their peaks.
#[test]
fn true_peaks_are_those_of_the_standards_cases() {
    for (part, phase, height, wanted) in [
        (4.0, 0.0, 0.5, -6.0),
        (4.0, 45.0, 0.5, -6.0),
        (6.0, 60.0, 0.5, -6.0),
        (8.0, 67.5_f64, 0.5, -6.0),
        (4.0, 45.0, 1.41, 3.0),
    ] {
        let length = 96_000_usize;
        let turn = std::f64::consts::TAU / part;
        let sample = |at: usize| {
            let edge = at.min(length - at) as f64 / 2400.0;
            (height * edge.min(1.0) * (turn * at as f64 + phase.to_radians()).sin()) as f32
        };
        let tone: Vec<f32> = (0..length).map(sample).collect();
        let mix = metered(vec![tone; 2]);
        let peak = 20.0 * f64::from(mix.reading().true_peak()).log10();
        assert!((-0.4..0.2).contains(&(peak - wanted)), "1/{part} at {phase}: {peak} dBTP");
    }
}

/// EBU Tech 3341, cases 20 to 23: a packet of waves that is as high as full scale at one moment, which lies on
/// a sample or on a quarter between two.
#[test]
fn a_peak_is_found_on_every_quarter_between_two_samples() {
    for quarter in 0..4 {
        let tone = packet(24_000.0 + f64::from(quarter) / 4.0);
        let mix = metered(vec![tone; 2]);
        let peak = 20.0 * f64::from(mix.reading().true_peak()).log10();
        assert!((-0.4..0.2).contains(&peak), "{quarter}: {peak} dBTP");
    }
}

/// EBU Tech 3341, case 6: surrounds count 1.5 dB more, low frequency effects not at all.
#[test]
fn surrounds_weigh_more_and_low_frequency_effects_nothing() {
    let level = |level: f64| sine(48_000, 960_000, 1000.0, 10.0_f64.powf(level / 20.0));
    let (front, centre, side) = (level(-28.0), level(-24.0), level(-30.0));
    let channels = vec![front.clone(), front, centre, level(-6.0), side.clone(), side];
    let mut mix = mix(channels, Layout::FiveOne);
    mix.render(&mut Samples::silence(6, 960_000));
    for found in [mix.reading().integrated(), mix.reading().short_term(), mix.reading().momentary()]
    {
        assert!((found + 23.0).abs() < 0.1, "{found}");
    }
}

/// EBU Tech 3341, cases 9 and 12: levels that change, and a loudness that does not.
#[test]
fn a_window_that_holds_a_whole_turn_of_levels_stands_still() {
    let looks = watched(tones(&[(-20.0, 1.34), (-30.0, 1.66)].repeat(5)));
    let stands = looks[300..].iter().all(|[_, short_term]| (short_term + 23.0).abs() < 0.1);
    assert!(stands && looks.len() == 1500);
    let looks = watched(tones(&[(-20.0, 0.18), (-30.0, 0.22)].repeat(25)));
    let stands = looks[100..].iter().all(|[momentary, _]| (momentary + 23.0).abs() < 0.1);
    assert!(stands && looks.len() == 1000);
}

/// The highest of some looks.
fn highest(looks: &[[f64; 2]], which: usize) -> f64 {
    looks.iter().map(|look| look[which]).fold(f64::NEG_INFINITY, f64::max)
}

const SILENCE: f64 = -200.0;

/// EBU Tech 3341, cases 10 and 13: a tone as long as a window, wherever it begins.
#[test]
fn a_tone_as_long_as_a_window_has_its_level_wherever_it_begins() {
    for (which, tone, wait) in [(1, 3.0, 0.15), (0, 0.4, 0.02)] {
        for number in 0..20 {
            let parts = [(SILENCE, wait * f64::from(number)), (-23.0, tone), (SILENCE, 1.0)];
            let highest = highest(&watched(tones(&parts)), which);
            assert!((highest + 23.0).abs() < 0.1, "{tone} s after {number}: {highest}");
        }
    }
}

/// EBU Tech 3341, cases 11 and 14: such tones in a row, each louder than the one before.
#[test]
fn tones_that_get_louder_are_shown_one_by_one() {
    for (which, tone, wait) in [(1, 3.0, 0.15), (0, 0.4, 0.02)] {
        let level = |number: u32| f64::from(number) - 38.0;
        let part = |number: u32| {
            [(SILENCE, wait * f64::from(number)), (level(number), tone), (SILENCE, 1.0)]
        };
        let looks = watched(tones(&(0..20).flat_map(part).collect::<Vec<_>>()));
        let mut seconds = 0.0;
        for number in 0..20 {
            seconds += wait * f64::from(number) + tone + 1.0;
            let heard = &looks[..((seconds * 100.0) as usize).min(looks.len())];
            let highest = highest(heard, which);
            assert!((highest - level(number)).abs() < 0.1, "{tone} s, {number}: {highest}");
        }
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

fn render(mix: &mut Mix, seconds: f64) -> Samples {
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
