//! What is wrong with the texts of a film: fonts that are not there, characters that no font has, too much of it.

use super::fonts::{self, BUNDLED};
use super::shape::missing;
use crate::generators::{self, At};
use crate::values::{MOST_TEXT, Moment, Values};
use std::collections::BTreeMap;
use timeline_format::clip::Generator;
use timeline_format::problem::FilmPlace;
use timeline_format::sequence::Raster;
use timeline_format::track::Content;
use timeline_format::{
    Clip, Id, Param, Problem, Ratio, Sequence, Severity, Source, Timeline, Value,
};

/// The problems of every title of a film, and of captions that are drawn.
pub(crate) fn problems(film: &Timeline) -> Vec<Problem> {
    let mut found = Vec::new();
    each(film, &mut |said, place| {
        let mut of = of_text(&said.text, &said.font);
        if said.is_caption {
            of.retain(|problem| problem.code != "text-long");
        }
        found.extend(of.into_iter().chain(unsafe_area(film, said)).map(place));
    });
    found
}

/// The problems of the fonts of a film that are files, by what `read` says of a path from the film: why it is no
/// font, in words.
pub fn font_problems(film: &Timeline, read: &dyn Fn(&str) -> Result<(), String>) -> Vec<Problem> {
    let mut found = Vec::new();
    each(film, &mut |said, place| {
        if fonts::is_file(&said.font)
            && let Err(why) = read(&said.font)
        {
            let words = format!("the font {}: {why}: {BUNDLED} stands for it", said.font);
            let problem = Problem::warning("font-missing", words);
            let remedy = "put the file there, or choose one of `roomtone list fonts`";
            found.push(place(problem.remedy(remedy)));
        }
    });
    found
}

/// A text of a film, for checks.
struct Said<'a> {
    text: String,
    font: String,
    is_caption: bool,
    sequence: &'a Sequence,
    /// The title, where it is one and nothing moves it.
    still: Option<&'a Generator>,
}

/// Shows every text of a film, and what says of a problem where it lies.
fn each(film: &Timeline, show: &mut dyn FnMut(&Said<'_>, &dyn Fn(Problem) -> Problem)) {
    for (id, sequence) in &film.sequences {
        for track in &sequence.tracks {
            let place = FilmPlace::sequence(*id).track(track.id);
            let mut add = |clip: Id, of: &Clip, start: Option<i64>| {
                let Some(said) = of_title(sequence, of) else { return };
                let place = place.clone().clip(clip);
                let place = match start {
                    Some(start) => place.frame(sequence, start),
                    None => place,
                };
                let at = format!("/clips/{clip}");
                show(&said, &|problem| problem.in_film(place.clone()).in_file(at.clone()));
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
        for (name, captions) in sequence.captions.iter().filter(|(_, captions)| captions.burned) {
            let text = captions.cues.iter().map(|cue| cue.text.as_str()).collect();
            let font = texts(&captions.style, "font");
            let said = Said { text, font, is_caption: true, sequence, still: None };
            let at = format!("/captions/{id}~1{name}");
            show(&said, &|problem| problem.in_file(at.clone()));
        }
    }
}

/// The text of a title; `None` where a clip is none.
fn of_title<'a>(sequence: &'a Sequence, clip: &'a Clip) -> Option<Said<'a>> {
    let Source::Generator(made) = &clip.source else { return None };
    let known = generators::named(&made.kind)?;
    known.parameters.iter().find(|parameter| parameter.id == "font")?;
    let text = ["text", "role"].map(|name| texts(&made.values, name)).concat();
    let font = texts(&made.values, "font");
    let is_still = clip.look.placement.is_empty() && clip.look.effects.is_empty();
    let stands = matches!(known.id, "title" | "lower_third");
    let still = (is_still && stands).then_some(made);
    Some(Said { text, font, is_caption: false, sequence, still })
}

/// How much of each side of the frame titles keep clear (SMPTE RP 2046-1: they lie in the middle 90 %).
const SAFE: f64 = 0.05;
/// Lines of the raster in which that is looked at.
const LINES: u32 = 270;

/// Whether a title that stands reaches beyond the area that is safe for titles.
fn unsafe_area(film: &Timeline, said: &Said<'_>) -> Option<Problem> {
    let (made, raster) = (said.still?, film.raster_of(said.sequence));
    let generator = generators::named(&made.kind)?;
    let width = (LINES * raster.width / raster.height.max(1)).clamp(1, 4 * LINES);
    let small = Raster { width, height: LINES };
    let clear = Value::Vector(vec![0.0; 4]);
    let values = Values::resolve(generator.parameters, Moment::default(), |id| made.values.get(id))
        .with("shadow_colour", clear.clone())
        .with("box_colour", clear);
    let image = (generator.make)(&values, small, At::default());
    let [across, down] = [width, LINES].map(|side| (f64::from(side) * SAFE).floor() as usize);
    let is_seen = |bytes: &[u8; 4]| f32::from_ne_bytes(*bytes) > 0.5;
    let is_edge = |at: usize, side: usize, length: u32| at < side || at + side >= length as usize;
    let is_unsafe = image.lines(3).enumerate().any(|(y, line)| {
        let mut pixels = line.as_chunks::<4>().0.iter().enumerate();
        pixels.any(|(x, pixel)| {
            is_seen(pixel) && (is_edge(y, down, LINES) || is_edge(x, across, width))
        })
    });
    is_unsafe.then(|| {
        let words =
            "the title reaches beyond the safe area for titles: the middle 90 % of the frame";
        let remedy = "move it inwards, make it smaller, or give its lines less width";
        let problem = Problem::warning("title-safe", words).remedy(remedy);
        Problem { severity: Severity::Note, ..problem }
    })
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
    if !font.is_empty() && !fonts::is_file(font) && !fonts::has(font) {
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
