//! Repairs: filters that mend what is wrong with a picture, one file each.

mod levels;
mod pattern;
mod planes;
mod telea;

use super::filter::Filter;

signal::catalogue! {
    /// Every repair, in menu order.
    pub ALL: FILTER: Filter = gains unlattice deflicker between denoise_time denoise deband dering sharpen grain_match edge clone heal inpaint paint
}

/// Whether an operation of this name mends.
pub fn is_repair(kind: &str) -> bool {
    ALL.iter().any(|filter| filter.id == kind)
}
