//! Any picture as lines of red, green, blue and alpha, in its own light and code.

use super::matrix::Luma;
use super::planes::PlaneReader;
use super::{Lines, matrix_of};
use signal::{Image, Model};

/// Reads lines of a picture, in any order.
pub(crate) struct Reader<'a> {
    model: Model,
    planes: Vec<PlaneReader<'a>>,
    alpha: Option<PlaneReader<'a>>,
    luma: Luma,
}

impl<'a> Reader<'a> {
    /// A reader of `image`.
    pub(crate) fn new(image: &'a Image) -> Self {
        let colours = image.format.planes() - usize::from(image.format.alpha);
        Self {
            model: image.format.model,
            planes: (0..colours).map(|index| PlaneReader::new(image, index)).collect(),
            alpha: image.format.alpha.then(|| PlaneReader::new(image, colours)),
            luma: Luma::of(matrix_of(image.colour)),
        }
    }
}

impl Lines for Reader<'_> {
    fn line(&mut self, y: usize, [red, green, blue, alpha]: [&mut [f32]; 4]) {
        match (self.model, &mut self.planes[..]) {
            (Model::Rgb, [g, b, r]) => {
                g.line(y, (0, 0), green);
                b.line(y, (0, 0), blue);
                r.line(y, (0, 0), red);
            }
            (_, [luma, cb, cr]) => {
                luma.line(y, (0, 0), red);
                cb.line(y, (0, 0), green);
                cr.line(y, (0, 0), blue);
                self.luma.back([red, green, blue]);
            }
            (_, [grey, ..]) => {
                grey.line(y, (0, 0), red);
                green.copy_from_slice(red);
                blue.copy_from_slice(red);
            }
            _ => {}
        }
        if let Some(reader) = &mut self.alpha {
            reader.line(y, (0, 0), alpha);
        }
    }
}
