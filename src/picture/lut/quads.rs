//! The four entries of each pixel of a cube mixed, an entry a register: left to itself, a compiler gathers them one
//! number after the other. The plain way stands in [`super::cubic`] and gives the same bits.

use super::cubic::{Places, RUN};
use pulp::x86::V3;
use std::arch::x86_64::__m128;

/// Mixes a run, if the processor has AVX2; whether it has.
pub(super) fn mix(table: &[[f32; 4]], places: &Places, lines: [&mut [f32; RUN]; 3]) -> bool {
    let Some(simd) = V3::try_new() else { return false };
    simd.vectorize(Quads { simd, table, places, lines });
    true
}

struct Quads<'a> {
    simd: V3,
    table: &'a [[f32; 4]],
    places: &'a Places,
    lines: [&'a mut [f32; RUN]; 3],
}

impl pulp::NullaryFnOnce for Quads<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, table, places, lines: [red, green, blue] } = self;
        let fours = red.as_chunks_mut::<4>().0.iter_mut().zip(green.as_chunks_mut::<4>().0);
        for (four, ((red, green), blue)) in fours.zip(blue.as_chunks_mut::<4>().0).enumerate() {
            let mixed = [0, 1, 2, 3].map(|x| pixel(simd, table, places, 4 * four + x));
            [*red, *green, *blue] = turned(simd, mixed);
        }
    }
}

/// What a pixel's entries come to, in the order of the plain way.
#[inline(always)]
fn pixel(simd: V3, table: &[[f32; 4]], places: &Places, x: usize) -> __m128 {
    let entry = |corner: usize| -> __m128 { pulp::cast(table[places.entries[corner][x] as usize]) };
    let part = |corner: usize| simd.sse._mm_set1_ps(places.parts[corner][x]);
    let add = |sum: __m128, corner| simd.fma._mm_fmadd_ps(entry(corner), part(corner), sum);
    let near = simd.sse._mm_mul_ps(entry(0), part(0));
    add(add(add(near, 1), 2), 3)
}

/// Four pixels as four reds, greens and blues.
#[inline(always)]
fn turned(simd: V3, [a, b, c, d]: [__m128; 4]) -> [[f32; 4]; 3] {
    let sse = simd.sse;
    let [first, second] = [sse._mm_unpacklo_ps(a, b), sse._mm_unpacklo_ps(c, d)];
    let [third, fourth] = [sse._mm_unpackhi_ps(a, b), sse._mm_unpackhi_ps(c, d)];
    let red = sse._mm_movelh_ps(first, second);
    let green = sse._mm_movehl_ps(second, first);
    let blue = sse._mm_movelh_ps(third, fourth);
    [red, green, blue].map(pulp::cast)
}
