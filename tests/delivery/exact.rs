//! Every frame and every click where the film puts it, at every rate.

use super::film::{self, Film};
use super::presets::{deliver_to, likeness};
use super::probe;
use crate::support::{folder::Folder, oracle};
use roomtone::deliver::presets;

const RATES: [&str; 7] = ["24000/1001", "24", "25", "30000/1001", "30", "50", "60000/1001"];

/// Every frame number, once and in order; every sample of the sound.
fn check(rate: &str, length: i64, id: &str) {
    let preset = presets::find(id).unwrap();
    let mut film = Film::new(rate, length);
    film.format = preset.picture.as_ref().unwrap().format;
    let folder = Folder::new();
    let file = deliver_to(&folder, &film, preset);
    let grey = probe::grey(&file);
    let size = (film.raster.width * film.raster.height) as usize;
    let numbers: Vec<_> =
        grey.chunks(size).map(|picture| film::number(picture, film.raster)).collect();
    assert_eq!(numbers, (0..length).collect::<Vec<_>>(), "{id} at {rate}");
    let (found, made) = (probe::sound(&file, 1, 2), film.sound(1));
    if preset.sound.as_ref().unwrap().codec.is_lossless() {
        assert_eq!(found.len(), made.len(), "{id} at {rate}");
        let worst = found.iter().zip(&made).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst <= 0.5 / 8_388_608.0, "{id} at {rate}: {worst}");
        return;
    }
    let best = (-8..8_i64)
        .max_by(|&a, &b| likeness(&found, &made, a).total_cmp(&likeness(&found, &made, b)));
    assert_eq!(best, Some(0), "{id} at {rate}");
}

#[test]
fn drafts_are_exact_at_every_rate() {
    if oracle::have("ffmpeg", "drafts_are_exact_at_every_rate") {
        for rate in RATES {
            check(rate, 67, "draft-h264");
        }
    }
}

#[test]
fn masters_are_exact_at_every_rate() {
    if oracle::have("ffmpeg", "masters_are_exact_at_every_rate") {
        for rate in RATES {
            check(rate, 23, "master-prores-422hq");
        }
        for rate in RATES {
            check(rate, 9, "archive-ffv1");
        }
    }
}

#[test]
fn any_length_is_exact() {
    if oracle::have("ffmpeg", "any_length_is_exact") {
        for &length in &[1, 2, 3, 5, 60] {
            check("24000/1001", length, "draft-h264");
        }
        for &length in &[1, 2] {
            check("25", length, "master-dnxhr-hqx");
        }
    }
}
