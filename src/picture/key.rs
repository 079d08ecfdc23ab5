//! Keys: equal keys mean equal pixels, so that what was rendered is not rendered again.

use super::effects::{Doing, Effects, Plate};
use super::grade::Grade;
use super::masks::Masks;
use super::placement::{Fit, Placement};
use super::plan::{Between, Layer, Picture, Plan};
use super::titles;
use super::values::Values;
use signal::{Colour, PixelFormat};
use timeline_format::media::{ColourTags, PictureStream};
use timeline_format::{Id, Media, Value};

/// The hash of everything that decides a picture's pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u128);

impl Key {
    /// The hash of what a document says of a media that decides what its frames look like: which files
    /// they are, how many there ought to be, and what their numbers mean.
    pub fn of_media(media: &Media) -> Self {
        let mut feed = Feed(blake3::Hasher::new());
        feed.text(&media.path);
        feed.whole(media.kind as i64);
        feed.whole(media.first_number.unwrap_or(i64::MIN));
        feed.whole(media.length.map_or(-1, timeline_format::Ratio::floor));
        if let Some(PictureStream { alpha, colour, .. }) = &media.picture {
            feed.whole(alpha.map_or(-1, |alpha| alpha as i64));
            let ColourTags { primaries, transfer, matrix, range, .. } = colour;
            [primaries, transfer, matrix, range].into_iter().for_each(|word| feed.text(word));
        }
        feed.key()
    }

    /// The key of the same picture in a form; of the picture as it was computed, if none is given.
    pub(super) fn in_form(self, form: Option<(PixelFormat, Colour)>) -> Self {
        let Some((format, colour)) = form else { return self };
        let mut feed = Feed(blake3::Hasher::new());
        feed.0.update(&self.0.to_le_bytes());
        feed.text(&format!("{format:?} {colour:?}"));
        feed.key()
    }
}

impl Grade {
    /// The key of what it does.
    pub fn key(&self) -> Key {
        let mut feed = Feed(blake3::Hasher::new());
        feed.grade(self);
        feed.key()
    }
}

impl Plan {
    /// The key of its picture: the same for a held frame, whatever its time.
    pub fn key(&self) -> Key {
        let mut feed = Feed(blake3::Hasher::new());
        feed.plan(self);
        feed.key()
    }
}

struct Feed(blake3::Hasher);

impl Feed {
    fn key(&self) -> Key {
        let hash = self.0.finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash.as_bytes()[..16]);
        Key(u128::from_le_bytes(bytes))
    }

    fn whole(&mut self, number: i64) {
        self.0.update(&number.to_le_bytes());
    }

    fn real(&mut self, number: f64) {
        self.0.update(&(number + 0.0).to_bits().to_le_bytes());
    }

    fn reals(&mut self, numbers: &[f64]) {
        self.whole(numbers.len() as i64);
        numbers.iter().for_each(|number| self.real(*number));
    }

    fn text(&mut self, text: &str) {
        self.whole(text.len() as i64);
        self.0.update(text.as_bytes());
    }

    fn id(&mut self, id: Id) {
        self.text(id.as_str());
    }

    fn plan(&mut self, plan: &Plan) {
        self.whole(i64::from(plan.raster.width));
        self.whole(i64::from(plan.raster.height));
        self.whole(plan.layers.len() as i64);
        plan.layers.iter().for_each(|layer| self.layer(layer));
    }

    fn layer(&mut self, layer: &Layer) {
        self.picture(&layer.picture);
        self.placement(&layer.placement);
        self.effects(&layer.effects);
        self.grade(&layer.grade);
        self.whole(layer.motion.len() as i64);
        layer.motion.iter().for_each(|placement| self.placement(placement));
    }

    fn effects(&mut self, effects: &Effects) {
        self.whole(effects.stages.len() as i64);
        for stage in &effects.stages {
            match &stage.doing {
                Doing::Grade(grade) => self.grade(grade),
                Doing::Filter { filter, values, .. } => {
                    self.text(filter.id);
                    self.values(values);
                }
            }
            self.real(stage.mix);
            self.masks(&stage.masks);
            stage.plate.iter().for_each(|plate| self.plate(plate));
        }
        self.masks(&effects.left);
        self.real(effects.over.unwrap_or(-1.0));
        effects.below.iter().for_each(|below| self.plan(below));
        self.whole(effects.frame);
        self.whole(effects.around.len() as i64);
        for (away, frame) in &effects.around {
            self.whole(*away);
            self.whole(*frame);
        }
    }

    fn masks(&mut self, masks: &Masks) {
        self.whole(masks.steps().count() as i64);
        for (shape, common, own) in masks.steps() {
            self.text(shape);
            self.values(common);
            own.for_each(|values| self.values(values));
        }
        masks.plates().for_each(|plate| self.plate(plate));
    }

    fn plate(&mut self, plate: &Plate) {
        self.id(plate.media);
        self.whole(plate.frame);
        self.0.update(&plate.said.0.to_le_bytes());
    }

    fn grade(&mut self, grade: &Grade) {
        self.whole(grade.steps().count() as i64);
        for (operation, values) in grade.steps() {
            self.text(operation.id);
            self.values(values);
        }
    }

    fn picture(&mut self, picture: &Picture) {
        match picture {
            Picture::Media { media, frame, turn, aspect, said } => {
                self.text("media");
                self.id(*media);
                self.0.update(&said.0.to_le_bytes());
                self.whole(*frame);
                self.whole(i64::from(*turn));
                self.real(aspect.to_f64());
            }
            Picture::Made { generator, values, at } => {
                self.text(generator.id);
                self.values(values);
                if let Some(font) = values.text("font") {
                    let text = format!("{}{}", values.word("text"), values.word("role"));
                    let in_colour = values.word("emoji") != "plain";
                    self.0.update(&titles::content(font, &text, in_colour));
                }
                [at.frame, at.elapsed, at.length].into_iter().for_each(|count| self.whole(count));
            }
            Picture::Nested(plan) => {
                self.text("sequence");
                self.plan(plan);
            }
            Picture::Between(between) => self.between(between),
        }
    }

    fn between(&mut self, between: &Between) {
        self.text("between");
        self.text(between.transition.id);
        self.values(&between.values);
        self.real(between.progress);
        for side in [&between.from, &between.to] {
            self.whole(i64::from(side.is_some()));
            side.iter().for_each(|layer| self.layer(layer));
        }
    }

    fn placement(&mut self, placement: &Placement) {
        let Placement {
            fit,
            position,
            scale,
            rotation,
            anchor,
            crop,
            crop_soft,
            pin,
            depth: _,
            opacity,
            blend,
            alpha,
        } = placement;
        let fit = [Fit::Fit, Fit::Fill, Fit::Stretch, Fit::None].iter().position(|one| one == fit);
        self.whole(fit.unwrap_or_default() as i64);
        let pin = pin.as_flattened();
        for numbers in [&position[..], scale, anchor, crop, pin, &[*rotation, *opacity, *crop_soft]]
        {
            self.reals(numbers);
        }
        self.whole(*blend as i64);
        self.whole(*alpha as i64);
    }

    fn values(&mut self, values: &Values) {
        for (id, value) in values.iter() {
            self.text(id);
            match value {
                Value::Flag(flag) => self.whole(i64::from(*flag)),
                Value::Number(number) => self.real(*number),
                Value::Vector(numbers) => self.reals(numbers),
                Value::Text(text) => self.text(text),
            }
        }
        for table in values.tables() {
            self.0.update(table.key());
        }
        self.text("");
    }
}
