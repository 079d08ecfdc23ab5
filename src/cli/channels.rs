//! Channels, as commands are told them.

use clap::ValueEnum;
use timeline_format::mix::Layout;

/// The channels of a bus, or of a delivery.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Channels {
    Mono,
    Stereo,
    #[value(name = "5.1")]
    FiveOne,
    #[value(name = "7.1")]
    SevenOne,
}

impl From<Channels> for Layout {
    fn from(channels: Channels) -> Self {
        match channels {
            Channels::Mono => Self::Mono,
            Channels::Stereo => Self::Stereo,
            Channels::FiveOne => Self::FiveOne,
            Channels::SevenOne => Self::SevenOne,
        }
    }
}
