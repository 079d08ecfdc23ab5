//! The repair in hand: where it is laid and where it comes from, and how both are moved.

use super::{Lasting, Repair, rounded};
use crate::edit::{self, Automated, Target};
use crate::picture::{effects, masks};
use crate::signal::Parameter;
use crate::ui::desk::{Desk, MaskOf};
use timeline_format::{Effect, Id, Param, Value};

/// A repair of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ui) struct RepairOf {
    /// The clip.
    pub(in crate::ui) clip: Id,
    /// The effect that it is.
    pub(in crate::ui) effect: Id,
}

/// A repair, and where it is at the playhead, in parts of the clip's picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Holding {
    /// Which.
    pub(in crate::ui) of: RepairOf,
    /// What it is.
    pub(in crate::ui) repair: Repair,
    /// The middle of where it is laid.
    pub(in crate::ui) target: [f64; 2],
    /// Origin there to where it comes from, if it comes from somewhere.
    pub(in crate::ui) offset: Option<[f64; 2]>,
    /// The first of its masks.
    pub(in crate::ui) mask: Option<MaskOf>,
}

impl Holding {
    /// Where it comes from.
    pub(in crate::ui) fn source(&self) -> Option<[f64; 2]> {
        let offset = self.offset?;
        Some([self.target[0] + offset[0], self.target[1] + offset[1]])
    }
}

impl Desk {
    /// The repairs of a clip that lie somewhere, in their order.
    pub(in crate::ui) fn repairs_of(&self, clip: Id) -> Vec<Holding> {
        let Some(found) = self.clip(clip) else { return Vec::new() };
        found.look.effects.iter().filter_map(|effect| self.holding(clip, effect)).collect()
    }

    /// The repair in hand, where its clip is seen and no mask is in hand.
    pub(in crate::ui) fn repair_in_hand(&self) -> Option<Holding> {
        let of = self.viewing.repair?;
        if self.repaired_clip() != Some(of.clip) || self.mask_in_hand().is_some() {
            return None;
        }
        let effect = self.clip(of.clip)?.look.effects.iter().find(|it| it.id == of.effect)?;
        self.holding(of.clip, effect)
    }

    /// Takes a repair in hand, or none.
    pub(in crate::ui) fn hold_repair(&mut self, of: Option<RepairOf>) {
        self.viewing.repair = of;
        self.viewing.mask = None;
        if let Some(of) = of
            && self.selection.lead() != Some(of.clip)
        {
            self.selection.choose([of.clip]);
        }
    }

    /// Takes the next repair of the clip that is seen in hand, or the one before.
    pub(in crate::ui) fn hold_next_repair(&mut self, by: isize) {
        let Some(clip) = self.repaired_clip() else { return };
        let all = self.repairs_of(clip);
        let held = self.repair_in_hand();
        let place = held.and_then(|held| all.iter().position(|it| it.of == held.of));
        let last = all.len().saturating_sub(1);
        let next = match place {
            Some(place) => place.saturating_add_signed(by).min(last),
            None if by < 0 => last,
            None => 0,
        };
        match all.get(next) {
            Some(next) => self.hold_repair(Some(next.of)),
            None => self.notices.note("the clip that is seen has no repair laid by hand"),
        }
    }

    fn holding(&self, clip: Id, effect: &Effect) -> Option<Holding> {
        let repair = Repair::of_kind(&effect.kind)?;
        let first = effect.masks.first();
        let mask = first.map(|it| MaskOf { clip, effect: Some(effect.id), mask: it.id });
        let target = match (first, mask) {
            (Some(first), Some(of)) => self.middle_of_mask(of, &first.kind)?,
            _ => middle(&self.strokes_of(clip, effect)?)?,
        };
        let offset = repair.has_source().then(|| self.offset_of(clip, effect)).flatten();
        Some(Holding { of: RepairOf { clip, effect: effect.id }, repair, target, offset, mask })
    }

    fn middle_of_mask(&self, of: MaskOf, kind: &str) -> Option<[f64; 2]> {
        let shape = masks::named(kind)?;
        if let Some(centre) = parameter(shape.parameters, "centre") {
            return pair(&self.mask_value(of, centre)?);
        }
        let points = parameter(shape.parameters, "points")?;
        let Value::Vector(numbers) = self.mask_value(of, points)? else { return None };
        middle(
            &numbers
                .chunks_exact(crate::signal::PATH_POINT)
                .flat_map(|it| [it[0], it[1], 1.0])
                .collect::<Vec<_>>(),
        )
    }

    fn strokes_of(&self, clip: Id, effect: &Effect) -> Option<Vec<f64>> {
        match self.effect_value(clip, effect, "strokes")? {
            Value::Vector(numbers) => Some(numbers),
            _ => None,
        }
    }

