//! A picture as OpenEXR: half floats, scene-linear, premultiplied, ZIP over 16 lines.

use exr::meta::attribute::Chromaticities;
use exr::prelude::{
    AnyChannel, AnyChannels, Blocks, Compression, Encoding, FlatSamples, Image as File, Layer,
    LayerAttributes, LineOrder, ReadChannels as _, ReadLayers as _, SmallVec, Text, Vec2,
    WritableImage as _, f16, read,
};

use super::{floats, premultiplied};
use crate::signal::{AlphaMode, Colour, Depth, Image, Model, PixelFormat, Plane};
use crate::signal::{Primaries, Transfer};

pub(super) fn encode(image: &Image) -> Result<Vec<u8>, String> {
    if image.format.depth != Depth::F32 || image.format.model != Model::Rgb {
        return Err("OpenEXR is made from float RGB".into());
    }
    let image = &premultiplied(image);
    let mut channels = vec![channel("R", image, 2), channel("G", image, 0), channel("B", image, 1)];
    if image.format.alpha {
        channels.push(channel("A", image, 3));
    }
    let channels = AnyChannels::sort(SmallVec::from_vec(channels));
    let size = (image.width as usize, image.height as usize);
    let encoding = Encoding {
        compression: Compression::ZIP16,
        blocks: Blocks::ScanLines,
        line_order: LineOrder::Increasing,
    };
    let layer = Layer::new(size, LayerAttributes::default(), encoding, channels);
    let mut file = File::from_layer(layer);
    file.attributes.chromaticities = Some(chromaticities(image.colour.primaries));
    let mut bytes = std::io::Cursor::new(Vec::new());
    file.write().non_parallel().to_buffered(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

fn channel(name: &str, image: &Image, plane: usize) -> AnyChannel<FlatSamples> {
    let lines = 0..image.height as usize;
    let samples = lines.flat_map(|y| floats(image, plane, y)).map(half).collect();
    AnyChannel::new(Text::from(name), FlatSamples::F16(samples))
}

/// The nearest half; beyond the greatest, the greatest.
fn half(value: f32) -> f16 {
    f16::from_f32(value.clamp(-65_504.0, 65_504.0))
}

/// The chromaticities of H.273 table 2, white D65.
fn chromaticities(primaries: Primaries) -> Chromaticities {
    let (red, green, blue) = match primaries {
        Primaries::Bt709 => ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)),
        Primaries::Bt601Ntsc => ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070)),
        Primaries::Bt601Pal => ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06)),
        Primaries::Bt2020 => ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
        Primaries::P3D65 => ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
    };
    let point = |(x, y)| Vec2(x, y);
    Chromaticities {
        red: point(red),
        green: point(green),
        blue: point(blue),
        white: Vec2(0.3127, 0.3290),
    }
}

/// Reads an OpenEXR of red, green, blue and alpha, as it was written.
pub(super) fn decode(bytes: &[u8]) -> Result<Image, String> {
    let file = read()
        .no_deep_data()
        .largest_resolution_level()
        .all_channels()
        .first_valid_layer()
        .all_attributes()
        .from_buffered(std::io::Cursor::new(bytes))
        .map_err(|error| error.to_string())?;
    let size = file.layer_data.size;
    let plane = |name: &str| -> Result<Plane, String> {
        let channels = &file.layer_data.channel_data.list;
        let found = channels.iter().find(|channel| channel.name == *name);
        let found = found.ok_or_else(|| format!("it has no channel {name}"))?;
        let data = found.sample_data.values_as_f32().flat_map(f32::to_ne_bytes).collect();
        Ok(Plane::packed(data, size.0 * 4))
    };
    Ok(Image {
        width: size.0 as u32,
        height: size.1 as u32,
        format: PixelFormat::RGBA_F32,
        colour: Colour { transfer: Transfer::Linear, ..Colour::SRGB },
        alpha: AlphaMode::Premultiplied,
        planes: vec![plane("G")?, plane("B")?, plane("R")?, plane("A")?],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exr_holds_halves_premultiplied() {
        let plane = |value: f32| Plane::packed(value.to_ne_bytes().to_vec(), 4);
        let image = Image {
            width: 1,
            height: 1,
            format: PixelFormat::RGBA_F32,
            colour: Colour { transfer: Transfer::Linear, ..Colour::SRGB },
            alpha: AlphaMode::Straight,
            planes: vec![plane(0.5), plane(8.0), plane(-0.25), plane(0.5)],
        };
        let file = encode(&image).unwrap();
        let read = read()
            .no_deep_data()
            .largest_resolution_level()
            .all_channels()
            .first_valid_layer()
            .all_attributes()
            .from_buffered(std::io::Cursor::new(file))
            .unwrap();
        let found: Vec<_> = read
            .layer_data
            .channel_data
            .list
            .iter()
            .map(|channel| {
                (channel.name.to_string(), channel.sample_data.values_as_f32().next().unwrap())
            })
            .collect();
        let names = |name: &str, value| (name.to_owned(), value);
        assert_eq!(found, [names("A", 0.5), names("B", 4.0), names("G", 0.25), names("R", -0.125)]);
        assert_eq!(read.attributes.chromaticities.unwrap().red, Vec2(0.64, 0.33));
    }

    #[test]
    fn what_is_too_bright_for_a_half_stays_finite() {
        assert_eq!(half(1e9), f16::MAX);
    }
}
