//! What a lens, the air and a camera do to a picture: filters that make one world of several, one file each.

use super::filter::Filter;

mod gauss;

crate::catalogue! {
    /// Every filter of composites, in menu order.
    pub ALL: FILTER: Filter = blur
}

pub(super) use gauss::gauss;
