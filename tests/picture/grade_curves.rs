//! Drawn curves held against OpenColorIO, and vibrance against ffmpeg.

use super::grade_oracle::{check, check_but_few, have, numbers, pixels, worked};
use super::support::with;
use crate::support::folder::Folder;
use crate::support::oracle;
use timeline_format::Param;

#[test]
fn curves_are_those_of_opencolorio() {
    if !have("curves_are_those_of_opencolorio") {
        return;
    }
    let cases: [[(&str, &[f64]); 4]; 3] = [
        [
            ("master", &[0.0, 0.0, 0.3, 0.2, 0.7, 0.85, 1.0, 1.0]),
            ("red", &[0.0, 0.05, 1.0, 0.95]),
            ("green", &[0.0, 0.0, 0.5, 0.55, 1.0, 1.0]),
            ("blue", &[0.0, 0.1, 0.25, 0.25, 0.5, 0.5, 1.0, 0.9]),
        ],
        [
            ("master", &[0.1, 0.0, 0.2, 0.6, 0.25, 0.61, 0.9, 0.61, 1.0, 1.2]),
            ("red", &[0.0, 0.0, 0.5, 0.5, 0.51, 0.9, 1.0, 1.0]),
            ("green", &[0.0, 0.4, 1.0, 0.4]),
            ("blue", &[0.0, 0.0, 0.01, 0.5, 1.0, 0.51]),
        ],
        [
            ("master", &[0.0, 0.0, 1.0, 1.0]),
            ("red", &[-0.2, -0.1, 0.4, 0.3, 1.2, 1.4]),
            ("green", &[0.0, 0.0, 0.2, 0.2, 0.4, 0.4, 0.6, 0.7, 0.8, 0.8, 1.0, 1.0]),
            ("blue", &[0.0, 0.0, 0.9, 0.1, 1.0, 1.0]),
        ],
    ];
    for case in cases {
        let values: Vec<_> = case.iter().map(|(name, points)| (*name, numbers(points))).collect();
        let words: Vec<_> =
            case.iter().map(|(name, points)| format!("{name}={points:?}")).collect();
        check(&with("curves", &values), &format!("curves({})", words.join(", ")), 1e-4);
    }
}

#[test]
fn hue_curves_are_those_of_opencolorio() {
    if !have("hue_curves_are_those_of_opencolorio") {
        return;
    }
    const ROUND: &[f64] = &[0.05, 1.3, 0.2, 0.4, 0.5, 1.0, 0.75, 1.9, 0.9, 1.0];
    const TURN: &[f64] = &[0.0, 0.0, 0.16, 0.06, 0.33, 0.0, 0.5, -0.05, 0.66, 0.0, 0.83, 0.0];
    const LEVEL: &[f64] = &[0.0, 1.0, 0.4, 0.6, 0.7, 1.4, 1.0, 1.0];
    const RISE: &[f64] = &[0.0, 0.0, 0.3, 0.5, 0.6, 0.62, 1.0, 1.0];
    let cases: [(&str, &str, &[f64]); 7] = [
        ("hue_hue", "hue_fx", TURN),
        ("hue_sat", "hue_sat", ROUND),
        ("hue_luma", "hue_lum", ROUND),
        ("luma_sat", "lum_sat", LEVEL),
        ("sat_sat", "sat_sat", RISE),
        ("sat_luma", "sat_lum", LEVEL),
        ("luma_luma", "lum_lum", RISE),
    ];
    for (ours, theirs, points) in cases {
        let effect = with("hue_curves", &[(ours, numbers(points))]);
        check_but_few(&effect, &format!("hues({theirs}={points:?})"), 1e-4);
    }
    let values: Vec<_> = cases.iter().map(|(ours, _, points)| (*ours, numbers(points))).collect();
    let words: Vec<_> =
        cases.iter().map(|(_, theirs, points)| format!("{theirs}={points:?}")).collect();
    check_but_few(&with("hue_curves", &values), &format!("hues({})", words.join(", ")), 2e-4);
}

#[test]
fn vibrance_is_that_of_ffmpeg() {
    if !oracle::have("ffmpeg", "vibrance_is_that_of_ffmpeg") {
        return;
    }
    let folder = Folder::new();
    let (path, told) = (folder.file("in.rgb"), folder.file("out.rgb"));
    let code = |value: f32| (value.clamp(0.0, 1.0) * 65535.0).round() as u16;
    let codes: Vec<[u16; 3]> = pixels().iter().map(|pixel| pixel.map(code)).collect();
    let height = codes.len() / 100;
    let codes = &codes[..height * 100];
    let bytes: Vec<u8> = codes.iter().flatten().flat_map(|code| code.to_le_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let seen: Vec<_> =
        codes.iter().map(|pixel| pixel.map(|code| f32::from(code) / 65535.0)).collect();
    for by in [0.7, -0.8] {
        let filter = format!(
            "format=gbrp16le,vibrance=intensity={by}:alternate=1:rlum=0.2126:glum=0.7152:blum=0.0722"
        );
        let size = format!("100x{height}");
        let [from, to] = [&path, &told].map(|path| path.to_str().unwrap());
        let raw = ["-f", "rawvideo", "-pix_fmt", "rgb48le"];
        let arguments =
            [&raw[..], &["-s", &size, "-i", from, "-vf", &filter], &raw, &[to]].concat();
        oracle::ffmpeg(&arguments);
        let told = std::fs::read(&told).unwrap();
        let told = told.as_chunks::<2>().0.iter().map(|bytes| u16::from_le_bytes(*bytes));
        let found = worked(&with("vibrance", &[("vibrance", Param::number(by))]), &seen);
        let off = |(found, told): (&f32, u16)| (i32::from(code(*found)) - i32::from(told)).abs();
        let worst = found.iter().flatten().zip(told).map(off).max().unwrap();
        assert!(worst <= 2, "{by}: {worst} of 65535");
    }
}
