//! The cut: from the coast at night through a room and a street to the coast in the morning.

mod media;
mod mix;
mod picture;
mod places;
mod sound;

use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::timeline::Delivery;
use timeline_format::{Extra, Frames, Id, Marker, Rate, Sequence, Timeline};

/// The film, as a value.
pub fn film() -> Timeline {
    let rate = rate(25);
    let raster = Raster { width: 1920, height: 1080 };
    let mut film = Timeline::new(raster, rate, crate::sounds::RATE, id("main"));
    Arc::make_mut(&mut film.settings).title = String::from("Before Morning");
    film.media = media::all().into_iter().map(|(id, media)| (id, Arc::new(media))).collect();
    film.shots = picture::shots().into_iter().map(|(id, shot)| (id, Arc::new(shot))).collect();
    film.places = places::all().into_iter().map(|(id, place)| (id, Arc::new(place))).collect();
    film.deliveries = deliveries().into_iter().map(|(id, sent)| (id, Arc::new(sent))).collect();
    let mut main = Sequence::new(rate);
    main.header.name = String::from("Before Morning");
    main.header.start = 25 * 3600;
    main.tracks.push_back(Arc::new(picture::track()));
    main.tracks.extend(sound::tracks().into_iter().map(Arc::new));
    main.buses = mix::buses().into_iter().map(|(id, bus)| (id, Arc::new(bus))).collect();
    main.markers = markers().into_iter().map(|(id, mark)| (id, Arc::new(mark))).collect();
    film.with_sequence(id("main"), main)
}

/// The film's document.
pub fn text() -> String {
    timeline_format::write(&film())
}

fn markers() -> Vec<(Id, Marker)> {
    let mark = |name: &str, at: i64, length: i64, text: &str, note: &str| {
        let (at, length) = (Frames::whole(at), Frames::whole(length));
        let colour = if length == Frames::ZERO { "blue" } else { "amber" };
        let (name_of, colour, note) = (text.to_owned(), colour.to_owned(), note.to_owned());
        (id(name), Marker { at, length, name: name_of, colour, note, extra: Extra::new() })
    };
    let start = picture::start_of;
    vec![
        mark("m-coast", 0, 0, "The coast", "wind; the one light on the headland"),
        mark(
            "m-room",
            start("desk"),
            0,
            "The room",
            "the wind is shut out, the room's own tone is left",
        ),
        mark("m-street", start("street"), 0, "The street", "traffic comes in ahead of its picture"),
        mark(
            "m-held",
            start("one-window"),
            60,
            "Held 2.4 s",
            "nothing moves: long enough to find the window",
        ),
        mark("m-morning", start("curtain"), 0, "The room, morning", "cloth, before it is seen"),
        mark(
            "m-end",
            start("morning"),
            0,
            "The coast, morning",
            "the wind again, and the light put out",
        ),
    ]
}

fn deliveries() -> Vec<(Id, Delivery)> {
    let to = |name: &str, preset: &str, path: &str| {
        let delivery = Delivery {
            preset: preset.to_owned(),
            path: path.to_owned(),
            from: None,
            to: None,
            values: std::collections::BTreeMap::new(),
            extra: Extra::new(),
        };
        (id(name), delivery)
    };
    vec![
        to("web", "web-h264", "delivered/before-morning.mp4"),
        to("master", "master-prores-422hq", "delivered/before-morning.mov"),
    ]
}

/// The id spelled so; a spelling that is none becomes `x`, and the tests find it.
fn id(text: &str) -> Id {
    Id::parse(text)
        .or_else(|| Id::parse("x"))
        .unwrap_or_else(|| timeline_format::IdSource::seeded(0).next_id())
}

/// So many frames a second.
fn rate(frames: u32) -> Rate {
    frames.to_string().parse().unwrap_or_else(|_| unreachable!("whole rates from 1 to 120 exist"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_film_has_no_problem_and_survives_its_text() {
        assert_eq!(timeline_format::check(&film()), []);
        let (read, problems) = timeline_format::read(text().as_bytes()).unwrap();
        assert_eq!((read, problems), (film(), Vec::new()));
    }

    #[test]
    fn the_film_is_28_seconds_and_one_shot_is_held() {
        assert_eq!(film().main().unwrap().length(), 700);
        assert_eq!(picture::length_of("one-window"), 60);
    }
}
