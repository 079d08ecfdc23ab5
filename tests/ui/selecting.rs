//! The select page: the takes of a shot beside each other, gone through, rated and chosen by one hand.

use super::rig::Window;
use eframe::egui::Event;
use std::sync::Arc;
use timeline_format::shot::TakeState;
use timeline_format::{Frames, Id, Shot, Take};

fn roofs(window: &Window) -> Arc<Shot> {
    Arc::clone(&window.now().shots[&Id::parse("roofs").unwrap()])
}

fn take(window: &Window, id: &str) -> Take {
    let shot = roofs(window);
    shot.takes.iter().find(|take| take.id.as_str() == id).unwrap().clone()
}

/// The lengths of what is cut in.
fn lengths(window: &Window) -> Vec<i64> {
    let film = window.now();
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    reel.iter().map(|item| item.length).collect()
}

/// The page of takes, on which those of the roofs lie: no other shot has as many.
fn at_takes() -> Window {
    let mut window = Window::with_sample();
    window.keys("Home");
    window.ask("page-select");
    window.steps(2);
    window.click("roofs");
    window
}

#[test]
fn takes_are_gone_through_rated_and_chosen_by_one_hand_and_no_cut_moves() {
    let mut window = Window::with_sample();
    let before = lengths(&window);
    window.ask("page-select");
    window.click("roofs");
    for take in ["t1", "t2", "t3"] {
        assert!(window.has(&format!("take {take} of roofs")), "{take}");
    }
    assert_eq!(roofs(&window).take.as_str(), "t3", "the sample is as it was");
    window.keys("Right");
    window.keys("X");
    assert_eq!(
        take(&window, "t1").state,
        TakeState::Reject,
        "the second best lies beside the best"
    );
    window.keys("Right");
    window.keys("1");
    assert_eq!(take(&window, "t2").state, TakeState::Keep);
    window.keys("Left");
    window.keys("2");
    assert_eq!(take(&window, "t1").state, TakeState::Maybe);
    window.keys("Left");
    window.keys("Left");
    window.keys("0");
    assert_eq!(take(&window, "t3").state, TakeState::New, "there is none to the left of the first");
    assert_eq!(roofs(&window).take.as_str(), "t3", "to look at one does not choose it");
    window.keys("Right");
    window.keys("C");
    assert_eq!(roofs(&window).take.as_str(), "t1");
    assert_eq!(lengths(&window), before);
    window.until("a picture", |app| app.problems().is_empty());
    window.rest(std::time::Duration::from_millis(400));
    window.picture("select-page");
    window.ask("page-edit");
    window.keys("X");
    assert_eq!(take(&window, "t1").state, TakeState::Maybe, "elsewhere X is what it was");
}

#[test]
fn the_sheet_goes_down_by_rows_and_shows_what_is_rated_so() {
    let mut window = at_takes();
    window.keys("Down");
    window.keys("3");
    let rejected = ["t1", "t2"].map(|id| take(&window, id).state);
    assert_eq!(rejected.iter().filter(|state| **state == TakeState::Reject).count(), 1);
    assert!(window.has("Takes: All, 3"));
    window.click("Takes: Reject, 1");
    let seen = ["t1", "t2", "t3"].map(|id| window.has(&format!("take {id} of roofs")));
    assert_eq!(seen.iter().filter(|is_seen| **is_seen).count(), 1, "{seen:?}");
    window.click("Takes: All, 3");
    assert!(window.has("take t3 of roofs"));
}

#[test]
fn what_is_thought_of_a_take_and_what_of_it_is_good_are_one_edit_each() {
    let mut window = at_takes();
    let steps = window.harness.state().edits().len();
    window.click("Note on the take");
    for part in ["X marks", " 1 hand"] {
        window.harness.event(Event::Text(part.into()));
        window.steps(2);
    }
    let state = take(&window, "t3").state;
    window.click("take t3 of roofs");
    assert!(take(&window, "t3").note.ends_with("X marks 1 hand"));
    assert_eq!(take(&window, "t3").state, state, "what is written rates nothing");
    assert_eq!(window.harness.state().edits()[steps..], ["Note on take"]);
    window.ask("mark-source-in");
    assert!(window.harness.state_mut().ask("use-marked"));
    assert_eq!(take(&window, "t3").windows, [[0, 1].map(Frames::whole)]);
    window.ask("use-all");
    assert!(take(&window, "t3").windows.is_empty());
    assert_eq!(window.harness.state().edits().len(), steps + 3);
}

#[test]
fn two_takes_at_a_time_end_in_an_order() {
    let mut window = at_takes();
    ["Right", "Right", "0"].into_iter().for_each(|keys| window.keys(keys));
    window.ask("duel");
    window.steps(2);
    let wanted = ["t2", "t3", "t1"];
    let place = |take: &str| wanted.iter().position(|known| *known == take).unwrap();
    let sides = |window: &Window| {
        let seen = |take: &&&str| window.has(&format!("Better: take {take} of roofs"));
        wanted.iter().filter(seen).copied().collect::<Vec<_>>()
    };
    let mut questions = 0;
    while let [one, other] = sides(&window)[..] {
        questions += 1;
        assert!(questions < 4, "three takes are at most three questions");
        let left = |take: &str| window.place_of(&format!("Better: take {take} of roofs")).x;
        let (left, right) = if left(one) < left(other) { (one, other) } else { (other, one) };
        let is_left = place(left) < place(right);
        let better = if is_left { left } else { right };
        if questions == 1 {
            window.keys(if is_left { "Left" } else { "Right" });
        } else {
            window.click(&format!("Better: take {better} of roofs"));
        }
        window.steps(2);
    }
    window.picture("takes-in-order");
    assert!(questions > 1);
    let ranks = wanted.map(|id| take(&window, id).rank);
    assert_eq!(ranks, [Some(1), Some(2), Some(3)]);
    assert!(window.has("In order, the best first: t2, t3, t1"));
    window.click("Compare anew");
    window.steps(2);
    assert_eq!(sides(&window).len(), 2);
    window.rest(std::time::Duration::from_millis(600));
    window.picture("two-takes");
}
