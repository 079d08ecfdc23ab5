//! A table of all three colours, taken by tetrahedra, or straight along each axis where a file asks for that.
//!
//! By tetrahedra, of the eight entries about a colour, the four of the tetrahedron that it lies in count: from the darkest one
//! along the axis with the greatest part, then the next, then the last (J. Kasson and others, 1995).

use crate::fused::{fused, greater, lesser};
use signal::wide;

/// How many pixels are worked on at a time.
pub(super) const RUN: usize = 64;

/// A cube of colours; red is the axis whose neighbours lie beside each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cube {
    sides: [usize; 3],
    from: [f32; 3],
    to: [f32; 3],
    /// Red, green, blue and nothing.
    entries: Vec<[f32; 4]>,
    /// Whether all eight entries about a colour count, straight along each axis.
    takes_eight: bool,
}

/// Where a run of pixels lies in a cube.
pub(super) struct Places {
    /// The four entries of each: the darkest one, the next two, the brightest.
    pub(super) entries: [[u32; RUN]; 4],
    /// How much of each entry.
    pub(super) parts: [[f32; RUN]; 4],
}

impl Default for Places {
    fn default() -> Self {
        Self { entries: [[0; RUN]; 4], parts: [[0.0; RUN]; 4] }
    }
}

impl Cube {
    /// Entries with red fastest, over a range each; there are as many as the sides say, and these are at least 2.
    pub(super) fn new(
        sides: [usize; 3],
        [from, to]: [[f32; 3]; 2],
        entries: impl IntoIterator<Item = [f32; 3]>,
    ) -> Option<Self> {
        let entries = entries.into_iter().map(|[red, green, blue]| [red, green, blue, 0.0]);
        let entries: Vec<_> = entries.collect();
        let is_whole =
            entries.len() == sides.iter().product::<usize>() && sides.iter().all(|side| *side > 1);
        let is_wide = from.iter().zip(&to).all(|(from, to)| from < to);
        (is_whole && is_wide).then_some(Self { sides, from, to, entries, takes_eight: false })
    }

    /// The same, taken straight along each axis from all eight entries about a colour.
    pub(super) fn taken_by_eight(self) -> Self {
        Self { takes_eight: true, ..self }
    }

    pub(super) const fn sides(&self) -> [usize; 3] {
        self.sides
    }

    pub(super) fn feed(&self, hasher: &mut blake3::Hasher) {
        for side in self.sides {
            hasher.update(&(side as u64).to_le_bytes());
        }
        let ends = self.from.iter().chain(&self.to);
        for number in ends.chain(self.entries.iter().flatten()) {
            hasher.update(&number.to_bits().to_le_bytes());
        }
        hasher.update(&[u8::from(self.takes_eight)]);
    }

    pub(super) fn line(&self, channels: [&mut [f32]; 3]) {
        if self.takes_eight { self.line_by_eight(channels) } else { self.line_by_four(channels) }
    }

    fn line_by_eight(&self, [red, green, blue]: [&mut [f32]; 3]) {
        wide(
            #[inline(always)]
            move || {
                for ((red, green), blue) in
                    red.iter_mut().zip(green.iter_mut()).zip(blue.iter_mut())
                {
                    [*red, *green, *blue] = self.by_eight([*red, *green, *blue]);
                }
            },
        );
    }

    /// The eight entries about a colour, mixed along blue, then green, then red.
    #[inline(always)]
    fn by_eight(&self, colour: [f32; 3]) -> [f32; 3] {
        let mut below = [0; 3];
        let mut part = [0.0; 3];
        for axis in 0..3 {
            let most = (self.sides[axis] - 1) as f32;
            let per = most / (self.to[axis] - self.from[axis]);
            let at = ((colour[axis] - self.from[axis]) * per).max(0.0).min(most);
            below[axis] = at.min(most - 1.0) as usize;
            part[axis] = at - below[axis] as f32;
        }
        let steps = [1, self.sides[0], self.sides[0] * self.sides[1]];
        let base = below[0] + below[1] * steps[1] + below[2] * steps[2];
        let mixed = |one: [f32; 4], other: [f32; 4], part: f32| -> [f32; 4] {
            std::array::from_fn(|lane| one[lane] + (other[lane] - one[lane]) * part)
        };
        let along = |at: usize| mixed(self.entries[at], self.entries[at + steps[2]], part[2]);
        let across = |at: usize| mixed(along(at), along(at + steps[1]), part[1]);
        let [red, green, blue, _] = mixed(across(base), across(base + 1), part[0]);
        [red, green, blue]
    }

