//! Fire and water.

use super::rig::{measured, sounded};

/// Flames puff at 1.5 / sqrt(width) Hz: a wide fire flickers more slowly than a candle.
#[test]
fn a_wide_fire_flickers_more_slowly() {
    let script = "
e = np.log(envelope(band(x, 60, 1500), 50)[50:] + 1e-9)
f, p = signal.welch(e - e.mean(), 50, nperseg=1024)
print(p[f < 1.5].sum() / p.sum())
";
    let flicker = |size: f64| {
        let values = [("size", size), ("crackle", -60.0), ("hiss", -60.0)];
        measured(&sounded("fire", &values, 0, 40), script)[0]
    };
    let (candle, blaze) = (flicker(0.05), flicker(6.0));
    assert!(blaze > candle + 0.15, "{blaze} of it below 1.5 Hz, {candle}");
}

#[test]
fn wood_cracks_about_as_often_as_asked_with_rare_loud_ones() {
    let script = "print(np.mean(x ** 4) / np.mean(x ** 2) ** 2)";
    let values = [("roar", -60.0), ("hiss", -60.0), ("snaps", 12.0)];
    let kurtosis = measured(&sounded("fire", &values, 0, 20), script)[0];
    assert!(kurtosis > 40.0, "{kurtosis}");
    let [still, _] = sounded("fire", &[("roar", -60.0), ("hiss", -60.0), ("snaps", 0.0)], 0, 4);
    assert!(still.iter().all(|sample| *sample == 0.0));
}

/// Bubbles of 0.9 to 5 mm ring between 3622 and 652 Hz, and those of 4 to 16 mm down to 204 Hz.
#[test]
fn bubbles_ring_where_their_radii_say() {
    let script = "
f, p = density(x)
part = lambda low, high: p[(f >= low) & (f < high)].sum() / p.sum()
print(part(550, 4200), part(170, 1000))
";
    let of = |bubbles: f64, gurgle: f64| {
        let values = [("bubbles", bubbles), ("gurgle", gurgle), ("rush", -60.0)];
        measured(&sounded("water", &values, 0, 20), script)
    };
    assert!(of(0.0, -60.0)[0] > 0.9 && of(-60.0, 0.0)[1] > 0.9);
}

#[test]
fn more_water_is_more_bubbles_and_lower() {
    let script = "
f, p = density(x)
print((f * p).sum() / p.sum())
";
    let middle = |flow: f64| {
        let values = [("flow", flow), ("bubbles", -60.0), ("gurgle", -60.0)];
        measured(&sounded("water", &values, 0, 10), script)[0]
    };
    assert!(middle(90.0) < middle(10.0));
}
