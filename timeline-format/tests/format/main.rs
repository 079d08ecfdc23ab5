//! The format from outside: every version ever written opens, nothing read is lost, nothing panics.
#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod damage;
mod properties;

use std::path::PathBuf;
use timeline_format::{Problem, Timeline, check, read, write};

fn versions() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/versions")
}

fn fixture(name: &str) -> String {
    std::fs::read_to_string(versions().join(name)).unwrap()
}

#[track_caller]
fn reads(text: &str) -> (Timeline, Vec<Problem>) {
    read(text.as_bytes()).unwrap()
}

fn codes(problems: &[Problem]) -> Vec<&'static str> {
    problems.iter().map(|problem| problem.code).collect()
}

#[test]
fn films_of_every_version_open_whole() {
    let mut count = 0;
    for entry in std::fs::read_dir(versions()).unwrap() {
        let path = entry.unwrap().path();
        let (film, problems) = reads(&std::fs::read_to_string(&path).unwrap());
        assert_eq!(problems, [], "{path:?}");
        let found = codes(&check(&film));
        assert!(found.iter().all(|code| *code == "outside-window"), "{path:?}: {found:?}");
        assert!(film.main().unwrap().length() > 0, "{path:?}");
        count += 1;
    }
    assert!(count > timeline_format::FORMAT, "one film for each format, drafts included");
}

#[test]
fn the_full_film_is_written_as_it_was_read() {
    let text = fixture("2.roomtone");
    let (film, _) = reads(&text);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(versions().join("2.roomtone"), write(&film)).unwrap();
    }
    assert_eq!(write(&film), text);
}

#[test]
fn drafts_become_films_of_today() {
    let (film, _) = reads(&fixture("0.roomtone"));
    let main = film.main().unwrap();
    assert_eq!(main.length(), 63);
    assert_eq!((main.tracks.len(), main.markers.len(), main.buses.len()), (2, 1, 1));
    assert_eq!(main.tracks[0].transitions.len(), 1);
    let text = write(&film);
    assert!(text.starts_with("{\n\"format\": 2,\n\"min_reader\": 2,\n\n\"settings\""), "{text}");
    assert_eq!(reads(&text), (film, vec![]));
}

#[test]
fn places_that_were_words_become_records() {
    let (film, _) = reads(&fixture("1.roomtone"));
    let place = film.shots.values().find_map(|shot| shot.place).unwrap();
    assert_eq!((place.as_str(), film.places[&place].name.as_str()), ("corridor", "corridor"));
    let two =
        fixture("1.roomtone").replace("\"place\": \"corridor\"", "\"place\": \"The Café, Paris\"");
    let (film, problems) = reads(&two);
    assert_eq!((codes(&problems), film.places.len()), (vec![], 1));
    let (id, place) = film.places.iter().next().unwrap();
    assert_eq!((id.as_str(), place.name.as_str()), ("the-caf---par", "The Café, Paris"));
}

#[test]
fn what_is_unknown_survives() {
    let text = fixture("2.roomtone");
    for kept in
        ["\"client\"", "\"vendor\"", "\"future\"", "\"zz_future_table\"", "a gap that says more"]
    {
        assert!(write(&reads(&text).0).contains(kept), "{kept}");
    }
}

#[test]
fn a_newer_film_loads_with_a_warning_and_stays_newer() {
    let text = fixture("2.roomtone").replace("\"format\": 2,", "\"format\": 3,");
    let (film, problems) = reads(&text);
    assert_eq!(codes(&problems), ["format-newer"]);
    assert_eq!(write(&film), text);
    let needs = text.replace("\"min_reader\": 2,", "\"min_reader\": 3,");
    let said = read(needs.as_bytes()).unwrap_err().to_string();
    assert!(said.contains("open it with a newer version of the program"), "{said}");
}

#[test]
fn a_crlf_film_reads_the_same() {
    let text = fixture("2.roomtone");
    assert_eq!(reads(&text.replace('\n', "\r\n")), reads(&text));
    assert_eq!(reads(&format!("\u{feff}{text}")), reads(&text));
}
