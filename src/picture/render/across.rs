//! The filter across a line, sixteen pixels at a time.
//!
//! Neighbouring pixels read from overlapping places. A kernel loads a run of the line once and takes
//! the values of sixteen (or eight) places out of it by a permutation. Every kernel adds the same
//! products in the same order: the results are the same.

use super::kernel::Taps;
use super::line::LANES;
use crate::fused::fused;

/// Taps laid out for sixteen output pixels at a time.
#[derive(Debug)]
pub(super) struct Across {
    count: usize,
    /// The first source pixel of each sixteen.
    starts: Vec<usize>,
    /// How much further each pixel's first tap lies.
    places: Vec<[u32; LANES]>,
    /// `count` times the weights of sixteen pixels, for each sixteen.
    weights: Vec<[f32; LANES]>,
    /// The furthest that first taps lie apart within sixteen pixels, and within eight.
    spread: [usize; 2],
}

impl Across {
    pub(super) fn new(taps: &Taps) -> Self {
        let count = taps.count;
        let mut across =
            Self { count, starts: vec![], places: vec![], weights: vec![], spread: [0; 2] };
        for (group, firsts) in taps.starts.chunks(LANES).enumerate() {
            let start = firsts.iter().copied().min().unwrap_or(0);
            let place = |lane: usize| firsts.get(lane).or(firsts.last()).map_or(0, |at| at - start);
            across.starts.push(start);
            across.places.push(std::array::from_fn(|lane| place(lane) as u32));
            let weight = |lane: usize, tap: usize| {
                let weights = taps.weights.get((group * LANES + lane) * count + tap);
                weights.copied().unwrap_or(0.0)
            };
            let row = |tap: usize| std::array::from_fn(|lane| weight(lane, tap));
            across.weights.extend((0..count).map(row));
            let halves = firsts.chunks(LANES / 2).map(spread).max().unwrap_or(0);
            across.spread = [across.spread[0].max(spread(firsts)), across.spread[1].max(halves)];
        }
        across
    }

    /// Filters `source`, lines with room behind them, into `out`, which is sixteens long.
    pub(super) fn filter<const C: usize>(&self, source: [&[f32]; C], out: [&mut [f32]; C]) {
        #[cfg(target_arch = "x86_64")]
        match pulp::Arch::new() {
            pulp::x86::Arch::V4(simd) if self.spread[0] < 32 => {
                return sixteen::filter(simd, self, source, out);
            }
            pulp::x86::Arch::V4(simd) if self.spread[1] < 16 => {
                return eight::filter(*simd, self, source, out);
            }
            pulp::x86::Arch::V3(simd) if self.spread[1] < 16 => {
                return eight::filter(simd, self, source, out);
            }
            _ => {}
        }
        self.plain(source, out);
    }

    /// The groups: first source pixel, places, weights.
    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn groups(&self) -> impl Iterator<Item = (usize, &[u32; LANES], &[[f32; LANES]])> {
        let weights = self.weights.chunks_exact(self.count);
        let starts = self.starts.iter().copied();
        starts
            .zip(&self.places)
            .zip(weights)
            .map(|((start, places), weights)| (start, places, weights))
    }

    fn plain<const C: usize>(&self, source: [&[f32]; C], out: [&mut [f32]; C]) {
        for (source, out) in source.into_iter().zip(out) {
            pulp::Arch::new().dispatch(Plain { across: self, source, out });
        }
    }
}

/// The filter pixel by pixel, compiled whole for each vector unit.
struct Plain<'a> {
    across: &'a Across,
    source: &'a [f32],
    out: &'a mut [f32],
}

impl pulp::WithSimd for Plain<'_> {
    type Output = ();

    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        let outs = self.out.as_chunks_mut::<LANES>().0.iter_mut();
        for (out, (start, places, weights)) in outs.zip(self.across.groups()) {
            for (lane, out) in out.iter_mut().enumerate() {
                let taps = self.source[start + places[lane] as usize..].iter().zip(weights);
                *out = taps.fold(0.0, |sum, (value, weight)| fused::<S>(*value, weight[lane], sum));
            }
        }
    }
}

fn spread(firsts: &[usize]) -> usize {
    let ends = firsts.iter().min().zip(firsts.iter().max());
    ends.map_or(0, |(least, most)| most - least)
}

/// `N` values of a line from `start` on.
#[cfg(target_arch = "x86_64")]
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
fn run<const N: usize>(line: &[f32], start: usize) -> &[f32; N] {
    line.get(start..).and_then(<[f32]>::first_chunk).unwrap_or(&[0.0; N])
}

/// With AVX-512: one permutation takes sixteen values out of thirty-two.
#[cfg(target_arch = "x86_64")]
mod sixteen {
    use super::{Across, LANES, run};
    use pulp::x86::V4;

    pub(super) fn filter<const C: usize>(
        simd: V4,
        across: &Across,
        source: [&[f32]; C],
        out: [&mut [f32]; C],
    ) {
        if across.spread[0] + across.count <= 2 * LANES {
            by::<C, false>(simd, across, source, out);
        } else {
            by::<C, true>(simd, across, source, out);
        }
    }

