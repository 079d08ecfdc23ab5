//! Places: heard across every cut, crossing to each other, and moved by no edit of the picture.

use super::film::{Film, Sound, bytes, clip, id, item, layer, noise, sine};
use roomtone::edit::{self, Scope, Setting};
use roomtone::signal::Samples;
use roomtone::sound::places::{READY, lived_in, scenes, spans};
use roomtone::sound::{Mix, stems};
use std::collections::BTreeMap;
use std::sync::Arc;
use timeline_format::clip::Generator;
use timeline_format::media::SoundStream;
use timeline_format::mix::{Layout, NodeInstance};
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Bed, Clip, Extra, Frames, Id, IdSource, Item, Location, Param, Perspective, Role, Source,
    Timeline,
};

const RATE: usize = 48_000;
/// Samples in a frame.
const FRAME: usize = 2000;

fn generator(kind: &str, values: &[(&str, f64)]) -> Source {
    let values = values.iter().map(|(name, value)| ((*name).to_owned(), Param::number(*value)));
    Source::Generator(Generator {
        kind: kind.into(),
        values: values.collect(),
        extra: Extra::new(),
    })
}

fn place(name: &str, beds: Vec<Bed>, crossing: i64) -> Location {
    let mut place = Location { beds, ..Location::new(name) };
    place.crossing.length = Frames::whole(crossing);
    place
}

fn tone(frequency: f64) -> Bed {
    let sound = generator("tone", &[("frequency", frequency), ("level", -12.0)]);
    Bed::new(id("tone"), sound)
}

/// A film whose picture is so many frames in each of the places named.
fn film(stays: &[(&str, i64)]) -> Film {
    let mut film = Film::new("24", RATE as u32);
    film.video("v", "24", Sound::new(RATE as u32, vec![vec![0.0; 10 * RATE]]));
    let picture = |(number, (place, length)): (usize, &(&str, i64))| {
        let clip = Clip { place: Id::parse(place), ..clip("v", 0) };
        item(&format!("p{number}"), *length, clip)
    };
    let items: Vec<Item> = stays.iter().enumerate().map(picture).collect();
    film.tracks("v1", TrackKind::Picture, Content::Sequential(items.into_iter().collect()));
    film
}

fn with_places(film: &mut Film, places: Vec<(&str, Location)>) {
    for (name, place) in places {
        film.timeline.places.insert(id(name), Arc::new(place));
    }
}

/// All that is heard of a film as it was edited.
fn heard(film: &Film, timeline: &Timeline) -> Samples {
    let (mut mix, problems) = Mix::new(timeline, id("main"), film, Layout::Stereo);
    assert!(problems.is_empty(), "{problems:?}");
    let mut out = Samples::silence(2, mix.length() as usize);
    mix.render(&mut out);
    out
}

fn rms(samples: &[f32]) -> f64 {
    let sum: f64 = samples.iter().map(|sample| f64::from(*sample).powi(2)).sum();
    (sum / samples.len() as f64).sqrt()
}

/// The strength of a frequency in a stretch of sound, as the root of its mean square.
fn strength(samples: &[f32], frequency: f64) -> f64 {
    let turn = std::f64::consts::TAU * frequency / RATE as f64;
    let (mut x, mut y) = (0.0, 0.0);
    for (sample, value) in samples.iter().enumerate() {
        let angle = turn * sample as f64;
        x += f64::from(*value) * angle.cos();
        y += f64::from(*value) * angle.sin();
    }
    x.hypot(y) / samples.len() as f64 * 2.0_f64.sqrt()
}

#[test]
fn no_cut_is_heard_within_a_place() {
    let wind = || vec![Bed::new(id("wind"), generator("wind", &[("level", -30.0)]))];
    let mut whole = film(&[("hall", 96)]);
    let mut cut = film(&[("hall", 24), ("hall", 13), ("hall", 59)]);
    for film in [&mut whole, &mut cut] {
        with_places(film, vec![("hall", place("Hall", wind(), 12))]);
    }
    let (whole, cut) = (whole.bounce(Layout::Stereo), cut.bounce(Layout::Stereo));
    assert!(rms(&whole.channels()[0]) > 1e-3);
    assert_eq!(bytes(&whole), bytes(&cut));
}

