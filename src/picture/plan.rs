//! What is visible at a frame: layers from the bottom up, each with its frame and its place.

use super::blend::Blend;
use super::effects::Effects;
use super::generators::{At, Generator};
use super::grade::Grade;
use super::key::Key;
use super::placement::Placement;
use super::transitions::Transition;
use super::values::Values;
use std::sync::Arc;
use timeline_format::sequence::Raster;
use timeline_format::{Id, Ratio};

/// What is visible at a frame of a sequence.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The size of the picture.
    pub raster: Raster,
    /// What is seen, from the bottom up.
    pub layers: Vec<Layer>,
}

/// A picture, its place, and what is done to it.
#[derive(Debug, Clone)]
pub struct Layer {
    /// What is seen.
    pub picture: Picture,
    /// Where and how.
    pub placement: Placement,
    /// Where it is while the shutter is open, where it moves: what is seen is their mean.
    pub motion: Vec<Placement>,
    /// What is done to the whole of it first.
    pub effects: Effects,
    /// What is done to its colours then, before it is placed.
    pub grade: Grade,
}

/// What is seen.
#[derive(Debug, Clone)]
pub enum Picture {
    /// A frame of a media.
    Media {
        /// The media.
        media: Id,
        /// The real frame.
        frame: i64,
        /// Degrees clockwise to turn it first: 0, 90, 180, 270.
        turn: u16,
        /// Width of its pixels over their height.
        aspect: Ratio,
        /// What the document says of the media: see [`Key::of_media`].
        said: Key,
    },
    /// What a generator makes.
    Made {
        /// The generator.
        generator: &'static Generator,
        /// Its values.
        values: Values,
        /// The moment, as far as it changes the picture.
        at: At,
    },
    /// Another sequence.
    Nested(Arc<Plan>),
    /// A transition.
    Between(Box<Between>),
}

/// A moment of a transition.
#[derive(Debug, Clone)]
pub struct Between {
    /// Which.
    pub transition: &'static Transition,
    /// Its values.
    pub values: Values,
    /// 0 to 1.
    pub progress: f64,
    /// The outgoing picture; `None` is nothing.
    pub from: Option<Layer>,
    /// The incoming picture.
    pub to: Option<Layer>,
}

impl Plan {
    /// The one frame of a media that the picture is, where nothing is done to it and it is as large
    /// as the film and hides what is below: the pixels are the decoder's own then, if the media has no
    /// alpha.
    pub fn as_it_is(&self) -> Option<(Id, i64)> {
        let top = self.layers.last()?;
        let is_seen_alone = self.layers.len() == 1 || top.placement.blend == Blend::Normal;
        let is_still = top.placement.is_plain() && top.motion.is_empty();
        if !is_still || top.is_treated() || !is_seen_alone {
            return None;
        }
        match &top.picture {
            Picture::Media { media, frame, turn: 0, aspect, .. } if *aspect == Ratio::ONE => {
                Some((*media, *frame))
            }
            Picture::Nested(plan) if plan.raster == self.raster => plan.as_it_is(),
            _ => None,
        }
    }

    /// The same plan with other frames of its media: `choose` is given each with its number.
    #[must_use]
    pub fn with_frames(&self, choose: &mut dyn FnMut(Id, i64) -> i64) -> Self {
        let layers = self.layers.iter().map(|layer| layer.with_frames(choose)).collect();
        Self { raster: self.raster, layers }
    }

    /// The frames of media that the picture is made of, bottom up; one may come twice.
    pub fn needs(&self) -> Vec<(Id, i64)> {
        let mut needs = Vec::new();
        self.layers.iter().for_each(|layer| layer.collect(&mut needs));
        needs
    }
}

impl Layer {
    /// A picture with the colours that it has.
    pub fn new(picture: Picture, placement: Placement) -> Self {
        let (motion, effects, grade) = (Vec::new(), Effects::default(), Grade::default());
        Self { picture, placement, motion, effects, grade }
    }

    /// Its picture, with nothing done to it.
    pub(super) fn alone(&self) -> Self {
        Self::new(self.picture.clone(), Placement::default())
    }

    /// Whether something is done to it before it is placed.
    pub const fn is_treated(&self) -> bool {
        !self.effects.is_empty() || !self.grade.is_empty()
    }

    fn with_frames(&self, choose: &mut dyn FnMut(Id, i64) -> i64) -> Self {
        let mut layer = self.clone();
        for plate in layer.effects.plates_mut() {
            plate.frame = choose(plate.media, plate.frame);
        }
        if let Some(below) = &mut layer.effects.below {
            *below = Arc::new(below.with_frames(choose));
        }
        match &mut layer.picture {
            Picture::Media { media, frame, .. } => {
                *frame = choose(*media, *frame);
                for (_, other) in &mut layer.effects.around {
                    *other = choose(*media, *other);
                }
            }
            Picture::Made { .. } => {}
            Picture::Nested(plan) => *plan = Arc::new(plan.with_frames(choose)),
            Picture::Between(between) => {
                for side in [&mut between.from, &mut between.to] {
                    *side = side.as_ref().map(|side| side.with_frames(choose));
                }
            }
        }
        layer
    }

    fn collect(&self, needs: &mut Vec<(Id, i64)>) {
        needs.extend(self.effects.plates().map(|plate| (plate.media, plate.frame)));
        needs.extend(self.effects.below.iter().flat_map(|below| below.needs()));
        match &self.picture {
            Picture::Media { media, frame, .. } => {
                needs.push((*media, *frame));
                needs.extend(self.effects.around.iter().map(|(_, frame)| (*media, *frame)));
            }
            Picture::Made { .. } => {}
            Picture::Nested(plan) => needs.extend(plan.needs()),
            Picture::Between(between) => {
                between.from.iter().chain(&between.to).for_each(|layer| layer.collect(needs));
            }
        }
    }
}