    fn line_by_four(&self, lines: [&mut [f32]; 3]) {
        pulp::Arch::new().dispatch(ByFour { cube: self, lines });
    }

    /// What is left of a line behind its whole runs.
    #[inline(always)]
    fn rest<S: pulp::Simd>(&self, lines: [&mut [f32]; 3], places: &mut Places) {
        if lines[0].is_empty() {
            return;
        }
        let mut run = [[0.0; RUN]; 3];
        for (run, line) in run.iter_mut().zip(&lines) {
            run[..line.len()].copy_from_slice(line);
        }
        self.run::<S>(run.each_mut(), places);
        for (run, line) in run.iter().zip(lines) {
            line.copy_from_slice(&run[..line.len()]);
        }
    }

    #[inline(always)]
    fn run<S: pulp::Simd>(&self, colours: [&mut [f32; RUN]; 3], places: &mut Places) {
        self.place(colours.each_ref().map(|line| &**line), places);
        self.mix::<S>(places, colours);
    }

    /// Which tetrahedron each pixel lies in, and where.
    #[inline(always)]
    fn place(&self, [reds, greens, blues]: [&[f32; RUN]; 3], places: &mut Places) {
        let most = self.sides.map(|side| (side - 1) as f32);
        let last = self.sides.map(|side| (side - 2) as f32);
        let per = [0, 1, 2].map(|axis| most[axis] / (self.to[axis] - self.from[axis]));
        let steps = [1, self.sides[0] as u32, (self.sides[0] * self.sides[1]) as u32];
        let all = steps[0] + steps[1] + steps[2];
        let colours = reds.iter().zip(greens).zip(blues);
        for (x, ((red, green), blue)) in colours.enumerate() {
            let colour = [*red, *green, *blue];
            let at: [f32; 3] = std::array::from_fn(|axis| {
                held((colour[axis] - self.from[axis]) * per[axis], most[axis])
            });
            let below: [f32; 3] = std::array::from_fn(|axis| floor(lesser(at[axis], last[axis])));
            let [r, g, b]: [f32; 3] = std::array::from_fn(|axis| at[axis] - below[axis]);
            let (more, less) = (greater(r, g), lesser(r, g));
            let (high, low) = (greater(more, b), lesser(less, b));
            let middle = lesser(more, greater(less, b));
            let longest = if g == high { steps[1] } else { steps[2] };
            let longest = if r == high { steps[0] } else { longest };
            let shortest = if g == low { steps[1] } else { steps[0] };
            let shortest = if b == low { steps[2] } else { shortest };
            let base = whole(below[0]) * steps[0]
                + whole(below[1]) * steps[1]
                + whole(below[2]) * steps[2];
            let entries = [base, base + longest, base + all - shortest, base + all];
            let parts = [1.0 - high, high - middle, middle - low, low];
            for corner in 0..4 {
                places.entries[corner][x] = entries[corner];
                places.parts[corner][x] = parts[corner];
            }
        }
    }

    /// The four entries of each pixel, mixed.
    #[inline(always)]
    fn mix<S: pulp::Simd>(&self, places: &Places, [red, green, blue]: [&mut [f32; RUN]; 3]) {
        let table = &self.entries[..];
        #[cfg(target_arch = "x86_64")]
        if super::quads::mix(table, places, [&mut *red, &mut *green, &mut *blue]) {
            return;
        }
        mix_plainly::<S>(table, places, [red, green, blue]);
    }
}

/// A line taken by tetrahedra, whose loops are compiled whole for each vector unit.
struct ByFour<'a> {
    cube: &'a Cube,
    lines: [&'a mut [f32]; 3],
}

impl pulp::WithSimd for ByFour<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let mut places = Places::default();
        let [reds, greens, blues] = self.lines.map(|line| line.as_chunks_mut::<RUN>());
        for ((red, green), blue) in reds.0.iter_mut().zip(greens.0).zip(blues.0) {
            self.cube.run::<S>([red, green, blue], &mut places);
        }
        self.cube.rest::<S>([reds.1, greens.1, blues.1], &mut places);
    }
}

