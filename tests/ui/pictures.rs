//! What the window looks like: drawn by a software driver, looked at by measures that a person would use.

use super::rig::Window;

/// The part of pixels that are brighter than `level`.
fn bright(picture: &image::RgbaImage, level: u8) -> f64 {
    let bright = picture.pixels().filter(|pixel| pixel.0[..3].iter().any(|value| *value > level));
    bright.count() as f64 / f64::from(picture.width() * picture.height())
}

#[test]
fn every_page_is_drawn() {
    let mut window = Window::with_sample();
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.ask("zoom-fit");
    window.steps(5);
    let edit = window.picture("edit");
    assert!((0.01..0.5).contains(&bright(&edit, 120)), "{}", bright(&edit, 120));
    window.ask("page-sound");
    let sound = window.picture("sound");
    window.ask("page-deliver");
    let deliver = window.picture("deliver");
    assert!(edit != sound && sound != deliver);
    for name in ["Insert", "Razor", "Snapping"] {
        window.ask("page-edit");
        assert!(window.has(name), "{name} cannot be reached by its name");
    }
}

#[test]
fn the_film_is_seen_in_the_window_as_it_is() {
    let mut window = Window::with_sample();
    (0..10).for_each(|_| window.keys("Shift+Right"));
    window.ask("full-screen");
    window.until("the exact picture", roomtone::ui::App::is_exact);
    window.steps(3);
    let screen = window.picture("full-screen");
    let shown = window.harness.state().picture().unwrap();
    let png = roomtone::deliver::png(&shown, false).unwrap();
    let film = image::load_from_memory(&png).unwrap().to_rgb8();
    let mean = |pixels: &mut dyn Iterator<Item = [u8; 3]>| {
        let (mut sum, mut count) = ([0.0; 3], 0.0);
        for pixel in pixels {
            (0..3).for_each(|channel| sum[channel] += f64::from(pixel[channel]));
            count += 1.0;
        }
        sum.map(|sum| sum / count)
    };
    let of_film = mean(&mut film.pixels().map(|pixel| pixel.0));
    let edge = (900 - 810) / 2;
    let inside =
        screen.enumerate_pixels().filter(|(_, y, _)| (edge + 2..900 - edge - 2).contains(y));
    let of_screen = mean(&mut inside.map(|(_, _, pixel)| [pixel.0[0], pixel.0[1], pixel.0[2]]));
    for channel in 0..3 {
        assert!((of_film[channel] - of_screen[channel]).abs() < 2.0, "{of_film:?} {of_screen:?}");
    }
}
