//! Operations of a grade held against programs and formulas that are not ours.

use super::grade_oracle::{check, have, numbers, pixels, worked};
use super::support::{graded, with};
use timeline_format::{Effect, Param, Value};

#[test]
fn a_cdl_is_that_of_opencolorio() {
    if !have("a_cdl_is_that_of_opencolorio") {
        return;
    }
    let stated = [
        ("slope", numbers(&[1.2, 0.9, 1.05])),
        ("offset", numbers(&[-0.03, 0.02, 0.05])),
        ("power", numbers(&[1.1, 0.8, 2.2])),
        ("saturation", Param::number(1.3)),
    ];
    let words = "[1.2, .9, 1.05], [-.03, .02, .05], [1.1, .8, 2.2], 1.3)";
    check(&with("cdl", &stated), &format!("cdl(ocio.CDL_NO_CLAMP, {words}"), 2e-5);
    let clamped = [&stated[..], &[("clamp", Param::Constant(Value::Flag(true)))]].concat();
    check(&with("cdl", &clamped), &format!("cdl(ocio.CDL_ASC, {words}"), 2e-5);
}

/// ASC CDL v1.2 in double precision.
#[test]
fn a_cdl_is_its_formula() {
    let (slope, offset, power, saturation) =
        ([1.2, 0.9, 1.05], [-0.03, 0.02, 0.05], [1.1, 0.8, 2.2], 0.7);
    let effect = with(
        "cdl",
        &[
            ("slope", numbers(&slope)),
            ("offset", numbers(&offset)),
            ("power", numbers(&power)),
            ("saturation", Param::number(saturation)),
            ("clamp", Param::Constant(Value::Flag(true))),
        ],
    );
    let pixels = pixels();
    for (pixel, found) in pixels.iter().zip(worked(&effect, &pixels)) {
        let powered: [f64; 3] = std::array::from_fn(|channel| {
            let scaled = f64::from(pixel[channel]) * slope[channel] + offset[channel];
            scaled.clamp(0.0, 1.0).powf(power[channel])
        });
        let luma = 0.2126 * powered[0] + 0.7152 * powered[1] + 0.0722 * powered[2];
        for (powered, found) in powered.iter().zip(found) {
            let exact = (luma + saturation * (powered - luma)).clamp(0.0, 1.0);
            assert!((exact - f64::from(found)).abs() < 1e-6, "{pixel:?}: {exact} {found}");
        }
    }
}

#[test]
fn lift_gamma_and_gain_are_those_of_opencolorio() {
    if !have("lift_gamma_and_gain_are_those_of_opencolorio") {
        return;
    }
    let effect = with(
        "lift_gamma_gain",
        &[
            ("lift", numbers(&[0.02, -0.03, 0.05, 0.01])),
            ("gamma", numbers(&[1.1, 0.9, 1.2, 1.05])),
            ("gain", numbers(&[1.2, 1.0, 0.8, 1.1])),
            ("offset", numbers(&[0.01, 0.0, -0.02, 0.03])),
            ("saturation", Param::number(1.25)),
        ],
    );
    let oracle = "primary(ocio.GRADING_VIDEO, lift=rgbm(.02, -.03, .05, .01), \
                  gamma=rgbm(1.1, .9, 1.2, 1.05), gain=rgbm(1.2, 1, .8, 1.1), \
                  offset=rgbm(.01, 0, -.02, .03), saturation=1.25)";
    check(&effect, oracle, 1e-4);
}

