//! Conversions between spaces beside OpenColorIO's studio configuration and its built-in curves: the 24 patches of a
//! colour checker, and chance.

use super::grade_oracle::have;
use super::support::{codes, image, noise};
use crate::support::folder::Folder;
use crate::support::oracle;
use roomtone::picture::convert::{self, Dither, Options};
use roomtone::signal::{Colour, Depth, Matrix, Model, PixelFormat, Primaries, Range, Transfer};

/// What pixels of a file become between two spaces of the studio configuration, or by a curve, each scaled.
const ORACLE: &str = "
import sys, numpy as np, PyOpenColorIO as ocio
pixels = np.fromfile(sys.argv[1], dtype=np.float32).reshape(-1, 3)
config = ocio.Config.CreateFromBuiltinConfig('studio-config-v2.1.0_aces-v1.3_ocio-v2.3')
def through(made, values):
    values = np.array(values, dtype=np.float32, order='C')
    processor = config.getProcessor(made)
    processor.getOptimizedCPUProcessor(ocio.OPTIMIZATION_LOSSLESS).applyRGB(values)
    return values
def space(src, dst):
    return through(ocio.ColorSpaceTransform(src=src, dst=dst), pixels)
def curve(name, values=pixels):
    return through(ocio.BuiltinTransform(name), values)
sys.stdout.buffer.write(np.asarray(eval(sys.argv[2]), dtype=np.float32).tobytes())
";

/// The sRGB codes of the 24 patches (X-Rite, ColorChecker Classic).
const PATCHES: [[u8; 3]; 24] = [
    [115, 82, 68],
    [194, 150, 130],
    [98, 122, 157],
    [87, 108, 67],
    [133, 128, 177],
    [103, 189, 170],
    [214, 126, 44],
    [80, 91, 166],
    [193, 90, 99],
    [94, 60, 108],
    [157, 188, 64],
    [224, 163, 46],
    [56, 61, 150],
    [70, 148, 73],
    [175, 54, 60],
    [231, 199, 31],
    [187, 86, 149],
    [8, 133, 161],
    [243, 243, 242],
    [200, 200, 200],
    [160, 160, 160],
    [122, 122, 121],
    [85, 85, 85],
    [52, 52, 52],
];

/// Red, green or blue of a pixel: the patches first.
fn number(channel: usize, x: u32, y: u32) -> f64 {
    let patch = PATCHES.get((y * SIZE.0 + x) as usize);
    patch.map_or_else(|| noise(channel, x, y), |patch| f64::from(patch[channel]) / 255.0)
}

const SIZE: (u32, u32) = (128, 64);

fn colour(primaries: Primaries, transfer: Transfer) -> Colour {
    Colour { primaries, transfer, matrix: Matrix::Rgb, range: Range::Full }
}

/// The colours that a conversion makes, red first.
fn converted(from: Colour, to: Colour) -> Vec<[f32; 3]> {
    let format = PixelFormat { model: Model::Rgb, alpha: false, depth: Depth::F32 };
    let places = [2, 0, 1];
    let of = |plane: usize| (0..3).find(|channel| places[*channel] == plane).unwrap_or(0);
    let source = image(SIZE, format, from, |plane, x, y| number(of(plane), x, y));
    let options = Options { dither: Dither::Off, shared: false };
    let made = convert::with(&source, format, to, options);
    let planes = places.map(|plane| codes(&made, plane));
    (0..planes[0].len()).map(|at| planes.each_ref().map(|plane| plane[at] as f32)).collect()
}

#[test]
fn spaces_are_converted_as_opencolorio_converts_them() {
    if !have("spaces_are_converted_as_opencolorio_converts_them") {
        return;
    }
    use Primaries::{Bt709, Bt2020, P3D65};
    use Transfer::{Hlg, Linear, Pq};
    let folder = Folder::new();
    let path = folder.file("pixels");
    let places = (0..SIZE.1).flat_map(|y| (0..SIZE.0).map(move |x| (x, y)));
    let numbers = places.flat_map(|(x, y)| [0, 1, 2].map(|channel| number(channel, x, y) as f32));
    let bytes: Vec<u8> = numbers.flat_map(f32::to_ne_bytes).collect();
    std::fs::write(&path, bytes).unwrap();
    let named = |primaries: Primaries| match primaries {
        P3D65 => "Linear P3-D65",
        Bt2020 => "Linear Rec.2020",
        _ => "Linear Rec.709 (sRGB)",
    };
    let between = |from: Primaries, to: Primaries| {
        let oracle = format!("space({:?}, {:?})", named(from), named(to));
        (colour(from, Linear), colour(to, Linear), oracle)
    };
    let hlg = "curve('CURVE - HLG-OETF-INVERSE') \
               / curve('CURVE - HLG-OETF-INVERSE', np.full((1, 3), .75))";
    let cases = [
        between(P3D65, Bt709),
        between(Bt2020, Bt709),
        between(Bt709, P3D65),
        between(Bt709, Bt2020),
        between(P3D65, Bt2020),
        (
            colour(Bt2020, Pq),
            colour(Bt2020, Linear),
            "curve('CURVE - ST-2084_to_LINEAR') * (100 / 203)".to_owned(),
        ),
        (colour(Bt2020, Hlg), colour(Bt2020, Linear), hlg.to_owned()),
    ];
    for (from, to, script) in cases {
        let told = oracle::python(ORACLE, &[path.to_str().unwrap(), &script]);
        let told = told.as_chunks::<4>().0.iter().map(|bytes| f32::from_ne_bytes(*bytes));
        let found = converted(from, to);
        assert_eq!(told.len(), 3 * found.len());
        for (found, told) in found.iter().flatten().zip(told) {
            let off = (found - told).abs() / told.abs().max(1.0);
            assert!(off <= 1e-5, "{from:?} to {to:?}: {found}, and OpenColorIO says {told}");
        }
    }
}
