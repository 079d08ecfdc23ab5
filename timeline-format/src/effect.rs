//! Instances of picture operations.

use crate::{Extra, Id, Param};
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
    /// Unknown fields.
    #[serde(flatten)]
    pub extra: Extra,
}
