//! Every sound of the film, by name: beds and gestures from noise, after how they arise.

mod filter;
mod rain;
mod response;
mod room;
mod wind;

use crate::noise::noise;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

/// Samples a second.
pub(crate) const RATE: u32 = 48_000;

/// Left and right.
type Stereo = Vec<[f32; 2]>;

struct Sound {
    name: &'static str,
    /// Its length in samples.
    length: usize,
    make: fn(usize) -> Stereo,
    /// Its RMS level in dBFS.
    level: f32,
}

/// How many samples so many seconds are.
const fn seconds(seconds: usize) -> usize {
    seconds * RATE as usize
}

const SOUNDS: &[Sound] = &[
    Sound { name: "wind", length: seconds(24), make: wind::wind, level: -30.0 },
    Sound { name: "room-tone", length: seconds(24), make: room::tone, level: -40.0 },
    Sound {
        name: "living-room",
        length: RATE as usize * 6 / 10,
        make: response::living_room,
        level: -30.0,
    },
    Sound { name: "rain", length: seconds(84) / 25, make: rain::on_glass, level: -34.0 },
];

/// Makes every sound as a WAV file in `folder`.
pub fn sound_all(folder: &Path) -> io::Result<()> {
    for sound in SOUNDS {
        let mut samples = (sound.make)(sound.length);
        level(&mut samples, sound.level);
        write(&samples, &folder.join(format!("{}.wav", sound.name)))?;
    }
    Ok(())
}

/// Brings `samples` to an RMS level over both channels, and no peak above -1 dBFS.
fn level(samples: &mut [[f32; 2]], decibels: f32) {
    let power: f32 =
        samples.iter().flatten().map(|x| x * x).sum::<f32>() / (samples.len() * 2) as f32;
    let peak = samples.iter().flatten().fold(0.0_f32, |peak, x| peak.max(x.abs()));
    let gain = 10.0_f32.powf(decibels / 20.0) / power.sqrt().max(1e-9);
    let gain = gain.min(0.89 / peak.max(1e-9));
    for sample in samples.iter_mut().flatten() {
        *sample *= gain;
    }
}

/// Writes 24-bit PCM (RIFF WAVE, format 1).
fn write(samples: &[[f32; 2]], path: &Path) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    let bytes = samples.len() as u32 * 6;
    out.write_all(b"RIFF")?;
    out.write_all(&(36 + bytes).to_le_bytes())?;
    out.write_all(b"WAVEfmt \x10\0\0\0\x01\0\x02\0")?;
    out.write_all(&RATE.to_le_bytes())?;
    out.write_all(&(RATE * 6).to_le_bytes())?;
    out.write_all(b"\x06\0\x18\0data")?;
    out.write_all(&bytes.to_le_bytes())?;
    for sample in samples.iter().flatten() {
        let code = (sample.clamp(-1.0, 1.0) * 8_388_607.0) as i32;
        out.write_all(&code.to_le_bytes()[..3])?;
    }
    out.flush()
}

/// Slow chance: noise of three speeds, about -1 to 1, `hertz` the slowest.
fn drift(at: f32, hertz: f32, seed: u32) -> f32 {
    let layer = |times: f32| noise(at * hertz * times, 0.5, seed);
    0.6 * layer(1.0) + 0.3 * layer(4.1) + 0.15 * layer(17.0)
}
