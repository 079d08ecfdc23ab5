//! The correct page: faults are listed and gone to, accepted and reopened, the strip shows where they are.

use super::rig::{Window, sample};
use crate::support::folder::Folder;
use roomtone::edit::{self, Faulty};
use timeline_format::{Clip, Fault, FaultState, Frames, Id, Source};

/// The first clip of the cut that shows a shot, and where it starts.
fn first(film: &timeline_format::Timeline) -> (i64, Clip) {
    let reel = film.main().unwrap().tracks[0].reel().unwrap().clone();
    let mut clips =
        reel.placed().filter_map(|(start, item)| Some((start, item.clip.as_deref()?.clone())));
    clips.find(|(_, clip)| matches!(clip.source, Source::Shot(_))).unwrap()
}

/// A window over the sample, whose first shot flickers from its clip's third frame to its sixth. Where that is.
fn page() -> (Window, i64) {
    let folder = Folder::new();
    sample(folder.path());
    let path = folder.file("film.roomtone");
    let (film, _) = roomtone::project::open(&path).unwrap();
    let (start, clip) = first(&film);
    let Source::Shot(shot) = clip.source else { panic!("{clip:?}") };
    let take = film.shots[&shot].chosen().unwrap();
    let media = clip.source_in.plus(take.offset).unwrap().floor();
    let frames = [media + 2, media + 6].map(Frames::whole);
    let fault = Fault::new(Id::parse("k3q9").unwrap(), "flicker", frames, 0.031);
    let of = Faulty::Take(shot, take.id);
    let edited = edit::keep_faults(&film, of, vec![fault]).unwrap();
    roomtone::project::save(&path, &edited.timeline).unwrap();
    let mut window = Window::of(folder, "film.roomtone");
    window.ask("page-correct");
    window.steps(3);
    (window, start + 2)
}

fn fault(window: &Window) -> Fault {
    let mut all = edit::faults_of(&window.now()).into_iter();
    all.find(|(_, fault)| fault.id == Id::parse("k3q9").unwrap()).unwrap().1
}

#[test]
fn a_fault_is_gone_to_accepted_by_name_and_reopened() {
    let (mut window, at) = page();
    window.click("Flicker k3q9");
    window.steps(2);
    assert_eq!(window.harness.state().position(), at);
    window.click("Accept Flicker k3q9 ...");
    window.steps(2);
    for (field, words) in [("Accepted by", "Ada"), ("Because", "a lamp")] {
        window.click(field);
        window.harness.event(eframe::egui::Event::Text(words.to_owned()));
        window.steps(2);
    }
    window.click("Accept the fault");
    window.steps(2);
    let found = fault(&window);
    assert_eq!((found.state, found.by.as_str()), (FaultState::Accepted, "Ada"));
    assert_eq!(found.because, "a lamp");
    window.click("Reopen Flicker k3q9");
    window.steps(2);
    assert_eq!(fault(&window).state, FaultState::Open);
    drop(window.picture("correct"));
}

#[test]
fn the_strip_goes_to_the_frame_that_is_pressed() {
    let (mut window, at) = page();
    window.click("Flicker k3q9");
    window.steps(2);
    let strip = window.rect_of("Faults of the clip, along it");
    window.click_at(strip.left_center() + eframe::egui::vec2(1.0, 0.0));
    window.steps(2);
    assert_eq!(window.harness.state().position(), at - 2);
}
