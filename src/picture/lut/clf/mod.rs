//! `.clf`: process nodes one after the other, in XML (Academy and ASC, Common LUT Format; SMPTE ST 2136-1).
//!
//! One file a process node. What numbers of a node mean hangs on the bit depths that it states: they are brought to
//! where 1 is white, so that what flows from node to node has no depth.

mod depth;
mod element;

use super::{Format, Formula, Stage};
use element::Element;

signal::catalogue! {
    /// Every process node, by the format's names.
    NODES: NODE: Node = lut1d lut3d matrix range asc_cdl log exponent
}

/// The most process nodes of a file.
const MOST_NODES: usize = 256;
/// What stands beside process nodes and does nothing to colours.
const WORDS: &[&str] = &["Description", "InputDescriptor", "OutputDescriptor", "Info"];

pub(super) const FORMAT: Format = Format {
    id: "clf",
    help: "The Academy's common format: curves, cubes, matrices, ranges, colour decisions, logarithms and powers in any order.",
    read,
};

/// The description of a process node.
#[derive(Debug)]
struct Node {
    /// Its element's name.
    id: &'static str,
    /// What it does to colours, in order.
    read: fn(&Element) -> Result<Vec<Stage>, String>,
}

fn read(text: &str) -> Result<Vec<Stage>, String> {
    let root = element::read(text)?;
    if root.name != "ProcessList" {
        return Err(format!("its root is {:?}, and that of a CLF is ProcessList", root.shown_name()));
    }
    let nodes = || root.children.iter().filter(|child| !WORDS.contains(&child.name.as_str()));
    if nodes().count() > MOST_NODES {
        return Err(format!("it has more than {MOST_NODES} process nodes, which no CLF needs"));
    }
    let mut stages = Vec::new();
    for (place, element) in nodes().enumerate() {
        let wrong = |why: String| {
            format!("node {} ({}, line {}): {why}", place + 1, element.shown_name(), element.line)
        };
        stages.extend(node(element).map_err(wrong)?);
    }
    if nodes().next().is_none() {
        return Err("it has no process node".to_owned());
    }
    Ok(stages)
}

fn node(element: &Element) -> Result<Vec<Stage>, String> {
    let known = NODES.iter().find(|node| node.id == element.name).ok_or_else(|| {
        let ids: Vec<_> = NODES.iter().map(|node| node.id).collect();
        format!("it is no process node of CLF: there are {}", ids.join(", "))
    })?;
    (known.read)(element)
}

/// A stage of a formula.
fn formula(formula: impl Formula + 'static) -> Vec<Stage> {
    vec![Stage::Formula(std::sync::Arc::new(formula))]
}

/// A formula for each colour, of the elements called `name` of a node: each says which colour it is for, or is for all.
fn by_colour<T: Copy>(
    element: &Element,
    name: &str,
    neutral: T,
    read: impl Fn(&Element) -> Result<T, String>,
) -> Result<[T; 3], String> {
    let mut found = [neutral; 3];
    let mut is_there = false;
    for child in element.all(name) {
        let one = read(child)?;
        is_there = true;
        match child.attribute("channel") {
            None => found = [one; 3],
            Some("R") => found[0] = one,
            Some("G") => found[1] = one,
            Some("B") => found[2] = one,
            Some(other) => return Err(format!("its channel {other:?} is none of R, G and B")),
        }
    }
    is_there.then_some(found).ok_or_else(|| format!("it has no {name}"))
}
