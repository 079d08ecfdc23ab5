//! The common LUT format beside OpenColorIO: every process node in every style, and what is refused.

use super::grade_oracle::{compare, have, pixels};
use super::support::noise;
use crate::support::folder::Folder;
use roomtone::picture::lut::Lut;

fn chance(index: usize, seed: u32) -> f64 {
    noise(0, index as u32, seed)
}

/// A file with these process nodes.
fn clf(nodes: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ProcessList xmlns=\"urn:AMPAS:CLF:v3.0\" \
         compCLFversion=\"3.0\" id=\"a&amp;b\" name=\"a\">\n<Description>made &lt;here&gt;\
         </Description>\n<!-- a remark -->\n<InputDescriptor>x</InputDescriptor>\n{nodes}\n\
         <Info><Archive>x</Archive></Info></ProcessList>\n"
    )
}

fn node(name: &str, attributes: &str, inner: &str) -> String {
    format!("<{name} inBitDepth=\"32f\" outBitDepth=\"32f\" {attributes}>{inner}</{name}>\n")
}

fn words(numbers: impl Iterator<Item = f64>) -> String {
    numbers.fold(String::new(), |words, number| words + &format!("{number:.7} "))
}

fn cube(side: usize, attributes: &str, depth: &str, white: f64) -> String {
    let entries = side * side * side;
    let place = |index: usize| {
        [index / side / side, index / side % side, index % side]
            .map(|at| at as f64 / (side - 1) as f64)
    };
    let numbers = (0..entries * 3).map(|at| {
        let (index, channel) = (at / 3, at % 3);
        (place(index)[channel].powf(0.8) * 1.05 + 0.1 * chance(index, channel as u32)) * white
    });
    format!(
        "<LUT3D inBitDepth=\"10i\" outBitDepth=\"{depth}\" {attributes}><Array dim=\"{side} {side} \
         {side} 3\">\n{}</Array></LUT3D>\n",
        words(numbers)
    )
}

fn curve(entries: usize, colours: usize, attributes: &str) -> String {
    let number = |at: usize| {
        let across = (at / colours) as f64 / (entries - 1) as f64;
        across.powf(0.7) * 1.1 - 0.05 + 0.04 * chance(at, 3)
    };
    let numbers = words((0..entries * colours).map(number));
    let array = format!("<Array dim=\"{entries} {colours}\">{numbers}</Array>");
    node("LUT1D", attributes, &array)
}

/// A curve over every half float: a bend, and the square's sign.
fn half_curve() -> String {
    let number = |code: u32| {
        let (sign, exponent, part) =
            (code >> 15, (code >> 10 & 31) as i32, f64::from(code & 1023) / 1024.0);
        let size = match exponent {
            0 => part * 2.0_f64.powi(-14),
            31 => 65_504.0,
            exponent => (1.0 + part) * 2.0_f64.powi(exponent - 15),
        };
        let bent = size.powf(0.6);
        if sign == 1 { -0.5 * bent } else { bent }
    };
    let numbers = words((0..65_536).map(number));
    let array = format!("<Array dim=\"65536 1\">{numbers}</Array>");
    node("LUT1D", "halfDomain=\"true\"", &array)
}

/// The bits of half floats as numbers.
fn raw_curve() -> String {
    let numbers: Vec<_> = (0..=256).map(|at| (0x3800 + at * 4).to_string()).collect();
    let numbers = numbers.join(" ");
    let array = format!("<Array dim=\"257 1\">{numbers}</Array>");
    node("LUT1D", "rawHalfs=\"true\"", &array)
}

fn range(attributes: &str, limits: &[(&str, f64)]) -> String {
    let inner = limits.iter().map(|(name, number)| format!("<{name}>{number}</{name}>"));
    node("Range", attributes, &inner.collect::<String>())
}

