//! What made sounds are woven from, each a pure function of a seed and the sample's number: so that a
//! seek, a scrub, a play and a bounce hear the same sample, whichever way they came to it.

pub(super) mod burst;
pub(super) mod canvas;
pub(super) mod cell;
pub(super) mod cloud;
pub(super) mod events;
pub(super) mod learned;
pub(super) mod octaves;
pub(super) mod ring;
pub(super) mod sine;
pub(super) mod wander;
pub(super) mod weight;

pub(super) use burst::Burst;
pub(super) use canvas::Canvas;
pub(super) use cell::{CELL, Weave, Woven, apply, sides};
pub(super) use cloud::{Cloud, Spectrum, peak};
pub(super) use events::{Event, Events};
pub(super) use octaves::Octaves;
pub(super) use ring::Ring;
pub(super) use sine::add_sine;
pub(super) use wander::Wander;
