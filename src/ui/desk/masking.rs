//! Masks of clips and of their effects: put on, chosen for the hand, switched off, ordered, taken off; and where a
//! clip's picture lies in the frame.

use super::Desk;
use crate::edit::{self, Masked, Target, Whose};
use crate::picture::values::Moment;
use crate::picture::{Lie, Placement, masks};
use crate::signal::Parameter;
use timeline_format::shot::Look;
use timeline_format::{Frames, Id, Mask, Param, Source, Value};

/// A mask of a clip: of an effect, or of those that say what is left of its picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) struct MaskOf {
    /// The clip.
    pub(in crate::ui) clip: Id,
    /// The effect, if it is one's.
    pub(in crate::ui) effect: Option<Id>,
    /// The mask.
    pub(in crate::ui) mask: Id,
}

impl MaskOf {
    const fn list(self) -> Masked {
        Masked { whose: Whose::Clip(self.clip), effect: self.effect }
    }

    /// One of its values.
    pub(in crate::ui) fn value(self, name: &str) -> edit::Automated {
        edit::Automated::Clip(self.clip, Target::Mask(self.effect, self.mask, name.to_owned()))
    }
}

/// The points that a path has before a hand has been at it: a soft square about the middle.
fn first_points() -> Param {
    let bend = 0.08;
    let corners = [
        [0.3, 0.25, -bend, bend, bend, -bend],
        [0.7, 0.25, -bend, -bend, bend, bend],
        [0.7, 0.75, bend, -bend, -bend, bend],
        [0.3, 0.75, bend, bend, -bend, -bend],
    ];
    let points = corners.into_iter().flat_map(|corner| corner.into_iter().chain([0.0]));
    Param::Constant(Value::Vector(points.collect()))
}

impl Desk {
    /// Puts a mask on a clip, or on an effect of it, and gives it to the hand.
    pub(in crate::ui) fn add_mask(&mut self, clip: Id, effect: Option<Id>, kind: &str) {
        let label = masks::named(kind).map_or(kind, |shape| shape.label);
        let masked = Masked { whose: Whose::Clip(clip), effect };
        let mut made = None;
        self.edit(&format!("Add {label}"), |film, scope, ids| {
            let mut mask = Mask::new(ids.next_id(), kind);
            if kind == "path" {
                mask.values.insert("points".to_owned(), first_points());
            }
            made = Some(mask.id);
            edit::put_mask(film, scope, (masked, usize::MAX, mask), ids)
        });
        self.viewing.mask = made.map(|mask| MaskOf { clip, effect, mask });
    }

    /// Puts a mask on the clip that is chosen, or that is seen.
    pub(in crate::ui) fn add_mask_here(&mut self, kind: &str) {
        let seen = self.clip_in_sight().map(|(clip, ..)| clip);
        if let Some(clip) = self.selection.lead().or(seen) {
            self.selection.choose([clip]);
            self.add_mask(clip, None, kind);
        }
    }

    /// The masks of a clip with what they are on: those of its effects first.
    pub(in crate::ui) fn masks_of(&self, clip: Id) -> Vec<(MaskOf, &Mask)> {
        let Some(found) = self.clip(clip) else { return Vec::new() };
        let effects = found.look.effects.iter();
        let of_effects = effects.flat_map(|it| it.masks.iter().map(|mask| (Some(it.id), mask)));
        let all = of_effects.chain(found.look.masks.iter().map(|mask| (None, mask)));
        all.map(|(effect, mask)| (MaskOf { clip, effect, mask: mask.id }, mask)).collect()
    }

    /// A mask.
    pub(in crate::ui) fn mask(&self, of: MaskOf) -> Option<&Mask> {
        self.masks_of(of.clip).into_iter().find(|(known, _)| *known == of).map(|(_, mask)| mask)
    }

    /// The mask that the hand has: the one that was given to it, of the clip that is chosen.
    pub(in crate::ui) fn mask_in_hand(&self) -> Option<MaskOf> {
        let lead = self.selection.lead()?;
        self.viewing.mask.filter(|of| of.clip == lead && self.mask(*of).is_some())
    }

    /// Switches a mask off but keeps it, or on again.
    pub(in crate::ui) fn toggle_mask(&mut self, of: MaskOf) {
        self.edit("Bypass mask", |film, scope, ids| {
            let change = |mask: &mut Mask| mask.bypass = !mask.bypass;
            edit::change_mask(film, scope, (of.list(), of.mask), change, ids)
        });
    }

    /// Takes a mask off.
    pub(in crate::ui) fn remove_mask(&mut self, of: MaskOf) {
        self.edit("Take mask off", |film, scope, ids| {
            edit::remove_mask(film, scope, (of.list(), of.mask), ids)
        });
    }

    /// Moves a mask in the order of its list.
    pub(in crate::ui) fn move_mask(&mut self, of: MaskOf, by: isize) {
        let masks = self.masks_of(of.clip);
        let mut list = masks.iter().filter(|(known, _)| known.effect == of.effect);
        let Some(to) = list.position(|(known, _)| *known == of) else { return };
        let Some(to) = to.checked_add_signed(by) else { return };
        self.edit("Move mask in the order", |film, scope, ids| {
            edit::move_mask(film, scope, (of.list(), of.mask, to), ids)
        });
    }

    /// What a value of a mask is at the playhead.
    pub(in crate::ui) fn mask_value(&self, of: MaskOf, parameter: &Parameter) -> Option<Value> {
        self.read(parameter, &[of.value(parameter.id)]).map(|reading| reading.value)
    }

    /// Sets a value of a mask, as a part of what the hand does now.
    pub(in crate::ui) fn set_mask_value(&mut self, of: MaskOf, name: &str, value: &Value) {
        self.set_values(&format!("Mask: {name}"), &[of.value(name)], value);
    }

    /// Where a clip's picture lies at the playhead.
    pub(in crate::ui) fn lie_of(&self, clip: Id) -> Option<Lie> {
        let found = self.clip(clip)?;
        let own = self.raster_of_source(&found.source)?;
        let looks = self.looks_of(&found.source);
        let looks: Vec<&Look> = std::iter::once(&found.look).chain(looks).collect();
        let placement = Placement::of(&looks, self.moment_of(clip)?);
        Lie::of(own, &placement, self.raster()?)
    }

    /// The moment of a clip at the playhead.
    pub(in crate::ui) fn moment_of(&self, clip: Id) -> Option<Moment> {
        let span = self.span_of(clip)?;
        let (within, length) = (self.position() - span.start, span.end - span.start);
        let found = self.clip(clip)?;
        let content = self.source_frame(found, within, Frames::whole(length));
        Some(Moment { clip: within as f64, content: content.unwrap_or(within) as f64 })
    }

    /// What the take and the shot behind a source say of its look.
    fn looks_of(&self, source: &Source) -> Vec<&Look> {
        let Source::Shot(id) = source else { return Vec::new() };
        let shot = self.film().and_then(|film| film.now().shots.get(id));
        let take = shot.and_then(|shot| shot.chosen()).map(|take| &take.look);
        take.into_iter().chain(shot.map(|shot| &shot.look)).collect()
    }
}
