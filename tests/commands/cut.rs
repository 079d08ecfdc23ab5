//! `roomtone cut`: every verb, what it leaves in the film, and what it says where it cannot be done.
//!
//! Media are written into the film's file by hand: an edit needs none of them to be there.

use crate::support::folder::Folder;
use crate::support::program::{done, fails, roomtone};
use std::path::Path;
use timeline_format::track::Place;
use timeline_format::{Clip, Frames, Id, Item, Sequence, Timeline, Track};

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

/// A folder with a film of no clips: tracks v1, v2, dialogue, ambience and music (free), media m-a
/// to m-d of 100 frames with sound, and a shot `door` of two takes.
fn film() -> Folder {
    let folder = Folder::new();
    let here = folder.path();
    done(here, "new film.roomtone --rate 24 --size 320x180");
    let path = folder.file("film.roomtone");
    let (mut film, _) = timeline_format::read(&std::fs::read(&path).unwrap()).unwrap();
    for letter in ["a", "b", "c", "d"] {
        let media = format!(
            r#"{{"path":"{letter}.mov","kind":"video","rate":"24","length":100,
                "picture":{{"width":320,"height":180}},"sound":{{"rate":48000,"channels":2}}}}"#
        );
        let media = serde_json::from_str(&media).unwrap();
        film.media.insert(id(&format!("m-{letter}")), std::sync::Arc::new(media));
    }
    let shot = r#"{"name":"Door","take":"m-a","takes":[{"id":"m-a","media":"m-a"},{"id":"m-b","media":"m-b"}]}"#;
    let shot = serde_json::from_str(shot).unwrap();
    film.shots.insert(id("door"), std::sync::Arc::new(shot));
    std::fs::write(&path, timeline_format::write(&film)).unwrap();
    folder
}

/// Runs verbs of `cut`, a line each.
#[track_caller]
fn cut(here: &Path, verbs: &str) -> String {
    let lines = verbs.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| done(here, &format!("cut film.roomtone {line}"))).collect()
}

/// Runs a verb that is refused: by the film with 1, as a call with 2.
#[track_caller]
fn refused(here: &Path, verb: &str, code: i32, words: &str) {
    let before = std::fs::read(here.join("film.roomtone")).unwrap();
    fails(here, &format!("cut film.roomtone {verb}"), code, words);
    assert!(std::fs::read(here.join("film.roomtone")).unwrap() == before, "{verb} moved something");
}

fn read(here: &Path) -> Timeline {
    let text = std::fs::read(here.join("film.roomtone")).unwrap();
    timeline_format::read(&text).unwrap().0
}

fn main(here: &Path) -> Sequence {
    Sequence::clone(read(here).main().unwrap())
}

fn track(here: &Path, name: &str) -> Track {
    Track::clone(main(here).track(id(name)).unwrap().1)
}

/// A track as it is: what every clip shows, from which frame, for how long; a dot is a gap.
fn drawn(here: &Path, name: &str) -> String {
    drawn_of(&track(here, name))
}

fn drawn_of(track: &Track) -> String {
    let shown = |item: &Item| match &item.clip {
        None => format!(".{}", item.length),
        Some(clip) => format!("{}{}:{}", source(clip), clip.source_in, item.length),
    };
    let all: Vec<_> = track.reel().unwrap().iter().map(shown).collect();
    all.join(" ")
}

fn source(clip: &Clip) -> String {
    let text = serde_json::to_value(&clip.source).unwrap();
    let all = text.as_object().unwrap().values().next().unwrap().clone();
    all.as_str().map_or_else(|| all["kind"].to_string(), |id| id.trim_start_matches("m-").into())
}

fn first_clip(here: &Path, name: &str) -> Clip {
    let track = track(here, name);
    let item = track.reel().unwrap().iter().find(|item| !item.is_gap()).unwrap().clone();
    Clip::clone(&item.clip.unwrap())
}