fn logs() -> Vec<(String, String)> {
    let params = "<LogParams base=\"10\" logSideSlope=\"0.26\" logSideOffset=\"0.6\" \
                  linSideSlope=\"1.1\" linSideOffset=\"0.3\"/>";
    let camera = "<LogParams base=\"2\" logSideSlope=\"0.0570776\" logSideOffset=\"0.5547945\" \
                  linSideSlope=\"1\" linSideOffset=\"0\" linSideBreak=\"0.0078125\"/>";
    let stated = "<LogParams channel=\"R\" base=\"10\" logSideSlope=\"0.2471896\" \
                  logSideOffset=\"0.385537\" linSideSlope=\"5.555556\" linSideOffset=\"0.052272\" \
                  linSideBreak=\"0.010591\" linearSlope=\"5.367655\"/>\
                  <LogParams channel=\"G\" base=\"10\" logSideSlope=\"0.3\" linSideOffset=\"0.1\" \
                  linSideBreak=\"0.01\" linearSlope=\"1.2\"/>\
                  <LogParams channel=\"B\" base=\"10\" logSideSlope=\"0.3\" logSideOffset=\"0.4\" \
                  linSideOffset=\"0.02\" linSideBreak=\"0.02\" linearSlope=\"3\"/>";
    let mut found = Vec::new();
    for style in ["log10", "antiLog10", "log2", "antiLog2"] {
        found.push((style.to_owned(), node("Log", &format!("style=\"{style}\""), "")));
    }
    for (place, params) in [params, camera, stated].into_iter().enumerate() {
        let styles = [["linToLog", "logToLin"], ["cameraLinToLog", "cameraLogToLin"]];
        for style in styles[usize::from(place > 0)] {
            let attributes = format!("style=\"{style}\"");
            found.push((format!("{style}{place}"), node("Log", &attributes, params)));
        }
    }
    found
}

fn powers() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for style in
        ["basicFwd", "basicMirrorFwd", "basicPassThruFwd", "monCurveFwd", "monCurveMirrorFwd"]
    {
        for style in [style.to_owned(), style.replace("Fwd", "Rev")] {
            let offset = if style.starts_with("mon") { "offset=\"0.055\"" } else { "" };
            let one = format!("<ExponentParams exponent=\"2.4\" {offset}/>");
            let each = format!(
                "<ExponentParams channel=\"R\" exponent=\"1.7\" {offset}/>\
                 <ExponentParams channel=\"B\" exponent=\"3\" {offset}/>"
            );
            let attributes = format!("style=\"{style}\"");
            found.push((format!("{style}1"), node("Exponent", &attributes, &one)));
            found.push((format!("{style}2"), node("Exponent", &attributes, &each)));
        }
    }
    found
}

fn decisions() -> Vec<(String, String)> {
    let inner = "<SOPNode><Description>x</Description><Slope>1.1 0.95 0.9</Slope><Offset>-0.02 0.01 \
                 0.03</Offset><Power>1.2 0.9 1.05</Power></SOPNode><SatNode><Saturation>0.85\
                 </Saturation></SatNode>";
    let styles = ["Fwd", "Rev", "FwdNoClamp", "RevNoClamp"];
    let made = styles.map(|style| {
        (style.to_owned(), node("ASC_CDL", &format!("id=\"c\" style=\"{style}\""), inner))
    });
    made.to_vec()
}

/// Files of every process node.
fn files() -> Vec<(String, String)> {
    let matrix = |depths: [&str; 2], inner: &str| {
        let [from, to] = depths;
        format!("<Matrix inBitDepth=\"{from}\" outBitDepth=\"{to}\">{inner}</Matrix>\n")
    };
    let plain = "<Array dim=\"3 3\">0.6 0.3 0.1\n0.05 0.9 0.05\n-0.1 0.2 0.9</Array>";
    let offset = "<Array dim=\"3 4\">0.6 0.3 0.1 10 0.05 0.9 0.05 -5 -0.1 0.2 0.9 0.5</Array>";
    let both =
        [("minInValue", 0.1), ("maxInValue", 0.9), ("minOutValue", -0.05), ("maxOutValue", 1.2)];
    let low = [("minInValue", 0.25), ("minOutValue", 0.25)];
    let high = [("maxInValue", 0.75), ("maxOutValue", 0.75)];
    let one = |name: &str, node: String| (name.to_owned(), node);
    let mut found = vec![
        one("curve", curve(65, 3, "interpolation=\"linear\"")),
        one("grey curve", curve(1024, 1, "")),
        one("half", half_curve()),
        one("raw", raw_curve()),
        one("cube", cube(17, "interpolation=\"tetrahedral\"", "32f", 1.0)),
        one("eight", cube(9, "interpolation=\"trilinear\"", "12i", 4095.0)),
        one("unsaid", cube(5, "", "16i", 65_535.0)),
        one("matrix", matrix(["32f", "32f"], plain)),
        one("offset", matrix(["8i", "10i"], offset)),
        one("range", range("", &both)),
        one("free range", range("style=\"noClamp\"", &both)),
        one("low", range("", &low)),
        one("high", range("style=\"clamp\"", &high)),
    ];
    found.extend(logs());
    found.extend(powers());
    found.extend(decisions());
    let long: String = found
        .iter()
        .filter(|(name, _)| {
            ["matrix", "curve", "Fwd", "monCurveFwd1", "range"].contains(&name.as_str())
        })
        .map(|(_, node)| node.as_str())
        .collect();
    found.push(("all in a row".to_owned(), long));
    found
}

