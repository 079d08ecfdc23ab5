//! The same sound for fewer loudspeakers, as commands are asked for it.

use super::channels::Channels;
use crate::deliver::Preset;
use crate::deliver::presets::SoundTarget;
use clap::Args;

/// What is folded beside the sound.
#[derive(Debug, Args)]
pub(super) struct Fold {
    /// Fold the sound for fewer loudspeakers too, in the same pass: MIX.stereo.wav beside MIX.wav, a second
    /// stream in mov, mp4 and mkv. As ITU-R BS.775 has it: left + 0.7071 centre + 0.7071 left surround, and so
    /// on the right; no LFE.
    #[arg(long, value_enum, value_name = "LAYOUT")]
    fold: Option<Channels>,
}

impl Fold {
    /// The preset with the fold that is asked for.
    pub(super) fn add_to(&self, preset: Preset) -> Preset {
        let Some(to) = self.fold else { return preset };
        let fold = Some(to.into());
        let sound = preset.sound.map(|sound| SoundTarget { fold, ..sound });
        Preset { sound, ..preset }
    }
}
