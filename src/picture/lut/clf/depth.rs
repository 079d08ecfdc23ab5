//! Bit depths that process nodes state: what their numbers are white at.

use super::Element;

/// The depths that there are, and the number that white has in each.
const DEPTHS: &[(&str, f64)] = &[
    ("8i", 255.0),
    ("10i", 1023.0),
    ("12i", 4095.0),
    ("16i", 65_535.0),
    ("16f", 1.0),
    ("32f", 1.0),
];

/// What white is in a node's numbers on the way in, and on the way out.
pub(super) fn whites(element: &Element) -> Result<[f64; 2], String> {
    Ok([white(element, "inBitDepth")?, white(element, "outBitDepth")?])
}

fn white(element: &Element, name: &str) -> Result<f64, String> {
    let said = element.attribute(name).ok_or_else(|| format!("it states no {name}"))?;
    let found = DEPTHS.iter().find(|(depth, _)| *depth == said).map(|(_, white)| *white);
    found.ok_or_else(|| {
        let depths: Vec<_> = DEPTHS.iter().map(|(depth, _)| *depth).collect();
        format!("its {name} is {said:?}, and there are {}", depths.join(", "))
    })
}
