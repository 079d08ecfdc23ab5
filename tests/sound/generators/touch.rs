//! Cloth and steps.

use super::rig::{RATE, measured, sounded};

/// Rubbed twice as fast it is 7.2 dB louder (amplitude by the power of 1.2), and brighter.
#[test]
fn cloth_is_louder_and_brighter_the_faster_it_moves() {
    let script = "
f, p = density(x)
print(rms(x), (f * p).sum() / p.sum())
";
    let at = |motion: f64| {
        let values = [("motion", motion), ("restless", 0.0), ("crumple", -60.0)];
        measured(&sounded("fabric", &values, 0, 10), script)
    };
    let (slow, fast) = (at(0.4), at(0.8));
    assert!((fast[0] - slow[0] - 7.2).abs() < 0.6, "{slow:?} {fast:?}");
    assert!(fast[1] > 1.15 * slow[1], "{slow:?} {fast:?}");
}

#[test]
fn still_cloth_is_silent_and_restless_cloth_comes_and_goes() {
    let [still, _] = sounded("fabric", &[("motion", 0.0)], 0, 4);
    assert!(still.iter().all(|sample| *sample == 0.0));
    let script = "
e = envelope(x, 20)
print(np.mean(e < 0.1 * e.max()))
";
    let rests = measured(&sounded("fabric", &[], 0, 30), script)[0];
    assert!((0.15..0.98).contains(&rests), "it rests for {rests} of the time");
}

#[test]
fn crumpling_is_clicks_with_rare_loud_ones() {
    let script = "print(np.mean(x ** 4) / np.mean(x ** 2) ** 2)";
    let values = [("rub", -60.0), ("motion", 1.0), ("restless", 0.0)];
    let kurtosis = measured(&sounded("fabric", &values, 0, 10), script)[0];
    assert!(kurtosis > 8.0, "{kurtosis}");
}

#[test]
fn steps_stand_on_their_beats() {
    for cadence in [96.0, 150.0] {
        let values = [("cadence", cadence), ("uneven", 0.0)];
        let script = "
e = envelope(x, 1000)
c = signal.correlate(e - e.mean(), e - e.mean(), 'full')[len(e) - 1:]
lag = 250 + np.argmax(c[250:900])
print(lag / 1000)
";
        let beat = measured(&sounded("footsteps", &values, 0, 20), script)[0];
        let stated = 60.0 / cadence;
        let times = beat / stated;
        assert!((times - times.round()).abs() < 0.02, "{cadence}: a beat of {beat} s");
    }
}

/// The same seed walks the same steps, and one that is moved by automation reshuffles no other.
#[test]
fn no_two_steps_are_the_same() {
    let [left, right] = sounded("footsteps", &[("cadence", 60.0)], 0, 8);
    let sum: Vec<f32> = left.iter().zip(&right).map(|(left, right)| left + right).collect();
    let step = |number: usize| &sum[number * RATE - RATE / 4..number * RATE + RATE / 2];
    for one in 1..6 {
        for other in one + 1..7 {
            let (a, b) = (step(one), step(other));
            let dot = |a: &[f32], b: &[f32]| -> f64 {
                a.iter().zip(b).map(|(a, b)| f64::from(a * b)).sum()
            };
            let likeness = dot(a, b) / (dot(a, a) * dot(b, b)).sqrt();
            assert!(likeness < 0.95, "steps {one} and {other} are alike by {likeness}");
        }
    }
}

#[test]
fn gravel_is_bright_and_a_stage_is_hollow() {
    let script = "
f, p = density(x)
print((f * p).sum() / p.sum())
";
    let middle = |ground: &str| {
        let sound = super::rig::sounded_with("footsteps", &[("ground", ground)], 0, 10);
        measured(&sound, script)[0]
    };
    let (gravel, stage, snow) = (middle("gravel"), middle("stage"), middle("snow"));
    assert!(gravel > 4.0 * stage && snow > stage, "{gravel} {stage} {snow} Hz");
}
