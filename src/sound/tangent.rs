//! The hyperbolic tangent for whole rows of samples: the same bits on every machine.

/// Beyond this the tangent is 1 to the last bit.
const END: f32 = 9.0;
/// A rational function of `x * x` within [`END`], whose greatest error beside the tangent's own size is
/// the least that these degrees allow (fitted to the function itself): 2.1e-8 before rounding.
const ABOVE: [f32; 5] = [1.0, 0.133_810_24, 3.495_586_1e-3, 2.060_904_4e-5, 1.335_459_9e-8];
const BELOW: [f32; 5] = [1.0, 0.467_143_4, 0.025_876_975, 3.285_631_3e-4, 7.776_534_7e-7];

/// The hyperbolic tangent, right to 5e-7 of itself.
#[inline(always)]
pub(super) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-END, END);
    let square = x * x;
    x * polynomial(ABOVE, square) / polynomial(BELOW, square)
}

#[inline(always)]
fn polynomial([a, b, c, d, e]: [f32; 5], x: f32) -> f32 {
    a + x * (b + x * (c + x * (d + x * e)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_the_library_says() {
        for step in -120_000..120_000_i32 {
            let x = step as f32 * 1e-4;
            let exact = f64::from(x).tanh();
            let error = (f64::from(tanh(x)) - exact).abs();
            assert!(error <= 5e-7 * exact.abs(), "{x}: {} {exact}", tanh(x));
        }
        for x in [1e-30, 1e-10, 1e-6, 20.0, 1e10] {
            for x in [x, -x] {
                let exact = f64::from(x).tanh();
                assert!((f64::from(tanh(x)) - exact).abs() <= 5e-7 * exact.abs(), "{x}");
            }
        }
    }
}
