//! Effects of a clip: speed, and what is kept for other programs.

use super::Reader;
use crate::interchange::NoteKind;
use crate::interchange::exact;
use crate::interchange::otio::object::{Object, enabled, keep, list, number, ours, schema, text};
use crate::interchange::otio::json;
use serde_json::Value;
use timeline_format::{Clip, Effect, Extra, Ratio};

impl Reader<'_> {
    /// Speed from time warps, and other effects as operations that are kept and bypassed.
    pub(super) fn effects(&mut self, object: &Object, clip: &mut Clip) {
        let stated = clip.speed;
        clip.speed = Ratio::ONE;
        for (index, effect) in list(object, "effects").enumerate() {
            self.within(format!("effects[{index}]"), |reader| match schema(effect) {
                "LinearTimeWarp" => reader.warp(effect, clip),
                "FreezeFrame" => clip.speed = Ratio::ZERO,
                _ => reader.other_effect(effect, clip),
            });
        }
        let near = (stated.to_f64() - clip.speed.to_f64()).abs() < 1e-9;
        if ours(object, "clip").is_some() && near {
            clip.speed = stated;
        }
    }

    fn warp(&mut self, effect: &Object, clip: &mut Clip) {
        let scalar = number(effect, "time_scalar").unwrap_or(1.0);
        match exact::fraction(scalar).and_then(|speed| clip.speed.times(speed)) {
            Some(speed) => {
                clip.speed = speed;
                if speed.to_f64() != scalar {
                    let stated = Object::from_iter([("time_scalar".to_owned(), scalar.into())]);
                    keep(&mut clip.extra, stated);
                }
            }
            None => self.note(NoteKind::Dropped, format!("a speed of {scalar} makes no sense")),
        }
    }

    fn other_effect(&mut self, effect: &Object, clip: &mut Clip) {
        let name = match text(effect, "effect_name") {
            "" => schema(effect),
            name => name,
        };
        self.note(NoteKind::Kept, format!("the effect {name:?} is not applied"));
        let mut extra = Extra::new();
        keep(&mut extra, Object::from_iter([("effect".to_owned(), json::pack(&Value::Object(effect.clone())))]));
        let kind = format!("x:otio.{name}");
        let id = self.claim(None);
        let bypass = !enabled(effect);
        let effect = Effect { bypass, extra, ..Effect::new(id, kind) };
        clip.look.effects.push(effect);
    }
}