/// The free items of a track: their ids, starts and lengths.
fn layers(here: &Path, name: &str) -> Vec<(Id, f64, f64)> {
    let (main, track) = (main(here), track(here, name));
    let layers = track.layers().unwrap().iter();
    let shown = layers.map(|(id, layer)| {
        let start = main.start_of(layer).unwrap();
        (*id, start.to_f64(), layer.length.to_f64())
    });
    shown.collect()
}

const THREE: &str = "append v1 m-a --in 10 --length 10
    append v1 m-b --in 10 --length 10
    append v1 m-c --in 10 --length 10";

#[test]
fn three_and_four_points_lay_a_source() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    let said = cut(here, "points m-d v1 dialogue --in 20 --out 24 --to 00:00:00:20");
    assert!(said.contains("source frames 20 to 24 on frames 16 to 20, at speed 1"), "{said}");
    assert_eq!(drawn(here, "v1"), "a10:10 b10:6 d20:4 c10:10");
    assert_eq!(drawn(here, "dialogue"), ".16 d20:4");
    assert!(first_clip(here, "dialogue").link.is_some());
    cut(here, "points m-d v1 --in 0 --out 8 --from 0 --to 4 --fit");
    assert_eq!(first_clip(here, "v1").speed.to_string(), "2");
    let dry = done(
        here,
        "cut film.roomtone points m-d v1 --in 0 --out 8 --from 0 --to 4 --dry-run --json",
    );
    assert!(dry.contains(r#""source":["0","4"]"#) && dry.contains("does not agree"), "{dry}");
    assert_eq!(first_clip(here, "v1").speed.to_string(), "2");
    cut(here, "points m-d v1 --in 90 --playhead 30 --insert");
    assert!(drawn(here, "v1").ends_with("c10:10 d90:10"));
    refused(here, "points m-d v1 --in 8 --out 8", 1, "not behind its in");
    refused(here, "points m-d v9 --in 8", 2, "the tracks are v1, dialogue");
    refused(
        here,
        "points m-d v1 --in 98 --from 0 --to 9",
        1,
        "lacks 7 frames of source at its tail",
    );
}

#[test]
fn sequences_are_nested_opened_conformed_and_chosen() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    let said = cut(here, "nest 10 20 v1 --name Middle");
    let nested = said.lines().next().unwrap().to_owned();
    assert_eq!(drawn(here, "v1"), format!("a10:10 {nested}0:10 c10:10"));
    cut(here, &format!("slip v1@0 --by 2 --sequence {nested}"));
    let film = read(here);
    assert_eq!(drawn_of(&film.sequences[&id(&nested)].tracks[0]), "b12:10");
    cut(here, "unnest v1@10");
    assert_eq!(drawn(here, "v1"), "a10:10 b12:10 c10:10");
    refused(here, "unnest v1@10", 1, "shows no sequence");
    refused(here, "nest 9 9 v1", 1, "a span of 0 frames");
    let said = cut(here, "conform 48 --main");
    assert!(said.contains("the film has 60 frames"), "{said}");
    assert_eq!(main(here).header.rate.to_string(), "48");
    cut(here, "append dialogue m-d --length 4\nslip a1@0 --by 1");
    assert_eq!(drawn_of(main(here).tracks.iter().nth(1).unwrap()), "d1/2:4");
    cut(here, "main main");
    assert_eq!(main(here).length(), 30);
    refused(here, "main none", 1, "no sequence none");
    refused(here, "conform 0", 2, "rate");
    refused(here, "razor 4 --sequence none", 2, "the sequences are");
}

