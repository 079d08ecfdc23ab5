//! What is on screen, and how it came there.

use crate::signal::Image;
use std::sync::Arc;
use std::time::Duration;

/// A picture to be seen.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The frame of the film that the picture is of, as near as can be said.
    pub frame: i64,
    /// The frame that was asked for.
    pub wanted: i64,
    /// The picture.
    pub image: Arc<Image>,
    /// Whether it has the pixels that a delivery has at `wanted`.
    pub is_exact: bool,
    /// Whether it was made of stand-ins.
    pub is_stand_in: bool,
    /// Counts pictures: another number is another picture.
    pub serial: u64,
}

/// What a screen has done since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Exact pictures shown.
    pub exact: u64,
    /// Pictures shown that stood for the exact one.
    pub approximate: u64,
    /// Wishes that another took the place of before their exact picture came.
    pub dropped: u64,
    /// Frames decoded.
    pub decoded: u64,
    /// Time spent on decoding them.
    pub decoding: Duration,
    /// Bytes of decoded frames that are kept.
    pub bytes: usize,
    /// Bytes of small pictures that are kept.
    pub small: usize,
}
