//! Records that keep the fields that this version does not know.

use crate::clip::Clip;
use crate::media::Media;
use crate::mix::Bus;
use crate::sequence::{Marker, SequenceHeader};
use crate::shot::Shot;
use crate::timeline::{Delivery, Settings};
use crate::track::TrackHeader;
use crate::transition::Transition;

/// Fields that this version does not know: kept, in their order, and written back.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// A record of a table.
pub(crate) trait HasExtra {
    fn extra(&self) -> &Extra;
    fn extra_mut(&mut self) -> &mut Extra;
}

macro_rules! has_extra {
    ($($record:ty),+ $(,)?) => {
        $(impl HasExtra for $record {
            fn extra(&self) -> &Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut Extra {
                &mut self.extra
            }
        })+
    };
}

has_extra!(
    Bus,
    Clip,
    Delivery,
    Marker,
    Media,
    SequenceHeader,
    Settings,
    Shot,
    TrackHeader,
    Transition,
);
