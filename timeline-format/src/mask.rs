//! Masks: where in a picture something works, or what of a picture is left.

use crate::{Extra, Id, Param};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One mask of a list. Masks of a list are put together in order, each by its `combine`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mask {
    /// Its id, unique within its list.
    pub id: Id,
    /// Its name in the program's catalogue of masks; `x:vendor.name` is kept and left out.
    pub kind: String,
    /// Switched off but kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bypass: bool,
    /// Values by parameter id; what is absent has its default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Mask {
    /// A mask of which nothing is said but its kind.
    pub fn new(id: Id, kind: impl Into<String>) -> Self {
        let (kind, bypass) = (kind.into(), false);
        Self { id, kind, bypass, values: BTreeMap::new(), extra: Extra::new() }
    }
}