    /// The run moves along with the taps, or else holds all of them.
    fn by<const C: usize, const MOVES: bool>(
        simd: V4,
        across: &Across,
        source: [&[f32]; C],
        out: [&mut [f32]; C],
    ) {
        let wide = simd.avx512f;
        let mut outs = out.map(|out| out.as_chunks_mut::<LANES>().0.iter_mut());
        simd.vectorize(|| {
            let one = wide._mm512_set1_epi32(1);
            for (start, places, weights) in across.groups() {
                let load = |start: usize| {
                    source.map(|line| {
                        let run: [[f32; LANES]; 2] = pulp::cast(*run::<32>(line, start));
                        run.map(pulp::cast)
                    })
                };
                let mut places = pulp::cast(*places);
                let mut runs = load(start);
                let mut sums = [wide._mm512_setzero_ps(); C];
                for (tap, weights) in weights.iter().enumerate() {
                    if MOVES && tap > 0 {
                        runs = load(start + tap);
                    }
                    let weights = pulp::cast(*weights);
                    for (sum, [low, high]) in sums.iter_mut().zip(runs) {
                        let values = wide._mm512_permutex2var_ps(low, places, high);
                        *sum = wide._mm512_fmadd_ps(values, weights, *sum);
                    }
                    if !MOVES {
                        places = wide._mm512_add_epi32(places, one);
                    }
                }
                for (outs, sum) in outs.iter_mut().zip(sums) {
                    if let Some(out) = outs.next() {
                        *out = pulp::cast(sum);
                    }
                }
            }
        });
    }
}

/// With AVX2: two permutations and a choice take eight values out of sixteen.
#[cfg(target_arch = "x86_64")]
mod eight {
    use super::{Across, LANES, run};
    use pulp::x86::V3;

    const HALF: usize = LANES / 2;

    pub(super) fn filter<const C: usize>(
        simd: V3,
        across: &Across,
        source: [&[f32]; C],
        out: [&mut [f32]; C],
    ) {
        let mut outs = out.map(|out| out.as_chunks_mut::<HALF>().0.iter_mut());
        simd.vectorize(|| {
            for (start, places, weights) in across.groups() {
                for half in 0..2 {
                    let places = places[half * HALF..].first_chunk().unwrap_or(&[0; HALF]);
                    let sums = sums(simd, source, start, places, (weights, half));
                    let outs = outs.iter_mut().filter_map(Iterator::next);
                    outs.zip(sums).for_each(|(out, sum)| *out = sum);
                }
            }
        });
    }

    /// Eight pixels of every line.
    #[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
    #[inline(always)]
    fn sums<const C: usize>(
        simd: V3,
        source: [&[f32]; C],
        start: usize,
        places: &[u32; HALF],
        (weights, half): (&[[f32; LANES]], usize),
    ) -> [[f32; HALF]; C] {
        let (avx, avx2) = (simd.avx, simd.avx2);
        let least = places.iter().copied().min().unwrap_or(0);
        let start = start + least as usize;
        let places = pulp::cast(places.map(|place| place - least));
        let far =
            avx._mm256_castsi256_ps(avx2._mm256_cmpgt_epi32(places, avx._mm256_set1_epi32(7)));
        let mut sums = [avx._mm256_setzero_ps(); C];
        for (tap, weights) in weights.iter().enumerate() {
            let weights: [[f32; HALF]; 2] = pulp::cast(*weights);
            let weights = pulp::cast(weights[half]);
            for (sum, line) in sums.iter_mut().zip(source) {
                let run: [[f32; HALF]; 2] = pulp::cast(*run::<16>(line, start + tap));
                let [low, high] =
                    run.map(|run| avx2._mm256_permutevar8x32_ps(pulp::cast(run), places));
                let values = avx._mm256_blendv_ps(low, high, far);
                *sum = simd.fma._mm256_fmadd_ps(values, weights, *sum);
            }
        }
        sums.map(pulp::cast)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_gives_the_same_bits() {
        let line: Vec<f32> = (0..400).map(|x| (x * x % 97) as f32 / 97.0).collect();
        for factor in [1.0, 1.07, 0.93, 0.71, -1.04, 2.6, 0.51, 0.36, 0.2] {
            let offset = if factor < 0.0 { 300.0 } else { 0.3 };
            let taps = Taps::new(203, factor, offset, [0.0, 300.0]);
            let across = Across::new(&taps);
            let length = taps.starts.len().next_multiple_of(LANES);
            let mut plain = vec![0.0; length];
            across.plain([&line], [&mut plain]);
            for (index, out) in plain.iter().take(taps.starts.len()).enumerate() {
                let (start, weights) = taps.of(taps.first + index);
                let sum = weights.iter().zip(&line[start..]).fold(0.0, |sum, (w, v)| sum + v * w);
                assert!((out - sum).abs() < 1e-6, "{factor}");
            }
            let mut best = [vec![0.0; length], vec![0.0; length]];
            across.filter([&line, &line], best.each_mut().map(|out| &mut out[..]));
            assert_eq!([&best[0], &best[1]], [&plain; 2], "{factor}");
            #[cfg(target_arch = "x86_64")]
            if let Some(simd) = pulp::x86::V3::try_new()
                && across.spread[1] < 16
            {
                let mut narrow = vec![0.0; length];
                eight::filter(simd, &across, [&line], [&mut narrow]);
                assert_eq!(narrow, plain, "{factor}");
            }
        }
    }
}
