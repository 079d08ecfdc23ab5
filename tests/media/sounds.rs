//! Sample n is sample n in every container and codec, from front to back and at random.

use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::media::{self, Sounds};
use roomtone::signal::Samples;
use std::path::Path;
use timeline_format::media::MediaKind;

/// Name and what ffmpeg is told. A click lies at sample 30000 of noise, in the left channel.
const FILES: &[(&str, &str)] = &[
    ("s16.wav", "-c:a pcm_s16le"),
    ("s24.wav", "-c:a pcm_s24le"),
    ("f32.wav", "-c:a pcm_f32le"),
    ("mono.wav", "-c:a pcm_s16le -ac 1"),
    ("rf64.wav", "-c:a pcm_s24le -rf64 always"),
    ("s16.aiff", "-c:a pcm_s16be"),
    ("l.flac", "-c:a flac"),
    ("l24.flac", "-c:a flac -sample_fmt s32"),
    ("m.mp3", "-c:a libmp3lame -b:a 128k"),
    ("v.ogg", "-c:a libvorbis"),
    ("o.opus", "-c:a libopus"),
    ("a.m4a", "-c:a aac"),
    ("l.m4a", "-c:a alac"),
    ("o.mp4", "-c:a libopus -ar 48000"),
    ("m.mp4", "-c:a libmp3lame"),
    ("u8.wav", "-c:a pcm_u8"),
    ("s32.wav", "-c:a pcm_s32le"),
    ("f64.wav", "-c:a pcm_f64le"),
    ("surround.wav", "-c:a pcm_s24le -ac 6"),
    ("w.w64", "-c:a pcm_s16le"),
    ("s24.aiff", "-c:a pcm_s24be"),
    ("f32.aiff", "-c:a pcm_f32be"),
    ("vbr.mp3", "-c:a libmp3lame -q:a 4"),
    ("v.mka", "-c:a libvorbis"),
    ("a.mp4", "-c:a aac -f mp4"),
    ("a.mov", "-c:a pcm_s24le"),
    ("a.mkv", "-c:a aac"),
    ("p.mkv", "-c:a pcm_s16le"),
    ("f.mkv", "-c:a flac"),
    ("o.webm", "-c:a libopus"),
    ("v.webm", "-c:a libvorbis"),
    ("a.ts", "-c:a aac"),
    ("m.ts", "-c:a mp2"),
    ("a.aac", "-c:a aac"),
    ("p.avi", "-c:a pcm_s16le"),
    ("c.caf", "-c:a pcm_s24le"),
];

const NOISE: &str =
    "aevalsrc=random(0)*0.2+between(n\\,30000\\,30000)*0.7|sin(n*n/200000)*0.3:s=44100:d=3.1";

fn decoded(path: &Path) -> Vec<f32> {
    let input = path.to_str().unwrap();
    let bytes = oracle::ffmpeg(&["-i", input, "-map", "0:a:0", "-f", "f32le", "-"]);
    bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect()
}

fn interleaved(samples: &Samples) -> Vec<f32> {
    let channels = samples.channels();
    (0..samples.length()).flat_map(|at| channels.iter().map(move |run| run[at])).collect()
}

/// The largest difference, and where.
fn worst(a: &[f32], b: &[f32]) -> (f32, usize) {
    let pairs = a.iter().zip(b).map(|(a, b)| (a - b).abs()).zip(0..);
    pairs.fold((0.0, 0), |worst, this| if this.0 > worst.0 { this } else { worst })
}

/// Samples that an MP4 file states. What ffmpeg decodes after them is the coder's padding.
fn stated(path: &Path) -> Option<usize> {
    let name = path.to_str().unwrap();
    let is_mp4 = ["m4a", "mp4", "mov"].iter().any(|ending| name.ends_with(ending));
    let ask = ["-v", "error", "-show_entries", "stream=duration_ts", "-of", "csv=p=0", name];
    let said = String::from_utf8(oracle::output("ffprobe", &ask)).unwrap();
    is_mp4.then(|| said.trim().parse().unwrap())
}

fn check(path: &Path) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut truth = decoded(path);
    if let Some(stated) = stated(path) {
        let spoken = truth.len() / 2 - stated;
        assert!(spoken < 2048, "{name}: {spoken} samples of padding");
        truth.truncate(stated * 2);
    }
    let media = media::probe(path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(media.kind, MediaKind::Sound, "{name}");
    let mut sounds = Sounds::open(path, &media).unwrap();
    let (channels, length) = (sounds.channels(), sounds.length());
    assert_eq!(length as usize * channels, truth.len(), "{name}: length");
    let mut all = Samples::silence(channels, length as usize);
    assert_eq!(sounds.read(0, &mut all).unwrap(), length as usize, "{name}");
    let (difference, at) = worst(&interleaved(&all), &truth);
    assert!(difference == 0.0, "{name}: {difference} at {at}");
    let mut state = 3_u32;
    let anywhere = (0..24).map(|_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i64::from(state >> 8) % (length + 2000) - 1000
    });
    for at in anywhere.chain((0..length + 700).step_by(700)) {
        let mut some = Samples::silence(channels, 700);
        sounds.read(at, &mut some).unwrap();
        for channel in 0..channels {
            for (i, heard) in some.channels()[channel].iter().enumerate() {
                let n = at + i as i64;
                let wanted = if (0..length).contains(&n) {
                    truth[n as usize * channels + channel]
                } else {
                    0.0
                };
                let difference = (heard - wanted).abs();
                assert!(difference == 0.0, "{name}: sample {n} is off by {difference}");
            }
        }
    }
}

#[test]
fn every_sample_of_every_codec_is_reached_from_anywhere() {
    if !oracle::have("ffmpeg", "samples of every codec") {
        return;
    }
    let folder = Folder::new();
    for (name, coding) in FILES {
        let path = folder.file(name);
        let mut arguments = vec!["-f", "lavfi", "-i", NOISE];
        if name.ends_with("opus") || name.ends_with("o.webm") {
            arguments.extend(["-ar", "48000"]);
        }
        arguments.extend(coding.split_whitespace());
        arguments.push(path.to_str().unwrap());
        oracle::ffmpeg(&arguments);
        check(&path);
    }
}