/// Trims, slips, razors and speeds of the picture: the air stands where it stood in the film.
#[test]
fn no_edit_of_the_picture_moves_the_air() {
    let mut film = film(&[("hall", 40), ("hall", 40), ("hall", 40)]);
    let rain = vec![Bed::new(id("rain"), generator("rain", &[("level", -30.0)]))];
    with_places(&mut film, vec![("hall", place("Hall", rain, 12))]);
    let before = film.timeline();
    let (scope, ids) = (Scope::of(id("main")), &mut IdSource::seeded(1));
    let razor = edit::Razor { at: 17, tracks: None };
    let trim = edit::Trim { clip: id("p1"), edge: edit::Edge::Tail, by: -7 };
    let razored = edit::razor(&before, scope, &razor, ids).unwrap().timeline;
    let trimmed = edit::ripple_trim(&razored, scope, &trim, ids).unwrap().timeline;
    let (old, new) = (heard(&film, &before), heard(&film, &trimmed));
    let kept = 113 * FRAME - 200;
    assert_eq!(new.length(), 113 * FRAME);
    for (old, new) in old.channels().iter().zip(new.channels()) {
        assert_eq!(old[200..kept], new[200..kept]);
    }
}

#[test]
fn places_cross_at_equal_power_about_the_cut_or_ahead_of_it() {
    for (lead, middle) in [(0, 48), (6, 42), (-6, 54)] {
        let mut film = film(&[("hall", 48), ("yard", 48)]);
        let (one, other) = (vec![tone(480.0)], vec![tone(960.0)]);
        let mut yard = place("Yard", other, 8);
        yard.crossing.lead = Frames::whole(lead);
        with_places(&mut film, vec![("hall", place("Hall", one, 2)), ("yard", yard)]);
        let sound = film.bounce(Layout::Stereo);
        let at = |frame: f64, frequency: f64| {
            let from = (frame * FRAME as f64) as usize;
            let all = strength(&sound.channels()[0][from..from + FRAME / 5], frequency);
            let full = strength(&sound.channels()[0][FRAME * 10..][..FRAME / 5], 480.0);
            20.0 * (all / full).log10()
        };
        let moments = [f64::from(middle) - 4.5, f64::from(middle) - 0.1, f64::from(middle) + 4.3];
        let [before, middle, behind] = moments.map(|frame| [at(frame, 480.0), at(frame, 960.0)]);
        assert!(before[0].abs() < 0.1 && before[1] < -20.0, "{lead}: {before:?}");
        assert!(middle.iter().all(|level| (level + 3.0).abs() < 0.4), "{lead}: {middle:?}");
        assert!(behind[0] < -20.0 && behind[1].abs() < 0.1, "{lead}: {behind:?}");
    }
}

/// A recording starts over where it is said to, and its level stays as it is.
#[test]
fn a_recording_goes_round_between_its_marks() {
    let mut film = film(&[("hall", 240)]);
    let mut sound = noise(3, 3 * RATE);
    sound[..RATE / 2].fill(0.9);
    sound[2 * RATE..].fill(0.9);
    film.sound("bed", Sound::new(RATE as u32, vec![sound]));
    let mut bed = Bed::new(id("bed"), Source::Media(id("bed")));
    (bed.source_in, bed.source_out) =
        (Frames::whole(RATE as i64 / 2), Some(Frames::whole(2 * RATE as i64)));
    bed.loop_fade = Some(Frames::whole(6));
    with_places(&mut film, vec![("hall", place("Hall", vec![bed], 12))]);
    let sound = film.bounce(Layout::Stereo);
    let level = |part: &[f32]| 20.0 * rms(part).log10();
    let usual = level(&sound.channels()[0][4800..RATE]);
    for tenth in 1..99 {
        let part = &sound.channels()[0][RATE / 10 * tenth..][..RATE / 10];
        assert!((level(part) - usual).abs() < 0.4, "{tenth}: {} {usual}", level(part));
        let mean = part.iter().map(|sample| f64::from(*sample)).sum::<f64>() / part.len() as f64;
        assert!(mean.abs() < 0.02, "{tenth}: what lies beyond the marks is heard: {mean}");
    }
}

