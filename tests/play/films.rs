//! A film of every kind of media, made on the spot.

use crate::support::folder::Folder;
use crate::support::{barcode, oracle};
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::Image;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;
use timeline_format::Timeline;

/// Frames of every media.
pub const COUNT: usize = 130;

/// A film and the folder that its media lie in.
pub struct Film {
    pub folder: Folder,
    pub timeline: Arc<Timeline>,
}

impl Film {
    pub fn length(&self) -> i64 {
        self.timeline.main().unwrap().length()
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The pictures that a delivery has.
    pub fn delivered(&self) -> Vec<Arc<Image>> {
        let length = self.length();
        let mut film = Offline::open(&self.timeline, self.path(), 0..length).unwrap();
        (0..length).map(|frame| film.picture(frame).unwrap()).collect()
    }
}

/// Media of long and short groups of pictures, with and without frames that lean on later ones, at a
/// variable rate, as numbered files, and one still: name, path, options.
const MEDIA: [(&str, &str, &str); 5] = [
    ("long", "long.mp4", "-c:v libx264 -preset ultrafast -threads 1 -bf 0 -g 250"),
    ("leaning", "leaning.mp4", "-c:v libx264 -preset veryfast -threads 1 -bf 3 -g 50"),
    (
        "uneven",
        "uneven.mkv",
        "-vf setpts='PTS+(mod(N*7\\,5)/5+N*N/200)/25/TB' -vsync vfr -c:v libx264 -preset ultrafast -threads 1 -bf 2 -g 30",
    ),
    ("numbered", "numbered.%04d.png", "-frames:v 40"),
    ("still", "still.png", "-frames:v 1"),
];

/// Clips of the film: media, first frame, length, speed.
const CLIPS: [(&str, i64, i64, i64); 8] = [
    ("long", 0, 60, 1),
    ("leaning", 20, 40, 1),
    ("uneven", 10, 50, 1),
    ("numbered", 2, 30, 1),
    ("still", 0, 12, 1),
    ("long", 60, 40, -1),
    ("leaning", 60, 20, 2),
    ("long", 10, 20, 1),
];

/// The film; `None` where ffmpeg is missing.
pub fn film(test: &str) -> Option<Film> {
    if !oracle::have("ffmpeg", test) {
        return None;
    }
    let folder = Folder::new();
    let raw = barcode::raw(folder.path(), COUNT);
    let mut media = Map::new();
    for (name, file, options) in MEDIA {
        let path = barcode::coded(&raw, file, "25", options);
        let path = path.with_file_name(file.replace("%04d", "####"));
        let mut row = serde_json::to_value(roomtone::media::probe(&path).unwrap()).unwrap();
        row["path"] = json!(path.file_name().unwrap().to_str().unwrap());
        media.insert(name.to_owned(), row);
    }
    std::fs::remove_file(raw).unwrap();
    let timeline = Arc::new(document(media));
    Some(Film { folder, timeline })
}

/// The document: the clips one after the other, a dissolve over the first cut and over the fifth, one
/// clip scaled.
fn document(media: Map<String, Value>) -> Timeline {
    let mut clips = Map::new();
    for (number, (media, first, length, speed)) in CLIPS.iter().enumerate() {
        let clip = json!({"media": media, "in": first, "length": length, "speed": speed});
        clips.insert(format!("c{number}"), clip);
    }
    clips["c7"]["placement"] = json!({"scale": 0.5});
    let mut order = clips.keys().cloned().collect::<Vec<_>>();
    order.push(String::new());
    let dissolve = |from: &str, to: &str| json!({"track": "v1", "from": from, "to": to, "kind": "dissolve", "before": 6, "after": 6});
    let text = json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": "128x72", "rate": "25", "sound": 48000, "main": "main"},
        "media": media, "clips": clips,
        "transitions": {"x1": dissolve("c0", "c1"), "x2": dissolve("c5", "c6")},
        "tracks": {"v1": {"kind": "picture", "order": order}},
        "sequences": {"main": {"rate": "25", "tracks": ["v1", ""]}}
    });
    let (timeline, problems) = timeline_format::read(text.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    timeline
}

/// Numbers that look random, the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, end: i64) -> i64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as i64 % end
    }
}
