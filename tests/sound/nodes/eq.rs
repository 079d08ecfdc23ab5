//! The equalizer and the tilt against their analogue models, as scipy computes them.

use super::rig::{Values, build, decibels, mono, node, numbers, numpy, power, run, stereo, words};
use crate::sound::film::{noise, sine};
use timeline_format::mix::Layout;
use timeline_format::parameter::{Curve, Ease, Follow, Key};
use timeline_format::{Param, Ratio, Value};

/// For each response: the greatest distance, in dB, of its magnitude from the model's, over 200
/// frequencies of 20 Hz to the given top, where the model is above -60 dB.
const MODEL: &str = r"
from scipy import signal
def unit(shape, a, q):
    r = np.sqrt(a)
    return {
      'bell': ([1, a / q, 1], [1, 1 / (a * q), 1]),
      'low-shelf': ([a, a * r / q, a * a], [a, r / q, 1]),
      'high-shelf': ([a * a, a * r / q, a], [1, r / q, a]),
      'notch': ([1, 0, 1], [1, 1 / q, 1]),
    }[shape]
for index, case in enumerate(words):
    shape, *figures = case.split()
    f, g, q, order, top, rate = [float(w) for w in figures]
    h = sound(f'r{index}')
    freqs, w0 = np.geomspace(20, top, 200), 2 * np.pi * f
    _, ours = signal.freqz(h, worN=freqs, fs=rate)
    if order == 0:
        over, under = unit(shape, 10 ** (g / 40), q)
        scale = np.array([1, w0, w0 * w0])
        _, model = signal.freqs(np.array(over) * scale, np.array(under) * scale, 2 * np.pi * freqs)
    else:
        _, model = signal.freqs(*signal.butter(int(order), w0, shape, analog=True), 2 * np.pi * freqs)
    model, ours = np.abs(model), np.abs(ours)
    seen = model > 1e-3
    print(np.abs(20 * np.log10(ours[seen] / model[seen])).max())
";

fn response(id: &str, values: &Values, rate: u32) -> Vec<f32> {
    let mut impulse = vec![0.0; 1 << 15];
    impulse[0] = 1.0;
    mono(&mut *build(node(id), values, Layout::Stereo, rate), &impulse)
}

/// What is to be compared with its model: shape, frequency, gain, Q, order and top; and the bound in dB, beside
/// the sample rate.
type Case = (Values, String, u32, f64);

#[track_caller]
fn check(cases: &[Case]) {
    let names: Vec<String> = (0..cases.len()).map(|index| format!("r{index}")).collect();
    let responses: Vec<Vec<f32>> =
        cases.iter().map(|(values, _, rate, _)| response("eq", values, *rate)).collect();
    let sounds = names.iter().zip(&responses).map(|(name, sound)| (name.as_str(), &sound[..]));
    let sounds: Vec<(&str, &[f32])> = sounds.collect();
    let words: Vec<String> =
        cases.iter().map(|(_, case, rate, _)| format!("{case} {rate}")).collect();
    for (apart, (_, case, rate, bound)) in numpy(MODEL, &sounds, &words).iter().zip(cases) {
        assert!(apart < bound, "{case} at {rate} Hz: {apart} dB");
    }
}

/// Up to four tenths of the sample rate. The bounds are what the design misses at worst, in dB: filters that are
/// matched at 0, at their corner and at half the rate bend away from the model between the last two, the more
/// the nearer these lie.
#[test]
fn bands_have_the_magnitude_of_their_analogue_models() {
    let mut cases = Vec::new();
    for (rate, bounds) in [
        (
            44_100,
            [
                (60.0, 7e-4, 1.1e-4),
                (1000.0, 0.125, 0.025),
                (4000.0, 0.64, 0.22),
                (12_000.0, 0.86, 0.49),
            ],
        ),
        (
            48_000,
            [(60.0, 6e-4, 9e-5), (1000.0, 0.11, 0.021), (4000.0, 0.6, 0.2), (12_000.0, 0.89, 0.5)],
        ),
        (
            96_000,
            [
                (60.0, 1.4e-4, 2.5e-5),
                (1000.0, 0.032, 0.006),
                (4000.0, 0.3, 0.07),
                (12_000.0, 0.77, 0.32),
            ],
        ),
    ] {
        for (band, shape) in [("low_middle", "bell"), ("low", "low-shelf"), ("high", "high-shelf")]
        {
            for (frequency, bell, shelf) in bounds {
                let bound = if shape == "bell" { bell } else { shelf };
                let made = |(gain, q)| case((band, shape), (frequency, gain, q), rate, bound);
                cases.extend([(6.0, 1.0), (-12.0, 0.707), (18.0, 0.5), (-4.0, 0.9)].map(made));
            }
        }
    }
    check(&cases);
}

/// A band of a shape, with its frequency, gain and Q.
fn case(
    (band, shape): (&str, &str),
    (frequency, gain, q): (f64, f64, f64),
    rate: u32,
    bound: f64,
) -> Case {
    let name = |end: &str| format!("{band}_{end}");
    let figures = [("frequency", frequency), ("gain", gain), ("q", q)];
    let figures = figures.map(|(end, value)| (name(end), Param::number(value)));
    let mut values = Values::from(figures);
    values.extend(words(&[(&name("shape"), shape)]));
    let top = 0.4 * f64::from(rate);
    (values, format!("{shape} {frequency} {gain} {q} 0 {top}"), rate, bound)
}

