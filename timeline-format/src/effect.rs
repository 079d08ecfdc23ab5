//! Instances of picture operations.

use crate::{Extra, Id, Mask, Param};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A picture operation on a clip, shot, take or track: a correction, a grade operation, a filter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Its id, unique within its list.
    pub id: Id,
    /// The operation's name in the program's catalogue; `x:vendor.name` is kept and bypassed.
    pub kind: String,
    /// Switched off but kept.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bypass: bool,
    /// Values by parameter id; what is absent has its default.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Param>,
    /// How much of it is seen, 0 to 1; absent: all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mix: Option<Param>,
    /// Where it works; none: everywhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub masks: Vec<Mask>,
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}

impl Effect {
    /// An operation of which nothing is said but its kind.
    pub fn new(id: Id, kind: impl Into<String>) -> Self {
        let (values, mix, masks, extra) = (BTreeMap::new(), None, Vec::new(), Extra::new());
        Self { id, kind: kind.into(), bypass: false, values, mix, masks, extra }
    }
}
