//! Damaged films: a fault costs its field or its record, is told with its place, and is kept.

use super::{codes, fixture, reads};
use timeline_format::{ReadError, check, read, write};

/// Replaces `what` by `with` in the full film; gives the problems' codes and places.
#[track_caller]
fn damaged(what: &str, with: &str, expected: &[&str]) -> String {
    let text = fixture("2.roomtone");
    assert!(text.contains(what), "{what} is not in the film");
    let text = text.replacen(what, with, 1);
    let (film, problems) = reads(&text);
    let told: Vec<_> = problems
        .iter()
        .map(|problem| format!("{} {}", problem.code, problem.file.pointer))
        .collect();
    assert_eq!(told, expected);
    for problem in &problems {
        assert!(problem.file.line.is_some_and(|line| line <= text.lines().count()), "{problem}");
    }
    let saved = write(&film);
    let (again, _) = reads(&saved);
    assert_eq!(again, film, "{saved}");
    assert_eq!(write(&again), saved);
    saved
}

#[test]
fn a_bad_field_is_set_aside() {
    let saved = damaged(
        "\"role\": \"room-tone\"",
        "\"role\": \"voice-over\"",
        &["field-unreadable /tracks/a2/role"],
    );
    assert!(saved.contains("\"role\": \"voice-over\""));
    let saved =
        damaged("\"speed\": \"1/2\"", "\"speed\": 1.5", &["field-unreadable /clips/c2/speed"]);
    assert!(saved.contains("\"speed\": 1.5"));
    let saved = damaged(
        "\"state\": \"reject\"",
        "\"state\": \"starred\"",
        &["record-unreadable /shots/s-door"],
    );
    assert!(saved.contains("\"state\": \"starred\"") && saved.contains("the one with the bones"));
    damaged("\"hash\": \"blake3:00ff\"", "\"hash\": 12", &["field-unreadable /media/m-clip/hash"]);
}

#[test]
fn a_bad_record_keeps_its_place() {
    for (what, with) in [
        ("\"length\": 48,\n  \"name\"", "\"length\": 48,\n  \"length\": 48,\n  \"name\""),
        ("\"in\": 20", "\"in\": NaN"),
        ("\"in\": 20", "\"in\": 123456789012345678901234567890"),
        ("\"in\": 20", "\"in\": Infinity"),
        ("\"in\": 20", "\"in\" 20"),
    ] {
        let text = fixture("2.roomtone");
        let (film, problems) = reads(&text.replacen(what, with, 1));
        assert_eq!(codes(&problems), ["record-unreadable"], "{with}");
        let main = film.main().unwrap();
        let reel = main.tracks[0].reel().unwrap();
        assert_eq!((reel.count(), reel.get(2).unwrap().is_gap()), (5, true), "{with}");
        let saved = write(&film);
        assert!(
            saved.contains("hold it") && saved.contains(&with.replace('"', "\\\"")[..9]),
            "{saved}"
        );
    }
}

#[test]
fn a_bad_track_comes_back_whole() {
    let text = fixture("2.roomtone");
    let broken = text.replacen(
        "\"kind\": \"picture\",\n  \"order\": [\n    \"c1\"",
        "\"kind\": \"smell\",\n  \"order\": [\n    \"c1\"",
        1,
    );
    assert_ne!(broken, text);
    let (film, problems) = reads(&broken);
    assert_eq!(codes(&problems)[0], "record-unreadable");
    assert_eq!(write(&film), broken, "what was not understood is written as it was");
}

#[test]
fn lists_and_tables_that_disagree_are_told() {
    damaged(
        "\"c1\",\n    \"g1\"",
        "\"c1\",\n    \"nope\",\n    \"g1\"",
        &["order-dangling /tracks/v1/order"],
    );
    damaged(
        "\"c1\",\n    \"g1\"",
        "\"c1\",\n    \"c1\",\n    \"g1\"",
        &["order-dangling /tracks/v1/order"],
    );
    damaged("    \"g1\",\n", "", &["record-unplaced /clips/g1"]);
    damaged("\"track\": \"a2\"", "\"track\": \"a9\"", &["record-unplaced /clips/w1"]);
    damaged("\"main/mk1\"", "\"gone/mk1\"", &["record-unplaced /markers/gone~1mk1"]);
    damaged("\"w2\": {", "\"W 2\": {", &["id-form /clips/W 2"]);
    damaged("\"w2\": {", "\"w1\": {", &["id-double /clips/w1"]);
    damaged("\"length\": 12}", "\"length\": 0}", &["record-unreadable /clips/g1"]);
}

#[test]
fn commas_left_by_a_merge_are_forgiven() {
    let text = fixture("2.roomtone");
    for broken in
        [text.replacen("\n},\n\"c", "\n}\n\"c", 1), text.replacen("\n}\n},", "\n},\n},", 1)]
    {
        assert_ne!(broken, text);
        let (film, problems) = reads(&broken);
        assert_eq!(codes(&problems), ["comma"]);
        assert_eq!(write(&film), text);
    }
}

#[test]
fn what_is_no_film_is_refused_with_its_reason() {
    let deep = format!("{{\"format\":1,\"x\":{}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    for (text, expected) in [
        ("", "line 1, column 1: the text ends before the film does"),
        ("[]", "it holds a list"),
        ("{}", "it states no format"),
        ("{\"OTIO_SCHEMA\":\"Timeline.1\"}", "import it"),
        ("{\"format\":-1}", "its format is -1"),
        ("{\"format\":1,", "the text ends"),
        (&deep, "more than 64 deep"),
        ("{\"format\":1}\n{", "line 2"),
    ] {
        let said = read(text.as_bytes()).unwrap_err().to_string();
        assert!(said.contains(expected), "{said}");
    }
    assert_eq!(read(b"{\"format\":1,\n\"\xff\":1}").unwrap_err(), ReadError::NotText(2));
}

#[test]
fn a_film_without_its_settings_still_opens() {
    let (film, problems) = reads("{\"format\":1}");
    assert_eq!(codes(&problems), ["settings-missing"]);
    assert_eq!(codes(&check(&film)), ["main-missing"]);
    let (film, problems) = reads("{\"format\":1,\"settings\":{\"rate\":\"23.976\"}}");
    assert_eq!(codes(&problems), ["settings-unreadable", "settings-missing"]);
    assert!(write(&film).contains("23.976"));
}
