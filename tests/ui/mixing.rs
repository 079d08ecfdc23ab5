//! The mixer: every strip shows how loud it is while the film plays.

use super::rig::Window;
use timeline_format::track::TrackKind;

#[test]
fn strips_that_sound_show_it_and_fall_when_the_film_stands() {
    let mut window = Window::with_sample();
    window.ask("page-sound");
    window.keys("Home");
    window.keys("Space");
    window.until("a later frame", |app| app.position() > 60);
    let film = window.now();
    let main = film.main().unwrap();
    let of_sound = main.tracks.iter().filter(|track| track.header.kind == TrackKind::Sound);
    let strips: Vec<_> = of_sound.map(|track| track.id).chain(main.buses.keys().copied()).collect();
    let loud = |window: &Window| {
        let app = window.harness.state();
        let levels = strips.iter().filter_map(|strip| app.level(*strip));
        levels.filter(|rms| *rms > 1e-5).count()
    };
    assert!(loud(&window) >= 2, "a track and the bus that it leads to: {}", loud(&window));
    window.picture("mixer-levels");
    window.keys("Space");
    window.steps(3);
    assert!(window.has("Meter of Wind"));
}
