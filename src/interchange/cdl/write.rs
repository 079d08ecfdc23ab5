//! From corrections to a file's text.

use super::{Correction, Form};
use std::fmt::Write as _;

const SPACE: &str = "urn:ASC:CDL:v1.2";

/// Corrections as a file; of one form there is only the first.
pub fn write(corrections: &[Correction], form: Form) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let each = |depth: usize| {
        corrections.iter().map(move |it| correction(it, depth, "")).collect::<String>()
    };
    match form {
        Form::One => {
            let space = format!(" xmlns=\"{SPACE}\"");
            text.extend(corrections.first().map(|first| correction(first, 0, &space)));
        }
        Form::Collection => {
            let inner = each(1);
            _ = write!(
                text,
                "<ColorCorrectionCollection xmlns=\"{SPACE}\">\n{inner}</ColorCorrectionCollection>\n"
            );
        }
        Form::List => {
            let decision = |it: &Correction| {
                format!("  <ColorDecision>\n{}  </ColorDecision>\n", correction(it, 2, ""))
            };
            let inner: String = corrections.iter().map(decision).collect();
            _ = write!(
                text,
                "<ColorDecisionList xmlns=\"{SPACE}\">\n{inner}</ColorDecisionList>\n"
            );
        }
    }
    text
}

fn correction(of: &Correction, depth: usize, space: &str) -> String {
    let said = match of.description.as_str() {
        "" => String::new(),
        words => format!("    <Description>{}</Description>\n", plain(words)),
    };
    let three = |[red, green, blue]: [f64; 3]| format!("{red} {green} {blue}");
    let text = format!(
        "<ColorCorrection id=\"{}\"{space}>\n  <SOPNode>\n{said}    <Slope>{}</Slope>\n    \
         <Offset>{}</Offset>\n    <Power>{}</Power>\n  </SOPNode>\n  <SatNode>\n    \
         <Saturation>{}</Saturation>\n  </SatNode>\n</ColorCorrection>\n",
        plain(&of.id),
        three(of.slope),
        three(of.offset),
        three(of.power),
        of.saturation
    );
    let indent = "  ".repeat(depth);
    text.lines().flat_map(|line| [indent.as_str(), line, "\n"]).collect()
}

/// A text as XML has it.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        match letter {
            '&' => plain.push_str("&amp;"),
            '<' => plain.push_str("&lt;"),
            '>' => plain.push_str("&gt;"),
            '"' => plain.push_str("&quot;"),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::super::{Correction, Form, read};
    use super::*;

    fn two() -> Vec<Correction> {
        let first = Correction {
            id: "a<1>\"&".into(),
            description: "warm & <soft>".into(),
            slope: [1.1, 0.95, 0.9],
            offset: [-0.01, 0.0, 0.02],
            power: [1.0, 1.05, 0.97],
            saturation: 0.8,
        };
        vec![first, Correction { id: "b".into(), ..Correction::default() }]
    }

    #[test]
    fn every_form_comes_back() {
        for form in [Form::Collection, Form::List] {
            assert_eq!(read(write(&two(), form).as_bytes()), Ok(two()), "{form:?}");
        }
        assert_eq!(read(write(&two(), Form::One).as_bytes()), Ok(two()[..1].to_vec()));
    }

    #[test]
    fn what_is_no_list_is_refused_in_words() {
        let cases = [
            ("", "no ColorCorrection"),
            ("<a><b/></a>", "no ColorCorrection"),
            ("<ColorCorrection><Slope>1 2</Slope></ColorCorrection>", "slope should be 3"),
            ("<ColorCorrection><Power>1 0 1</Power></ColorCorrection>", "power should be 3"),
            ("<ColorCorrection><Slope>1 nan 1</Slope></ColorCorrection>", "slope should be 3"),
            ("<ColorCorrection><Slope>1 1 1</Offset>", "at byte"),
        ];
        for (text, words) in cases {
            let why = read(text.as_bytes()).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
        }
        let deep = "<a>".repeat(100);
        assert!(read(deep.as_bytes()).unwrap_err().contains("deeper"));
        assert!(read(&[0xff]).is_err());
    }
}
