//! A lower third: who is seen, and what they do, beside a bar.

use super::{Generator, raster_size};
use crate::titles::{
    Block, LOOK, MOTION, Style, bar, colour, joined, kept, moved, steady,
};
use crate::values::Values;
use signal::{Kind, Parameter};

const OWN: [Parameter; 8] = [
    Parameter::line("text", "Name", "Who it is.", "Name"),
    Parameter::text("role", "Role", "What they do, or where: on the lines below.", "Role"),
    Parameter::point(
        "position",
        "Position",
        "Where its near edge and the middle of its height are, as parts of the frame.",
        [0.08, 0.82],
        "",
    ),
    Parameter {
        id: "side",
        label: "Side",
        help: "On which side its bar is, and its lines begin.",
        kind: Kind::Choice { options: &["left", "right"] },
    },
    Parameter::number("role_size", "Role size", "Against the name.", [0.1, 2.0, 0.62], ""),
    Parameter::colour("role_colour", "Role colour", "Red, green, blue, alpha.", [
        0.85, 0.85, 0.85, 1.0,
    ]),
    Parameter::number("bar", "Bar", "How wide the bar is, of the size.", [0.0, 100.0, 8.0], "%"),
    Parameter::colour("bar_colour", "Bar colour", "Clear: there is none.", [0.95, 0.7, 0.25, 1.0]),
];

const PARAMETERS: [Parameter; OWN.len() + LOOK.len() + MOTION.len()] =
    joined(&[&OWN, &LOOK, &MOTION]);

pub(super) const GENERATOR: Generator = Generator {
    id: "lower_third",
    label: "Lower third",
    help: "A name and what it stands for beside a bar, in the lower third of the frame.",
    parameters: &PARAMETERS,
    at: steady,
    make: |values, raster, at| {
        let [width, height] = raster_size(raster);
        let is_right = values.word("side") == "right";
        let mut name = Style::of(values, raster);
        name.wanted.align = if is_right { "right" } else { "left" };
        name.wanted.width = Some((0.8 * width) as f32);
        name.wanted.weight = values.number("weight").max(600.0) as f32;
        let role = role_of(values, &name);
        let (above, below) = (
            kept::laid(values.word("text"), &name.wanted),
            kept::laid(values.word("role"), &role.wanted),
        );
        let size = f64::from(name.wanted.size);
        let thick = values.number("bar") / 100.0 * size;
        let indent = if thick > 0.0 { thick + 0.35 * size } else { 0.0 };
        let [x, y] = values.point("position");
        let tall = f64::from(above.height + below.height);
        let top = y * height - 0.5 * tall;
        let edge = if is_right { (1.0 - x) * width - indent - 0.8 * width } else { x * width + indent };
        let split = top + f64::from(above.height);
        let near = if is_right { (1.0 - x) * width - thick } else { x * width };
        let line = bar([near, top, near + thick, top + tall]);
        let mut accent = name.clone().plain();
        accent.paint(colour(values, "bar_colour"));
        let names = [Block { laid: above, origin: [edge, top] }];
        let roles = [Block { laid: below, origin: [edge, split] }];
        let parts: [(&[Block], &Style); 3] = [(&[line], &accent), (&names, &name), (&roles, &role)];
        moved(&parts, values, at, raster)
    },
};

fn role_of(values: &Values, name: &Style) -> Style {
    let mut role = name.clone();
    let size = values.number("role_size") as f32;
    role.wanted.size *= size;
    role.wanted.tracking *= size;
    role.wanted.weight = values.number("weight") as f32;
    role.paint(colour(values, "role_colour"));
    role
}
