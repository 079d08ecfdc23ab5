//! Where things are: the panner, width and phase, against closed forms.

use super::rig::{apart, build, decibels, mono, node, numbers, numpy, power, run, stereo, words};
use crate::sound::film::{noise, sine};
use timeline_format::mix::Layout;

fn placed(layout: Layout, angle: f64, spread: f64) -> Vec<f64> {
    let values = numbers(&[("angle", angle), ("spread", spread)]);
    let mut input = vec![vec![0.0; 64 * 128]; layout.channels()];
    let centre = if layout == Layout::Stereo { 0 } else { 2 };
    input[centre] = sine(48_000, 64 * 128, 750.0, 1.0);
    let out = run(&mut *build(node("surround"), &values, layout, 48_000), &input, None, 0);
    out.iter().map(|channel| (power(channel) / power(&input[centre])).sqrt()).collect()
}

#[test]
fn a_place_lies_between_the_two_nearest_loudspeakers() {
    let h = std::f64::consts::FRAC_1_SQRT_2;
    let cases: [(Layout, f64, &[f64]); 8] = [
        (Layout::FiveOne, 0.0, &[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]),
        (Layout::FiveOne, 30.0, &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        (Layout::FiveOne, 15.0, &[0.0, h, h, 0.0, 0.0, 0.0]),
        (Layout::FiveOne, -110.0, &[0.0, 0.0, 0.0, 0.0, 1.0, 0.0]),
        (Layout::FiveOne, 180.0, &[0.0, 0.0, 0.0, 0.0, h, h]),
        (Layout::FiveOne, 390.0, &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0]),
        (Layout::SevenOne, 90.0, &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]),
        (Layout::SevenOne, 180.0, &[0.0, 0.0, 0.0, 0.0, h, h, 0.0, 0.0]),
    ];
    for (layout, angle, wanted) in cases {
        let gains = placed(layout, angle, 0.0);
        for (gain, wanted) in gains.iter().zip(wanted) {
            assert!((gain - wanted).abs() < 1e-3, "{layout:?} {angle}: {gains:?}");
        }
    }
}

#[test]
fn the_power_is_the_same_all_round() {
    for layout in [Layout::FiveOne, Layout::SevenOne] {
        for angle in (-180..180).step_by(7) {
            for spread in [0.0, 60.0] {
                let gains = placed(layout, f64::from(angle), spread);
                let sum: f64 = gains.iter().map(|gain| gain * gain).sum();
                assert!((sum - 1.0).abs() < 1e-4, "{layout:?} {angle}: {sum}");
            }
        }
    }
}

#[test]
fn width_scales_the_difference_alone() {
    let input = [noise(1, 12_800), noise(2, 12_800)];
    for width in [0.0, 50.0, 200.0] {
        let out = run(&mut *stereo("width", &numbers(&[("width", width)])), &input, None, 0);
        for at in 0..input[0].len() {
            let middle = f32::midpoint(input[0][at], input[1][at]);
            let side = (input[0][at] - input[1][at]) / 2.0 * (width as f32 / 100.0);
            assert!((out[0][at] - middle - side).abs() < 1e-6);
            assert!((out[1][at] - middle + side).abs() < 1e-6);
        }
    }
    let low = [sine(48_000, 48_000 / 128 * 128, 30.0, 0.5), vec![0.0; 48_000 / 128 * 128]];
    let out = run(&mut *stereo("width", &numbers(&[("mono_below", 200.0)])), &low, None, 0);
    let rest: Vec<f32> = out[0].iter().zip(&out[1]).map(|(a, b)| a - b).collect();
    assert!(decibels(power(&rest[20_000..]) / power(&low[0])) < -25.0);
}

#[test]
fn polarity_and_sides_are_exact() {
    let input = [noise(1, 1280), noise(2, 1280)];
    let heard =
        |id: &str, word: &str| run(&mut *stereo("phase", &words(&[(id, word)])), &input, None, 0);
    let turned = |channel: &[f32]| -> Vec<f32> { channel.iter().map(|sample| -sample).collect() };
    assert_eq!(heard("polarity", "left"), [turned(&input[0]), input[1].clone()]);
    assert_eq!(heard("polarity", "all"), [turned(&input[0]), turned(&input[1])]);
    assert_eq!(heard("channels", "swapped"), [input[1].clone(), input[0].clone()]);
    assert_eq!(heard("channels", "left"), [input[0].clone(), input[0].clone()]);
    let mean: Vec<f32> = input[0].iter().zip(&input[1]).map(|(a, b)| (a + b) / 2.0).collect();
    assert!(apart(&heard("channels", "mono"), &[mean.clone(), mean]) < 1e-7);
}

#[test]
fn a_rotation_turns_every_frequency_by_the_same_angle() {
    let script = "
x, y, late = sound('x'), sound('y'), int(words[0])
h = np.fft.rfft(y) / np.fft.rfft(np.roll(x, late))
f = np.fft.rfftfreq(len(x), 1 / 48000)
h = h[(f > 150) & (f < 22000)]
print(np.degrees(np.abs(np.angle(h * np.exp(-1j * np.radians(float(words[1])))))).max())
print(20 * np.abs(np.log10(np.abs(h))).max())
";
    for degrees in [90.0, -60.0, 180.0] {
        let mut phase = stereo("phase", &numbers(&[("rotation", degrees)]));
        let mut input = vec![0.0; 1 << 14];
        input[0] = 1.0;
        let out = mono(&mut *phase, &input);
        let arguments = [phase.latency().to_string(), degrees.to_string()];
        let found = numpy(script, &[("x", &input), ("y", &out)], &arguments);
        assert!(found[0] < 0.6 && found[1] < 0.1, "{degrees}: {found:?}");
    }
}
