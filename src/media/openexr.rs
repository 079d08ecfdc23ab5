//! OpenEXR pictures: scene-linear floats, alpha premultiplied (the format's technical introduction).

use crate::ffmpeg::LARGEST;
use crate::media::Error;
use crate::signal::{AlphaMode, Colour, Depth, Image, Matrix, Model, PixelFormat, Plane};
use crate::signal::{Primaries, Range, Transfer};
use exr::image::{AnyChannels, FlatSamples, Layer};
use exr::meta::MetaData;
use exr::meta::attribute::{Chromaticities, IntegerBounds};
use exr::prelude::{ReadChannels as _, ReadLayers as _};
use std::path::Path;

/// The most pixels of a picture, for its memory's sake.
const MOST_PIXELS: usize = 1 << 28;

/// Whether a file that starts with these bytes is one.
pub(super) fn is_one(start: &[u8]) -> bool {
    start.starts_with(&[0x76, 0x2f, 0x31, 0x01])
}

/// Reads the first flat layer that has colour or grey, within its display window.
pub(super) fn read(path: &Path) -> Result<Image, Error> {
    let failed = |error: exr::error::Error| Error::new(path, error);
    let meta = MetaData::read_from_file(path, false).map_err(failed)?;
    for header in &meta.headers {
        check_size(header.layer_size.0, header.layer_size.1, path)?;
        let window = header.shared_attributes.display_window.size;
        check_size(window.0, window.1, path)?;
    }
    let reader = exr::image::read::read().no_deep_data().largest_resolution_level();
    let reader = reader.all_channels().first_valid_layer().all_attributes();
    let picture = reader.from_file(path).map_err(failed)?;
    let window = picture.attributes.display_window;
    let planes = Planes::of(&picture.layer_data, window);
    let colour = colour(picture.attributes.chromaticities);
    planes.image(colour).ok_or_else(|| Error::new(path, "it has neither R, G, B nor Y channels"))
}

fn check_size(width: usize, height: usize, path: &Path) -> Result<(), Error> {
    let most = LARGEST as usize;
    if width.max(height) > most || width.saturating_mul(height) > MOST_PIXELS {
        let why = format!("a picture of {width}x{height} is too large: {most} a side at most");
        return Err(Error::new(path, why));
    }
    Ok(())
}

/// The layer's channels, cut or extended with zeros to the display window.
struct Planes<'a> {
    layer: &'a Layer<AnyChannels<FlatSamples>>,
    window: IntegerBounds,
}

impl<'a> Planes<'a> {
    const fn of(layer: &'a Layer<AnyChannels<FlatSamples>>, window: IntegerBounds) -> Self {
        Self { layer, window }
    }

    fn image(&self, colour: Colour) -> Option<Image> {
        let rgb = ["G", "B", "R"].map(|name| self.channel(name));
        let alpha = self.channel("A");
        let (model, mut planes) = match rgb {
            [Some(green), Some(blue), Some(red)] => (Model::Rgb, vec![green, blue, red]),
            _ => (Model::Grey, vec![self.channel("Y")?]),
        };
        let format = PixelFormat { model, alpha: alpha.is_some(), depth: Depth::F32 };
        planes.extend(alpha);
        Some(Image {
            width: self.window.size.0 as u32,
            height: self.window.size.1 as u32,
            format,
            colour,
            alpha: AlphaMode::Premultiplied,
            planes,
        })
    }

    /// The channel of this name, or the first whose name ends in `.name`.
    fn channel(&self, name: &str) -> Option<Plane> {
        let list = &self.layer.channel_data.list;
        let named = |channel: &String| channel.eq_ignore_ascii_case(name);
        let ends = |channel: &String| {
            channel.rsplit_once('.').is_some_and(|(_, last)| last.eq_ignore_ascii_case(name))
        };
        let names = list.iter().map(|channel| channel.name.to_string()).collect::<Vec<_>>();
        let at = names.iter().position(named).or_else(|| names.iter().position(ends))?;
        let samples = list[at].sample_data.values_as_f32().collect::<Vec<_>>();
        let size = self.layer.size;
        (samples.len() == size.0 * size.1).then(|| self.place(&samples))
    }

    fn place(&self, samples: &[f32]) -> Plane {
        let at = self.layer.attributes.layer_position - self.window.position;
        let (width, height) = (self.window.size.0, self.window.size.1);
        let mut bytes = vec![0; width * height * 4];
        for (line, y) in samples.chunks_exact(self.layer.size.0.max(1)).zip(i64::from(at.1)..) {
            if !(0..height as i64).contains(&y) {
                continue;
            }
            let out = &mut bytes[y as usize * width * 4..][..width * 4];
            let skip = usize::try_from(-i64::from(at.0)).unwrap_or(0);
            let start = usize::try_from(at.0).unwrap_or(0).min(width);
            for (pixel, value) in out[start * 4..].chunks_exact_mut(4).zip(line.iter().skip(skip)) {
                pixel.copy_from_slice(&value.to_ne_bytes());
            }
        }
        Plane::packed(bytes, width * 4)
    }
}

/// Linear light; primaries as stated, BT.709 where not (the format's default).
fn colour(stated: Option<Chromaticities>) -> Colour {
    let near = |red: (f32, f32), green: (f32, f32)| {
        let close = |a: f32, b: f32| (a - b).abs() < 0.005;
        stated.is_some_and(|stated| {
            close(stated.red.0, red.0)
                && close(stated.red.1, red.1)
                && close(stated.green.0, green.0)
                && close(stated.green.1, green.1)
        })
    };
    let primaries = if near((0.708, 0.292), (0.17, 0.797)) {
        Primaries::Bt2020
    } else if near((0.68, 0.32), (0.265, 0.69)) {
        Primaries::P3D65
    } else {
        Primaries::Bt709
    };
    Colour { primaries, transfer: Transfer::Linear, matrix: Matrix::Rgb, range: Range::Full }
}
