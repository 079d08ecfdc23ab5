//! Photographs of scikit-image, and how they look between their pixels.

use super::super::oracle;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Their names, as their files are called.
pub(super) const NAMES: [&str; 9] = [
    "astronaut",
    "coffee",
    "chelsea",
    "rocket",
    "motorcycle_left",
    "camera",
    "gravel",
    "grass",
    "brick",
];

/// Writes the size of each, then its red, green and blue.
const SCRIPT: &str = r"
import sys, os, numpy, PIL.Image, skimage.data
folder = os.path.dirname(skimage.data.__file__)
for name in sys.argv[1:]:
    file = [f for f in (name + '.png', name + '.jpg') if os.path.exists(os.path.join(folder, f))][0]
    a = numpy.asarray(PIL.Image.open(os.path.join(folder, file)).convert('RGB'))
    sys.stdout.buffer.write(numpy.array(a.shape[:2], numpy.uint32).tobytes() + a.tobytes())
";

/// A photograph: red, green and blue, line after line.
pub(super) struct Photo {
    pub(super) width: usize,
    pub(super) height: usize,
    codes: Vec<[f32; 3]>,
}

/// The photograph of this name.
pub(super) fn photo(name: &str) -> &'static Photo {
    static READ: OnceLock<BTreeMap<&'static str, Photo>> = OnceLock::new();
    &READ.get_or_init(read)[name]
}

fn read() -> BTreeMap<&'static str, Photo> {
    let all = oracle::python(SCRIPT, &NAMES);
    let mut rest = &all[..];
    let mut take = |count: usize| {
        let (head, tail) = rest.split_at(count);
        rest = tail;
        head
    };
    let mut of = |name: &'static str| {
        let number = |bytes: &[u8]| u32::from_ne_bytes(bytes.try_into().unwrap()) as usize;
        let (height, width) = (number(take(4)), number(take(4)));
        let codes = take(3 * width * height).as_chunks::<3>().0.iter().map(|it| it.map(f32::from));
        (name, Photo { width, height, codes: codes.collect() })
    };
    NAMES.into_iter().map(&mut of).collect()
}

impl Photo {
    /// Its colour between pixels, by straight lines; beyond its edges it is mirrored.
    pub(super) fn at(&self, x: f64, y: f64) -> [f32; 3] {
        let mirrored = |at: f64, size: usize| {
            let last = size as f64 - 1.001;
            let at = at.rem_euclid(2.0 * last);
            if at > last { 2.0 * last - at } else { at }
        };
        let (x, y) = (mirrored(x, self.width), mirrored(y, self.height));
        let (left, top, part, down) = (x as usize, y as usize, x.fract() as f32, y.fract() as f32);
        let line = |y: usize| &self.codes[y * self.width + left..][..2];
        let (above, below) = (line(top), line(top + 1));
        std::array::from_fn(|c| {
            let above = above[0][c] + (above[1][c] - above[0][c]) * part;
            let below = below[0][c] + (below[1][c] - below[0][c]) * part;
            above + (below - above) * down
        })
    }
}
