//! Each rule, broken on a sound film.

use crate::{Timeline, check, read};

const FILM: &str = r#"{"format":2,"min_reader":2,
"settings":{"raster":"1920x1080","rate":"25","sound":48000,"main":"main"},
"media":{"m":{"kind":"video","rate":"25","length":100,"path":"m.mov"},
"w":{"kind":"sound","length":480000,"sound":{"rate":48000,"channels":2},"path":"w.wav"}},
"shots":{"s":{"name":"010","take":"t","in":1,"out":9,"takes":[{"id":"t","media":"m","windows":[[0,90]]},{"id":"u","media":"m"}]}},
"sequences":{"main":{"rate":"25","tracks":["v","o","a","n",""]},"inner":{"rate":"25","tracks":["iv",""]}},
"tracks":{"v":{"kind":"picture","order":["c1","c2","c3",""]},"o":{"kind":"picture","free":true},
"a":{"kind":"sound","output":"mix","order":["a1",""]},"n":{"kind":"sound","free":true},"iv":{"kind":"picture","order":["ic",""]}},
"clips":{"c1":{"length":20,"in":10,"link":"l","media":"m"},"c2":{"length":30,"in":40,"shot":"s"},"c3":{"length":10,"sequence":"inner"},
"a1":{"length":20,"in":10,"link":"l","sound":{"gain":{"keys":[{"at":0,"value":0.0},{"at":9,"value":-3.0}]}},"media":"m"},
"ov":{"track":"o","at":5,"length":10,"media":"m"},"ic":{"length":40,"media":"m"},
"f":{"track":"n","at":{"clip":"c2","offset":-1},"length":"21/2","sound":{"fade_in":{"length":2}},"media":"w"}},
"transitions":{"x":{"from":"c1","to":"c2","kind":"dissolve","before":5,"after":6,"track":"v"}},
"buses":{"main/mix":{"name":"Mix"},"main/dx":{"output":"mix","name":"Dx"}},
"deliveries":{"d":{"from":0,"to":10,"preset":"web-h264"}}}"#;

fn film(text: &str) -> Timeline {
    let (film, problems) = read(text.as_bytes()).unwrap();
    assert_eq!(problems, [], "{text}");
    film
}

fn codes(text: &str) -> Vec<&'static str> {
    check(&film(text)).iter().map(|problem| problem.code).collect()
}

#[test]
fn a_sound_film_has_no_problems() {
    assert_eq!(check(&film(FILM)), []);
}

