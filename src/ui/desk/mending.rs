//! The tool that a fault asks for: going to a fault takes it up, with the fault's region and frames; one command lays it.

use super::{Desk, Drawn, Lasting, Repair};
use crate::edit;
use crate::picture::{effects, faults};
use timeline_format::{Effect, Fault, Id, Media};

/// What mends a kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) enum Remedying {
    /// A brush, over the fault's region.
    Brush(Repair),
    /// An operation that its finder works out.
    Found(&'static str),
    /// An operation as it is, over the fault's frames and region.
    Laid(&'static str),
    /// Frames that are left out.
    Frames,
    /// Its codes are read in the other range.
    Range,
    /// Its codes are read by the other matrix.
    Matrix,
}

impl Remedying {
    /// What mends a kind of fault: what its finder names; where it names nothing, what a hand would take.
    pub(in crate::ui) fn of(kind: &str) -> Option<Self> {
        let repair = faults::named(kind)?.repair;
        Some(match (repair, kind) {
            ("frames", _) => Self::Frames,
            ("", "joins") => Self::Brush(Repair::Heal),
            ("", "frozen") => Self::Laid("between"),
            ("", "range") => Self::Range,
            ("", "matrix") => Self::Matrix,
            ("", _) => return None,
            (effect, _) => match Repair::of_kind(effect) {
                Some(brush) => Self::Brush(brush),
                None => Self::Found(effect),
            },
        })
    }

    /// What it is called.
    pub(in crate::ui) fn label(self) -> &'static str {
        match self {
            Self::Brush(repair) => repair.label(),
            Self::Found(effect) | Self::Laid(effect) => {
                effects::named(effect).map_or(effect, |it| it.label)
            }
            Self::Frames => "Leave frames out",
            Self::Range => "Read in the other range",
            Self::Matrix => "Read by the other matrix",
        }
    }
}

impl Desk {
    /// The fault in hand, and what mends it.
    pub(in crate::ui) fn tool_of_fault(&self) -> Option<(Fault, Option<Remedying>)> {
        let held = self.fault_in_hand()?;
        let (_, fault) = self.faults().into_iter().find(|(_, fault)| fault.id == held)?;
        let tool = Remedying::of(&fault.kind);
        Some((fault, tool))
    }

    /// Takes up what mends a fault of a clip, with its region and its frames.
    pub(super) fn take_tool(&mut self, fault: &Fault, clip: Id) {
        let seen = self.faults_here().map(|(_, all)| all).unwrap_or_default();
        let runs = seen.into_iter().find(|it| it.fault.id == fault.id).map(|it| it.frames);
        let ends = runs.and_then(|runs| Some(runs.first()?.start..runs.last()?.end));
        self.brush.of_fault = ends.map(|frames| (clip, frames));
        self.brush.region = fault.region.map(|region| (clip, region));
        self.brush.begun = None;
        self.brush.repair = match Remedying::of(&fault.kind) {
            Some(Remedying::Brush(repair)) => Some(repair),
            _ => None,
        };
        self.brush.lasting = Lasting::Range;
        self.viewing.repair = None;
    }

    /// Lays what mends the fault in hand, over its region and in its frames.
    pub(in crate::ui) fn lay_tool(&mut self) {
        let Some((fault, tool)) = self.tool_of_fault() else { return };
        match tool {
            Some(Remedying::Brush(repair)) => {
                let drawn = Drawn::Region(fault.region.unwrap_or([0.0, 0.0, 1.0, 1.0]));
                self.lay_repair(repair, &drawn);
            }
            Some(Remedying::Found(_) | Remedying::Frames) => self.mend_fault(fault.id),
            Some(Remedying::Laid(kind)) => self.lay_operation(kind),
            Some(Remedying::Range) => self.read_anew("Read in the other range", |media| {
                swap(&mut media.range, ["full", "limited"]);
            }),
            Some(Remedying::Matrix) => self.read_anew("Read by the other matrix", |media| {
                swap(&mut media.matrix, ["bt709", "bt601"]);
            }),
            None => self
                .notices
                .trouble("nothing here mends such a fault: accept it, or choose another take"),
        }
    }

    /// Lays an operation of this kind over the frames and the region of the fault in hand.
    fn lay_operation(&mut self, kind: &'static str) {
        let Some((clip, frames)) = self.brush.of_fault.clone() else { return };
        let mix = self.seen_in(clip, &frames);
        let region = self.brush.region.filter(|(of, _)| *of == clip).map(|(_, region)| region);
        let mask = region.map(|region| self.mask_over(clip, &Drawn::Region(region)));
        let index = self.place_of_repair(clip);
        self.edit(effects::named(kind).map_or(kind, |it| it.label), |film, scope, ids| {
            let mut effect = Effect { mix, ..Effect::new(ids.next_id(), kind) };
            effect.masks.extend(mask.map(|(kind, values)| timeline_format::Mask {
                values,
                ..timeline_format::Mask::new(ids.next_id(), kind)
            }));
            edit::put_effect(film, scope, (clip, index, effect), ids)
        });
    }

    /// Has the colours of the media of the clip in hand read another way.
    fn read_anew(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut timeline_format::media::ColourTags),
    ) {
        let clip = self.graded_clip().and_then(|clip| self.clip(clip));
        let found = clip.and_then(|clip| self.media_behind(&clip.source));
        let Some(media) = found.map(|(media, _)| media) else { return };
        self.edit(name, |film, _, _| {
            edit::change_media(film, media, |media: &mut Media| {
                if let Some(picture) = &mut media.picture {
                    change(&mut picture.colour);
                }
            })
        });
    }
}

/// The other of two words; the second, where it is neither.
fn swap(word: &mut String, [one, other]: [&str; 2]) {
    let to = if word.as_str() == other { one } else { other };
    to.clone_into(word);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_fault_has_what_mends_it() {
        for finder in faults::ALL {
            let tool = Remedying::of(finder.id);
            assert!(tool.is_some(), "{}", finder.id);
            if let Some(Remedying::Found(effect) | Remedying::Laid(effect)) = tool {
                assert!(effects::named(effect).is_some(), "{}: {effect}", finder.id);
            }
        }
        assert_eq!(Remedying::of("texture"), Some(Remedying::Brush(Repair::Patch)));
        assert_eq!(Remedying::of("nothing"), None);
    }
}
