//! Operations of a grade beside programs and formulas that are not ours: what is asked of them, and the comparison.

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

def spline(points, kind=None):
    return ocio.GradingBSplineCurve(points, kind) if kind else ocio.GradingBSplineCurve(points)

def curves(**values):
    curves = {name: spline(points) for name, points in values.items()}
    return ocio.GradingRGBCurveTransform(ocio.GradingRGBCurve(**curves), ocio.GRADING_VIDEO, False)

def hues(**values):
    curves = ocio.GradingHueCurve(ocio.GRADING_VIDEO)
    for name, points in values.items():
        setattr(curves, name, spline(points, getattr(ocio, name.upper())))
    return ocio.GradingHueCurveTransform(curves, ocio.GRADING_VIDEO, False)

def lut(path, how):
    return ocio.FileTransform(src=path, interpolation=getattr(ocio, 'INTERP_' + how))

def log_primary(**values):
    # Light to ACEScct and back, by the standard's formula.
    global pixels
    x = pixels.astype(np.float64)
    code = np.where(x <= .0078125, 10.5402377416545 * x + .0729055341958355, (np.log2(np.maximum(x, .0078125)) + 9.72) / 17.52)
    pixels = np.ascontiguousarray(code.astype(np.float32))
    processor = ocio.Config.CreateRaw().getProcessor(primary(ocio.GRADING_LOG, **values))
    processor.getOptimizedCPUProcessor(ocio.OPTIMIZATION_LOSSLESS).applyRGB(pixels)
    y = pixels.astype(np.float64)
    return np.where(y <= .155251141552511, (y - .0729055341958355) / 10.5402377416545, np.exp2(y * 17.52 - 9.72))

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
pub fn pixels() -> Vec<[f32; 3]> {
    let chance = |index: usize, channel: usize| {
        (super::support::noise(channel, index as u32, 7) * 1.4 - 0.2) as f32
    };
    let colours = (0..100_000).map(|index| [0, 1, 2].map(|channel| chance(index, channel)));
    let greys = (-20..=120).map(|step| [step as f32 * 0.01; 3]);
    colours.chain(greys).collect()
}

pub fn numbers(numbers: &[f64]) -> Param {
    Param::Constant(Value::Vector(numbers.to_vec()))
}

/// What an operation itself makes of pixels.
pub fn worked(effect: &Effect, pixels: &[[f32; 3]]) -> Vec<[f32; 3]> {
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
pub fn check(effect: &Effect, oracle: &str, most: f64) {
    let pixels = pixels();
    compare(&effect.kind, (&worked(effect, &pixels), &pixels), oracle, most);
}

/// The same, but for one colour in twenty thousand: those whose luma comes out at nothing, where the hue turns over.
#[track_caller]
pub fn check_but_few(effect: &Effect, oracle: &str, most: f64) {
    let pixels = pixels();
    compare_but(15, &effect.kind, (&worked(effect, &pixels), &pixels), oracle, most);
}

/// The same for what was made of pixels in any way.
#[track_caller]
pub fn compare(name: &str, pixels: (&[[f32; 3]], &[[f32; 3]]), oracle: &str, most: f64) {
    compare_but(0, name, pixels, oracle, most);
}

#[track_caller]
fn compare_but(
    few: usize,
    name: &str,
    (found, pixels): (&[[f32; 3]], &[[f32; 3]]),
    oracle: &str,
    most: f64,
) {
    let folder = Folder::new();
    let path = folder.file("pixels");
    let bytes: Vec<u8> = pixels.iter().flatten().flat_map(|value| value.to_ne_bytes()).collect();
    std::fs::write(&path, bytes).unwrap();
    let told = oracle::python(ORACLE, &[path.to_str().unwrap(), oracle]);
    let told = told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes));
    assert_eq!(told.len(), 3 * found.len());
    let off = |(found, told): (&f32, f32)| f64::from((found - told).abs() / told.abs().max(1.0));
    let mut off: Vec<f64> = found.iter().flatten().zip(told).map(off).collect();
    off.sort_by(f64::total_cmp);
    let worst = off[off.len() - 1 - few];
    let strays = off.iter().filter(|off| **off > most).count();
    assert!(
        worst <= most,
        "{name} is off by {worst:e}, {strays} numbers by more than {most:e}: {oracle}"
    );
    let moved = found.iter().zip(pixels).filter(|(found, before)| found != before).count();
    assert!(moved > pixels.len() / 4, "{name} changes {moved} pixels");
}

pub fn have(test: &str) -> bool {
    oracle::have(&oracle::python_program(), test)
}
