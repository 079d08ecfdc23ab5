//! `roomtone list`: what the program offers, from its catalogues.

use super::Done;
use super::output::Output;
use crate::captions::checks;
use crate::deliver::leveling::{STANDARDS, Standard};
use crate::deliver::{continuity, presets};
use crate::interchange::FORMATS;
use crate::picture::faults::{self, Finder};
use crate::picture::grade::looks;
use crate::picture::measures::Measure;
use crate::picture::placement::PARAMETERS;
use crate::picture::titles::fonts;
use crate::picture::{filter, generators, grade, lut, masks, measures, scopes, transitions};
use crate::signal::parameter::{Kind, Parameter, Rest};
use crate::sound::node::{Node, Side};
use crate::sound::{self, device, nodes, places};
use clap::{Args, ValueEnum};
use serde_json::json;

/// What the list says of the device that is none.
const NULL: &str = "A clock that nobody hears.";

/// List presets, transitions, grade operations, ready looks, formats of look-up tables, scopes, filters, masks,
/// sound nodes, generators, placement, fonts, checks of captions, interchange formats, sound devices, loudness
/// standards, checks of the sound, ready places, measures of takes or finders of faults.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  roomtone list presets")]
pub(crate) struct Arguments {
    /// What to list.
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    Presets,
    Transitions,
    Grade,
    Looks,
    Luts,
    Scopes,
    Filters,
    Masks,
    Nodes,
    Generators,
    Placement,
    Fonts,
    Captions,
    Formats,
    Devices,
    Loudness,
    Checks,
    Places,
    Measures,
    Faults,
}

/// An entry of a catalogue.
struct Entry {
    id: String,
    help: String,
    parameters: &'static [Parameter],
    sides: &'static [Side],
}

/// Lists the entries.
pub(crate) fn run(arguments: &Arguments, output: Output) -> Done {
    for entry in entries(arguments.what) {
        let parameters: Vec<_> = entry.parameters.iter().map(|parameter| parameter.id).collect();
        let sides: Vec<_> = entry.sides.iter().map(|side| side.id).collect();
        output.say(
            words(&entry),
            || json!({"id": entry.id, "help": entry.help, "parameters": parameters, "inputs": sides}),
        );
    }
    Ok(())
}

fn entries(what: What) -> Vec<Entry> {
    let entry = |id: &str, help: &str, parameters| Entry {
        id: id.into(),
        help: help.into(),
        parameters,
        sides: &[],
    };
    match what {
        What::Presets => presets::ALL.iter().map(|it| entry(&it.id, &it.help, &[])).collect(),
        What::Transitions => {
            transitions::ALL.iter().map(|it| entry(it.id, it.help, it.parameters)).collect()
        }
        What::Looks => looks::ALL.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Luts => lut::ALL.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Scopes => scopes::ALL.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Grade => grade::ALL.iter().map(|it| entry(it.id, it.help, it.parameters)).collect(),
        What::Filters => filter::all().map(|it| entry(it.id, it.help, it.parameters)).collect(),
        What::Masks => {
            let own = masks::ALL.iter().map(|it| entry(it.id, it.help, it.parameters));
            own.chain([entry("", "What every mask has besides:", masks::COMMON)]).collect()
        }
        What::Nodes => {
            let node =
                |it: &&Node| Entry { sides: it.sides, ..entry(it.id, it.help, it.parameters) };
            nodes::ALL.iter().map(node).collect()
        }
        What::Generators => {
            let pictures = generators::ALL.iter().map(|it| entry(it.id, it.help, it.parameters));
            let sounds = sound::generators::ALL.iter();
            pictures.chain(sounds.map(|it| entry(it.id, it.help, it.parameters))).collect()
        }
        What::Placement => vec![entry("placement", "How a picture lies in the frame.", PARAMETERS)],
        What::Fonts => fonts::families().iter().map(|family| entry(family, "", &[])).collect(),
        What::Captions => checks::ALL.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Devices => {
            let system = device::names().into_iter();
            system.map(|name| entry(&name, "", &[])).chain([entry("null", NULL, &[])]).collect()
        }
        What::Loudness => STANDARDS.iter().map(|it| entry(it.id, &told(it), &[])).collect(),
        What::Checks => continuity::ALL.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Places => places::READY.iter().map(|it| entry(it.id, it.help, &[])).collect(),
        What::Measures => measures::ALL.iter().map(|it| entry(it.id, &measured(it), &[])).collect(),
        What::Faults => faults::ALL.iter().map(|it| entry(it.id, &found(it), &[])).collect(),
        What::Formats => FORMATS.iter().map(|it| entry(it.id, it.label, &[])).collect(),
    }
}

/// What a measure says, and in what.
fn measured(measure: &Measure) -> String {
    format!("{} ({})", measure.help, measure.unit)
}

/// What a finder finds, what its score counts, how much it found, what it is wrong about, and what mends it.
fn found(finder: &Finder) -> String {
    let Finder { help, unit, wrong, proven, repair, .. } = finder;
    let mended = if repair.is_empty() { String::new() } else { format!(" Mended by {repair}.") };
    format!("{help} ({unit}) {proven} {wrong}{mended}")
}

/// What a loudness asks for.
fn told(standard: &Standard) -> String {
    let goal = standard.goal;
    format!("{} {} LUFS, {} dBTP.", standard.help, goal.loudness, goal.ceiling)
}

fn words(entry: &Entry) -> String {
    let mut lines = format!("{:22} {}", entry.id, entry.help);
    for parameter in entry.parameters {
        let id = parameter.id;
        let line = format!("\n    {id:18} {} {}", parameter.help, range_of(parameter));
        lines.push_str(&line);
    }
    for side in entry.sides {
        let line = format!("\n    {:18} {} (a wire)", side.id, side.help);
        lines.push_str(&line);
    }
    lines
}

fn range_of(parameter: &Parameter) -> String {
    match parameter.kind {
        Kind::Number { least, most, default, unit } => {
            format!("({least} to {most} {unit}, {default})")
        }
        Kind::Setting { least, most, default, unit } => {
            format!("({least} to {most} {unit}, {default}; does not move)")
        }
        Kind::Point { default: [x, y], unit } => format!("({x} {y} {unit})"),
        Kind::Four { default, unit } => format!("({default:?} {unit})"),
        Kind::Wheel { least, most, default } => {
            format!("(red, green, blue, all: {least} to {most}, {default})")
        }
        Kind::Curve { rest: Rest::Diagonal | Rest::Shaped, least, most } => {
            format!("(points across and up: {least} to {most}, as it comes in)")
        }
        Kind::Curve { rest: Rest::Level(level), least, most } => {
            format!("(points across and up: {least} to {most}, {level})")
        }
        Kind::Curve { rest: Rest::Round(level), least, most } => {
            format!("(points across and up, round: {least} to {most}, {level})")
        }
        Kind::Flag { default } => format!("({default})"),
        Kind::Choice { options } => format!("({})", options.join(", ")),
        Kind::Media => "(a media)".into(),
        Kind::Look => "(a look of the film)".into(),
        Kind::File { endings } => format!("(a file .{})", endings.join(", .")),
        Kind::Text { default, .. } => format!("(text, {default:?})"),
        Kind::Path => "(seven numbers a point)".into(),
        Kind::List { most, unit } => format!("(a list of at most {most} numbers, {unit})"),
    }
}
