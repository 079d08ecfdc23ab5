//! Other sample rates and other speeds: where an impulse lands, and against sox.

use super::film::{Film, Sound, bytes, clip, hard, id, item, noise, sine};
use crate::support::folder::Folder;
use crate::support::oracle;
use timeline_format::mix::Layout;
use timeline_format::{Frames, Ratio};

fn converted(from: u32, to: u32, channel: Vec<f32>, frames: i64) -> Vec<f32> {
    let mut film = Film::new("25", to);
    film.sound("a", Sound::new(from, vec![channel]));
    film.track("t1", vec![item("c1", frames, hard("a", 0))]);
    film.bounce(Layout::Mono).channels()[0].clone()
}

#[test]
fn an_impulse_stays_where_it_was() {
    for (from, to) in [(44_100, 48_000), (96_000, 48_000), (48_000, 44_100), (22_050, 48_000)] {
        for at in [0_usize, 4410, 9600, 14_700] {
            let step = (1..=from).find(|n| n * (to / 50) % (from / 50) == 0).unwrap() as usize;
            let at = at / step * step;
            let mut channel = vec![0.0; 40_000];
            channel[at] = 1.0;
            let heard = converted(from, to, channel, 20);
            let peak = (0..heard.len()).max_by(|a, b| heard[*a].total_cmp(&heard[*b])).unwrap();
            assert_eq!(peak as u64 * u64::from(from), at as u64 * u64::from(to), "{from} {to}");
            for distance in 1..=peak.min(200) {
                let (left, right) = (heard[peak - distance], heard[peak + distance]);
                assert!((left - right).abs() < 1e-6, "{from} to {to} is not symmetric");
            }
        }
    }
}

const NUMPY: &str = r#"
import sys, numpy as np
folder, rate = sys.argv[1], int(sys.argv[2])
ours = np.fromfile(f"{folder}/ours", "<f4").astype(np.float64)
sox = np.fromfile(f"{folder}/sox.f32", "<f4").astype(np.float64)[:len(ours)]
edge = 4000
ours, sox = ours[edge:len(sox) - edge], sox[edge:len(sox) - edge]
window = np.blackman(len(ours))
rest = np.abs(np.fft.rfft((ours - sox) * window))
whole = np.abs(np.fft.rfft(sox * window))
band = slice(0, int(len(rest) * 0.5))
print(10 * np.log10((rest[band] ** 2).sum() / (whole[band] ** 2).sum()))
"#;

/// Up to half of the band: from there on sox itself rolls off, by up to 0.01 dB.
#[test]
fn resampling_is_that_of_sox() {
    if !oracle::have("sox", "resampling_is_that_of_sox") {
        return;
    }
    for (from, to) in [(44_100, 48_000), (96_000, 48_000)] {
        let folder = Folder::new();
        let channel = noise(7, from as usize * 2);
        let path = |name: &str| folder.file(name).to_str().unwrap().to_owned();
        let ours = converted(from, to, channel.clone(), 50);
        std::fs::write(path("ours"), ours.iter().flat_map(|s| s.to_le_bytes()).collect::<Vec<_>>())
            .unwrap();
        let raw: Vec<u8> = channel.iter().flat_map(|s| s.to_le_bytes()).collect();
        std::fs::write(path("in.f32"), raw).unwrap();
        let (rate, wanted) = (from.to_string(), to.to_string());
        let format = ["-t", "raw", "-e", "floating-point", "-b", "32", "-c", "1"];
        let (input, output) = (path("in.f32"), path("sox.f32"));
        let arguments = [
            &format[..],
            &["-r", &rate, &input],
            &format[..],
            &["-r", &wanted, &output, "rate", "-v", &wanted],
        ];
        oracle::output("sox", &arguments.concat());
        let said = oracle::python(NUMPY, &[folder.path().to_str().unwrap(), &wanted]);
        let residual: f64 = String::from_utf8(said).unwrap().trim().parse().unwrap();
        assert!(residual < -110.0, "{from} to {to}: {residual} dB");
    }
}

#[test]
fn resampling_makes_no_alias_and_no_ripple() {
    for (frequency, least, most) in
        [(1000.0, -0.01, 0.01), (19_800.0, -0.01, 0.01), (26_000.0, -400.0, -118.0)]
    {
        let heard = converted(96_000, 44_100, sine(96_000, 96_000, frequency, 0.5), 20);
        let middle = &heard[8000..24_000];
        let power: f64 = middle.iter().map(|s| f64::from(*s) * f64::from(*s)).sum();
        let level = 10.0 * (power / middle.len() as f64 / 0.125 + 1e-40).log10();
        assert!(level > least && level < most, "{frequency} Hz: {level} dB");
    }
}

#[test]
fn backwards_is_the_same_samples_backwards() {
    let bounce = |speed| {
        let mut film = Film::new("25", 48_000);
        film.sound("a", Sound::new(48_000, vec![noise(4, 60_000)]));
        let mut clip = hard("a", 700);
        clip.speed = Ratio::whole(speed);
        film.track("t1", vec![item("c1", 20, clip)]);
        film.bounce(Layout::Mono).channels()[0].clone()
    };
    let mut backwards = bounce(-1);
    backwards.reverse();
    assert_eq!(backwards, bounce(1));
}

#[test]
fn speed_moves_the_pitch() {
    for (top, bottom) in [(3, 2), (1, 2), (5, 4), (2, 1)] {
        let mut film = Film::new("25", 48_000);
        film.sound("a", Sound::new(48_000, vec![sine(48_000, 200_000, 1000.0, 0.5)]));
        let mut clip = hard("a", 0);
        clip.speed = Ratio::new(top, bottom).unwrap();
        film.track("t1", vec![item("c1", 25, clip)]);
        let heard = film.bounce(Layout::Mono).channels()[0].clone();
        let exact = sine(48_000, 48_000, 1000.0 * top as f64 / bottom as f64, 0.5);
        for (index, (heard, exact)) in heard.iter().zip(&exact).enumerate().skip(500) {
            assert!((heard - exact).abs() < 2e-5, "{top}/{bottom} {index}: {heard} {exact}");
        }
    }
}

#[test]
fn a_loop_starts_over_under_a_crossfade() {
    let mut film = Film::new("24", 48_000);
    film.sound("a", Sound::new(48_000, vec![noise(8, 10_000)]));
    let mut clip = clip("a", 0);
    clip.sound.hard = true;
    clip.sound.loop_fade = Some(Frames::ONE);
    film.track("t1", vec![item("c1", 20, clip)]);
    let heard = film.bounce(Layout::Mono).channels()[0].clone();
    let source = film.sounds[&id("a")].samples.channels()[0].clone();
    assert_eq!(heard[..8000], source[..8000]);
    assert_eq!(heard[10_000..16_000], source[2000..8000]);
    assert_eq!(heard[18_000..24_000], source[2000..8000]);
    for index in 0..2000 {
        let x = (index as f64 + 0.5) / 2000.0 * std::f64::consts::FRAC_PI_2;
        let (head, tail) = (f64::from(source[index]), f64::from(source[8000 + index]));
        let expected = head * x.sin() + tail * x.cos();
        assert!((f64::from(heard[8000 + index]) - expected).abs() < 1e-6);
    }
    assert_eq!(bytes(&film.bounce(Layout::Mono)), bytes(&film.bounce(Layout::Mono)));
}
