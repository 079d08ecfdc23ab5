//! What can be read of a mix while it is computed.

use super::level::Level;
use super::nodes::Reading;
use std::collections::BTreeMap;
use timeline_format::Id;

/// What can be read of a mix, by anybody and at any time.
#[derive(Debug, Clone, Default)]
pub struct Gauges {
    /// The meter at its end.
    pub end: Reading,
    /// How loud each strip is that sounds, by the id of its track or bus; of a mix that is played.
    pub levels: BTreeMap<Id, Level>,
    /// What its meter nodes show, by strip and node.
    pub meters: BTreeMap<(Id, Id), Reading>,
}
