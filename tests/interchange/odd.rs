//! Files in odd states: what OTIO lets its users make, and what happens to files on the way.

use super::films::{Dice, film};
use super::{corpus_folder, import, otio};
use crate::support::oracle;
use proptest::prelude::*;
use roomtone::interchange::{Error, ExportOptions, ImportOptions, Imported};
use serde_json::{Value, json};
use timeline_format::Timeline;
use timeline_format::track::Content;

/// Objects that OTIO's own API makes and writes without a word, one a line.
const ODD: &str = r#"
import opentimelineio as o
from opentimelineio import schema as s
from opentimelineio.opentime import RationalTime as T, TimeRange as R

nan, inf = float("nan"), float("inf")
def clip(name="a", start=0, length=10, rate=24, **more):
    return s.Clip(name, source_range=R(T(start, rate), T(length, rate)), **more)
def gap(length, rate=24):
    return s.Gap(source_range=R(T(0, rate), T(length, rate)))
def cut(a, b, kind="SMPTE_Dissolve", rate=24):
    return s.Transition(transition_type=kind, in_offset=T(a, rate), out_offset=T(b, rate))
def film(*children, kind="Video"):
    timeline = s.Timeline("odd")
    track = s.Track("V", kind=kind)
    track.extend(children)
    timeline.tracks.append(track)
    return timeline

times = [0, -1, 1, 0.5, 1e-9, 1e15, 1e300, nan, inf, -inf]
rates = [0, -24, 23.98, 24, 1e-9, 1e9, 48000, nan, inf]
odd = [film(clip(start=v, length=w, rate=r)) for v in times for w in times for r in rates]
odd += [film(gap(w, r), clip(), kind=k) for w in times for r in rates for k in ("Video", "Audio", "", "Data")]
odd += [film(clip(), cut(v, w, rate=r), clip()) for v in times for w in times for r in rates]
odd += [
    film(cut(1, 1)), film(cut(1, 1), cut(2, 2)), film(clip(), cut(1, 1), cut(2, 2), clip()),
    film(cut(5, 5), clip(), cut(5, 5)), film(clip(), cut(50, 50), clip(), cut(50, 50), clip()),
    film(gap(0), cut(0, 5), clip()), film(gap(5), cut(5, 5), gap(5)), film(clip(), cut(1, 1, "")),
    film(clip(length=1), cut(0, 1, "Custom_Transition"), clip(length=1)),
]
for scalar in [0, 1, -1, 1e-12, 1e300, nan, inf, -0.0]:
    odd.append(film(clip(effects=[s.LinearTimeWarp(time_scalar=scalar)] * 2)))
reference = lambda **more: s.ImageSequenceReference(**more)
for reference in [
    s.ExternalReference(""), s.ExternalReference("file://"), s.ExternalReference("http://a/b.mov?x=1#y"),
    s.ExternalReference("\u0000\n"), s.ExternalReference("a.mov", R(T(10, 24), T(-5, 24))),
    reference(), reference(target_url_base="x", frame_zero_padding=-4, start_frame=-9, frame_step=0, rate=0),
    reference(name_prefix="a#b", name_suffix=".exr", frame_zero_padding=40, rate=24),
    s.GeneratorReference("", ""), s.GeneratorReference(generator_kind="x", parameters={"a": nan, "b": {}}),
    s.MissingReference(),
]:
    odd.append(film(clip(media_reference=reference)))
    odd.append(film(s.Clip("whole", media_reference=reference)))
for thing in [s.Timeline(), s.Stack(), s.Track(), s.Clip(), s.Gap(), cut(1, 1), s.Marker(), s.Effect(),
              s.SerializableCollection(), s.SerializableCollection("c", [s.Clip(), film(clip()), film(clip())])]:
    odd.append(thing)
stack = s.Stack("deep")
for depth in range(90):
    outer = s.Stack(f"{depth}", source_range=R(T(0, 24), T(depth - 5, 24)) if depth % 3 else None)
    outer.append(stack)
    stack = outer
odd.append(film(stack))
odd.append(film(s.Track("inner", [clip()], source_range=R(T(-3, 24), T(5, 24)))))
marked = clip()
marked.markers.append(s.Marker("m", R(T(nan, 24), T(-1, 0))))
odd.append(film(marked))
for thing in odd:
    print(thing.to_json_string(0).replace("\n", " "))
"#;

fn read(bytes: &[u8]) -> Result<Imported, Error> {
    otio().read.unwrap()(bytes, &ImportOptions::default())
}

/// What holds of every film that is read, however odd its file.
fn hold(film: &Timeline) {
    for (id, sequence) in &film.sequences {
        for track in &sequence.tracks {
            match &track.content {
                Content::Sequential(reel) => {
                    assert!(reel.iter().all(|item| item.length > 0), "{id}");
                    let cuts: Vec<_> = (0..=reel.count()).filter_map(|i| track.cut_at(i)).collect();
                    assert!(track.transitions.keys().all(|cut| cuts.contains(cut)), "{id}");
                }
                Content::Free(layers) => {
                    assert!(layers.values().all(|layer| layer.length.numerator() > 0), "{id}");
                }
            }
        }
    }
    let text = timeline_format::write(film);
    let (again, problems) = timeline_format::read(text.as_bytes()).unwrap();
    assert_eq!(&again, film, "{problems:#?}");
    let cut = otio().write.unwrap()(film, &ExportOptions::default()).unwrap().text;
    import(cut.as_bytes());
}

