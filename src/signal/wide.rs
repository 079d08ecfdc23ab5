//! Work on whole rows of numbers, with the widest instructions that the processor has.

/// Does `work` compiled for the widest instructions that this processor knows: the same arithmetic, so
/// the same bits, on all of them. A closure must be marked `#[inline(always)]`, and so must what it
/// calls that is more than a line: else that is compiled for the least of all processors.
#[inline(always)]
pub fn wide<R>(work: impl FnMut() -> R) -> R {
    pulp::Arch::new().dispatch(Wide(work))
}

/// The same, eight numbers at a time at most: sixteen that are looked up in a table at once come later than twice eight.
#[inline(always)]
pub fn by_eight<R>(work: impl FnMut() -> R) -> R {
    #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
    if let Some(eight) = pulp::x86::V3::try_new() {
        return pulp::Simd::vectorize(eight, Wide(work));
    }
    wide(work)
}

/// Work that is called where it lies: called as work that is done once, it would not be compiled anew.
struct Wide<F>(F);

impl<R, F: FnMut() -> R> pulp::WithSimd for Wide<F> {
    type Output = R;

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(mut self, _: S) -> R {
        (self.0)()
    }
}
