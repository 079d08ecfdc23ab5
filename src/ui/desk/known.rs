//! Which values there are: of a clip, of what it shows, of a transition, of a strip; each with its description
//! from the catalogues.

use super::{Desk, MaskOf};
use crate::edit::{Automated, Dial, Target, strip_of};
use crate::picture::{effects, generators, masks, placement, transitions};
use crate::signal::{Kind, Parameter};
use crate::sound::{self, nodes};
use std::collections::BTreeMap;
use timeline_format::mix::{NodeInstance, Strip};
use timeline_format::track::TrackKind;
use timeline_format::{Clip, Cut, Effect, Id, Mask, Param, Source, Value};

/// A value, what it is called, and its description.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Known {
    /// Which.
    pub(in crate::ui) value: Automated,
    /// What it is called.
    pub(in crate::ui) label: String,
    /// Its description.
    pub(in crate::ui) parameter: &'static Parameter,
}

/// The level of a clip's sound.
pub(in crate::ui) static GAIN: Parameter = Parameter {
    id: "gain",
    label: "Gain",
    help: "The level of its sound.",
    kind: Kind::Number { least: -96.0, most: 24.0, default: 0.0, unit: "dB" },
};
/// The position of a clip's sound.
pub(in crate::ui) static PAN: Parameter = Parameter {
    id: "pan",
    label: "Pan",
    help: "The position of its sound: -1 left, 0 centre, 1 right.",
    kind: Kind::Number { least: -1.0, most: 1.0, default: 0.0, unit: "" },
};

/// How much of an effect is seen.
static MIX: Parameter = Parameter {
    id: "mix",
    label: "Mix",
    help: "How much of it is seen.",
    kind: Kind::Number { least: 0.0, most: 1.0, default: 1.0, unit: "" },
};

impl Known {
    fn of(value: Automated, parameter: &'static Parameter) -> Self {
        Self { value, label: parameter.label.to_owned(), parameter }
    }

    /// Whether keys can move it.
    pub(in crate::ui) fn can_move(&self) -> bool {
        !matches!(
            self.parameter.kind,
            Kind::Setting { .. } | Kind::Media | Kind::Look | Kind::File { .. } | Kind::Text { .. }
        )
    }
}

/// Values under one heading.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::ui) struct Section {
    /// The heading.
    pub(in crate::ui) name: String,
    /// The values.
    pub(in crate::ui) values: Vec<Known>,
    /// The effect whose they are, if they are one's.
    pub(in crate::ui) effect: Option<Id>,
    /// The mask whose they are, if they are one's.
    pub(in crate::ui) mask: Option<MaskOf>,
}

/// The heading of what is seldom set of a placement: it stands last.
const PERSPECTIVE: &str = "Perspective and motion";

impl Section {
    /// Whether it stands behind the operations on the picture.
    pub(in crate::ui) fn is_last(&self) -> bool {
        self.effect.is_some() || self.mask.is_some() || self.name == PERSPECTIVE
    }

    fn new(name: impl Into<String>, values: Vec<Known>) -> Self {
        Self { name: name.into(), values, effect: None, mask: None }
    }
}

