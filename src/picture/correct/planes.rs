//! What repairs share: the luma of a picture, and pictures fetched from elsewhere.

use crate::canvas::Canvas;
use crate::flow::{Flow, flow};
use crate::measures::Luma;
use rayon::prelude::*;

/// Pixels across the pictures in which movement is followed, at most.
const ACROSS: usize = 960;

/// The luma of a picture, display-coded, 0 to 1.
pub(super) fn luma_of(picture: &Canvas) -> Vec<f32> {
    let [red, green, blue, _] = &picture.channels;
    let colours = red.par_iter().zip(green).zip(blue);
    colours.map(|((red, green), blue)| 0.2126 * red + 0.7152 * green + 0.0722 * blue).collect()
}

/// The same in codes of 255, no larger than movement is followed at.
fn small(picture: &Canvas) -> Option<Luma> {
    let codes = luma_of(picture).into_iter().map(|value| 255.0 * value).collect();
    let luma = Luma::new((picture.width, picture.height), codes)?;
    let across = ACROSS.min(picture.width);
    Some(luma.shrunk((across, (picture.height * across).div_ceil(picture.width.max(1)))))
}

/// Where every pixel of a picture lies in another, at their full size.
pub(super) fn flow_between(from: &Canvas, to: &Canvas) -> Flow {
    match (small(from), small(to)) {
        (Some(one), Some(other)) if one.size() == other.size() => {
            flow(&one, &other).resized(from.width, from.height)
        }
        _ => Flow::still(from.width, from.height),
    }
}

/// A picture fetched along a flow.
pub(super) fn fetched(picture: &Canvas, flow: &Flow) -> Canvas {
    let channels = picture.channels.each_ref().map(|channel| flow.fetch(channel));
    Canvas { width: picture.width, height: picture.height, space: picture.space, channels }
}
