//! Sounds that belong to one moment, and drones.

use super::rig::{measured, sounded};

#[test]
fn a_whoosh_is_loudest_where_it_passes_and_goes_its_way() {
    let script = "
e = [envelope(z, 100) for z in (x, y)]
print((e[0] ** 2 + e[1] ** 2).argmax() / 100)
early, late = slice(55, 75), slice(125, 150)
print(10 * np.log10((e[0][early] ** 2).sum() / (e[1][early] ** 2).sum()))
print(10 * np.log10((e[0][late] ** 2).sum() / (e[1][late] ** 2).sum()))
";
    let found = measured(&sounded("whoosh", &[("peak", 1.0), ("pan", 90.0)], 0, 4), script);
    assert!((found[0] - 1.0).abs() < 0.12, "it passes after {} s", found[0]);
    assert!(found[1] > 1.0 && found[2] < -1.0, "{found:?}");
}

#[test]
fn a_riser_climbs_and_stops_on_its_frame() {
    let [left, _] = sounded("riser", &[("length", 2.0)], 0, 4);
    assert!(left[2 * 48_000 + 1..].iter().all(|sample| *sample == 0.0));
    assert!(left[2 * 48_000 - 2000..2 * 48_000].iter().any(|sample| sample.abs() > 0.02));
    let script = "
f, p = signal.welch(x[rate // 2:rate], rate, nperseg=4096)
g, q = signal.welch(x[rate * 3 // 2:2 * rate], rate, nperseg=4096)
print(np.log2((g * q).sum() / q.sum() / ((f * p).sum() / p.sum())))
print(rms(x[rate * 3 // 2:2 * rate]) - rms(x[rate // 2:rate]))
";
    let found = measured(&sounded("riser", &[("length", 2.0)], 0, 4), script);
    assert!(found[0] > 0.7 && found[1] > 12.0, "{found:?}");
}

/// Its tail dies away by 60 dB in the stated time.
#[test]
fn an_impact_dies_away_in_its_time() {
    let script = "
e = 20 * np.log10(envelope(x, 20) + 1e-9)
t = np.arange(len(e)) / 20
near = (t > 0.5) & (t < 2.0)
print(-60 / np.polyfit(t[near], e[near], 1)[0])
";
    for decay in [2.0, 4.0] {
        let values = [("decay", decay), ("sub", -60.0), ("crack", -60.0), ("tail", 0.0)];
        let found = measured(&sounded("impact", &values, 0, 5), script)[0];
        assert!((found / decay - 1.0).abs() < 0.25, "{decay}: {found} s");
    }
    let [before, _] = sounded("impact", &[], -48_000, 1);
    assert!(before.iter().all(|sample| *sample == 0.0));
}

#[test]
fn a_drone_stands_on_its_pitch() {
    let script = "
f, p = density(x, 1 << 16)
near = (f > 50) & (f < 400)
print(f[near][np.argmax(p[near])])
";
    let values = [("pitch", 110.0), ("sub", -60.0), ("air", -60.0), ("detune", 0.0)];
    let pitch = measured(&sounded("drone", &values, 0, 20), script)[0];
    assert!((pitch - 110.0).abs() < 1.0, "{pitch} Hz");
}
