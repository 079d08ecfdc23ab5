//! What every generator keeps to.

use super::rig::{RATE, Values, built, measured, sounded};
use roomtone::signal::Samples;
use roomtone::sound::generators;

/// Generators without chance: they do come round.
const STEADY: [&str; 2] = ["silence", "tone"];

/// Wherever reading begins and in whatever pieces, backwards too, a sample is the same.
#[test]
fn every_sample_is_the_same_whichever_way_one_comes_to_it() {
    for generator in generators::ALL {
        let mut whole = Samples::silence(generator.channels, 60_000);
        built(generator, &Values::new()).fill(-9000, &mut whole);
        let mut other = built(generator, &Values::new());
        for (at, length) in [(50_000, 997), (17, 1), (4096, 128), (4000, 9000), (30_000, 20_000)] {
            let mut piece = Samples::silence(generator.channels, length);
            other.fill(at as i64 - 9000, &mut piece);
            for (piece, whole) in piece.channels().iter().zip(whole.channels()) {
                assert_eq!(piece[..], whole[at..at + length], "{} at {at}", generator.id);
            }
        }
    }
}

#[test]
fn every_sound_is_finite_without_a_steady_part_and_below_full_scale() {
    for generator in generators::ALL {
        let [left, right] = sounded(generator.id, &[], 0, 20);
        for channel in [left, right] {
            let peak = channel.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
            let mean = channel.iter().map(|sample| f64::from(*sample)).sum::<f64>();
            let mean = mean.abs() / channel.len() as f64;
            assert!(peak < 1.0 && mean < 1e-4, "{}: {peak}, {mean}", generator.id);
        }
    }
}

#[test]
fn another_seed_is_another_sound_of_the_same_kind() {
    for generator in generators::ALL {
        if STEADY.contains(&generator.id) {
            continue;
        }
        let [one, _] = sounded(generator.id, &[("seed", 1.0)], 0, 10);
        let [other, _] = sounded(generator.id, &[("seed", 2.0)], 0, 10);
        let same = one.iter().zip(&other).filter(|(a, b)| a == b && **a != 0.0).count();
        assert!(same * 100 < one.len(), "{}: {same} samples are the same", generator.id);
    }
}

/// Whitened, a minute of it is like itself at no distance from 0.3 s on.
#[test]
fn no_bed_of_noise_ever_comes_round() {
    let script = "
from scipy import fft, ndimage
size = fft.next_fast_len(2 * len(x), real=True)
X = fft.rfft(x, size)
X /= np.sqrt(ndimage.uniform_filter1d(np.abs(X) ** 2, 2001) + 1e-20)
X[:200] = 0
r = fft.irfft(np.abs(X) ** 2, size)
print(np.abs(r[rate * 3 // 10:len(x) * 3 // 4]).max() / r[0])
";
    for id in BEDS {
        let sound = sounded(id, &[], 0, 60);
        let like = measured(&sound, script)[0];
        assert!(like < 0.008, "{id} is like itself by {like}");
    }
}

/// Generators that go on without end and without separate events.
const BEDS: &[&str] = &["noise", "room_tone", "wind"];

#[test]
fn every_generator_stops_where_its_level_is_at_the_bottom() {
    for generator in generators::ALL {
        let Some(level) = generator.parameters.iter().find(|known| known.id == "level") else {
            continue;
        };
        let roomtone::signal::Kind::Number { least, .. } = level.kind else { continue };
        let [quiet, _] = sounded(generator.id, &[("level", least)], 0, 4);
        let [usual, _] = sounded(generator.id, &[], 0, 4);
        let power = |x: &[f32]| x.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>() / RATE as f64;
        assert!(power(&quiet) <= 1e-2 * power(&usual), "{}", generator.id);
    }
}
