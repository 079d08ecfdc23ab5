//! The limiter against ffmpeg's true-peak meter.

use super::rig::{numbers, run, stereo};
use crate::sound::film::{noise, sine};
use crate::support::folder::Folder;
use crate::support::oracle;

/// The true peak, in dBTP, that ffmpeg's `ebur128` finds.
fn true_peak(channels: &[Vec<f32>]) -> f64 {
    let folder = Folder::new();
    let path = folder.file("sound").to_str().unwrap().to_owned();
    let frames = channels[0].iter().zip(&channels[1]);
    let bytes = frames.flat_map(|(left, right)| [left.to_le_bytes(), right.to_le_bytes()]);
    std::fs::write(&path, bytes.flatten().collect::<Vec<u8>>()).unwrap();
    let filter = "ebur128=peak=true:metadata=1,ametadata=print:key=lavfi.r128.true_peak:file=-";
    let input = ["-f", "f32le", "-ar", "48000", "-ac", "2", "-i", &path];
    let said = oracle::ffmpeg(&[&input[..], &["-af", filter, "-f", "null", "-"]].concat());
    let said = String::from_utf8(said).unwrap();
    let last = said.lines().filter_map(|line| line.split_once("true_peak=")).next_back();
    20.0 * last.unwrap().1.trim().parse::<f64>().unwrap().log10()
}

/// Hard material: what is loud, clipped, and high.
fn material() -> Vec<(&'static str, Vec<f32>)> {
    let length = 375 * 128;
    let square = |period: usize| -> Vec<f32> {
        (0..length).map(|at| if (at / period).is_multiple_of(2) { 1.4 } else { -1.4 }).collect()
    };
    let bursts = noise(4, length).into_iter().enumerate();
    let bursts = bursts.map(|(at, sample)| if at / 3000 % 2 == 0 { sample * 6.0 } else { sample });
    let shifted = (0..length).map(|at| {
        let turn = std::f64::consts::FRAC_PI_2 * at as f64 + std::f64::consts::FRAC_PI_4;
        (2.0 * turn.sin() * (at as f64 / 4800.0).min(1.0)) as f32
    });
    vec![
        ("a square wave", square(37)),
        ("a fast square wave", square(5)),
        ("bursts of noise", bursts.collect()),
        ("clipped noise", noise(6, length).iter().map(|x| (x * 20.0).clamp(-1.0, 1.0)).collect()),
        ("a quarter of the rate, between samples", shifted.collect()),
        ("a high tone", sine(48_000, length, 17_123.0, 3.0)),
        ("a low tone", sine(48_000, length, 50.0, 3.0)),
    ]
}

#[test]
fn no_true_peak_passes_its_ceiling() {
    for ceiling in [-1.0, -3.0] {
        for (name, sound) in material() {
            let values = numbers(&[("ceiling", ceiling)]);
            let out = run(&mut *stereo("limiter", &values), &[sound.clone(), sound], None, 0);
            let peak = true_peak(&out);
            assert!(peak <= ceiling + 0.05, "{name}: {peak} dBTP above {ceiling}");
            assert!(peak > ceiling - 1.5, "{name}: {peak} dBTP is far below {ceiling}");
        }
    }
}