#[test]
fn clips_are_grouped_linked_replaced_and_switched_off() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(
        here,
        "append v1 m-d --length 10 --sound dialogue
        place ambience m-d --at 4 --length 10
        group v1@4 ambience@4
        move v1@4 --by 2 --track v1",
    );
    assert_eq!(layers(here, "ambience")[0].1, 6.0);
    cut(here, "ungroup v1@4\nmove v1@4 --by -2");
    assert_eq!(layers(here, "ambience")[0].1, 6.0);
    cut(here, "unlink v1@30 dialogue@30\nslip v1@30 --by 3");
    assert_eq!(drawn(here, "dialogue"), ".30 d0:10");
    cut(here, "link v1@30 dialogue@30\nslip v1@30 --by 3\nslip v1@30 --by 1 --alone");
    assert_eq!(drawn(here, "dialogue"), ".30 d3:10");
    cut(here, "replace v1@0 door --in 4\ndisable v1@0");
    let clip = first_clip(here, "v1");
    assert!(clip.disabled && source(&clip) == "door" && clip.source_in == Frames::whole(4));
    cut(here, "enable v1@0\nreverse v1@0");
    let clip = first_clip(here, "v1");
    assert!(!clip.disabled && clip.speed.to_string() == "-1");
    refused(here, "replace v1@0 m-z", 2, "has no shot, media or sequence \"m-z\"");
    refused(here, "replace v1@0 m-b --in 95", 1, "lacks");
    refused(here, "group v1@99 v1@0", 2, "there is no clip on track v1 at 99");
    refused(here, "ungroup nobody", 2, "name a clip by its id or by a place");
    refused(here, "disable", 2, "CLIPS");
    refused(here, "reverse v1@40", 2, "no clip on track v1 at 40");
}

#[test]
fn tracks_are_locked_synced_changed_moved_and_removed() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(here, "overwrite dialogue m-d --at 12 --length 4\nlock v1");
    refused(here, "razor 4 v1", 1, "track v1 is locked: unlock it");
    cut(here, "unlock v1\nunsync dialogue\ninsert v1 m-d --at 0 --length 5");
    assert_eq!(drawn(here, "dialogue"), ".12 d0:4");
    cut(here, "sync dialogue\ninsert v1 m-d --at 0 --length 5");
    assert_eq!(drawn(here, "dialogue"), ".17 d0:4");
    let plates = cut(here, "track plates --index 0").lines().next().unwrap().to_owned();
    assert_eq!(main(here).tracks[0].id, id(&plates));
    cut(here, "set-track plates --name Plates --hidden true\nmove-track Plates 9");
    let last = main(here).tracks.last().unwrap().header.clone();
    assert!(last.name == "Plates" && last.hidden);
    cut(here, "set-track ambience --gain -6 --mute true --role foley");
    let strip = track(here, "ambience").header.strip;
    assert!(strip.mute && strip.gain.unwrap().number_at(0.0, 0.0) == -6.0);
    cut(here, "remove-track Plates");
    assert!(main(here).track(id(&plates)).is_none());
    refused(here, "remove-track Plates", 2, "the tracks are v1");
    refused(here, "set-track v1 --role nothing", 2, "the roles are dialogue");
    refused(here, "lock v1 v7", 2, "there is no track \"v7\"");
}

#[test]
fn free_items_are_moved_trimmed_anchored_and_faded() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(here, "place music m-d --at 12 --length 10 --in 20\nput music@12 --at 13");
    let item = layers(here, "music")[0].0;
    let now = |at, length| assert_eq!(layers(here, "music"), [(item, at, length)]);
    now(13.0, 10.0);
    cut(here, "put music@13 --beside v1@10 --at -2");
    now(8.0, 10.0);
    cut(here, "insert v1 m-d --at 0 --length 5");
    now(13.0, 10.0);
    cut(here, "anchor music@13\nripple v1@15 head --by 1\ntrim music@13 head --by 5/2");
    now(15.5, 7.5);
    cut(here, "trim music@16 tail --by 1/2\nlength music@16 12\nmove music@16 --by 2");
    now(17.5, 12.0);
    cut(here, "anchor music@18 v1@20\nfade music@18 tail 6 --shape smooth");
    let layer = track(here, "music").layers().unwrap()[&item].clone();
    assert!(matches!(layer.at, Place::Anchored(_)));
    assert_eq!(layer.clip.sound.fade_out.unwrap().length, Frames::whole(6));
    cut(here, "fade music@18 tail");
    assert!(track(here, "music").layers().unwrap()[&item].clip.sound.fade_out.is_none());
    refused(here, "fade music@18 head 13", 1, "a fade of 13 frames does not fit: there are 12");
    refused(here, "trim v1@0 tail --by 1/2", 2, "trim it by whole frames");
    refused(here, "put music@18 --at -1", 1, "before the sequence");
    refused(here, "anchor v1@0", 1, "no free item");
    cut(here, "place music m-a --at 18 --length 4");
    refused(here, "remove music@19", 2, "there are several on track music at 19");
}

