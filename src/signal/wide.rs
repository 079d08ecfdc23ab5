//! Work on whole rows of numbers, with the widest instructions that the processor has.

/// Does `work` compiled for the widest instructions that this processor knows: the same arithmetic, so
/// the same bits, on all of them. A closure must be marked `#[inline(always)]`, and so must what it
/// calls that is more than a line: else that is compiled for the least of all processors.
#[inline(always)]
pub fn wide<R>(work: impl FnMut() -> R) -> R {
    pulp::Arch::new().dispatch(Wide(work))
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
