//! What a lens, the air and a camera do to a picture: filters that make one world of several, one file each.

use super::filter::Filter;

mod along;
mod gauss;
mod matte;
mod motion;
mod noise;

signal::catalogue! {
    /// Every filter of composites, in menu order.
    pub ALL: FILTER: Filter = blur directional_blur spin_blur zoom_blur defocus glow halation lens_distortion vignette chromatic_aberration grain fog median bilateral chroma_key screen_key luma_key difference_key despill edges light_wrap matte_view
}

pub(super) use fog::cloud;
pub(super) use gauss::{box_mean, gauss};
pub(super) use matte_view::VIEWS as MATTE_VIEWS;