#[test]
fn speeds_values_keys_and_effects_are_set_and_taken_off() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(here, "speed v1@0 2 --stay");
    assert_eq!(drawn(here, "v1"), "a10:5 .5 b10:10 c10:10");
    refused(here, "speed v1@0 1/4 --stay", 1, "in the way");
    cut(here, "key v1@0 scale --at 0 1.0\nkey v1@0 scale --at 4 1.2\nremove-key v1@0 scale --at 4");
    let scale = |here| first_clip(here, "v1").look.placement["scale"].number_at(4.0, 0.0);
    assert_eq!(scale(here), 1.0);
    refused(here, "remove-key v1@0 scale --at 9", 1, "no keyframe at 9");
    cut(here, "effect v1@0 x:studio.glow --id glow --set amount=0.5\nset v1@0 glow.amount 0.75");
    let effect = first_clip(here, "v1").look.effects[0].clone();
    assert_eq!(effect.values["amount"].number_at(0.0, 0.0), 0.75);
    cut(here, "remove-effect v1@0 glow");
    assert!(first_clip(here, "v1").look.effects.is_empty());
    refused(here, "remove-effect v1@0 glow", 1, "no effect glow");
    refused(here, "effect v1@0 x:studio.glow --set amount", 2, "NAME=VALUE");
    refused(here, "effect v1@0 x:glow", 2, "x:vendor.name");
    refused(here, "effect v1@0 disolve", 2, "near are dissolve (a transition)");
    refused(here, "effect v1@0 duck", 2, "\"duck\" is a sound node and no effect of a clip");
    refused(here, "effect v1@0 zzzz", 2, "no effect \"zzzz\"; an effect of another program");
    cut(here, "effect shot:door exposure --id stop --set stops=1");
    assert_eq!(read(here).shots[&id("door")].look.effects[0].kind, "exposure");
    cut(here, "remove-effect shot:door stop");
    refused(here, "remove-effect shot:door stop", 1, "no effect stop");
    refused(here, "effect shot:gate exposure", 2, "no shot \"gate\"");
    refused(here, "effect v1@0 exposur", 2, "near are exposure (a grade operation)");
    cut(here, "append v1 generator:colour --length 5 --set colour=[1,0,0]");
    assert!(drawn(here, "v1").ends_with("\"colour\"0:5"));
    cut(here, "set v1@31 generator.colour [0,1,0]");
    refused(here, "append v1 generator:nothing --length 5", 2, "there are title");
    refused(here, "append v1 m-a --length 5 --set colour=[1,0,0]", 2, "this shows none");
}

#[test]
fn clips_are_given_names_and_lose_them() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(here, "rename v1@10 Kitchen");
    let names = || -> Vec<String> {
        let track = track(here, "v1");
        let clips = track.reel().unwrap().iter().filter_map(|item| item.clip.as_ref());
        clips.map(|clip| clip.name.clone()).collect()
    };
    assert_eq!(names(), ["", "Kitchen", ""]);
    let mut again = crate::support::program::command(here, "cut film.roomtone rename v1@10");
    assert_eq!(crate::support::program::said_by(again.arg("")).code, 0);
    assert_eq!(names(), ["", "", ""]);
    refused(here, "rename v1@99 Kitchen", 2, "there is no clip on track v1 at 99");
    refused(here, "rename v1@10", 2, "NAME");
    cut(here, "lock v1");
    refused(here, "rename v1@10 Kitchen", 1, "locked");
}

