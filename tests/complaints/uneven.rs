//! An hour of pictures at no rate at all, with a sound at each: they stay together to half a frame.

use super::films::{self, Film};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::Samples;
use serde_json::json;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// Samples a second of the media.
const RATE: u64 = 8000;
/// Milliseconds of the hour.
const HOUR: u64 = 3_600_000;

/// When picture `n` comes, in milliseconds: every second one is a flash.
const fn time(n: u64) -> u64 {
    n * 4987 + n * 37 % 91
}

/// The hour's sound, mostly nothing: a burst at each flash.
fn bursts(path: &Path) {
    let mut file = std::fs::File::create(path).unwrap();
    file.set_len(HOUR * RATE / 1000 * 2).unwrap();
    let burst: Vec<u8> = (0..160)
        .flat_map(|at| (if at / 4 % 2 == 0 { 26_000_i16 } else { -26_000 }).to_le_bytes())
        .collect();
    for n in (1..).step_by(2).take_while(|n| time(*n) < HOUR) {
        file.seek(SeekFrom::Start(time(n) * RATE / 1000 * 2)).unwrap();
        file.write_all(&burst).unwrap();
    }
}

/// The media: black and white pictures, each on screen until the next.
fn media(folder: &Folder) -> std::path::PathBuf {
    let (sound, picture, path) =
        (folder.file("sound.raw"), folder.file("picture.raw"), folder.file("uneven.mkv"));
    bursts(&sound);
    let count = (0..HOUR).take_while(|n| time(*n) < HOUR).count();
    let pictures = (0..count).flat_map(|n| {
        let luma = vec![if n % 2 == 1 { 235 } else { 16 }; 64 * 36];
        [luma, vec![128; 64 * 36 / 2]].concat()
    });
    std::fs::write(&picture, pictures.collect::<Vec<u8>>()).unwrap();
    let raw = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "64x36", "-r", "1"];
    let raw = [&raw[..], &["-i", picture.to_str().unwrap()]].concat();
    let heard = ["-f", "s16le", "-ar", "8000", "-ac", "1", "-i", sound.to_str().unwrap()];
    let stamps = ["-vf", "settb=1/1000,setpts=N*4987+mod(N*37\\,91)", "-fps_mode", "passthrough"];
    let coding = ["-enc_time_base", "1/1000", "-c:v", "ffv1", "-c:a", "flac"];
    oracle::ffmpeg(&[&raw[..], &heard, &stamps, &coding, &[path.to_str().unwrap()]].concat());
    path
}

fn film(rate: &str, frames: i64) -> Film {
    let folder = Folder::new();
    let row = films::described(&media(&folder));
    let mut document = films::empty(("64x36", rate));
    let clip = json!({"media": "m", "in": 0, "length": frames});
    document["media"] = json!({"m": row});
    document["clips"] = json!({"v": clip, "s": clip});
    document["tracks"] = json!({
        "v1": {"kind": "picture", "order": ["v", ""]},
        "a1": {"kind": "sound", "order": ["s", ""]}
    });
    document["sequences"]["main"]["tracks"] = json!(["v1", "a1", ""]);
    Film { timeline: films::read(&document), folder }
}

/// The frame at which the flash is first seen near `about`, and the second at which its sound begins.
fn flash_and_burst(film: &Film, about: i64) -> (i64, f64) {
    let (first, end) = ((about - 20).max(0), (about + 20).min(film.length()));
    let range = first..end;
    let mut part = Offline::open(&film.timeline, film.folder.path(), range.clone()).unwrap();
    let is_white = |part: &mut Offline, at: i64| films::level(&part.picture(at).unwrap()) > 127.0;
    let seen = (0..end - first).find(|at| is_white(&mut part, *at)).unwrap();
    let mut sound = Samples::silence(2, part.samples() as usize);
    part.sound(&mut sound).unwrap();
    let heard = sound.channels()[0].iter().position(|sample| sample.abs() > 0.25).unwrap();
    let start = part.rate().sample_of(first, 48_000) + heard as i64;
    (first + seen, start as f64 / 48_000.0)
}

#[test]
fn for_an_hour_of_a_variable_rate_flash_and_burst_are_half_a_frame_apart_at_most() {
    if !oracle::have("ffmpeg", "an hour of a variable rate") {
        return;
    }
    let film = film("25", 90_000);
    let all: Vec<u64> = (1..).step_by(2).take_while(|n| time(*n) < HOUR - 1000).collect();
    let some = all.iter().take(6).chain(all.iter().step_by(23)).chain(all.iter().rev().take(6));
    for n in some {
        let wanted = time(*n) as f64 / 1000.0;
        let (frame, burst) = flash_and_burst(&film, (wanted * 25.0) as i64);
        let flash = frame as f64 / 25.0;
        assert!((flash - burst).abs() <= 0.5 / 25.0 + 0.001, "{flash} and {burst} at {wanted}");
        assert!((burst - wanted).abs() < 0.0005, "{burst} and not {wanted}");
    }
}
