//! How fast a film of 100,000 clips opens, how big it is, and what an edit in its middle costs,
//! beside the OpenTimelineIO library on the same film in the same run.
//!
//! `cargo bench -p timeline-format [-- CLIPS]`. Each load is a process of its own, from the page
//! cache; figures are medians of seven.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "this is a program for people who measure: it prints, and stops where it cannot go on"
)]

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;
use timeline_format::media::{MediaKind, PictureStream};
use timeline_format::sequence::Raster;
use timeline_format::track::{Content, TrackKind};
use timeline_format::{
    Clip, Cut, Extra, Frames, Id, IdSource, Item, Media, Reel, Sequence, Source, Timeline, Track,
    Transition,
};

const LOADS: usize = 7;
const EDITS: usize = 2001;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match &arguments[..] {
        [word, path] if word == "--load" => load(Path::new(path)),
        [word, path] if word == "--make" => {
            std::fs::write(path, timeline_format::write(&film(100_000))).unwrap();
        }
        [clips] => compare(clips.parse().unwrap()),
        _ => compare(100_000),
    }
}

fn compare(clips: usize) {
    let folder = tempfile::tempdir().unwrap();
    let ours = folder.path().join("film.roomtone");
    let started = Instant::now();
    let film = film(clips);
    let text = timeline_format::write(&film);
    std::fs::write(&ours, &text).unwrap();
    println!("made a film of {clips} clips in {:.1} s", started.elapsed().as_secs_f64());
    let started = Instant::now();
    assert_eq!(timeline_format::write(&film).len(), text.len());
    let write = started.elapsed().as_secs_f64();
    let edits = edits(&film);
    let us = measure_ours(&ours);
    println!("roomtone: file {} bytes, write {write:.3} s", text.len());
    println!(
        "roomtone: open and check {:.3} s ({:.3} s of processor; reading alone {:.3} s), memory {:.0} MiB",
        us[0], us[3], us[2], us[1]
    );
    println!(
        "roomtone: edit in the middle and undo {:.1} us (worst of {EDITS}: {:.1} us)",
        edits[0], edits[1]
    );
    for (name, indent) in [("indented", 4), ("minified", -1)] {
        let other = folder.path().join(format!("{name}.otio"));
        let them = measure_otio(clips, &other, indent);
        println!(
            "OpenTimelineIO {name}: file {} bytes, open {:.3} s ({:.3} s of processor), memory {:.0} MiB",
            them[2], them[0], them[3], them[1]
        );
        println!(
            "  roomtone opens and checks {:.1} times as fast ({:.1} by processor time), in {:.2} of the memory, from {:.2} of the bytes",
            them[0] / us[0],
            them[3] / us[3],
            us[1] / them[1],
            text.len() as f64 / them[2]
        );
    }
}

/// What a program printed; it must not fail.
fn output(command: &mut Command) -> Vec<u8> {
    let out = command.output().unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout
}

