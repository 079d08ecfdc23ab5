//! Room tone: a neutral room's slope, its hum, and how the ears of it hear it.

use super::rig::{measured, sounded};

#[test]
fn room_tone_falls_as_neutral_rooms_do() {
    for stated in [8.0, 5.0] {
        let values = [("slope", stated), ("ventilation", 0.0), ("hiss", -60.0)];
        let sound = sounded("room_tone", &values, 0, 60);
        let fall = -measured(&sound, "print(slope(x, 250, 4000))")[0];
        assert!((fall - stated).abs() < 0.5, "{stated}: {fall} dB an octave");
    }
}

#[test]
fn its_level_is_its_loudness() {
    for level in [-60.0, -45.0] {
        let sound = sounded("room_tone", &[("level", level), ("hum", -120.0)], 480_000, 30);
        let loudness = measured(&sound, "print(lufs(x, y))")[0];
        assert!((loudness - level).abs() < 0.5, "{level}: {loudness}");
    }
}

/// In every octave its level over one second varies as noise must, 4.34 / sqrt(B T) dB, and no more than
/// its own slow drift of half a decibel adds.
#[test]
fn room_tone_stands_still() {
    let script = "
for low in (125, 500, 2000, 8000):
    e = 20 * np.log10(envelope(band(x, low, 2 * low), 1)[1:])
    print(e.std() / np.hypot(4.34 / np.sqrt(low), 0.5))
";
    let sound = sounded("room_tone", &[], 0, 60);
    for (octave, ratio) in measured(&sound, script).into_iter().enumerate() {
        assert!(ratio < 1.3, "octave {octave} varies {ratio} times as much as noise");
    }
}

#[test]
fn hum_stands_on_the_mains_and_twice_it() {
    let script = "
f, p = density(x, 1 << 18)
line = lambda at: np.sqrt(2 * p[np.abs(f - at) < 1].sum() * f[1])
print(20 * np.log10(line(100)), 20 * np.log10(line(50)))
";
    let values = [("hum", -40.0), ("level", -90.0), ("mains", 50.0)];
    let lines = measured(&sounded("room_tone", &values, 0, 30), script);
    assert!((lines[0] + 40.0).abs() < 0.3 && (lines[1] + 48.0).abs() < 0.3, "{lines:?}");
}

/// Two microphones 20 cm apart in sound from all around.
#[test]
fn its_channels_are_those_of_two_microphones() {
    let script = "
f, pxy = signal.csd(x, y, rate, nperseg=4096)
_, pxx = signal.welch(x, rate, nperseg=4096)
_, pyy = signal.welch(y, rate, nperseg=4096)
g = np.real(pxy) / np.sqrt(pxx * pyy)
middles = 125 * 2 ** (np.arange(20) / 3)
near = lambda a, m: a[(f > m * 2 ** (-1 / 6)) & (f < m * 2 ** (1 / 6))].mean()
k = 2 * np.pi * f * 0.2 / 343
ideal = np.sinc(k / np.pi)
print(max(abs(near(g, m) - near(ideal, m)) for m in middles))
";
    let off = measured(&sounded("room_tone", &[], 0, 60), script)[0];
    assert!(off < 0.1, "{off}");
}
