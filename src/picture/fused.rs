//! A product and a sum with one rounding, and the greater and the lesser of two numbers: what kernels are made of.

/// `a b + c`, rounded once where the vector unit does that at once. One machine always answers the
/// same, and so do all that have such a unit: AVX2, AVX-512, NEON.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
pub(super) fn fused<S: pulp::Simd>(a: f32, b: f32, c: f32) -> f32 {
    if S::F32_LANES > 1 { a.mul_add(b, c) } else { a * b + c }
}

/// The greater number; the other where `one` is none: one instruction of a vector unit.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
pub(super) fn greater(one: f32, other: f32) -> f32 {
    if one > other { one } else { other }
}

/// The lesser number; the other where `one` is none.
#[expect(clippy::inline_always, reason = "it takes the features of the kernel around it")]
#[inline(always)]
pub(super) fn lesser(one: f32, other: f32) -> f32 {
    if one < other { one } else { other }
}
