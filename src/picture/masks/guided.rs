//! A matte drawn to the edges of a picture: the guided filter (He, Sun and Tang, Guided image filtering, 2010).

use super::Matte;
use crate::composite::box_mean;
use rayon::prelude::*;

impl Matte {
    /// Has its edge where the edges of a guide of the same size are, no further than `radius` pixels away: about every
    /// pixel it is the straight function of the guide that comes nearest to it. Differences of the guide that are small
    /// against `contrast` are no edges.
    pub fn guide(&mut self, guide: &Self, radius: f64, contrast: f64) {
        let half = radius.round().max(1.0) as usize;
        let mean = |values: &mut Vec<f32>| box_mean(values, (self.width, self.height), half);
        let times = |one: &[f32], other: &[f32]| -> Vec<f32> {
            one.par_iter().zip(other).map(|(one, other)| one * other).collect()
        };
        let mut both = [
            guide.values.clone(),
            self.values.clone(),
            times(&guide.values, &guide.values),
            times(&guide.values, &self.values),
        ];
        both.iter_mut().for_each(mean);
        let [guides, mattes, squares, products] = &mut both;
        let least = (contrast * contrast) as f32;
        let all =
            guides.par_iter().zip(mattes.par_iter_mut()).zip(squares.par_iter()).zip(products);
        all.for_each(|(((guide, matte), square), slope)| {
            let variance = (square - guide * guide).max(0.0);
            *slope = (*slope - guide * *matte) / (variance + least);
            *matte -= *slope * guide;
        });
        let [_, shifts, _, slopes] = &mut both;
        mean(shifts);
        mean(slopes);
        let straight = shifts.par_iter().zip(slopes.par_iter()).zip(&guide.values);
        let values = self.values.par_iter_mut().zip(straight);
        values.for_each(|(value, ((shift, slope), guide))| {
            *value = (slope * guide + shift).clamp(0.0, 1.0);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rough_edge_goes_to_the_edge_of_the_picture() {
        let guide = Matte::paint(96, 64, |x, y| {
            let texture = 0.02 * (((x * 7 + y * 13) % 5) as f32 - 2.0) / 2.0;
            if x < 50 { 0.2 + texture } else { 0.8 + texture }
        });
        let mut matte = Matte::paint(96, 64, |x, y| f32::from(u8::from(x < 47 + y % 7)));
        matte.guide(&guide, 10.0, 0.05);
        for y in 12..52 {
            assert!(
                matte.line(y)[49] - matte.line(y)[50] > 0.6,
                "line {y}: {:?}",
                &matte.line(y)[44..56]
            );
            assert!(matte.line(y)[20] > 0.99 && matte.line(y)[80] < 0.01);
        }
    }

    #[test]
    fn where_the_guide_is_even_it_is_a_mean_of_means() {
        let mut matte = Matte::paint(40, 30, |x, y| ((x * 5 + y * 3) % 11) as f32 / 10.0);
        let mut twice = matte.values.clone();
        matte.guide(&Matte::even(40, 30, 0.4), 3.0, 0.05);
        box_mean(&mut twice, (40, 30), 3);
        box_mean(&mut twice, (40, 30), 3);
        for (one, other) in matte.values.iter().zip(&twice) {
            assert!((one - other).abs() < 1e-5, "{one} {other}");
        }
    }
}