#[test]
fn passes_are_those_of_butterworth() {
    let mut cases = Vec::new();
    for (slope, order) in [("6", 1), ("12", 2), ("18", 3), ("24", 4), ("36", 6), ("48", 8)] {
        for (pass, frequency) in [("high", 80.0), ("high", 3000.0), ("low", 500.0), ("low", 5000.0)]
        {
            let name = format!("{pass}_pass");
            let mut values = numbers(&[(&name, frequency)]);
            values.extend(words(&[(&format!("{name}_slope"), slope)]));
            let bound = match (pass, frequency < 1000.0, order) {
                ("high", true, _) => 2e-4,
                ("high", false, _) => 0.045,
                (_, true, _) => 0.006,
                (_, false, 1 | 3) => 0.6,
                _ => 0.4,
            };
            let top = if pass == "low" { frequency * 2.0 } else { 18_000.0 };
            cases.push((values, format!("{pass} {frequency} 0 1 {order} {top}"), 48_000, bound));
        }
    }
    check(&cases);
}

#[test]
fn a_notch_takes_its_frequency_out() {
    let mut values = numbers(&[("low_middle_frequency", 1000.0), ("low_middle_q", 4.0)]);
    values.extend(words(&[("low_middle_shape", "notch")]));
    check(&[(values.clone(), "notch 1000 0 4 0 900".into(), 48_000, 0.014)]);
    let out = mono(&mut *stereo("eq", &values), &sine(48_000, 96_000, 1000.0, 0.5));
    assert!(decibels(power(&out[48_000..])) < -120.0);
}

#[test]
fn a_cut_undoes_a_boost() {
    let of = |gain| numbers(&[("high_gain", gain), ("low_gain", -gain), ("low_middle_gain", gain)]);
    let input = noise(1, 48_000 / 128 * 128);
    let lifted = mono(&mut *stereo("eq", &of(9.0)), &input);
    let back = mono(&mut *stereo("eq", &of(-9.0)), &lifted);
    let apart = input.iter().zip(&back).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
    assert!(apart < 2e-6, "{apart}");
}

fn sweep(from: f64, to: f64, seconds: i64) -> Param {
    let key =
        |at, value| Key { at: Ratio::whole(at), value: Value::Number(value), ease: Ease::Linear };
    let keys = vec![key(0, from), key(seconds, to)];
    Param::Animated(Curve { keys, follow: Follow::Clip })
}

#[test]
fn a_sweeping_filter_never_bursts() {
    let mut values = numbers(&[("low_middle_gain", 12.0), ("low_middle_q", 10.0)]);
    values.insert("low_middle_frequency".into(), sweep(20.0, 20_000.0, 1));
    values.insert("high_pass".into(), sweep(2000.0, 20.0, 1));
    values.extend(words(&[("high_pass_slope", "48")]));
    let input = noise(3, 375 * 128);
    let out = mono(&mut *stereo("eq", &values), &input);
    let loudest = out.iter().fold(0.0_f32, |most, sample| most.max(sample.abs()));
    assert!(loudest < 0.5 * 4.0, "{loudest}");
}

#[test]
fn sections_give_what_scipy_gives() {
    let script = r"
from scipy import signal
x, y = sound('in'), sound('out')
sos = signal.butter(8, 100, 'high', fs=48000, output='sos')
z = signal.sosfilt(sos, x)
rest = np.abs(np.fft.rfft((z - y) * np.hanning(len(x)))) / np.abs(np.fft.rfft(x * np.hanning(len(x)))).mean()
print(20 * np.log10(rest.max()))
";
    let mut values = numbers(&[("high_pass", 100.0)]);
    values.extend(words(&[("high_pass_slope", "48")]));
    let input = noise(9, 750 * 128);
    let out = mono(&mut *stereo("eq", &values), &input);
    let rest = numpy(script, &[("in", &input), ("out", &out)], &[])[0];
    assert!(rest < -40.0, "{rest} dB");
}

#[test]
fn a_tilt_is_a_straight_line() {
    let response = response("tilt", &numbers(&[("tilt", -2.0), ("pivot", 700.0)]), 48_000);
    let script = r"
h = sound('response')
f = np.geomspace(50, 12000, 100)
ours = np.array([np.abs((h * np.exp(-2j * np.pi * x / 48000 * np.arange(len(h)))).sum()) for x in f])
print(np.abs(20 * np.log10(ours) + 2 * np.log2(f / 700)).max())
";
    let apart = numpy(script, &[("response", &response)], &[])[0];
    assert!(apart < 0.2, "{apart} dB");
}

#[test]
fn channels_do_not_hear_each_other() {
    let values = numbers(&[("low_gain", 6.0), ("high_gain", -6.0)]);
    let input = [noise(1, 12_800), vec![0.0; 12_800]];
    let out = run(&mut *stereo("eq", &values), &input, None, 0);
    assert!(out[1].iter().all(|sample| *sample == 0.0));
    assert!(power(&out[0]) > 1e-3);
}