/// One who comes back hears what would be heard had one never left: sample by sample.
#[test]
fn a_recording_goes_on_while_one_is_elsewhere() {
    let heard = |stays: &[(&str, i64)]| {
        let mut film = film(stays);
        film.sound("bed", Sound::new(RATE as u32, vec![noise(4, 3 * RATE)]));
        let mut media = (*film.timeline.media[&id("bed")]).clone();
        media.sound =
            Some(SoundStream { rate: RATE as u32, channels: 1, ..SoundStream::default() });
        media.length = Some(Frames::whole(3 * RATE as i64));
        film.timeline.media.insert(id("bed"), Arc::new(media));
        let mut bed = Bed::new(id("bed"), Source::Media(id("bed")));
        (bed.source_in, bed.source_out) = (Frames::whole(4801), Some(Frames::whole(100_001)));
        bed.loop_fade = Some(Frames::whole(6));
        let hall = place("Hall", vec![bed], 0);
        with_places(&mut film, vec![("hall", hall), ("yard", place("Yard", Vec::new(), 0))]);
        film.bounce(Layout::Stereo).channels()[0].clone()
    };
    let always = heard(&[("hall", 240)]);
    let back = heard(&[("hall", 31), ("yard", 50), ("hall", 159)]);
    let (left, there) = (31 * FRAME, 81 * FRAME);
    assert_eq!(back[200..left - 200], always[200..left - 200]);
    assert!(back[left + 200..there - 200].iter().all(|sample| *sample == 0.0));
    let end = always.len() - 200;
    assert_eq!(back[there + 200..end], always[there + 200..end]);
    assert_ne!(back[there + 200..there + 400], always[200..400], "it does not begin anew");
}

fn walls() -> NodeInstance {
    let values = BTreeMap::from([("mix".to_owned(), Param::number(100.0))]);
    let (wires, extra) = (BTreeMap::new(), Extra::new());
    NodeInstance { id: id("walls"), kind: "reverb".into(), bypass: false, values, wires, extra }
}

/// Dialogue of a steady sine under a close and a wide shot.
fn seen_from(stands: [Option<Perspective>; 2], room: bool) -> Film {
    let mut film = film(&[("hall", 48), ("hall", 48)]);
    let mut place = place("Hall", Vec::new(), 0);
    place.room.extend(room.then(walls));
    with_places(&mut film, vec![("hall", place)]);
    let high = sine(RATE as u32, 5 * RATE, 9600.0, 0.02);
    let voice = sine(RATE as u32, 5 * RATE, 480.0, 0.25);
    let voice = voice.iter().zip(&high).map(|(low, high)| low + high).collect();
    film.sound("voice", Sound::new(RATE as u32, vec![voice]));
    let free =
        film.free("voice", vec![("say", layer(Frames::ZERO, Frames::whole(96), clip("voice", 0)))]);
    free.header.role = Some(Role::Dialogue);
    let (timeline, ids) = (film.timeline(), &mut IdSource::seeded(1));
    let set = |timeline: &Timeline, name: &str, near, ids: &mut IdSource| {
        let setting = Setting { perspective: Some(near), ..Setting::default() };
        let scope = Scope::of(id("main"));
        edit::set_scene(timeline, scope, (&[id(name)], &setting), ids).unwrap().timeline
    };
    let timeline = set(&timeline, "p0", stands[0], ids);
    let timeline = set(&timeline, "p1", stands[1], ids);
    film.sequence = (**timeline.main().unwrap()).clone();
    film
}

