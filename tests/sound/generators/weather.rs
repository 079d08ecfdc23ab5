//! Wind, rain and the sea.

use super::rig::{measured, sounded};

/// Its rush falls as wind's does, its bands rise and fall together, and its loudness ranges.
#[test]
fn wind_comes_in_gusts_that_take_all_of_it_along() {
    let script = "
print(-slope(x, 250, 4000))
e = [20 * np.log10(envelope(band(x, c / 1.4, c * 1.4), 4)[4:] + 1e-9) for c in (250, 2000)]
print(np.corrcoef(e)[0, 1])
short = [lufs(x[k:k + 3 * rate], y[k:k + 3 * rate]) for k in range(0, len(x) - 3 * rate, rate)]
print(np.percentile(short, 95) - np.percentile(short, 10))
";
    let values = [("whistle", -60.0), ("howl", -60.0)];
    let found = measured(&sounded("wind", &values, 0, 60), script);
    assert!((3.0..9.0).contains(&found[0]), "it falls by {} dB an octave", found[0]);
    assert!(found[1] > 0.5, "its bands are alike by {}", found[1]);
    assert!((4.0..16.0).contains(&found[2]), "it ranges over {} LU", found[2]);
}

#[test]
fn a_gust_comes_later_on_the_right() {
    let script = "
a, b = [np.log(envelope(band(z, 100, 2000), 20) + 1e-9) for z in (x, y)]
a, b = [signal.sosfilt(signal.butter(2, 1.2, fs=20, output='sos'), z - z.mean())[40:] for z in (a, b)]
c = signal.correlate(b, a, 'full')
lags = np.arange(-len(a) + 1, len(a)) / 20
near = np.abs(lags) < 8
print(lags[near][np.argmax(c[near])])
";
    let values = [("width", 20.0), ("speed", 10.0), ("whistle", -60.0), ("howl", -60.0)];
    let late = measured(&sounded("wind", &values, 0, 120), script)[0];
    assert!((late - 2.0).abs() < 0.5, "{late} s");
}

/// A wire of 2.8 mm sings at 0.2 times speed over thickness: near 714 Hz at 10 m/s.
#[test]
fn a_wire_sings_at_its_strouhal_frequency() {
    let script = "
f, p = density(x, 8192)
q = p / ndimage.median_filter(p, 151)
near = (f > 300) & (f < 1500)
print(f[near][np.argmax(q[near])])
";
    let script = format!("from scipy import ndimage\n{script}");
    let values = [("speed", 10.0), ("gust", 0.0), ("whistle", 12.0), ("howl", -60.0)];
    let pitch = measured(&sounded("wind", &values, 0, 20), &script)[0];
    let wires = [0.0028, 0.0041, 0.0065].map(|thick| 0.2 * 10.0 / thick);
    assert!(wires.iter().any(|wire| (pitch / wire - 1.0).abs() < 0.04), "{pitch} Hz");
}

/// Drops that are heard one by one make its bands burst; far rain is Gaussian (kurtosis 3).
#[test]
fn near_rain_is_drops_and_far_rain_is_noise() {
    let script = "
b = band(x, 2000, 8000)
print(np.mean(b ** 4) / np.mean(b ** 2) ** 2)
";
    let kurtosis = |near: f64, rate: f64| {
        let values = [("near", near), ("rate", rate), ("far", -60.0)];
        measured(&sounded("rain", &values, 0, 10), script)[0]
    };
    let (drizzle, pour, far) = (kurtosis(6.0, 1.0), kurtosis(6.0, 50.0), kurtosis(-60.0, 5.0));
    assert!((far - 3.0).abs() < 0.2, "far rain has {far}");
    assert!(drizzle > 5.0 && pour > 3.3, "a drizzle has {drizzle}, a downpour {pour}");
}

#[test]
fn harder_rain_has_more_drops_as_the_law_of_sizes_says() {
    let script = "
from scipy import ndimage
e = np.abs(band(x, 1000, 12000))
top = ndimage.maximum_filter1d(e, 120)
print(((e == top) & (e > 6 * np.median(e))).sum() / 10)
";
    let drops = |rate: f64| {
        let values = [("near", 12.0), ("rate", rate), ("far", -60.0)];
        measured(&sounded("rain", &values, 0, 10), script)[0]
    };
    assert!(drops(2.0) > 1.3 * drops(0.3), "{} {}", drops(2.0), drops(0.3));
}

#[test]
fn waves_come_about_once_a_period_and_none_is_like_the_last() {
    let script = "
e = envelope(x + y, 10)
e = signal.sosfilt(signal.butter(2, 0.5, fs=10, output='sos'), e - e.mean())[50:]
peaks, _ = signal.find_peaks(e, distance=25, prominence=e.std() * 0.3)
print(len(e) / 10 / len(peaks), np.std(e[peaks]) / np.mean(np.abs(e[peaks])))
";
    let found = measured(&sounded("sea", &[("period", 6.0)], 0, 180), script);
    assert!((4.2..8.4).contains(&found[0]), "a wave in {} s", found[0]);
    assert!(found[1] > 0.1, "they differ by {}", found[1]);
}