impl Desk {
    /// Everything that can be set of a clip or a free item, under headings.
    pub(in crate::ui) fn sections_of_clip(&self, id: Id) -> Vec<Section> {
        let Some((clip, sequence)) = self.clip(id).zip(self.sequence()) else { return Vec::new() };
        let track = sequence.find(id).and_then(|found| sequence.tracks.get(found.track));
        let is_picture = track.is_some_and(|it| it.header.kind == TrackKind::Picture);
        let mut sections = Vec::from_iter(generator_section(id, clip));
        let mut last = None;
        if is_picture {
            let target = |name: &str| Target::Placement(name.to_owned());
            let of = |it: &'static Parameter| Known::of(Automated::Clip(id, target(it.id)), it);
            let (plain, fine) =
                placement::PARAMETERS.split_at(placement::PARAMETERS.len() - placement::FINE);
            sections.push(Section::new("Placement", plain.iter().map(of).collect()));
            last = Some(Section::new(PERSPECTIVE, fine.iter().map(of).collect()));
        } else {
            let gain = Known::of(Automated::Clip(id, Target::Gain), &GAIN);
            let pan = Known::of(Automated::Clip(id, Target::Pan), &PAN);
            sections.push(Section::new("Sound", vec![gain, pan]));
        }
        for effect in &clip.look.effects {
            let section = effect_section(id, effect);
            let masks = effect.masks.iter().map(|it| mask_section((id, Some(effect.id)), it));
            let whose = section.name.clone();
            sections.push(section);
            let of = |it: Section| Section { name: format!("{} of {whose}", it.name), ..it };
            sections.extend(masks.map(of));
        }
        sections.extend(clip.look.masks.iter().map(|mask| mask_section((id, None), mask)));
        sections.extend(last);
        sections
    }

    /// What can be set of the transition over a cut.
    pub(in crate::ui) fn values_of_transition(&self, track: Id, cut: Cut) -> Vec<Known> {
        let found = self.track(track).and_then(|track| track.transitions.get(&cut));
        let Some(found) = found else { return Vec::new() };
        let value = |name: &str| Automated::Transition(track, cut, name.to_owned());
        match transitions::ALL.iter().find(|kind| kind.id == found.kind) {
            Some(kind) => described(kind.parameters, value),
            None => unknown(&found.values, value),
        }
    }

    /// Everything that can be set of the strip of a track or a bus, under headings.
    pub(in crate::ui) fn sections_of_strip(&self, owner: Id) -> Vec<Section> {
        let found = self.sequence().and_then(|sequence| strip_of(sequence, owner));
        let Some(strip) = found else { return Vec::new() };
        let gain = Known::of(Automated::Strip(owner, Dial::Gain), &GAIN);
        let pan = Known::of(Automated::Strip(owner, Dial::Pan), &PAN);
        let mut level = vec![gain, pan];
        level.extend(self.sends_of(owner, strip));
        let nodes = strip.nodes.iter().map(|node| node_section(owner, node));
        std::iter::once(Section::new("Level", level)).chain(nodes).collect()
    }

    fn sends_of(&self, owner: Id, strip: &Strip) -> Vec<Known> {
        let name_of = |to: Id| {
            let bus = self.sequence().and_then(|sequence| sequence.buses.get(&to));
            bus.map_or_else(|| to.to_string(), |bus| bus.name.clone())
        };
        let send = |to: Id| Known {
            value: Automated::Strip(owner, Dial::Send(to)),
            label: format!("To {}", name_of(to)),
            parameter: &GAIN,
        };
        strip.sends.iter().map(|it| send(it.to)).collect()
    }

    /// Every value of a clip, a free item or a strip that has keys.
    pub(in crate::ui) fn moving_values(&self, owner: Id) -> Vec<Known> {
        let of_clip = self.sections_of_clip(owner);
        let sections = if of_clip.is_empty() { self.sections_of_strip(owner) } else { of_clip };
        let several = sections.len() > 1;
        let named = sections.into_iter().flat_map(|section| {
            let is_plain = matches!(section.name.as_str(), "Placement" | "Sound" | "Level");
            let heading = (several && !is_plain).then_some(section.name);
            section.values.into_iter().map(move |known| match &heading {
                Some(heading) => Known { label: format!("{heading}: {}", known.label), ..known },
                None => known,
            })
        });
        named.filter(|known| self.moves(known)).collect()
    }

    /// Every value of the transition over a cut that has keys.
    pub(super) fn moving_values_of_transition(&self, track: Id, cut: Cut) -> Vec<Known> {
        let values = self.values_of_transition(track, cut).into_iter();
        values.filter(|known| self.moves(known)).collect()
    }

