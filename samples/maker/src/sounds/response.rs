//! The impulse response of the film's room: what its walls answer to one short sound.
//!
//! First the mirror images of the source in six walls (J. Allen, D. Berkley, Image method for efficiently
//! simulating small-room acoustics, 1979), then what they blur into: noise that dies away, the high parts
//! of it sooner, as linen and plaster take more of them.

use super::filter::Filter;
use super::wind::zip;
use super::{RATE, Stereo};
use crate::noise::Random;

/// The room whose resonances its tone has too, in metres.
const ROOM: [f32; 3] = [5.0, 4.0, 2.6];
/// Where the cloth moves, and where one listens, facing along the first axis.
const SOURCE: [f32; 3] = [3.9, 1.4, 1.2];
const LISTENER: [f32; 3] = [1.6, 2.3, 1.3];
/// Between the ears.
const APART: f32 = 0.18;
/// Metres a second.
const SOUND: f32 = 343.0;
/// What a wall gives back, of low and of high sounds.
const GIVES: [f32; 2] = [0.86, 0.62];
/// The most walls that an image has behind it.
const WALLS: i32 = 4;
/// Seconds in which low, middle and high sounds fall by 60 dB, and where these bands lie.
const DECAYS: [(f32, f32); 3] = [(250.0, 0.52), (1200.0, 0.42), (5200.0, 0.24)];
/// When the nearest wall answers, and how long it takes from there to noise, in seconds.
const FIRST: f32 = 0.009;
const BLUR: f32 = 0.014;

pub(super) fn living_room(length: usize) -> Stereo {
    let ears = [-0.5, 0.5].map(|side| {
        let mut answer = vec![0.0; length];
        images(side * APART, &mut answer);
        blur(if side < 0.0 { 71 } else { 72 }, &mut answer);
        answer.into_iter()
    });
    zip(ears)
}

/// Adds what the walls mirror; not the sound itself, which is heard beside it.
fn images(side: f32, answer: &mut [f32]) {
    let ear = [LISTENER[0], LISTENER[1] + side, LISTENER[2]];
    let mut dull = Filter::default();
    let mut low = vec![0.0; answer.len()];
    let mut high = vec![0.0; answer.len()];
    let turns = || -WALLS..=WALLS;
    for (x, y, z) in
        turns().flat_map(|x| turns().flat_map(move |y| turns().map(move |z| (x, y, z))))
    {
        let walls = x.abs() + y.abs() + z.abs();
        if walls == 0 || walls > WALLS {
            continue;
        }
        let image = [x, y, z].into_iter().zip(ROOM).zip(SOURCE).map(mirrored);
        let away = image.zip(ear).map(|(image, ear)| (image - ear).powi(2)).sum::<f32>().sqrt();
        for (part, gives) in [&mut low, &mut high].into_iter().zip(GIVES) {
            strike(part, away / SOUND * RATE as f32, gives.powi(walls) / away);
        }
    }
    for (sum, (low, high)) in answer.iter_mut().zip(low.into_iter().zip(high)) {
        let bands = dull.next(low - high, 1800.0, 0.707);
        *sum += bands.low + high;
    }
}

/// Where an image lies along one axis.
fn mirrored(((turns, wall), source): ((i32, f32), f32)) -> f32 {
    let away = turns as f32 * wall;
    if turns % 2 == 0 { away + source } else { away + wall - source }
}

/// One impulse between two samples, shared by both.
fn strike(sound: &mut [f32], at: f32, level: f32) {
    let part = at.fract();
    for (sample, share) in [(at as usize, 1.0 - part), (at as usize + 1, part)] {
        if let Some(sample) = sound.get_mut(sample) {
            *sample += level * share;
        }
    }
}

/// Adds the noise that the images blur into.
fn blur(seed: u32, answer: &mut [f32]) {
    let mut random = Random::new(seed);
    let mut bands = [Filter::default(); 3];
    for (sample, sum) in answer.iter_mut().enumerate() {
        let time = sample as f32 / RATE as f32;
        let white = random.normal();
        let rise = ((time - FIRST) / BLUR).clamp(0.0, 1.0).powi(2);
        for (band, (hertz, decay)) in bands.iter_mut().zip(DECAYS) {
            let falls = 10.0_f32.powf(-3.0 * time / decay);
            *sum += band.next(white, hertz, 0.6).band * falls * rise * 0.035;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_dies_away_by_sixty_decibels_in_half_a_second() {
        let answer = living_room(RATE as usize * 6 / 10);
        let power = |from: f32, to: f32| {
            let part = &answer[(from * RATE as f32) as usize..(to * RATE as f32) as usize];
            part.iter().flatten().map(|x| x * x).sum::<f32>() / part.len() as f32
        };
        let fall = 10.0 * (power(0.05, 0.1) / power(0.35, 0.4)).log10();
        assert!((30.0..45.0).contains(&fall), "{fall} dB in 0.3 s");
        assert!(answer[..200].iter().flatten().all(|x| *x == 0.0), "nothing before the first wall");
    }
}
