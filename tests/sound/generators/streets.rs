//! Roads, cities, fans and wires.

use super::rig::{measured, sounded};

/// Octaves of a road at 40 m against those of cars at 50 km/h by the European tables, air left aside: the
/// shape to 2.5 dB.
#[test]
fn a_road_has_the_spectrum_of_its_cars() {
    let script = "
f, p = density(x)
octave = lambda m: 10 * np.log10(p[(f >= m / 2 ** 0.5) & (f < m * 2 ** 0.5)].sum())
ours = np.array([octave(m) for m in (125, 250, 500, 1000, 2000)])
cars = np.array([91.2, 89.4, 90.7, 95.6, 92.3])
d = ours - cars
print(np.abs(d - d.mean()).max())
";
    let values = [("distance", 40.0), ("lorries", 0.0), ("flow", 3000.0), ("speed", 50.0)];
    let off = measured(&sounded("traffic", &values, 0, 60), script)[0];
    assert!(off < 2.5, "{off} dB");
}

#[test]
fn near_cars_pass_and_far_ones_rush() {
    let script = "
e = 20 * np.log10(envelope(band(x, 300, 3000), 4)[4:] + 1e-9)
print(e.std())
";
    let swing = |distance: f64| {
        let values = [("distance", distance), ("flow", 400.0)];
        measured(&sounded("traffic", &values, 0, 90), script)[0]
    };
    let (near, far) = (swing(8.0), swing(600.0));
    assert!(near > 4.0 && far < 2.5, "{near} dB near, {far} dB far");
}

#[test]
fn a_closed_window_takes_what_its_glass_takes() {
    let script = "
_, a = thirds(x)
print(a[13], a[7])
";
    let at = |window: f64| {
        let values = [("window", window), ("distance", 40.0), ("level", -20.0)];
        measured(&sounded("traffic", &values, 0, 30), script)
    };
    let (open, closed) = (at(0.0), at(100.0));
    let colour = (open[0] - open[1]) - (closed[0] - closed[1]);
    assert!((colour - 11.0).abs() < 2.5, "1 kHz lost {colour} dB more than 250 Hz");
}

#[test]
fn a_city_falls_3_db_an_octave_below_its_corner_and_steeply_above() {
    let values = [("plant", -60.0), ("transformers", -60.0), ("bustle", 0.0)];
    let sound = sounded("city", &values, 0, 60);
    let found = measured(&sound, "print(-slope(x, 63, 250), -slope(x, 2000, 8000))");
    assert!((found[0] - 3.2).abs() < 1.0 && (found[1] - 9.0).abs() < 1.0, "{found:?}");
}

#[test]
fn a_fan_hums_at_its_blades_and_follows_its_speed() {
    let script = "
f, p = density(x, 1 << 15)
near = (f > 60) & (f < 400)
q = p / signal.medfilt(p, 51)
print(f[near][np.argmax(q[near])])
";
    for turns in [1180.0, 2000.0] {
        let values = [("turns", turns), ("blades", 7.0), ("tone", 6.0)];
        let pitch = measured(&sounded("ventilation", &values, 0, 20), script)[0];
        let blades = turns * 7.0 / 60.0;
        let times = pitch / blades;
        assert!((times - times.round()).abs() < 0.02, "{turns}: {pitch} Hz");
    }
}

#[test]
fn electric_hum_stands_on_multiples_of_the_mains_alone() {
    let script = "
f, p = density(x, 1 << 16)
on = np.abs((f + 30) % 60 - 30) < 3
print(10 * np.log10(p[on].sum() / p[~on].sum()))
print(20 * np.log10(np.sqrt(2 * p[np.abs(f - 120) < 3].sum() * f[1])))
";
    let values = [("mains", 60.0), ("level", -40.0), ("drift", 0.0), ("buzz", 0.0)];
    let found = measured(&sounded("hum", &values, 0, 20), script);
    assert!(found[0] > 45.0 && (found[1] + 40.0).abs() < 0.3, "{found:?}");
}

#[test]
fn old_media_hiss_and_crackle() {
    let script = "
b = band(x, 1500, 9000)
print(np.mean(b ** 4) / np.mean(b ** 2) ** 2)
";
    let kurtosis = |wear: f64| measured(&sounded("medium", &[("wear", wear)], 0, 10), script)[0];
    let (worn, new) = (kurtosis(30.0), kurtosis(0.0));
    assert!(worn > 6.0 && (new - 3.0).abs() < 0.2, "{worn} {new}");
}
