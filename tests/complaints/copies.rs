//! Stand-ins change nothing that is delivered, and are let go of when their original is another.

use super::films::{self, Film};
use crate::support::folder::Folder;
use crate::support::{oracle, program};
use roomtone::media::proxy;
use roomtone::workers::Stop;
use serde_json::{Map, json};
use std::path::Path;

/// A film of a large video whose frames lean on many others.
fn film() -> Film {
    let folder = Folder::new();
    let path = folder.file("large.mp4");
    let source = ["-f", "lavfi", "-i", "testsrc2=s=1280x720:r=25:d=0.4", "-pix_fmt", "yuv420p"];
    let coding = ["-c:v", "libx264", "-preset", "ultrafast", "-g", "250"];
    oracle::ffmpeg(&[&source[..], &coding, &[path.to_str().unwrap()]].concat());
    let media = Map::from_iter([("large".to_owned(), films::described(&path))]);
    let clip = json!({"media": "large", "in": 0, "length": 10, "placement": {"scale": 0.5}});
    let document = films::with(films::empty(("320x180", "25")), media, vec![clip]);
    Film { timeline: films::read(&document), folder }
}

fn delivered(film: &Film, name: &str) -> Vec<u8> {
    let call = format!("deliver film.roomtone --preset draft-h264 -o {name}");
    program::done(film.folder.path(), &call);
    std::fs::read(film.folder.file(name)).unwrap()
}

/// How many stand-ins lie beside the film.
fn stand_ins(folder: &Path) -> usize {
    std::fs::read_dir(folder.join(".roomtone-proxies")).map_or(0, Iterator::count)
}

#[test]
fn a_delivery_is_the_same_with_stand_ins_and_without() {
    if !oracle::have("ffmpeg", "a_delivery_is_the_same_with_stand_ins_and_without") {
        return;
    }
    let film = film();
    film.save();
    let without = delivered(&film, "without.mp4");
    let path = film.folder.file("large.mp4");
    let media = roomtone::media::probe(&path).unwrap();
    proxy::make(&path, &media, film.folder.path(), &Stop::new()).unwrap().unwrap();
    assert_eq!(stand_ins(film.folder.path()), 1);
    assert!(delivered(&film, "with.mp4") == without, "the same bytes");
}

#[test]
fn an_original_of_the_same_size_and_date_but_other_content_has_no_stand_in() {
    if !oracle::have("ffmpeg", "an original of other content") {
        return;
    }
    let film = film();
    let (folder, path) = (film.folder.path(), film.folder.file("large.mp4"));
    let media = roomtone::media::probe(&path).unwrap();
    let made = proxy::make(&path, &media, folder, &Stop::new()).unwrap().unwrap();
    assert_eq!(proxy::place(&path, folder), Some(made.clone()));
    let date = std::fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x55;
    std::fs::write(&path, bytes).unwrap();
    std::fs::File::options().write(true).open(&path).unwrap().set_modified(date).unwrap();
    assert_ne!(
        proxy::place(&path, folder),
        Some(made),
        "what stands for other content is not found"
    );
}