fn looked_up(lut: &Lut, pixels: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let mut planes =
        [0, 1, 2].map(|channel| pixels.iter().map(|it| it[channel]).collect::<Vec<_>>());
    lut.line(planes.each_mut().map(|plane| &mut plane[..]));
    (0..pixels.len()).map(|x| planes.each_ref().map(|plane| plane[x])).collect()
}

#[test]
fn every_process_node_is_what_opencolorio_makes_of_it() {
    if !have("every_process_node_is_what_opencolorio_makes_of_it") {
        return;
    }
    let (folder, pixels) = (Folder::new(), pixels());
    let path = folder.file("a.clf");
    for (name, nodes) in files() {
        let text = clf(&nodes);
        std::fs::write(&path, &text).unwrap();
        let lut = Lut::read("a.clf", text.as_bytes()).unwrap_or_else(|why| panic!("{name}: {why}"));
        let oracle = format!("lut({:?}, 'DEFAULT')", path.to_str().unwrap());
        compare(&name, (&looked_up(&lut, &pixels), &pixels), &oracle, 1e-5);
    }
}

#[test]
fn what_a_file_says_is_told_and_another_content_is_another_table() {
    let read = |nodes: &str| Lut::read("a.CLF", clf(nodes).as_bytes()).unwrap();
    let range = |most: f64| range("", &[("maxInValue", most), ("maxOutValue", most)]);
    let both = curve(65, 3, "") + &range(0.5);
    assert_eq!(read(&both).words(), "65, then range");
    assert_eq!(read(&both), read(&both));
    assert_ne!(read(&range(0.5)), read(&range(0.25)));
    assert_ne!(
        read(&cube(5, "", "32f", 1.0)),
        read(&cube(5, "interpolation=\"tetrahedral\"", "32f", 1.0))
    );
}

