//! Repairs: filters that take away what gives a machine away, one file each.

use super::filter::Filter;

crate::catalogue! {
    /// Every repair, in menu order.
    pub ALL: FILTER: Filter = sharpen
}
