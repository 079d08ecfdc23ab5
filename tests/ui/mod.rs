//! The window, used as an editor uses it: by the pointer and by the keyboard, without a display.

mod broken;
mod browsing;
mod cutting;
mod device;
mod display;
mod handles;
mod killed;
mod marking;
mod mixing;
mod pictures;
mod playing;
mod rig;
mod sizes;
mod stand_ins;