#[test]
fn what_is_no_common_lut_is_refused_in_words() {
    let depths = "inBitDepth=\"32f\" outBitDepth=\"32f\"";
    let matrix = |inner: &str| clf(&format!("<Matrix {depths}>{inner}</Matrix>"));
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>\n<ProcessList/>";
    let cases = [
        (String::new(), "no element"),
        ("<a/>".to_owned(), "ProcessList"),
        (clf(""), "no process node"),
        (bomb.to_owned(), "document type"),
        ("<ProcessList><Matrix>".to_owned(), "ends within Matrix"),
        ("<ProcessList></Matrix>".to_owned(), "line 1"),
        ("<a>".repeat(100), "deeper"),
        (format!("<ProcessList>{}</ProcessList>", "<Info/>".repeat(5000)), "more than 4096"),
        (clf(&range("", &[("minInValue", 0.0), ("minOutValue", 0.0)]).repeat(300)), "256 process"),
        (clf("<Gamma inBitDepth=\"32f\"/>"), "node 1 (Gamma, line 6): it is no process node"),
        (clf("<Matrix outBitDepth=\"32f\"/>"), "states no inBitDepth"),
        (clf("<Matrix inBitDepth=\"9i\" outBitDepth=\"32f\"/>"), "\"9i\""),
        (matrix("<Array dim=\"3 3\">1 0 0 0 1 0 0 0</Array>"), "9 numbers, and has 8"),
        (matrix("<Array dim=\"3 3\">1 0 0 0 1 0 0 0 x</Array>"), "\"x\""),
        (matrix("<Array dim=\"3 3\">1 0 0 0 1 0 0 0 inf</Array>"), "have an end"),
        (matrix("<Array dim=\"3 3\">1 &lol; 0 0 1 0 0 0 1</Array>"), "\"&\""),
        (matrix("<Array dim=\"9 9\"/>"), "\"3 4\""),
        (matrix(""), "no Array"),
        (clf(&node("LUT3D", "", "<Array dim=\"999999 9 9 3\">0</Array>")), "2 to 129"),
        (clf(&node("LUT3D", "", "<Array dim=\"2 2 2\">0</Array>")), "4 sizes"),
        (
            clf(&node("LUT3D", "interpolation=\"x\"", "<Array dim=\"2 2 2 3\">0</Array>")),
            "24 numbers",
        ),
        (clf(&node("LUT1D", "", "<Array dim=\"2 2\">0 1 0 1</Array>")), "2 colours"),
        (clf(&node("LUT1D", "halfDomain=\"true\"", "<Array dim=\"2 1\">0 1</Array>")), "65536"),
        (clf(&node("LUT1D", "rawHalfs=\"true\"", "<Array dim=\"2 1\">0 0.5</Array>")), "bits"),
        (clf(&node("LUT1D", "", "<IndexMap/>")), "IndexMap"),
        (clf(&range("", &[])), "no limit"),
        (clf(&range("", &[("minInValue", 1.0)])), "without the other"),
        (clf(&range("", &[("minInValue", 1.0), ("minOutValue", 0.0)])), "has to be the same"),
        (clf(&node("Log", "style=\"ln\"", "")), "\"ln\""),
        (clf(&node("Log", "style=\"linToLog\"", "")), "no LogParams"),
        (clf(&node("Log", "style=\"linToLog\"", "<LogParams base=\"1\"/>")), "no logarithm"),
        (clf(&node("Log", "style=\"cameraLinToLog\"", "<LogParams/>")), "linSideBreak"),
        (clf(&node("Exponent", "style=\"basicFwd\"", "<ExponentParams exponent=\"0\"/>")), "0.01"),
        (
            clf(&node("Exponent", "style=\"monCurveFwd\"", "<ExponentParams exponent=\"2\"/>")),
            "offset",
        ),
        (
            clf(&node(
                "Exponent",
                "style=\"basicFwd\"",
                "<ExponentParams channel=\"A\" exponent=\"1\"/>",
            )),
            "\"A\"",
        ),
        (clf(&node("ASC_CDL", "style=\"x\"", "")), "FwdNoClamp"),
        (clf(&node("ASC_CDL", "", "<SOPNode><Slope>-1 1 1</Slope></SOPNode>")), "Slope is below"),
        (
            clf(&node("ASC_CDL", "style=\"Rev\"", "<SatNode><Saturation>0</Saturation></SatNode>")),
            "Saturation",
        ),
    ];
    for (text, words) in cases {
        let why = Lut::read("a.clf", text.as_bytes()).unwrap_err();
        assert!(why.contains(words), "{words}: {why}");
    }
}

/// Bytes changed, cut and doubled by chance: an answer each time.
#[test]
fn broken_common_luts_are_read_or_refused() {
    let nodes = [
        node("Matrix", "", "<Array dim=\"3 3\">1 0 0 0 1 0 0 0 1</Array>"),
        node("LUT1D", "", "<Array dim=\"2 1\">0 1</Array>"),
        range("", &[("minInValue", 0.0), ("minOutValue", 0.0)]),
        node("Log", "style=\"log2\"", ""),
        node("Exponent", "style=\"basicFwd\"", "<ExponentParams exponent=\"2\"/>"),
    ];
    let text = clf(&nodes.concat());
    let mut read = 0;
    for round in 0..6000 {
        let mut bytes = text.as_bytes().to_vec();
        for change in 0..=(round % 3) {
            let at = (chance(round, change as u32) * bytes.len() as f64) as usize;
            match round % 4 {
                0 => bytes[at] = (chance(round, 9) * 128.0) as u8,
                1 => drop(bytes.remove(at)),
                2 => bytes.insert(at, b"0123456789-.e <>/&;\""[round / 4 % 20]),
                _ => bytes.truncate(at.max(1)),
            }
        }
        if let Ok(lut) = Lut::read("a.clf", &bytes) {
            read += 1;
            looked_up(&lut, &[[0.3, f32::NAN, 2.0], [f32::INFINITY, -1.0, 0.5]]);
        }
    }
    assert!(read > 200, "{read}");
}