#[test]
fn every_rule_finds_its_fault() {
    for (what, with, code) in [
        (r#""main":"main""#, r#""main":"gone""#, "main-missing"),
        (r#""sound":48000,"main"#, r#""sound":1,"main"#, "sound-rate"),
        (r#""rate":"25","length":100"#, r#""length":100"#, "media-range"),
        (r#""length":100"#, r#""length":0"#, "media-range"),
        (r#""channels":2"#, r#""channels":0"#, "media-range"),
        (r#""path":"m.mov""#, r#""path":"http://x/m.mov""#, "path-unsafe"),
        (r#""path":"m.mov""#, r#""path":"m\u0000.mov""#, "path-unsafe"),
        (r#""path":"m.mov""#, r#""path":"../m.mov""#, "path-elsewhere"),
        (r#""take":"t""#, r#""take":"z""#, "take-missing"),
        (r#""id":"u""#, r#""id":"t""#, "id-double"),
        (r#""id":"u","media":"m""#, r#""id":"u","media":"zz""#, "source-missing"),
        (r#""out":9"#, r#""out":1"#, "range-empty"),
        ("[[0,90]]", "[[50,50]]", "range-empty"),
        ("[[0,90]]", "[[0,60]]", "outside-window"),
        ("[[0,90]]", "[[36,90]]", "outside-window"),
        (r#""to":10"#, r#""to":0"#, "range-empty"),
        (r#""shot":"s""#, r#""shot":"zz""#, "source-missing"),
        (r#""sequence":"inner""#, r#""sequence":"main""#, "sequence-cycle"),
        (
            r#""ic":{"length":40,"media":"m""#,
            r#""ic":{"length":40,"sequence":"main""#,
            "sequence-cycle",
        ),
        (
            r#"{"rate":"25","tracks":["v""#,
            r#"{"rate":"25","timecode":"df","tracks":["v""#,
            "drop-frame",
        ),
        (r#""output":"mix","order""#, r#""output":"zz","order""#, "bus-missing"),
        (r#"{"name":"Mix"}"#, r#"{"output":"dx","name":"Mix"}"#, "bus-cycle"),
        (r#""clip":"c2""#, r#""clip":"zz""#, "anchor-missing"),
        (r#""at":5"#, r#""at":"11/2""#, "off-grid"),
        (
            r#""in":10,"link":"l","media""#,
            r#""in":10,"speed":1000,"link":"l","media""#,
            "speed-range",
        ),
        (r#""fade_in":{"length":2}"#, r#""fade_in":{"length":11}"#, "fade-too-long"),
        (r#""in":40,"shot""#, r#""in":71,"shot""#, "clip-past-media"),
        (r#""in":40,"shot""#, r#""in":100,"speed":0,"shot""#, "clip-past-media"),
        (r#""in":40,"shot""#, r#""in":4,"shot""#, "handles-missing"),
        (r#""before":5"#, r#""before":21"#, "transition-too-long"),
        (r#""before":5,"after":6"#, r#""before":0,"after":0"#, "transition-length"),
        (r#""from":"c1","to":"c2""#, r#""from":"c1","to":"c3""#, "transition-dangling"),
        (
            r#""transitions":{"#,
            r#""transitions":{"y":{"from":"c2","to":"c3","kind":"dissolve","before":25,"after":0,"track":"v"},"#,
            "transition-overlap",
        ),
        (r#""in":10,"link":"l","sound""#, r#""in":12,"link":"l","sound""#, "link-out-of-sync"),
        (r#""at":9,"value""#, r#""at":0,"value""#, "curve-order"),
        (r#""value":-3.0"#, r#""value":[1.0]"#, "curve-kinds"),
        (r#""value":-3.0"#, r#""value":0.0,"ease":{"bezier":[2,0,1,1]}"#, "curve-handles"),
        (r#"[{"at":0,"value":0.0},{"at":9,"value":-3.0}]"#, "[]", "curve-empty"),
    ] {
        assert_eq!(FILM.matches(what).count(), 1, "{what}");
        let found = codes(&FILM.replace(what, with));
        assert!(found.contains(&code), "{with}: {found:?} lacks {code}");
    }
}

#[test]
fn problems_say_where_in_the_film() {
    let problems = check(&film(&FILM.replace(r#""in":40,"shot""#, r#""in":4,"shot""#)));
    let said: Vec<_> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "error handles-missing: the transition needs 5 frames of the incoming clip ahead of its start, \
          and the source has 4 (sequence main, track v, clip c2, 00:00:00:20; /transitions/x): shorten \
          or shift it, or let it freeze, mirror or slow the clip"
        ]
    );
}

#[test]
fn doubles_in_memory_are_found_and_written_apart() {
    let mut film = film(FILM);
    let main = film.main().unwrap().as_ref().clone();
    film.sequences.insert(crate::Id::parse("copy").unwrap(), std::sync::Arc::new(main));
    assert!(check(&film).iter().any(|problem| problem.code == "id-double"));
    let (back, problems) = read(crate::write(&film).as_bytes()).unwrap();
    assert_eq!(problems, []);
    let clips = |film: &Timeline| -> usize {
        let tracks = film.sequences.values().flat_map(|sequence| sequence.tracks.iter());
        tracks.map(|track| track.reel().map_or(0, super::super::reel::Reel::count)).sum()
    };
    assert_eq!(clips(&back), clips(&film));
    assert_eq!(check(&back), []);
}