#[test]
fn what_otio_lets_its_users_make_is_read_or_refused_in_words() {
    let lines = oracle::python(ODD, &[]);
    let lines = String::from_utf8(lines).unwrap();
    let (mut read_well, mut noted) = (0, 0);
    for line in lines.lines() {
        match read(line.as_bytes()) {
            Ok(imported) => {
                hold(&imported.timeline);
                read_well += 1;
                noted += usize::from(!imported.notes.is_empty());
            }
            Err(error) => assert!(error.to_string().len() > 20, "{error}"),
        }
    }
    assert!(read_well > 2000 && noted > 1000, "{read_well} {noted}");
}

#[test]
fn negative_nan_and_rateless_times_are_noted_where_they_are() {
    let time = |value: &str, rate: &str| {
        format!(r#"{{"OTIO_SCHEMA": "RationalTime.1", "rate": {rate}, "value": {value}}}"#)
    };
    for (value, rate, why) in [
        ("-5", "24", "below nothing"),
        ("NaN", "24", "value is NaN"),
        ("5", "0", "rate is 0"),
        ("Infinity", "24", "value is inf"),
    ] {
        let text = format!(
            r#"{{"OTIO_SCHEMA": "Clip.2", "name": "shot", "source_range": {{"OTIO_SCHEMA":
            "TimeRange.1", "start_time": {}, "duration": {}}}}}"#,
            time("0", "24"),
            time(value, rate)
        );
        let notes = import(text.as_bytes()).notes;
        let note = notes
            .iter()
            .find(|note| note.text.contains(why))
            .unwrap_or_else(|| panic!("{why}: {notes:?}"));
        assert_eq!(note.place.item, "shot");
        assert!(note.place.object.contains("children[0]"), "{}", note.place.object);
    }
}

#[test]
fn what_is_no_otio_is_refused_in_words() {
    for (text, says) in [
        ("", "the text ends here"),
        ("{}", "does not name an OTIO_SCHEMA"),
        ("[1]", "holds one object"),
        ("{\"a\": nope}", "line 1, column 7: this is no value"),
        (&"[".repeat(100_000), "deeper than 1024"),
        ("RIFF\u{0}\u{1}", "this is no value"),
    ] {
        let error = read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(says), "{text:?}: {error}");
    }
}

#[test]
fn compositions_as_deep_as_a_file_may_be_are_read() {
    for (name, levels) in [("Stack", 500), ("Track", 500), ("SerializableCollection", 500)] {
        let open = format!(r#"{{"OTIO_SCHEMA": "{name}.1", "children": ["#).repeat(levels);
        let imported = import(format!("{open}{}", "]}".repeat(levels)).as_bytes());
        hold(&imported.timeline);
    }
}

/// Replaces one value somewhere in `value` by another.
fn disturb(value: &mut Value, dice: &mut Dice) {
    let odd = [
        json!(null),
        json!(-1),
        json!(1e300),
        json!("x"),
        json!([]),
        json!({}),
        json!(true),
        json!({ "$number": "NaN" }),
        json!(0),
        json!("Track.1"),
        json!("Stack.1"),
        json!(2.5),
        json!({ "OTIO_SCHEMA": "Stack.1", "children": [{ "OTIO_SCHEMA": "Clip.9" }] }),
    ];
    let next = match value {
        Value::Object(map) if !map.is_empty() => {
            let index = dice.below(map.len() as i64) as usize;
            map.values_mut().nth(index)
        }
        Value::Array(list) if !list.is_empty() => {
            let index = dice.below(list.len() as i64) as usize;
            if dice.chance(10) {
                let copy = list[index].clone();
                list.push(copy);
            }
            list.get_mut(index)
        }
        _ => None,
    };
    match next {
        Some(inner) if dice.chance(85) => disturb(inner, dice),
        Some(inner) => *inner = dice.pick(&odd).clone(),
        None => *value = dice.pick(&odd).clone(),
    }
}

fn sources() -> Vec<Vec<u8>> {
    let write = |seed| otio().write.unwrap()(&film(seed), &ExportOptions::default()).unwrap().text;
    let mut sources: Vec<Vec<u8>> = (0..4).map(|seed| write(seed).into_bytes()).collect();
    if let Some(folder) = corpus_folder("otio", "otio fuzz on real files") {
        for name in ["transition_test", "nested_example", "multitrack", "big_int", "enabled"] {
            sources.push(std::fs::read(folder.join(format!("{name}.otio"))).unwrap());
        }
    }
    sources
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn damaged_files_are_read_or_refused(seed in any::<u64>()) {
        let mut dice = Dice { state: seed, ids: 0 };
        for source in sources() {
            for _ in 0..6 {
                let mut bytes = source.clone();
                for _ in 0..=dice.below(4) {
                    let at = dice.below(bytes.len() as i64) as usize;
                    match dice.below(3) {
                        0 => bytes[at] = dice.below(256) as u8,
                        1 => { bytes.truncate(at.max(1)); }
                        _ => { bytes.remove(at); }
                    }
                    if bytes.is_empty() { break }
                }
                let _either = read(&bytes);
            }
            let Ok(whole) = serde_json::from_slice::<Value>(&source) else { continue };
            for _ in 0..10 {
                let mut value = whole.clone();
                for _ in 0..=dice.below(5) {
                    disturb(&mut value, &mut dice);
                }
                if let Ok(imported) = read(value.to_string().as_bytes()) {
                    hold(&imported.timeline);
                }
            }
        }
    }
}
