//! Operations of a grade held against programs and formulas that are not ours.

use super::support::{graded, with};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::grade;
use roomtone::picture::values::{Moment, Values};
use timeline_format::{Effect, Param, Value};

/// Says what every pixel of a file becomes by a transform of OpenColorIO, or by a formula in double precision.
const ORACLE: &str = r"
import sys, numpy as np, PyOpenColorIO as ocio
rgbm, rgbmsw = ocio.GradingRGBM, ocio.GradingRGBMSW
pixels = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, 3)

def primary(style, **values):
    graded = ocio.GradingPrimary(style)
    for name, value in values.items():
        setattr(graded, name, value)
    return ocio.GradingPrimaryTransform(graded, style, False)

def tone(**values):
    graded = ocio.GradingTone(ocio.GRADING_VIDEO)
    for name, value in values.items():
        setattr(graded, name, value)
    return ocio.GradingToneTransform(graded, ocio.GRADING_VIDEO, False)

def cdl(style, slope, offset, power, saturation):
    graded = ocio.CDLTransform(slope, offset, power, saturation)
    graded.setStyle(style)
    return graded

def by_luma(shadows, midtones, highlights, middle):
    x = pixels.astype(np.float64)
    luma = x @ [.2126, .7152, .0722]
    step = lambda u: np.clip(u, 0, 1) ** 2 * (3 - 2 * np.clip(u, 0, 1))
    dark, bright = 1 - step(luma / middle), step((luma - middle) / (1 - middle))
    by = dark * shadows + bright * highlights + (1 - dark - bright) * midtones
    return luma[:, None] + by[:, None] * (x - luma[:, None])

def planck(kelvin):
    # Planck's law over the CIE 1931 functions (Wyman, Sloan, Shirley 2013, multi-lobe fit).
    nm = np.arange(360., 831.)
    lobe = lambda at, low, high: np.exp(-.5 * ((nm - at) * np.where(nm < at, low, high)) ** 2)
    x = 1.056 * lobe(599.8, .0264, .0323) + .362 * lobe(442.0, .0624, .0374) - .065 * lobe(501.1, .0490, .0382)
    y = .821 * lobe(568.8, .0213, .0247) + .286 * lobe(530.9, .0613, .0322)
    z = 1.217 * lobe(437.0, .0845, .0278) + .681 * lobe(459.0, .0385, .0725)
    power = nm ** -5. / (np.exp(1.438776877e7 / (nm * kelvin)) - 1)
    X, Y, Z = (power * x).sum(), (power * y).sum(), (power * z).sum()
    return np.array([4 * X, 6 * Y]) / (X + 15 * Y + 3 * Z)

def balance(mired):
    # D65 and where it goes, then Bradford on the published matrix of BT.709.
    m = np.array([[.4123907992659595, .35758433938387796, .1804807884018343],
                  [.21263900587151036, .7151686787677559, .07219231536073371],
                  [.01933081871559185, .11919477979462599, .9505321522496606]])
    x, y = .3127, .3290
    u, v = np.array([4 * x, 6 * y]) / (-2 * x + 12 * y + 3)
    u, v = np.array([u, v]) + planck(1e6 / (1e6 / 6504 + mired)) - planck(6504)
    to = np.array([3 * u, 2 * v]) / (2 * u - 8 * v + 4)
    xyz = lambda c: np.array([c[0] / c[1], 1, (1 - c[0] - c[1]) / c[1]])
    b = np.array([[.8951, .2664, -.1614], [-.7502, 1.7135, .0367], [.0389, -.0685, 1.0296]])
    scale = np.diag((b @ xyz(to)) / (b @ xyz((x, y))))
    return pixels.astype(np.float64) @ (np.linalg.inv(m) @ np.linalg.inv(b) @ scale @ b @ m).T

made = eval(sys.argv[2])
if isinstance(made, np.ndarray):
    pixels = np.ascontiguousarray(made.astype(np.float32))
else:
    processor = ocio.Config.CreateRaw().getProcessor(made)
    processor.getOptimizedCPUProcessor(ocio.OPTIMIZATION_LOSSLESS).applyRGB(pixels)
sys.stdout.buffer.write(pixels.tobytes())
";

/// Colours that look like chance, a little beyond black and white too, and a ramp of greys.
fn pixels() -> Vec<[f32; 3]> {
    let chance = |index: usize, channel: usize| {
        (super::support::noise(channel, index as u32, 7) * 1.4 - 0.2) as f32
    };
    let colours = (0..100_000).map(|index| [0, 1, 2].map(|channel| chance(index, channel)));
    let greys = (-20..=120).map(|step| [step as f32 * 0.01; 3]);
    colours.chain(greys).collect()
}

fn numbers(numbers: &[f64]) -> Param {
    Param::Constant(Value::Vector(numbers.to_vec()))
}

/// What an operation itself makes of pixels.
fn worked(effect: &Effect, pixels: &[[f32; 3]]) -> Vec<[f32; 3]> {
    let operation = grade::named(&effect.kind).unwrap();
    let given = |id: &str| effect.values.get(id);
    let values = Values::resolve(operation.parameters, Moment::default(), given);
    let work = (operation.prepare)(&values).unwrap();
    let mut planes =
        [0, 1, 2].map(|channel| pixels.iter().map(|it| it[channel]).collect::<Vec<_>>());
    work.line(planes.each_mut().map(|plane| &mut plane[..]));
    (0..pixels.len()).map(|x| planes.each_ref().map(|plane| plane[x])).collect()
}

/// Holds an operation against the oracle: no value is further off than `most`, relative where it is above 1.
#[track_caller]
fn check(effect: &Effect, oracle: &str, most: f64) {
    let folder = Folder::new();
    let (path, pixels) = (folder.file("pixels"), pixels());
    let bytes: Vec<u8> = pixels.iter().flatten().flat_map(|value| value.to_ne_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let told = oracle::python(ORACLE, &[path.to_str().unwrap(), oracle]);
    let told = told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes));
    let found = worked(effect, &pixels);
    assert_eq!(told.len(), 3 * found.len());
    let off = |(found, told): (&f32, f32)| f64::from((found - told).abs() / told.abs().max(1.0));
    let worst = found.iter().flatten().zip(told).map(off).fold(0.0, f64::max);
    assert!(worst <= most, "{} is off by {worst:e}: {oracle}", effect.kind);
    let moved = found.iter().zip(&pixels).filter(|(found, before)| found != before).count();
    assert!(moved > pixels.len() / 4, "{} changes {moved} pixels", effect.kind);
}

fn have(test: &str) -> bool {
    oracle::have(&oracle::python_program(), test)
}

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