#[test]
fn zones_are_those_of_opencolorio() {
    if !have("zones_are_those_of_opencolorio") {
        return;
    }
    let cases = [
        ([0.92, 0.99, 1.1, 1.0], [1.0; 4], [1.07, 1.0, 0.9, 1.0]),
        ([1.4, 0.6, 1.0, 1.2], [1.3, 0.8, 1.1, 0.9], [0.5, 1.5, 1.2, 0.9]),
        ([1.0, 1.0, 1.0, 0.4], [1.0, 1.0, 1.0, 1.6], [1.0, 1.0, 1.0, 1.5]),
    ];
    for (shadows, midtones, highlights) in cases {
        let effect = with(
            "zones",
            &[
                ("shadows", numbers(&shadows)),
                ("midtones", numbers(&midtones)),
                ("highlights", numbers(&highlights)),
            ],
        );
        let wheel = |numbers: [f64; 4], place: &str| {
            let [red, green, blue, all] = numbers;
            format!("rgbmsw({red}, {green}, {blue}, {all}, {place})")
        };
        let oracle = format!(
            "tone(shadows={}, midtones={}, highlights={})",
            wheel(shadows, ".6, 0"),
            wheel(midtones, ".4, .7"),
            wheel(highlights, ".2, 1")
        );
        check(&effect, &oracle, 1e-4);
    }
    let moved = with(
        "zones",
        &[
            ("shadows", numbers(&[0.8, 1.1, 1.2])),
            ("midtones", numbers(&[1.2, 0.9, 1.0])),
            ("highlights", numbers(&[1.1, 0.9, 1.3])),
            ("shadows_start", Param::number(0.45)),
            ("shadows_pivot", Param::number(0.05)),
            ("midtones_centre", Param::number(0.6)),
            ("midtones_width", Param::number(0.5)),
            ("highlights_start", Param::number(0.35)),
            ("highlights_pivot", Param::number(0.9)),
        ],
    );
    let oracle = "tone(shadows=rgbmsw(.8, 1.1, 1.2, 1, .45, .05), \
                  midtones=rgbmsw(1.2, .9, 1, 1, .6, .5), \
                  highlights=rgbmsw(1.1, .9, 1.3, 1, .35, .9))";
    check(&moved, oracle, 1e-4);
}

#[test]
fn blacks_whites_and_s_contrast_are_those_of_opencolorio() {
    if !have("blacks_whites_and_s_contrast_are_those_of_opencolorio") {
        return;
    }
    let cases = [
        ([0.6, 1.3, 1.0, 1.2], [1.5, 0.4, 1.0, 0.9], 1.3, [1.0; 2]),
        ([1.8, 0.3, 0.9, 0.7], [0.3, 1.8, 1.1, 1.4], 0.6, [0.7, 1.4]),
        ([1.0, 1.0, 1.0, 1.4], [1.0, 1.0, 1.0, 0.7], 1.9, [1.3, 0.6]),
        ([1.0, 1.0, 1.0, 0.5], [1.0, 1.0, 1.0, 1.3], 0.1, [1.0; 2]),
    ];
    for (blacks, whites, contrast, [shadows, highlights]) in cases {
        let effect = with(
            "zones",
            &[
                ("blacks", numbers(&blacks)),
                ("whites", numbers(&whites)),
                ("s_contrast", Param::number(contrast)),
                ("shadows", Param::number(shadows)),
                ("highlights", Param::number(highlights)),
            ],
        );
        let wheel = |[red, green, blue, all]: [f64; 4], place: &str| {
            format!("rgbmsw({red}, {green}, {blue}, {all}, {place})")
        };
        let oracle = format!(
            "tone(blacks={}, whites={}, scontrast={contrast}, shadows=rgbmsw(1, 1, 1, {shadows}, .6, 0), \
             highlights=rgbmsw(1, 1, 1, {highlights}, .2, 1))",
            wheel(blacks, ".4, .4"),
            wheel(whites, ".5, .5")
        );
        check(&effect, &oracle, 1e-4);
    }
}

#[test]
fn log_wheels_are_those_of_opencolorio_on_the_academys_code() {
    if !have("log_wheels_are_those_of_opencolorio_on_the_academys_code") {
        return;
    }
    let effect = with(
        "log_wheels",
        &[
            ("brightness", numbers(&[2.0, -3.0, 0.0, 4.0])),
            ("contrast", numbers(&[1.1, 0.9, 1.0, 1.2])),
            ("gamma", numbers(&[1.0, 1.1, 0.9, 1.05])),
            ("saturation", Param::number(0.8)),
            ("pivot", Param::number(-0.3)),
            ("black", Param::number(0.05)),
            ("white", Param::number(0.9)),
        ],
    );
    let oracle = "log_primary(brightness=rgbm(2, -3, 0, 4), contrast=rgbm(1.1, .9, 1, 1.2), \
                  gamma=rgbm(1, 1.1, .9, 1.05), saturation=.8, pivot=-.3, pivotBlack=.05, pivotWhite=.9)";
    check(&effect, oracle, 1e-4);
}

