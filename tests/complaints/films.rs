//! Films of one track of clips, and what is seen in them.

use crate::support::folder::Folder;
use roomtone::play::{Offline, Programme as _};
use roomtone::signal::Image;
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Arc;
use timeline_format::Timeline;

/// A film and the folder of its media.
pub(super) struct Film {
    pub(super) folder: Folder,
    pub(super) timeline: Arc<Timeline>,
}

/// Raster and frames a second.
pub(super) type Form<'a> = (&'a str, &'a str);

/// The film at its beginning: nothing lies on its track.
pub(super) fn empty((raster, rate): Form<'_>) -> Value {
    json!({
        "format": 2, "min_reader": 2,
        "settings": {"raster": raster, "rate": rate, "sound": 48000, "main": "main"},
        "media": {}, "clips": {}, "tracks": {"v1": {"kind": "picture", "order": [""]}},
        "sequences": {"main": {"rate": rate, "tracks": ["v1", ""]}}
    })
}

/// The film of a document that is right.
pub(super) fn read(document: &Value) -> Arc<Timeline> {
    let (timeline, problems) = timeline_format::read(document.to_string().as_bytes()).unwrap();
    assert!(problems.is_empty(), "{problems:?}");
    Arc::new(timeline)
}

/// What a document says of the media at `path`, in the folder of the film.
pub(super) fn described(path: &Path) -> Value {
    let mut row = serde_json::to_value(roomtone::media::probe(path).unwrap()).unwrap();
    row["path"] = json!(path.file_name().unwrap().to_str().unwrap());
    row
}

/// The document with these media and, one after the other, these clips on its track.
pub(super) fn with(mut document: Value, media: Map<String, Value>, clips: Vec<Value>) -> Value {
    let clips = clips.into_iter().enumerate().map(|(at, clip)| (format!("c{at}"), clip));
    let clips: Map<String, Value> = clips.collect();
    let mut order: Vec<String> = clips.keys().cloned().collect();
    order.push(String::new());
    document["media"] = Value::Object(media);
    document["clips"] = Value::Object(clips);
    document["tracks"]["v1"]["order"] = json!(order);
    document
}

impl Film {
    pub(super) fn length(&self) -> i64 {
        self.timeline.main().unwrap().length()
    }

    /// What a delivery is made of.
    pub(super) fn offline(&self) -> Offline {
        Offline::open(&self.timeline, self.folder.path(), 0..self.length()).unwrap()
    }

    /// Every picture of it.
    pub(super) fn pictures(&self) -> Vec<Arc<Image>> {
        let mut film = self.offline();
        (0..self.length()).map(|frame| film.picture(frame).unwrap()).collect()
    }

    /// Writes it where the program finds it.
    pub(super) fn save(&self) {
        roomtone::project::save(&self.folder.file("film.roomtone"), &self.timeline).unwrap();
    }
}

/// Writes a flat grey picture of 8 bits.
pub(super) fn grey(path: &Path, level: u8) {
    image::GrayImage::from_pixel(64, 36, image::Luma([level])).save(path).unwrap();
}

/// The level at the middle of a picture, from 0 to 255 with its fraction, over black.
pub(super) fn level(image: &Image) -> f64 {
    let png = roomtone::deliver::png(image, true).unwrap();
    let picture = image::load_from_memory(&png).unwrap().to_rgba16();
    let pixel = picture.get_pixel(picture.width() / 2, picture.height() / 2).0;
    f64::from(pixel[0]) / 257.0 * f64::from(pixel[3]) / 65_535.0
}