    fn moves(&self, known: &Known) -> bool {
        !crate::edit::keys_of(self.given(&known.value)).is_empty()
    }
}

fn generator_section(id: Id, clip: &Clip) -> Option<Section> {
    let Source::Generator(made) = &clip.source else { return None };
    let value = |name: &str| Automated::Clip(id, Target::Generator(name.to_owned()));
    let of_picture = generators::named(&made.kind).map(|it| (it.label, it.parameters));
    let known = of_picture
        .or_else(|| sound::generators::find(&made.kind).map(|it| (it.label, it.parameters)));
    Some(match known {
        Some((label, parameters)) => Section::new(label, described(parameters, value)),
        None => Section::new(&made.kind, unknown(&made.values, value)),
    })
}

fn effect_section(clip: Id, effect: &Effect) -> Section {
    let value = |name: &str| Automated::Clip(clip, Target::Effect(effect.id, name.to_owned()));
    let (name, values) = match effects::named(&effect.kind) {
        Some(operation) => (operation.label, described(operation.parameters, value)),
        None => (effect.kind.as_str(), unknown(&effect.values, value)),
    };
    let mut values = values;
    values.push(Known::of(Automated::Clip(clip, Target::Mix(effect.id)), &MIX));
    Section { effect: Some(effect.id), ..Section::new(name, values) }
}

fn mask_section((clip, effect): (Id, Option<Id>), mask: &Mask) -> Section {
    let of = MaskOf { clip, effect, mask: mask.id };
    let value = |name: &str| of.value(name);
    let (name, values) = match masks::named(&mask.kind) {
        Some(shape) => {
            let own = described(shape.parameters, value);
            let common = described(masks::COMMON, value);
            (shape.label, own.into_iter().chain(common).collect())
        }
        None => (mask.kind.as_str(), unknown(&mask.values, value)),
    };
    Section { effect, mask: Some(of), ..Section::new(name, values) }
}

fn node_section(owner: Id, node: &NodeInstance) -> Section {
    let value = |name: &str| Automated::Strip(owner, Dial::Node(node.id, name.to_owned()));
    match nodes::find(&node.kind) {
        Some(kind) => Section::new(kind.label, described(kind.parameters, value)),
        None => Section::new(&node.kind, unknown(&node.values, value)),
    }
}

fn described(parameters: &'static [Parameter], value: impl Fn(&str) -> Automated) -> Vec<Known> {
    parameters.iter().map(|parameter| Known::of(value(parameter.id), parameter)).collect()
}

/// What is stated of something that no catalogue has: it is shown, and its keys can be moved.
fn unknown(values: &BTreeMap<String, Param>, value: impl Fn(&str) -> Automated) -> Vec<Known> {
    let known = |(name, param): (&String, &Param)| Known {
        value: value(name),
        label: name.clone(),
        parameter: match param.at(0.0) {
            Value::Flag(_) => &UNKNOWN_FLAG,
            Value::Vector(numbers) if numbers.len() == 2 => &UNKNOWN_POINT,
            Value::Vector(_) => &UNKNOWN_FOUR,
            Value::Number(_) => &UNKNOWN_NUMBER,
            Value::Text(_) => &UNKNOWN_WORD,
        },
    };
    values.iter().map(known).collect()
}

const fn undescribed(kind: Kind) -> Parameter {
    Parameter { id: "", label: "", help: "No catalogue here describes it: it is kept.", kind }
}

static UNKNOWN_FLAG: Parameter = undescribed(Kind::Flag { default: false });
static UNKNOWN_POINT: Parameter = undescribed(Kind::Point { default: [0.0; 2], unit: "" });
static UNKNOWN_FOUR: Parameter = undescribed(Kind::Four { default: [0.0; 4], unit: "" });
static UNKNOWN_NUMBER: Parameter =
    undescribed(Kind::Number { least: -1e9, most: 1e9, default: 0.0, unit: "" });
static UNKNOWN_WORD: Parameter = undescribed(Kind::Choice { options: &[] });
