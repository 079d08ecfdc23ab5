//! Laying a repair: what was drawn becomes one effect of the clip, with a mask where it was drawn.

use super::{Drawn, Origin, RepairOf, rounded};
use crate::edit;
use crate::picture::correct;
use crate::ui::desk::{Desk, Repair};
use std::collections::BTreeMap;
use timeline_format::{Effect, Id, Mask, Param, Value};

/// Numbers of all strokes of one paint, at most.
const MOST: usize = 3 * 4096;
/// How far away, in its radius, the source of a circle is that nobody chose one for.
const BESIDE: f64 = 2.4;

impl Desk {
    /// Lays a repair where something was drawn, as one edit; whether it was laid.
    pub(in crate::ui) fn lay_repair(&mut self, repair: Repair, drawn: &Drawn) -> bool {
        let Some(clip) = self.repaired_clip() else {
            self.notices.trouble("no clip is seen here: there is nothing to repair");
            return false;
        };
        let mix = match self.frames_lasting(clip, self.brush.lasting) {
            Ok(frames) => frames.and_then(|frames| self.seen_in(clip, &frames)),
            Err(why) => {
                self.notices.trouble(format_args!("{}: {why}", repair.label()));
                return false;
            }
        };
        let aspect = self.aspect_of(clip);
        let Some(offset) = self.offset_for(repair, drawn, aspect) else {
            let words = "hold Alt and click where it is to come from first";
            self.notices.trouble(format_args!("{}: {words}", repair.label()));
            return false;
        };
        let laid = if repair == Repair::Paint {
            self.lay_paint(clip, mix, drawn)
        } else {
            self.lay_masked((clip, repair), mix, (drawn, offset))
        };
        if let Some(effect) = laid {
            self.hold_repair(Some(RepairOf { clip, effect }));
            if repair.has_source() {
                self.brush.from = Origin::Offset(offset);
            }
        }
        laid.is_some()
    }

    /// Width of a clip's picture over its height.
    pub(in crate::ui) fn aspect_of(&self, clip: Id) -> f64 {
        let source = self.clip(clip).map(|clip| &clip.source);
        let raster = source.and_then(|it| self.raster_of_source(it)).or_else(|| self.raster());
        raster.map_or(16.0 / 9.0, |it| f64::from(it.width) / f64::from(it.height))
    }

    /// How far away what is laid comes from; `None` where that has to be said first. Circles and regions have a source
    /// beside them until a hand moves it.
    fn offset_for(&self, repair: Repair, drawn: &Drawn, aspect: f64) -> Option<[f64; 2]> {
        if !repair.has_source() {
            return Some([0.0; 2]);
        }
        let target = drawn.target();
        let wide = match drawn {
            Drawn::Stroke(_) => None,
            Drawn::Circle(_, radius) => Some(BESIDE * radius / aspect),
            Drawn::Region([left, _, right, _]) => Some(0.5 * BESIDE * (right - left)),
        };
        let beside = wide.map(|wide| [if target[0] + wide > 0.9 { -wide } else { wide }, 0.0]);
        self.brush.from.offset(target).or(beside).map(|offset| offset.map(rounded))
    }

    fn lay_masked(
        &mut self,
        (clip, repair): (Id, Repair),
        mix: Option<Param>,
        (drawn, offset): (&Drawn, [f64; 2]),
    ) -> Option<Id> {
        let (kind, values) = self.mask_over(clip, drawn);
        let index = self.place_of_repair(clip);
        let mut made = None;
        let is_laid = self.edit(repair.label(), |film, scope, ids| {
            let mut effect = Effect { mix, ..Effect::new(ids.next_id(), repair.kind()) };
            if repair.has_source() {
                effect.values.insert("offset".to_owned(), pair(offset));
            }
            effect.masks.push(Mask { values, ..Mask::new(ids.next_id(), kind) });
            made = Some(effect.id);
            edit::put_effect(film, scope, (clip, index, effect), ids)
        });
        made.filter(|_| is_laid)
    }

