//! The window, used as an editor uses it: by the pointer and by the keyboard, without a display.

mod broken;
mod browsing;
mod cutting;
mod device;
mod display;
mod gestures;
mod handles;
mod inspecting;
mod keyed;
mod keymaps;
mod killed;
mod marking;
mod mixing;
mod pictures;
mod playing;
mod recovering;
mod rig;
mod settings;
mod sizes;
mod stand_ins;