#[test]
fn exposure_and_contrast_are_those_of_opencolorio() {
    if !have("exposure_and_contrast_are_those_of_opencolorio") {
        return;
    }
    let stops = with("exposure", &[("stops", Param::number(1.5))]);
    check(&stops, "primary(ocio.GRADING_LIN, exposure=rgbm(0, 0, 0, 1.5))", 1e-5);
    let contrast =
        with("contrast", &[("contrast", Param::number(1.4)), ("pivot", Param::number(-0.5))]);
    let oracle = "primary(ocio.GRADING_LIN, contrast=rgbm(1, 1, 1, 1.4), pivot=-.5)";
    check(&contrast, oracle, 1e-4);
}

#[test]
fn saturation_is_the_cdls_and_by_luma_its_formula() {
    if !have("saturation_is_the_cdls_and_by_luma_its_formula") {
        return;
    }
    let even = with("saturation", &[("saturation", Param::number(0.6))]);
    check(&even, "cdl(ocio.CDL_NO_CLAMP, [1, 1, 1], [0, 0, 0], [1, 1, 1], .6)", 2e-6);
    let zoned = with(
        "saturation",
        &[
            ("shadows", Param::number(1.2)),
            ("midtones", Param::number(0.5)),
            ("highlights", Param::number(0.9)),
            ("middle", Param::number(0.4)),
        ],
    );
    check(&zoned, "by_luma(1.2, .5, .9, .4)", 2e-6);
}

/// Against Planck's law over a fit of the CIE's functions that is good to a hundredth.
#[test]
fn a_balance_goes_along_the_colours_of_black_bodies() {
    if !have("a_balance_goes_along_the_colours_of_black_bodies") {
        return;
    }
    for mired in [20.0, 60.0, 120.0] {
        let effect = with("balance", &[("temperature", Param::number(mired))]);
        check(&effect, &format!("balance({mired})"), 1e-2);
    }
}

/// CIE L*, a*, b* under D65 of a display-coded grey after a grade.
fn lab_of(effects: &[Effect], grey: f64) -> [f64; 3] {
    let light = graded(effects, [grey; 3]).map(|code| {
        if code < 0.081_242_858 {
            code / 4.5
        } else {
            ((code + 0.099_296_827) / 1.099_296_827).powf(1.0 / 0.45)
        }
    });
    let rows = [
        [0.412_390_8, 0.357_584_3, 0.180_480_8],
        [0.212_639_0, 0.715_168_7, 0.072_192_3],
        [0.019_330_8, 0.119_194_8, 0.950_532_2],
    ];
    let xyz = rows.map(|row| row[0] * light[0] + row[1] * light[1] + row[2] * light[2]);
    let white = rows.map(|row| row.iter().sum::<f64>());
    let f =
        |t: f64| if t > 216.0 / 24_389.0 { t.cbrt() } else { (24_389.0 / 27.0 * t + 16.0) / 116.0 };
    let [x, y, z] = std::array::from_fn(|index| f(xyz[index] / white[index]));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

#[test]
fn shadows_are_cool_highlights_warm_and_the_ends_neutral() {
    let zones = with(
        "zones",
        &[("shadows", numbers(&[0.92, 0.99, 1.1])), ("highlights", numbers(&[1.07, 1.0, 0.9]))],
    );
    let quiet = with("saturation", &[("midtones", Param::number(0.8))]);
    let b = |grey: f64| lab_of(std::slice::from_ref(&zones), grey)[2];
    assert!(b(0.2) < -1.5, "{}", b(0.2));
    assert!(b(0.7) > 1.5, "{}", b(0.7));
    for end in [0.0, 1.0] {
        let [_, a, b] = lab_of(&[zones.clone(), quiet.clone()], end);
        assert!(a.abs() < 0.02 && b.abs() < 0.02, "{a} {b}");
    }
    let skin = [0.62, 0.47, 0.38];
    let spread = |pixel: [f64; 3]| pixel[0] - pixel[2];
    let left = spread(graded(&[quiet], skin)) / spread(skin);
    assert!((left - 0.8).abs() < 0.02, "{left}");
}