#[test]
fn transitions_are_changed_and_kept() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(
        here,
        "dissolve v1@0 --length 6 --shape equal-gain\nredissolve v1@0 --length 4 --align start --kind dip",
    );
    let track = track(here, "v1");
    let dip = track.transition_at(1).unwrap();
    assert_eq!((dip.kind.as_str(), dip.before, dip.after), ("dip", 0, 4));
    refused(here, "redissolve v1@10 --length 4", 1, "no transition at clip");
    refused(here, "redissolve v1@0 --kind nothing", 2, "list transitions");
    refused(here, "redissolve v1@0 --kind disolve", 2, "there are dissolve, ");
    let why = "lasts 4 frames behind its cut, where the edit leaves room for 2";
    refused(here, "--keep-transitions ripple v1@10 tail --by -8", 1, why);
    cut(here, "ripple v1@10 tail --by -8\nundissolve v1@0");
    assert!(self::track(here, "v1").transitions.is_empty());
}

#[test]
fn markers_are_changed_moved_and_removed() {
    let folder = film();
    let here = folder.path();
    cut(here, THREE);
    cut(
        here,
        "mark 12 door --length 4\nset-marker door --note soon --colour red\nmove-marker door 00:00:00:14",
    );
    let marker = main(here).markers.values().next().unwrap().clone();
    assert_eq!((marker.at, marker.length), (Frames::whole(14), Frames::whole(4)));
    assert_eq!((marker.note.as_str(), marker.colour.as_str()), ("soon", "red"));
    cut(here, "insert v1 m-d --at 0 --length 5 --keep-markers");
    assert_eq!(main(here).markers.values().next().unwrap().at, Frames::whole(14));
    refused(here, "move-marker door -1", 2, "-1");
    refused(here, "move-marker window 4", 2, "there is no marker \"window\"");
    cut(here, "mark 20 door");
    refused(here, "set-marker door --note x", 2, "several markers are called \"door\"");
    let first = *main(here).markers.keys().next().unwrap();
    cut(here, &format!("remove-marker {first}"));
    assert_eq!(main(here).markers.len(), 1);
}

#[test]
fn takes_are_added_changed_ranked_and_chosen() {
    let folder = film();
    let here = folder.path();
    cut(here, "append v1 door --length 90\nadd-take door m-c --id third --note late");
    cut(
        here,
        "set-take door third --offset 20 --rate 24 --window 24..60 --frames 0-99\ntake door third",
    );
    let shot = read(here).shots[&id("door")].clone();
    let take = shot.chosen().unwrap();
    assert_eq!((take.offset, take.windows.len()), (Frames::whole(20), 1));
    assert_eq!(take.frames.as_ref().unwrap().length(), 100);
    let said = cut(here, "set-take door third --window all --frames all");
    assert!(said.contains("the film has 90 frames"), "{said}");
    cut(here, "order-takes door third m-a\nrate door m-b reject");
    let shot = read(here).shots[&id("door")].clone();
    let ranks: Vec<_> = shot.takes.iter().map(|take| take.rank).collect();
    assert_eq!(ranks, [Some(2), None, Some(1)]);
    refused(here, "add-take door m-z", 1, "no media m-z");
    refused(here, "add-take door m-c --id third", 1, "has a take third");
    refused(here, "set-take door none --offset 2", 1, "no take none");
    refused(here, "set-take door third --window 9..3", 2, "write FROM..TO");
    refused(here, "order-takes door none", 1, "no take none");
}

#[test]
fn of_problems_of_a_kind_a_few_are_told_and_all_are_listed_by_check() {
    let folder = film();
    let (here, path) = (folder.path(), folder.file("film.roomtone"));
    let film = std::fs::read_to_string(&path).unwrap();
    let broken = film.replacen("\"order\": [", "\"order\": [7,7,7,7,7,7,7,7,", 1);
    assert_ne!(film, broken);
    std::fs::write(&path, broken).unwrap();
    let count = |text: &str| text.matches("order-unreadable: 7").count();
    let shown = roomtone(here, "frame film.roomtone 0 -o frame.png").error;
    assert_eq!(count(&shown), 5, "{shown}");
    assert!(shown.contains("order-unreadable: 3 more: roomtone check film.roomtone"), "{shown}");
    let said = roomtone(here, "check film.roomtone");
    assert_eq!(count(&(said.out + &said.error)), 8);
}
