//! Small windows, large ones, large text, long films.

use super::rig::Window;

#[test]
fn the_window_is_readable_small_and_large() {
    for (size, scale, name) in
        [([1280.0, 800.0], 1.0, "1280x800"), ([1920.0, 1080.0], 2.0, "3840x2160")]
    {
        let mut window = Window::with_sample_at(size, scale);
        window.until("the exact picture", roomtone::ui::App::is_exact);
        window.ask("zoom-fit");
        window.steps(4);
        let picture = window.picture(name);
        assert_eq!(
            (picture.width(), picture.height()),
            ((size[0] * scale) as u32, (size[1] * scale) as u32)
        );
        for label in ["Insert", "Play or pause", "Find shots and media"] {
            if window.has(label) {
                let place = window.place_of(label);
                assert!(
                    (0.0..size[0]).contains(&place.x) && (0.0..size[1]).contains(&place.y),
                    "{label}"
                );
            }
        }
    }
}

#[test]
fn text_scales() {
    let mut window = Window::with_sample();
    let before = window.place_of("Insert");
    window.keys("Ctrl+=");
    window.keys("Ctrl+=");
    window.steps(3);
    assert_ne!(before, window.place_of("Insert"));
    window.keys("Ctrl+0");
    window.steps(3);
    assert_eq!(before, window.place_of("Insert"));
}