/// Runs a script with the Python that has OpenTimelineIO.
fn python(script: &str, arguments: &[&str]) -> Vec<u8> {
    let of_dev = concat!(env!("CARGO_MANIFEST_DIR"), "/../.venv/bin/python");
    let program = std::env::var("ROOMTONE_PYTHON").unwrap_or_else(|_| of_dev.to_owned());
    output(Command::new(program).args(["-c", script]).args(arguments))
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Seconds to open and check, mebibytes that the process grew by, seconds to read, and seconds of
/// processor to open and check.
fn measure_ours(path: &Path) -> [f64; 4] {
    let this = std::env::current_exe().unwrap();
    let loads: Vec<Vec<f64>> = (0..LOADS)
        .map(|_| {
            let out = output(Command::new(&this).arg("--load").arg(path));
            let text = String::from_utf8(out).unwrap();
            text.split_whitespace().map(|figure| figure.parse().unwrap()).collect()
        })
        .collect();
    std::array::from_fn(|index| median(loads.iter().map(|load| load[index]).collect()))
}

fn load(path: &Path) {
    let (before, processor_before) = (resident(), processor());
    let started = Instant::now();
    let (film, problems) = timeline_format::read(&std::fs::read(path).unwrap()).unwrap();
    let read = started.elapsed().as_secs_f64();
    let wrong = timeline_format::check(&film);
    let seconds = started.elapsed().as_secs_f64();
    let used = processor() - processor_before;
    assert!(problems.is_empty() && wrong.is_empty(), "{problems:?} {:?}", wrong.first());
    let grown = (resident() - before) / 1024.0;
    println!("{seconds} {grown} {read} {used} {}", film.media.len());
}

/// Seconds of processor that this process has used.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap_or_default();
    stat.split_whitespace().next().and_then(|used| used.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// Resident memory of this process in kibibytes.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}

/// Microseconds of an edit in the middle of the film and its undo: the median and the worst.
fn edits(film: &Timeline) -> [f64; 2] {
    let main = film.settings.main;
    let mut times = Vec::with_capacity(EDITS);
    let mut history = vec![film.clone()];
    for _ in 0..EDITS {
        let started = Instant::now();
        let edited = trim(history.last().unwrap(), main);
        history.push(edited);
        let undone = history.pop();
        times.push(started.elapsed().as_secs_f64() * 1e6);
        assert_ne!(undone.unwrap().main().unwrap().length(), 0);
    }
    assert_eq!(history[0], *film);
    let worst = times.iter().copied().fold(0.0, f64::max);
    [median(times), worst]
}

/// A ripple trim of the clip in the middle of the first track.
fn trim(film: &Timeline, main: Id) -> Timeline {
    let sequence = film.sequences.get(&main).unwrap();
    let track = &sequence.tracks[0];
    let reel = track.reel().unwrap();
    let (index, _) = reel.at(reel.length() / 2).unwrap();
    let item = reel.get(index).unwrap();
    let shorter = Item { length: item.length - 1, ..item.clone() };
    let content = Content::Sequential(reel.splice(index..index + 1, [shorter]));
    let mut sequence = Sequence::clone(sequence);
    sequence.tracks.set(0, Arc::new(Track { content, ..Track::clone(track) }));
    film.with_sequence(main, sequence)
}

/// Four tracks, each clip with a media of its own, a dissolve at every twentieth cut.
fn film(clips: usize) -> Timeline {
    let rate = "24000/1001".parse().unwrap();
    let main = Id::parse("main").unwrap();
    let mut film = Timeline::new(Raster { width: 1920, height: 1080 }, rate, 48_000, main);
    let mut ids = IdSource::seeded(7);
    let mut sequence = Sequence::new(rate);
    for number in 0..4 {
        let kind = if number < 2 { TrackKind::Picture } else { TrackKind::Sound };
        let mut track = Track::sequential(Id::parse(&format!("t{number}")).unwrap(), kind);
        let mut items: Vec<Item> = Vec::new();
        for index in 0..clips / 4 {
            let media_id = ids.next_id();
            film.media.insert(media_id, Arc::new(media(number, index)));
            let mut clip = Clip::new(Source::Media(media_id));
            clip.name = format!("clip {number} {index}");
            clip.source_in = Frames::whole(24 + (index % 7) as i64);
            let item = Item::clip(ids.next_id(), 48 + (index % 11) as i64, clip);
            if index % 20 == 19 {
                let cut = Cut { from: items.last().map(|item| item.id), to: Some(item.id) };
                track.transitions.insert(cut, Arc::new(dissolve(ids.next_id())));
            }
            items.push(item);
        }
        track.content = Content::Sequential(Reel::from_iter(items));
        sequence.tracks.push_back(Arc::new(track));
    }
    film.with_sequence(main, sequence)
}

fn media(track: usize, index: usize) -> Media {
    Media {
        faults: Vec::new(),
        path: format!("media/track{track}/shot_{index:06}.mov"),
        kind: MediaKind::Video,
        name: String::new(),
        rate: "24000/1001".parse().ok(),
        length: Some(Frames::whole(240)),
        start: 0,
        first_number: None,
        holes: String::new(),
        picture: Some(PictureStream { width: 1920, height: 1080, ..PictureStream::default() }),
        sound: None,
        hash: String::new(),
        origin: [("seed".to_owned(), index.to_string()), ("model".to_owned(), "wan".to_owned())]
            .into(),
        extra: Extra::new(),
    }
}

fn dissolve(id: Id) -> Transition {
    Transition {
        id,
        kind: "dissolve".to_owned(),
        before: 6,
        after: 6,
        sampling: timeline_format::transition::Sampling::Centre,
        shape: None,
        handles: timeline_format::transition::Handles::Real,
        values: [].into(),
        extra: Extra::new(),
    }
}

/// Seconds to open, mebibytes that the process grew by, bytes of the file, seconds of processor.
fn measure_otio(clips: usize, path: &Path, indent: i32) -> [f64; 4] {
    const WRITE: &str = r#"
import sys, opentimelineio as otio
clips, path, indent = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
R = 24000 / 1001
T = lambda v: otio.opentime.RationalTime(v, R)
timeline = otio.schema.Timeline("film")
for number in range(4):
    track = otio.schema.Track(f"t{number}", kind="Video" if number < 2 else "Audio")
    items = []
    for index in range(clips // 4):
        media = otio.schema.ExternalReference(
            f"media/track{number}/shot_{index:06}.mov",
            otio.opentime.TimeRange(T(0), T(240)),
            {"width": 1920, "height": 1080, "origin": {"seed": str(index), "model": "wan"}})
        span = otio.opentime.TimeRange(T(24 + index % 7), T(48 + index % 11))
        if index % 20 == 19:
            items.append(otio.schema.Transition("", "SMPTE_Dissolve", T(6), T(6)))
        items.append(otio.schema.Clip(f"clip {number} {index}", media, span))
    track.extend(items)
    timeline.tracks.append(track)
open(path, "w").write(otio.core.serialize_json_to_string(timeline, {}, indent))
"#;
    const LOAD: &str = r#"
import sys, time, os, opentimelineio as otio
def resident():
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1])
otio.adapters.from_name("otio_json")
otio.adapters.read_from_string(otio.schema.Timeline("x").to_json_string(), "otio_json")
before, used, start = resident(), time.process_time(), time.perf_counter()
timeline = otio.adapters.read_from_file(sys.argv[1])
seconds = time.perf_counter() - start
used = time.process_time() - used
print(seconds, (resident() - before) / 1024, os.path.getsize(sys.argv[1]), used, len(timeline.tracks))
"#;
    let path = path.to_str().unwrap();
    python(WRITE, &[&clips.to_string(), path, &indent.to_string()]);
    let loads: Vec<Vec<f64>> = (0..LOADS)
        .map(|_| {
            let text = String::from_utf8(python(LOAD, &[path])).unwrap();
            text.split_whitespace().map(|figure| figure.parse().unwrap()).collect()
        })
        .collect();
    std::array::from_fn(|index| median(loads.iter().map(|load| load[index]).collect()))
}
