//! What is wrong with the texts of a film: fonts that are not there, characters that no font has, too much of it.

use super::fonts::{self, BUNDLED};
use super::shape::missing;
use crate::generators;
use crate::values::MOST_TEXT;
use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::problem::FilmPlace;
use timeline_format::track::Content;
use timeline_format::{Clip, Id, Param, Problem, Ratio, Sequence, Source, Timeline, Value};

/// The problems of every title of a film, and of captions that are drawn.
pub(crate) fn problems(film: &Timeline) -> Vec<Problem> {
    let mut found = Vec::new();
    for (id, sequence) in &film.sequences {
        for track in &sequence.tracks {
            let place = FilmPlace::sequence(*id).track(track.id);
            let mut add = |clip: Id, of: &Clip, start: Option<i64>| {
                let Source::Generator(made) = &of.source else { return };
                let place = place.clone().clip(clip);
                let place = match start {
                    Some(start) => place.frame(sequence, start),
                    None => place,
                };
                let placed = of_title(made).into_iter();
                found.extend(
                    placed.map(|it| it.in_film(place.clone()).in_file(format!("/clips/{clip}"))),
                );
            };
            match &track.content {
                Content::Sequential(reel) => {
                    for (start, item) in reel.placed() {
                        item.clip.iter().for_each(|clip| add(item.id, clip, Some(start)));
                    }
                }
                Content::Free(layers) => {
                    for (id, layer) in layers {
                        add(*id, &layer.clip, sequence.start_of(layer).map(Ratio::floor));
                    }
                }
            }
        }
        found.extend(of_captions(*id, sequence));
    }
    found
}

fn of_title(made: &Generator) -> Vec<Problem> {
    let Some(known) = generators::named(&made.kind) else { return Vec::new() };
    if !known.parameters.iter().any(|parameter| parameter.id == "font") {
        return Vec::new();
    }
    let text = ["text", "role"].map(|name| texts(&made.values, name)).concat();
    of_text(&text, &texts(&made.values, "font"))
}

fn of_captions(id: Id, sequence: &Sequence) -> Vec<Problem> {
    let mut found = Vec::new();
    for (name, captions) in sequence.captions.iter().filter(|(_, captions)| captions.burned) {
        let text: String = captions.cues.iter().map(|cue| cue.text.as_str()).collect();
        let mut of = of_text(&text, &texts(&captions.style, "font"));
        of.retain(|problem| problem.code != "text-long");
        let at = format!("/captions/{id}~1{name}");
        found.extend(of.into_iter().map(|problem| problem.in_file(at.clone())));
    }
    found
}

/// All that a parameter says, over time.
fn texts(values: &BTreeMap<String, Param>, name: &str) -> String {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        _ => String::new(),
    };
    match values.get(name) {
        Some(Param::Constant(value)) => text(value),
        Some(Param::Animated(curve)) => {
            curve.keys.first().map(|key| text(&key.value)).unwrap_or_default()
        }
        None => String::new(),
    }
}

fn of_text(text: &str, font: &str) -> Vec<Problem> {
    let mut found = Vec::new();
    if !font.is_empty() && !fonts::has(font) {
        let words = format!("there is no font {font:?} here: {BUNDLED} stands for it");
        let problem = Problem::warning("font-missing", words);
        found.push(problem.remedy("install it, or choose one of `roomtone list fonts`"));
    }
    let lost = missing(text);
    if !lost.is_empty() {
        let some: String = lost.iter().take(12).collect();
        let words = format!("no font here has {} characters: {some}", lost.len());
        let problem = Problem::warning("glyph-missing", words);
        found.push(problem.remedy("install a font that has them; until then empty boxes are seen"));
    }
    if text.chars().nth(MOST_TEXT).is_some() {
        let words = format!("the text has more than {MOST_TEXT} characters: the rest is not seen");
        found
            .push(Problem::warning("text-long", words).remedy("share it out among several titles"));
    }
    found
}
