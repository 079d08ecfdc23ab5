//! A part of a film whose media run at another rate is exactly that part.

use super::films::{self, Film};
use crate::support::folder::Folder;
use crate::support::{barcode, oracle, program};
use roomtone::play::Programme as _;
use serde_json::{Map, json};
use std::ops::Range;

/// The numbers that the pictures of a delivered file carry.
fn numbers(folder: &Folder, name: &str) -> Vec<usize> {
    let path = folder.file(name);
    let media = roomtone::media::probe(&path).unwrap();
    let mut pictures = roomtone::media::Pictures::open(&path, &media).unwrap();
    (0..pictures.count()).map(|n| barcode::number(&pictures.frame(n).unwrap())).collect()
}

fn film(media_rate: &str, film_rate: &str) -> Film {
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), 130);
    let path = barcode::coded(&raw, "a.mp4", media_rate, "-c:v libx264 -preset ultrafast -bf 2");
    let media = Map::from_iter([("a".to_owned(), films::described(&path))]);
    let clips = vec![json!({"media": "a", "in": 0, "length": 60})];
    let document = films::with(films::empty(("128x72", film_rate)), media, clips);
    Film { timeline: films::read(&document), folder }
}

#[test]
fn a_part_has_exactly_the_frames_that_were_asked_for() {
    if !oracle::have("ffmpeg", "a_part_has_exactly_the_frames_that_were_asked_for") {
        return;
    }
    for (media_rate, film_rate) in
        [("30", "24000/1001"), ("25", "60000/1001"), ("30000/1001", "24")]
    {
        let film = film(media_rate, film_rate);
        film.save();
        let mut offline = film.offline();
        for Range { start, end } in [0..1, 11..48, 59..60, 0..60] {
            let part = format!("--from {start} --to {end}");
            let call = "deliver film.roomtone --preset draft-h264 -o part.mp4 --force";
            program::done(film.folder.path(), &format!("{call} {part}"));
            let wanted = (start..end).map(|at| barcode::number(&offline.picture(at).unwrap()));
            let found = numbers(&film.folder, "part.mp4");
            assert_eq!(found, wanted.collect::<Vec<_>>(), "{media_rate} in {film_rate}: {part}");
            assert_eq!(found.len() as i64, end - start);
        }
        let (first, last) = (offline.picture(0).unwrap(), offline.picture(59).unwrap());
        let rate = |text: &str| text.parse::<timeline_format::Rate>().unwrap().ratio().to_f64();
        let at = (59.5 / rate(film_rate) * rate(media_rate)).floor() as usize;
        assert_eq!((barcode::number(&first), barcode::number(&last)), (0, at));
    }
}