#[test]
fn a_wide_shot_is_softer_and_more_of_the_room_than_a_close_one() {
    let near = [Some(Perspective::Close), Some(Perspective::Wide)];
    let dry = seen_from(near, false).bounce(Layout::Stereo);
    let level = |from: usize| {
        let part = &dry.channels()[0][from..from + RATE / 4];
        20.0 * rms(part).log10()
    };
    let (close, wide) = (level(RATE), level(3 * RATE));
    let expected = Perspective::Wide.stand().gain - Perspective::Close.stand().gain;
    assert!((wide - close - expected).abs() < 0.05, "{close} {wide}");
    let heights = |from: usize| {
        let part = &dry.channels()[0][from..from + RATE / 4];
        20.0 * (strength(part, 9600.0) / strength(part, 480.0)).log10()
    };
    let air = heights(3 * RATE) - heights(RATE);
    assert!((air - Perspective::Wide.stand().air).abs() < 0.8, "{air} dB at 9.6 kHz");
    let flat = seen_from([None, None], false).bounce(Layout::Stereo);
    let plain = &flat.channels()[0][RATE..RATE + RATE / 4];
    assert!((20.0 * rms(plain).log10() - close).abs() < 0.01);
    let wet = seen_from(near, true).bounce(Layout::Stereo);
    let room = |from: usize| {
        let pairs = wet.channels()[0][from..].iter().zip(&dry.channels()[0][from..]);
        let own: Vec<f32> = pairs.take(RATE / 2).map(|(wet, dry)| wet - dry).collect();
        20.0 * rms(&own).log10()
    };
    let (close, wide) = (room(RATE), room(3 * RATE + RATE / 4));
    let sends = |near: Perspective| near.stand().room + near.stand().gain;
    let expected = sends(Perspective::Wide) - sends(Perspective::Close);
    assert!((wide - close - expected).abs() < 1.5, "{close} {wide} {expected}");
}

#[test]
fn stems_of_a_film_with_places_add_up_to_its_mix() {
    let mut film = seen_from([Some(Perspective::Close), Some(Perspective::Medium)], true);
    let mut hall = Location::clone(&film.timeline.places[&id("hall")]);
    hall.beds = vec![
        Bed { role: Role::RoomTone, ..Bed::new(id("air"), generator("room_tone", &[])) },
        Bed { outside: true, ..Bed::new(id("wind"), generator("wind", &[])) },
    ];
    hall.outside.push(NodeInstance {
        id: id("walls"),
        kind: "through".into(),
        values: BTreeMap::from([("distance".to_owned(), Param::number(20.0))]),
        ..walls()
    });
    with_places(&mut film, vec![("hall", hall)]);
    let timeline = film.timeline();
    let lived = lived_in(&timeline, timeline.main().unwrap());
    let stems = stems(&lived);
    assert_eq!(stems.len(), 3, "dialogue, ambience, room tone");
    let mix = film.bounce(Layout::Stereo);
    let mut sum = Samples::silence(2, mix.length());
    for stem in stems {
        let (mut part, problems) = Mix::stem(&timeline, id("main"), &film, Layout::Stereo, stem);
        assert!(problems.is_empty(), "{problems:?}");
        let mut out = Samples::silence(2, mix.length());
        part.render(&mut out);
        for (sum, part) in sum.channels_mut().iter_mut().zip(out.channels()) {
            sum.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
    }
    for (sum, mix) in sum.channels().iter().zip(mix.channels()) {
        let off = sum.iter().zip(mix).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off < 1e-6, "{off}");
    }
}

/// A film of noise in which every ready place is visited sounds, and stays below full scale.
#[test]
fn every_ready_place_is_heard_and_crosses_to_the_next() {
    let names: Vec<(&str, i64)> = READY.iter().map(|ready| (ready.id, 48)).collect();
    let mut film = film(&names);
    let places = READY.iter().map(|ready| (ready.id, ready.location(ready.label)));
    with_places(&mut film, places.collect());
    film.sound("step", Sound::new(RATE as u32, vec![noise(7, 2 * RATE)]));
    let step = film.free("f", vec![("s", layer(Frames::ZERO, Frames::whole(48), clip("step", 0)))]);
    step.header.role = Some(Role::Foley);
    let timeline = film.timeline();
    let main = timeline.main().unwrap();
    let scenes = scenes(&timeline, main);
    assert_eq!(spans(&timeline, main, &scenes).len(), READY.len());
    let sound = film.bounce(Layout::Stereo);
    for (number, ready) in READY.iter().enumerate() {
        let part = &sound.channels()[0][(48 * number + 20) * FRAME..][..20 * FRAME];
        let peak = part.iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
        assert!((1e-5..1.0).contains(&rms(part)) && peak < 1.0, "{}: {}", ready.id, rms(part));
    }
}
