//! The window, used as an editor uses it: by the pointer and by the keyboard, without a display.

mod broken;
mod browsing;
mod cutting;
mod display;
mod handles;
mod hands;
mod killed;
mod marking;
mod mixing;
mod pictures;
mod playing;
mod rig;
mod screen;
mod sizes;
mod stand_ins;
mod whole_film;
