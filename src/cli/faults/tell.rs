//! Telling: faults in words and for programs.

use super::{Arguments, meant, words_of};
use crate::cli::Done;
use crate::cli::film::Opened;
use crate::cli::output::Output;
use crate::edit::{self, Faulty};
use crate::picture::faults::{Known, named};
use serde_json::{Value, json};
use timeline_format::{Fault, FaultState};

/// Tells what is kept of what is meant.
pub(super) fn kept(arguments: &Arguments, opened: &Opened, output: Output) -> Done {
    let whose = meant(arguments, &opened.timeline)?;
    let is_all = arguments.shot.is_none();
    let faults = edit::faults_of(&opened.timeline).into_iter().filter(|(of, fault)| {
        let is_kind = arguments.only.is_empty() || arguments.only.contains(&fault.kind);
        is_kind && (is_all || whose.contains(of))
    });
    let mut last = None;
    for (of, fault) in faults {
        if last != Some(of) {
            head(of, output);
        }
        last = Some(of);
        one(of, &fault, output);
    }
    if last.is_none() {
        output.say("no faults are kept", || json!({"faults": 0}));
    }
    Ok(())
}

/// Tells what was found of one take or media.
pub(super) fn found(of: Faulty, known: &[Known], output: Output) {
    head(of, output);
    for known in known {
        one(of, &known.fault, output);
    }
    if known.is_empty() && !output.is_json() {
        output.say("  nothing found", || Value::Null);
    }
}

fn head(of: Faulty, output: Output) {
    if !output.is_json() {
        output.say(words_of(of), || Value::Null);
    }
}

/// Tells one fault.
pub(super) fn one(of: Faulty, fault: &Fault, output: Output) {
    output.say(format_args!("  {}", words(fault)), || object(of, fault));
}

fn words(fault: &Fault) -> String {
    let [from, to] = fault.frames.map(timeline_format::Ratio::floor);
    let finder = named(&fault.kind);
    let label = finder.map_or(fault.kind.as_str(), |finder| finder.label);
    let unit = finder.map_or("", |finder| finder.unit);
    let frames = if to - from == 1 {
        format!("frame {from}")
    } else {
        format!("frames {from} to {}", to - 1)
    };
    let place = fault.region.map_or_else(String::new, |[left, top, right, bottom]| {
        let parts = [left, top, right, bottom].map(|part| format!("{:.0}", 100.0 * part));
        format!(", at {}%,{}% to {}%,{}%", parts[0], parts[1], parts[2], parts[3])
    });
    let figures: Vec<String> =
        fault.figures.iter().map(|(name, value)| format!(", {name} {value}")).collect();
    let figures = figures.concat();
    let state = match fault.state {
        FaultState::Open => String::new(),
        FaultState::Fixed => fault
            .effect
            .map_or_else(|| " [fixed]".to_owned(), |effect| format!(" [fixed by {effect}]")),
        FaultState::Accepted => format!(" [accepted by {}: {}]", fault.by, fault.because),
    };
    format!(
        "{:16} {label}: {} {unit}, {frames}{place}{figures}{state}",
        fault.id.to_string(),
        fault.score
    )
}

fn object(of: Faulty, fault: &Fault) -> Value {
    let mut object = json!(fault);
    if let Value::Object(fields) = &mut object {
        fields.entry("state").or_insert_with(|| json!("open"));
        match of {
            Faulty::Take(shot, take) => {
                fields.insert("shot".into(), json!(shot));
                fields.insert("take".into(), json!(take));
            }
            Faulty::Media(media) => {
                fields.insert("media".into(), json!(media));
            }
        }
        let mended =
            named(&fault.kind).map(|finder| finder.repair).filter(|repair| !repair.is_empty());
        fields.insert("repair".into(), json!(mended));
    }
    object
}
