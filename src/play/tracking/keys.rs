//! Keyframes of what goes with a track.

use super::passage::Passage;
use timeline_format::parameter::{Curve, Ease, Key};
use timeline_format::{Frames, Param, Value};

/// A value with a keyframe for each of some frames. Those that it had outside of them stay, where they are counted from
/// the same; a value that is the same everywhere has none.
pub(super) fn keyed(
    passage: &Passage<'_>,
    had: Option<&Param>,
    values: Vec<(Frames, Value)>,
) -> Param {
    if let Some((_, first)) = values.first()
        && values.iter().all(|(_, value)| value == first)
        && !matches!(had, Some(Param::Animated(_)))
    {
        return Param::Constant(first.clone());
    }
    let ends = [passage.frames.first(), passage.frames.last()].map(|it| it.map(|frame| frame.key));
    let is_outside =
        |key: &&Key| ends[0].is_none_or(|it| key.at < it) || ends[1].is_none_or(|it| key.at > it);
    let mut keys: Vec<Key> = match had {
        Some(Param::Animated(curve)) if curve.follow == passage.follow => {
            curve.keys.iter().filter(is_outside).cloned().collect()
        }
        _ => Vec::new(),
    };
    keys.extend(values.into_iter().map(|(at, value)| Key { at, value, ease: Ease::Linear }));
    keys.sort_by_key(|key| key.at);
    Param::Animated(Curve { keys, follow: passage.follow })
}
