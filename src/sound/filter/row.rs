//! Sections one behind the other, all at work at once.
//!
//! Two sections of two channels fill the four lanes of a wide register. Each section works on what the
//! one before it gave for the sample before: so none waits for another, and a sample comes out as many
//! steps later as there are sections before the last.

use super::section::{Section, States};
use crate::quantum::{QUANTUM, Run};

/// Two channels of two sections.
type Quad = [f64; 4];

/// Two sections a quad side by side: each works on what the one before it gave for the sample before, so
/// that all of them work at once. Where one is missing, it lets everything through.
pub(super) struct Row<const N: usize> {
    steps: [[[Quad; N]; 3]; 3],
    first: [Quad; N],
    second: [Quad; N],
    given: [Quad; N],
}

impl<const N: usize> Row<N> {
    pub(super) fn new(sections: &[Section], states: &[States]) -> Self {
        const THROUGH: [[f64; 3]; 3] = [[0.0; 3], [0.0; 3], [1.0, 0.0, 0.0]];
        let none = [[0.0; 4]; N];
        let (mut steps, mut first, mut second) = ([[none; 3]; 3], none, none);
        for place in 0..2 * N {
            let (quad, lane) = (place / 2, 2 * (place % 2));
            let step = sections.get(place).map_or(THROUGH, Section::step);
            for (to, from) in steps.as_flattened_mut().iter_mut().zip(step.as_flattened()) {
                to[quad][lane..lane + 2].fill(*from);
            }
            if let Some([ones, twos]) = states.get(place) {
                first[quad][lane..lane + 2].copy_from_slice(ones);
                second[quad][lane..lane + 2].copy_from_slice(twos);
            }
        }
        Self { steps, first, second, given: none }
    }

    /// One step of the sections of `active`.
    #[inline(always)]
    fn step(&mut self, active: std::ops::Range<usize>, input: [f64; 2]) {
        let (first, second, mut before) = (self.first, self.second, input);
        for quad in 0..N {
            let given = self.given[quad];
            let heard = [before[0], before[1], given[0], given[1]];
            before = [given[2], given[3]];
            let states = [&mut self.first, &mut self.second, &mut self.given];
            for (state, [x, one, two]) in states.into_iter().zip(&self.steps) {
                for lane in 0..4 {
                    let value = (one[quad][lane] * first[quad][lane]
                        + two[quad][lane] * second[quad][lane])
                        + x[quad][lane] * heard[lane];
                    let is_active = active.contains(&(2 * quad + lane / 2));
                    state[quad][lane] = if is_active { value } else { state[quad][lane] };
                }
            }
        }
    }

    /// Runs over a step, and leaves the states as they are then.
    pub(super) fn run(mut self, states: &mut [States], left: &mut Run, right: &mut Run) {
        let late = 2 * N - 1;
        let mut quads = [[0.0; 4]; QUANTUM];
        for (quad, (left, right)) in quads.iter_mut().zip(left.iter().zip(right.iter())) {
            (quad[0], quad[1]) = (f64::from(*left), f64::from(*right));
        }
        for (index, quad) in quads[..late].iter().enumerate() {
            self.step(0..index + 1, [quad[0], quad[1]]);
        }
        in_fours(Middle { row: &mut self, quads: &mut quads[late..] });
        let (done, rest) = (QUANTUM - late, late);
        let outs = left.iter_mut().zip(right.iter_mut());
        for ((left, right), quad) in outs.zip(&quads[late..]) {
            (*left, *right) = (quad[2] as f32, quad[3] as f32);
        }
        for index in 0..rest {
            self.step(index + 1..2 * N, [0.0; 2]);
            let given = self.given[N - 1];
            (left[done + index], right[done + index]) = (given[2] as f32, given[3] as f32);
        }
        for (place, [ones, twos]) in states.iter_mut().enumerate() {
            let (quad, lane) = (place / 2, 2 * (place % 2));
            ones.copy_from_slice(&self.first[quad][lane..lane + 2]);
            twos.copy_from_slice(&self.second[quad][lane..lane + 2]);
        }
    }
}

/// Works with registers of four lanes where the processor has them, also where it has wider ones: those
/// would be filled through memory, which a row would wait for at every sample.
fn in_fours<W: pulp::WithSimd>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return pulp::Simd::vectorize(simd, work);
    }
    pulp::Arch::new().dispatch(work)
}

/// The samples for which all sections are at work: their input lies in the first two lanes, and their
/// output is left in the last two.
struct Middle<'a, const N: usize> {
    row: &'a mut Row<N>,
    quads: &'a mut [Quad],
}

impl<const N: usize> pulp::WithSimd for Middle<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, simd: S) {
        if S::F64_LANES == 4 {
            return self.row.step_wide(simd, self.quads);
        }
        for quad in self.quads {
            self.row.step(0..2 * N, [quad[0], quad[1]]);
            *quad = self.row.given[N - 1];
        }
    }
}

impl<const N: usize> Row<N> {
    /// All steps of `quads`, with registers of four lanes: the same arithmetic as [`step`](Self::step).
    #[inline(always)]
    fn step_wide<S: pulp::Simd>(&mut self, simd: S, quads: &mut [Quad]) {
        let register = |quads: &[Quad; N]| {
            let mut registers = [simd.splat_f64s(0.0); N];
            let loaded = S::as_simd_f64s(quads.as_flattened()).0;
            registers.iter_mut().zip(loaded).for_each(|(to, from)| *to = *from);
            registers
        };
        let [of_first, of_second, of_given] =
            [0, 1, 2].map(|at: usize| [0, 1, 2].map(|part: usize| register(&self.steps[at][part])));
        let mut first = register(&self.first);
        let mut second = register(&self.second);
        let mut given = register(&self.given);
        let sides = S::as_simd_f64s(&[0.0, 0.0, 1.0, 1.0]).0[0];
        let is_low = simd.less_than_f64s(sides, simd.splat_f64s(0.5));
        for quad in S::as_mut_simd_f64s(quads.as_flattened_mut()).0 {
            let mut before = *quad;
            for at in 0..N {
                let turned = simd.rotate_right_f64s(given[at], 2);
                let heard = simd.select_f64s(is_low, before, turned);
                before = turned;
                let next = |[x, one, two]: &[[S::f64s; N]; 3]| {
                    let states = simd.add_f64s(
                        simd.mul_f64s(one[at], first[at]),
                        simd.mul_f64s(two[at], second[at]),
                    );
                    simd.add_f64s(states, simd.mul_f64s(x[at], heard))
                };
                let nexts = (next(&of_first), next(&of_second), next(&of_given));
                (first[at], second[at], given[at]) = nexts;
            }
            *quad = given[N - 1];
        }
        let leave = |registers: [S::f64s; N], to: &mut [Quad; N]| {
            let to = S::as_mut_simd_f64s(to.as_flattened_mut()).0;
            to.iter_mut().zip(registers).for_each(|(to, from)| *to = from);
        };
        leave(first, &mut self.first);
        leave(second, &mut self.second);
        leave(given, &mut self.given);
    }
}
