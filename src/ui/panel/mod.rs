//! What is drawn, one file a panel. Panels read the desk and ask for its methods; they keep only what is
//! for the eye alone.

pub(super) mod browser;
pub(super) mod correcting;
pub(super) mod delivery;
pub(super) mod dialog;
mod drawing;
mod field;
pub(super) mod grading;
pub(super) mod history;
pub(super) mod inspector;
pub(super) mod layers;
pub(super) mod menu;
pub(super) mod meters;
pub(super) mod mixer;
pub(super) mod named;
mod path;
pub(super) mod places;
mod quantity;
pub(super) mod status;
mod text;
pub(super) mod timeline;
pub(super) mod viewer;
mod words;
