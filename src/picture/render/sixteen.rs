//! Pictures of 8 bits and alpha laid over others, sixteen pixels a register: the table of light is held in registers
//! whole. The plain way stands in [`super::direct`] and [`crate::blend`] and gives the same bits.

use super::direct::{ALPHA, Row};
use pulp::x86::V4;
use std::arch::x86_64::{__m128i, __m512, __m512i};

/// Pixels at a time.
const LANES: usize = 16;

/// Lays a row, if the processor has AVX-512: how many of its pixels were.
pub(super) fn lay(row: &mut Row<'_>) -> usize {
    let Some(simd) = V4::try_new() else { return 0 };
    simd.vectorize(Sixteen { simd, row })
}

struct Sixteen<'a, 'b> {
    simd: V4,
    row: &'a mut Row<'b>,
}

impl pulp::NullaryFnOnce for Sixteen<'_, '_> {
    type Output = usize;

    #[inline(always)]
    fn call(self) -> usize {
        let Self { simd, row } = self;
        let table = Table::of(row.table);
        let [reds, greens, blues] = row.codes.map(|codes| codes.as_chunks::<LANES>().0);
        let [red, green, blue] = row.below.each_mut().map(|below| below.as_chunks_mut::<LANES>().0);
        let colours =
            reds.iter().zip(red).zip(greens.iter().zip(green)).zip(blues.iter().zip(blue));
        let sixteens = colours.zip(row.alpha.as_chunks::<LANES>().0);
        let count = sixteens.len() * LANES;
        for (((red, green), blue), alpha) in sixteens {
            let seen = Seen::of(simd, *alpha, row.opacity);
            for (codes, below) in [red, green, blue] {
                *below = seen.over(simd, table.at(simd, whole(simd, *codes)), *below);
            }
        }
        count
    }
}

/// How much of sixteen pixels is seen, and how much of what lies below them.
struct Seen {
    alpha: __m512,
    opacity: __m512,
    below: __m512,
}

impl Seen {
    #[inline(always)]
    fn of(simd: V4, alpha: [u8; LANES], opacity: f32) -> Self {
        let (simd, codes) = (simd.avx512f, whole(simd, alpha));
        let [one, part, opacity] = [1.0, ALPHA, opacity].map(|value| simd._mm512_set1_ps(value));
        let alpha = simd._mm512_mul_ps(simd._mm512_cvtepi32_ps(codes), part);
        let below = simd._mm512_sub_ps(one, simd._mm512_mul_ps(alpha, opacity));
        Self { alpha, opacity, below }
    }

    /// Light over what is below.
    #[inline(always)]
    fn over(&self, simd: V4, light: __m512, below: [f32; LANES]) -> [f32; LANES] {
        let simd = simd.avx512f;
        let light = simd._mm512_mul_ps(simd._mm512_mul_ps(light, self.alpha), self.opacity);
        let below = simd._mm512_mul_ps(pulp::cast(below), self.below);
        pulp::cast(simd._mm512_add_ps(light, below))
    }
}

/// Sixteen codes as whole numbers.
#[inline(always)]
fn whole(simd: V4, codes: [u8; LANES]) -> __m512i {
    let codes: __m128i = pulp::cast(codes);
    simd.avx512f._mm512_cvtepu8_epi32(codes)
}

/// 256 numbers, sixteen a register.
struct Table([__m512; 16]);

impl Table {
    #[inline(always)]
    fn of(numbers: &[f32; 256]) -> Self {
        let (sixteens, _) = numbers.as_chunks::<LANES>();
        Self(std::array::from_fn(|index| pulp::cast(sixteens[index])))
    }

    /// The numbers at sixteen places: of two registers at a time by the lowest five bits, then by the next three.
    #[inline(always)]
    fn at(&self, simd: V4, places: __m512i) -> __m512 {
        let simd = simd.avx512f;
        let bit = |bit: i32| simd._mm512_test_epi32_mask(places, simd._mm512_set1_epi32(bit));
        let two = |pair: usize| {
            simd._mm512_permutex2var_ps(self.0[2 * pair], places, self.0[2 * pair + 1])
        };
        let [first, second, third] = [bit(32), bit(64), bit(128)];
        let four = |pair: usize| simd._mm512_mask_blend_ps(first, two(pair), two(pair + 1));
        let eight = |pair: usize| simd._mm512_mask_blend_ps(second, four(pair), four(pair + 2));
        simd._mm512_mask_blend_ps(third, eight(0), eight(4))
    }
}