    fn offset_of(&self, clip: Id, effect: &Effect) -> Option<[f64; 2]> {
        pair(&self.effect_value(clip, effect, "offset")?)
    }

    fn effect_value(&self, clip: Id, effect: &Effect, id: &str) -> Option<Value> {
        let parameter = parameter(effects::named(&effect.kind)?.parameters, id)?;
        let value = Automated::Clip(clip, Target::Effect(effect.id, id.to_owned()));
        self.read(parameter, &[value]).map(|reading| reading.value)
    }

    /// Moves where a repair is laid, as a part of what the hand does now: where it comes from stays. One that goes along
    /// with a track is set right at the playhead, and takes its source along.
    pub(in crate::ui) fn move_target(&mut self, held: &Holding, to: [f64; 2]) {
        let to = to.map(rounded);
        let name = format!("Move {}", held.repair.label().to_lowercase());
        let Some(mask) = held.mask else { return self.move_strokes(held, to, &name) };
        let centre = mask.value("centre");
        if !edit::keys_of(self.stated(&centre)).is_empty() {
            return self.set_values(&name, &[centre], &Value::Vector(to.to_vec()));
        }
        let mut changes = vec![(centre, Some(vector(&to)))];
        if let Some([x, y]) = held.source() {
            changes.push((held.of.offset(), Some(vector(&[x - to[0], y - to[1]].map(rounded)))));
        }
        self.edit_live(&name, |film, scope, ids| edit::set_values(film, scope, &changes, ids));
    }

    fn move_strokes(&mut self, held: &Holding, to: [f64; 2], name: &str) {
        let effect = self
            .clip(held.of.clip)
            .and_then(|clip| clip.look.effects.iter().find(|it| it.id == held.of.effect));
        let strokes = effect.and_then(|effect| self.strokes_of(held.of.clip, effect));
        let Some(mut strokes) = strokes else { return };
        for point in strokes.chunks_exact_mut(3) {
            point[0] = rounded(point[0] + to[0] - held.target[0]);
            point[1] = rounded(point[1] + to[1] - held.target[1]);
        }
        let target = Target::Effect(held.of.effect, "strokes".to_owned());
        self.set_values(name, &[Automated::Clip(held.of.clip, target)], &Value::Vector(strokes));
    }

    /// Moves where a repair comes from, as a part of what the hand does now.
    pub(in crate::ui) fn move_source(&mut self, held: &Holding, to: [f64; 2]) {
        let offset = [0, 1].map(|axis| rounded(to[axis] - held.target[axis]));
        self.set_values("Move source", &[held.of.offset()], &Value::Vector(offset.to_vec()));
        self.brush.from = super::Origin::Offset(offset);
    }

    /// Says in which frames what the brush lays is seen; without a brush, those in which the repair in hand is.
    pub(in crate::ui) fn set_lasting(&mut self, lasting: Lasting) {
        self.brush.lasting = lasting;
        let Some(held) = self.repair_in_hand().filter(|_| self.brush.repair.is_none()) else {
            return;
        };
        let mix = match self.frames_lasting(held.of.clip, lasting) {
            Ok(frames) => frames.and_then(|frames| self.seen_in(held.of.clip, &frames)),
            Err(why) => return self.notices.trouble(why),
        };
        self.edit("Frames of repair", |film, scope, ids| {
            let change = |effect: &mut Effect| effect.mix = mix;
            edit::change_effect(film, scope, (held.of.clip, held.of.effect), change, ids)
        });
    }
}

impl RepairOf {
    /// How far away it comes from.
    fn offset(self) -> Automated {
        Automated::Clip(self.clip, Target::Effect(self.effect, "offset".to_owned()))
    }
}

fn parameter(all: &'static [Parameter], id: &str) -> Option<&'static Parameter> {
    all.iter().find(|it| it.id == id)
}

fn pair(value: &Value) -> Option<[f64; 2]> {
    match value {
        Value::Vector(numbers) if numbers.len() == 2 => Some([numbers[0], numbers[1]]),
        _ => None,
    }
}

/// The middle of the least rectangle around points of three numbers.
fn middle(points: &[f64]) -> Option<[f64; 2]> {
    let ends = |axis: usize| {
        let along = points.chunks_exact(3).map(move |point| point[axis]);
        along.fold([f64::MAX, f64::MIN], |[least, most], it| [least.min(it), most.max(it)])
    };
    let is_any = points.len() >= 3;
    is_any.then(|| [ends(0), ends(1)].map(|[least, most]| 0.5 * (least + most)))
}

fn vector(numbers: &[f64]) -> Param {
    Param::Constant(Value::Vector(numbers.to_vec()))
}