    /// Lays paint: into the last one that is like it in everything but its strokes, or as one of its own.
    fn lay_paint(&mut self, clip: Id, mix: Option<Param>, drawn: &Drawn) -> Option<Id> {
        let (points, width) = match drawn {
            Drawn::Stroke(points) => (begun_anew(points), self.brush.width),
            Drawn::Circle([x, y], radius) => (vec![*x, *y, -1.0], 2.0 * radius * 1080.0),
            Drawn::Region([left, top, right, bottom]) => {
                let [x, y] = drawn.target();
                let across = (right - left) * self.aspect_of(clip);
                (vec![x, y, -1.0], across.max(bottom - top) * 1080.0)
            }
        };
        let colour = self.brush.colour.map(rounded).to_vec();
        let values = BTreeMap::from([
            ("size".to_owned(), Param::number(rounded(width))),
            ("hardness".to_owned(), Param::number(rounded(self.brush.hardness))),
            ("colour".to_owned(), Param::Constant(Value::Vector(colour))),
        ]);
        let points: Vec<f64> = points.into_iter().map(rounded).collect();
        let index = self.place_of_repair(clip);
        let effects = self.clip(clip).map(|it| &it.look.effects);
        let last = effects.and_then(|it| it.iter().rfind(|it| correct::is_repair(&it.kind)));
        let like = last.and_then(|last| goes_on(last, &values, mix.as_ref()));
        let like = like.filter(|(_, had)| had.len() + points.len() <= MOST);
        if let Some((effect, mut all)) = like {
            all.extend(points);
            let all = Param::Constant(Value::Vector(all));
            let is_laid = self.edit("Paint", |film, scope, ids| {
                let change = |it: &mut Effect| {
                    it.values.insert("strokes".to_owned(), all);
                };
                edit::change_effect(film, scope, (clip, effect), change, ids)
            });
            return is_laid.then_some(effect);
        }
        let mut made = None;
        let is_laid = self.edit("Paint", |film, scope, ids| {
            let mut effect = Effect { mix, values, ..Effect::new(ids.next_id(), "paint") };
            let points = Param::Constant(Value::Vector(points));
            effect.values.insert("strokes".to_owned(), points);
            made = Some(effect.id);
            edit::put_effect(film, scope, (clip, index, effect), ids)
        });
        made.filter(|_| is_laid)
    }

    /// The mask over what was drawn on a clip: its kind and its values.
    pub(in crate::ui::desk) fn mask_over(
        &self,
        clip: Id,
        drawn: &Drawn,
    ) -> (&'static str, BTreeMap<String, Param>) {
        let (soft, aspect) = (1.0 - self.brush.hardness, self.aspect_of(clip));
        let (kind, values) = match drawn {
            Drawn::Stroke(points) => {
                let middle = middle_of(points);
                let off = |[x, y, pressure]: &[f64; 3]| [x - middle[0], y - middle[1], *pressure];
                let points: Vec<[f64; 3]> = points.iter().map(off).collect();
                let points = begun_anew(&points).into_iter().map(rounded).collect();
                let values = vec![
                    ("strokes", Param::Constant(Value::Vector(points))),
                    ("centre", pair(middle)),
                    ("width", Param::number(rounded(self.brush.width))),
                    ("hardness", Param::number(rounded(self.brush.hardness))),
                ];
                ("stroke", values)
            }
            Drawn::Circle(middle, radius) => {
                let values = vec![
                    ("centre", pair(*middle)),
                    ("size", pair([2.0 * radius / aspect, 2.0 * radius])),
                    ("feather", Param::number(rounded(soft * radius * 1080.0))),
                ];
                ("ellipse", values)
            }
            Drawn::Region([left, top, right, bottom]) => {
                let values = vec![
                    ("centre", pair(drawn.target())),
                    ("size", pair([right - left, bottom - top])),
                    ("feather", Param::number(rounded(soft * 0.5 * (bottom - top) * 1080.0))),
                ];
                ("rectangle", values)
            }
        };
        (kind, values.into_iter().map(|(id, value)| (id.to_owned(), value)).collect())
    }
}

/// An effect of paint that further strokes belong to: it has these values besides, and is seen so.
fn goes_on(
    last: &Effect,
    values: &BTreeMap<String, Param>,
    mix: Option<&Param>,
) -> Option<(Id, Vec<f64>)> {
    let mut others = last.values.clone();
    let strokes = others.remove("strokes")?;
    let is_like = last.kind == "paint" && !last.bypass && last.masks.is_empty();
    match strokes {
        Param::Constant(Value::Vector(numbers))
            if is_like && others == *values && last.mix.as_ref() == mix =>
        {
            Some((last.id, numbers))
        }
        _ => None,
    }
}

/// The numbers of a stroke, whose first point begins it.
fn begun_anew(points: &[[f64; 3]]) -> Vec<f64> {
    let pressed = |nth: usize, pressure: f64| {
        let pressure = pressure.abs().clamp(0.02, 1.0);
        if nth == 0 { -pressure } else { pressure }
    };
    let points = points.iter().enumerate();
    points.flat_map(|(nth, [x, y, pressure])| [*x, *y, pressed(nth, *pressure)]).collect()
}

/// The middle of the least rectangle around points.
fn middle_of(points: &[[f64; 3]]) -> [f64; 2] {
    [0, 1].map(|axis| {
        let along = || points.iter().map(|point| point[axis]);
        0.5 * (along().fold(f64::MAX, f64::min) + along().fold(f64::MIN, f64::max))
    })
}

fn pair(numbers: [f64; 2]) -> Param {
    Param::Constant(Value::Vector(numbers.map(rounded).to_vec()))
}