/// The same on any processor: the twin of what [`super::quads`] does.
#[inline(always)]
fn mix_plainly<S: pulp::Simd>(
    table: &[[f32; 4]],
    places: &Places,
    [red, green, blue]: [&mut [f32; RUN]; 3],
) {
    let mut mixed = [[0.0; 4]; RUN];
    for (x, mixed) in mixed.iter_mut().enumerate() {
        let [near, first, second, far] =
            places.entries.each_ref().map(|entry| table[entry[x] as usize]);
        let parts = places.parts.each_ref().map(|part| part[x]);
        *mixed = std::array::from_fn(|lane| {
            let nearer = fused::<S>(first[lane], parts[1], near[lane] * parts[0]);
            fused::<S>(far[lane], parts[3], fused::<S>(second[lane], parts[2], nearer))
        });
    }
    for (x, mixed) in mixed.iter().enumerate() {
        [red[x], green[x], blue[x], _] = *mixed;
    }
}

/// 2^23: a float so great has no parts, and those below it leave their whole number in its low bits.
const WHOLE: f32 = 8_388_608.0;

/// The whole number below one within 0 and 2^22.
#[inline(always)]
fn floor(value: f32) -> f32 {
    let near = (value + WHOLE) - WHOLE;
    if near > value { near - 1.0 } else { near }
}

/// A whole number within 0 and 2^22.
#[inline(always)]
fn whole(value: f32) -> u32 {
    (value + WHOLE).to_bits() & 0x007f_ffff
}

/// A number within 0 and `most`; what is none is 0.
#[inline(always)]
fn held(value: f32, most: f32) -> f32 {
    let value = if value > 0.0 { value } else { 0.0 };
    lesser(value, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cube of a function.
    fn cube(side: usize, of: impl Fn([f32; 3]) -> [f32; 3]) -> Cube {
        let per = 1.0 / (side - 1) as f32;
        let entries = (0..side * side * side).map(|index| {
            of([index % side, index / side % side, index / side / side].map(|at| at as f32 * per))
        });
        Cube::new([side; 3], [[0.0; 3], [1.0; 3]], entries).unwrap()
    }

    fn looked_up(cube: &Cube, pixel: [f32; 3]) -> [f32; 3] {
        let mut planes = pixel.map(|value| [value]);
        cube.line(planes.each_mut().map(|plane| &mut plane[..]));
        planes.map(|plane| plane[0])
    }

    /// The plain way, on the same processor.
    struct Plainly<'a>(&'a Cube, &'a Places, [&'a mut [f32; RUN]; 3]);

    impl pulp::WithSimd for Plainly<'_> {
        type Output = ();

        fn with_simd<S: pulp::Simd>(self, _: S) {
            mix_plainly::<S>(&self.0.entries, self.1, self.2);
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[test]
    fn the_fast_way_gives_the_bits_of_the_plain_one() {
        let cube = cube(9, |[r, g, b]| [r * g, 0.3 + b * b, 1.0 - r * b]);
        let spread = |nth: usize| std::array::from_fn(|x| ((x * nth) % 101) as f32 / 93.0 - 0.02);
        let colours: [[f32; RUN]; 3] = [7, 31, 53].map(spread);
        let mut places = Places::default();
        cube.place(colours.each_ref(), &mut places);
        let (mut fast, mut plain) = (colours, colours);
        if crate::lut::quads::mix(&cube.entries, &places, fast.each_mut()) {
            pulp::Arch::new().dispatch(Plainly(&cube, &places, plain.each_mut()));
            assert_eq!(fast, plain);
        }
    }

    #[test]
    fn what_is_straight_stays_so_and_the_edge_holds_beyond() {
        let mixed = |[r, g, b]: [f32; 3]| [0.2 + 0.5 * r - 0.1 * b, g, 0.5 * r + 0.25 * g + b];
        for side in [2, 3, 17] {
            let cube = cube(side, mixed);
            let eight = cube.clone().taken_by_eight();
            for step in 0..1000 {
                let pixel = [step % 10, step / 10 % 10, step / 100].map(|at| at as f32 / 9.0);
                for (found, told) in looked_up(&cube, pixel).iter().zip(mixed(pixel)) {
                    assert!((found - told).abs() < 2e-6, "{side} {pixel:?}");
                }
                for (found, told) in looked_up(&eight, pixel).iter().zip(mixed(pixel)) {
                    assert!((found - told).abs() < 2e-6, "{side} {pixel:?} of eight");
                }
            }
            assert_eq!(looked_up(&cube, [-1.0, 9.0, f32::NAN]), looked_up(&cube, [0.0, 1.0, 0.0]));
            assert_eq!(looked_up(&cube, [f32::INFINITY; 3]), looked_up(&cube, [1.0; 3]));
        }
    }
}
