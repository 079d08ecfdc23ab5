//! Lattice: a pattern of the size of a decoder's blocks that lies over the whole picture.
//!
//! Decoders of generators leave a fixed pattern of a period of 8 to 64 pixels behind (R. Corvi and
//! others, Intriguing Properties of Synthetic Images, 2023). What is finer than a blur is averaged down
//! and across; in the spectra of these two profiles the pattern stands out at the harmonics of its
//! period, while texture has no period of its own. Text, tiles and screens have one too: the eye decides.

use super::{First, Luma, Measure, Of, View};
use std::f64::consts::TAU;

/// Pixels across and down in the middle of the picture that are looked at, at most.
const SIDE: usize = 1024;
/// Fewer pixels say nothing.
const LEAST: usize = 160;
/// Periods of patterns that generators are known for, in pixels.
const PERIODS: &[usize] = &[8, 12, 14, 16, 20, 24, 28, 32, 64];
/// Harmonics of a period that are looked at.
const HARMONICS: usize = 5;
/// Frequencies to either side that a harmonic is held against.
const BESIDE: usize = 25;
/// The blur that what is looked at is finer than: its deviation is 2 pixels, its weights end after 6.
const BLUR: [f32; 7] = [0.19968, 0.17621, 0.12111, 0.06483, 0.02702, 0.00877, 0.00222];
/// Differences from the blur, in codes, beyond which they are drawn and no pattern.
const DRAWN: f32 = 5.0;
/// What is smaller is rounding.
const ROUNDING: f64 = 0.02;

/// By how much the strongest period stands out.
pub(super) const MEASURE: Measure = Measure {
    id: "lattice",
    label: "Lattice",
    help: "How far a fixed pattern with a decoder's period (8 to 64 pixels) stands out of the spectrum of fine detail, in 1024 pixels of the middle; about 1 to 5 where there is none, and more for text and tiles.",
    unit: "times",
    digits: 1,
    first: First::Least,
    of: Of::Picture(lattice),
};

fn lattice(view: &View<'_>) -> f64 {
    let (width, height) = view.whole.size();
    let (across, down) = (width.min(SIDE), height.min(SIDE));
    if across.min(down) < LEAST {
        return 1.0;
    }
    let fine = fine(view.whole, ((width - across) / 2, (height - down) / 2), (across, down));
    let columns: Vec<f64> =
        (0..across).map(|x| mean(fine.iter().skip(x).step_by(across))).collect();
    let rows: Vec<f64> = fine.chunks_exact(across).map(|row| mean(row.iter())).collect();
    let spectra = [spectrum(&columns), spectrum(&rows)];
    let of_period = |period: &usize| {
        let both =
            [outstanding(&spectra[0], across, *period), outstanding(&spectra[1], down, *period)];
        (both[0] * both[1]).sqrt()
    };
    PERIODS.iter().map(of_period).fold(1.0, f64::max)
}

fn mean<'a>(codes: impl Iterator<Item = &'a f32>) -> f64 {
    let (sum, count) =
        codes.fold((0.0, 0.0), |(sum, count), code| (sum + f64::from(*code), count + 1.0));
    sum / count
}

/// What a part of a picture has beside its own blur.
fn fine(luma: &Luma, (left, top): (usize, usize), (across, down): (usize, usize)) -> Vec<f32> {
    let part: Vec<&[f32]> = (top..top + down).map(|y| &luma.line(y)[left..left + across]).collect();
    let mut wide = vec![0.0; across * down];
    for (line, out) in part.iter().zip(wide.chunks_exact_mut(across)) {
        blur_along(line, out);
    }
    let mut fine = vec![0.0; across * down];
    for (y, out) in fine.chunks_exact_mut(across).enumerate() {
        for (weight, [above, below]) in around(y, down) {
            let lines = [above, below].map(|y| &wide[y * across..][..across]);
            for (x, sum) in out.iter_mut().enumerate() {
                *sum += weight * (lines[0][x] + lines[1][x]);
            }
        }
        let line = part[y];
        out.iter_mut().zip(line).for_each(|(sum, code)| *sum = (code - *sum).clamp(-DRAWN, DRAWN));
    }
    fine
}

/// The weights of the blur, and the two places that each is for; the middle is there twice by half.
fn around(at: usize, size: usize) -> impl Iterator<Item = (f32, [usize; 2])> {
    BLUR.iter().enumerate().map(move |(far, weight)| {
        let weight = if far == 0 { 0.5 * weight } else { *weight };
        (weight, [at.saturating_sub(far), (at + far).min(size - 1)])
    })
}

/// A line, blurred along itself; beyond its ends it goes on as it ends.
fn blur_along(line: &[f32], out: &mut [f32]) {
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return };
    let reach = BLUR.len() - 1;
    let ends = [vec![*first; reach], vec![*last; reach]];
    let longer = [&ends[0][..], line, &ends[1]].concat();
    for (far, weight) in BLUR.iter().enumerate() {
        let weight = if far == 0 { 0.5 * weight } else { *weight };
        let pairs = longer[reach - far..].iter().zip(&longer[reach + far..]);
        out.iter_mut().zip(pairs).for_each(|(sum, (a, b))| *sum += weight * (a + b));
    }
}

/// How strong each frequency of a profile is, under a window of Hann; the first is the constant.
fn spectrum(profile: &[f64]) -> Vec<f64> {
    let size = profile.len();
    let wave: Vec<[f64; 2]> = (0..size)
        .map(|at| (TAU * at as f64 / size as f64).sin_cos())
        .map(|(sine, cosine)| [cosine, sine])
        .collect();
    let windowed: Vec<f64> =
        profile.iter().zip(&wave).map(|(value, wave)| value * 0.5 * (1.0 - wave[0])).collect();
    let strength = |k: usize| {
        let sum = windowed.iter().enumerate().fold([0.0, 0.0], |[even, odd], (at, value)| {
            let [cosine, sine] = wave[at * k % size];
            [even + value * cosine, odd + value * sine]
        });
        sum[0].hypot(sum[1])
    };
    (0..size / 2).map(strength).collect()
}

/// By how much the harmonics of a period stand out of what lies beside them: their geometric mean.
fn outstanding(spectrum: &[f64], size: usize, period: usize) -> f64 {
    let places = (1..=HARMONICS.min(period / 2)).map(|k| (k * size + period / 2) / period);
    let logs: Vec<f64> = places
        .filter(|place| place + 1 < spectrum.len())
        .map(|place| {
            let peak = spectrum[place - 1..=place + 1].iter().copied().fold(0.0, f64::max);
            let beside = place.saturating_sub(BESIDE).max(1)..(place + BESIDE).min(spectrum.len());
            let usual = super::median(spectrum[beside].to_vec());
            ((peak + ROUNDING) / (usual + ROUNDING)).ln()
        })
        .collect();
    (logs.iter().sum::<f64>() / logs.len().max(1) as f64).exp()
}
