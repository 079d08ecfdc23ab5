//! What a node makes of a sound, beside that sound.

use super::automation::Level;
use super::quantum::Run;

/// Brings `sound` towards `made`, by so many percent.
pub(super) fn blend(sound: &mut Run, made: &Run, percent: Level<'_>) {
    for (index, (sample, made)) in sound.iter_mut().zip(made).enumerate() {
        *sample += (made - *sample) * (percent.at(index) * 0.01);
    }
}
