//! Colour tags as the document spells them.

use crate::signal::{AlphaMode, Colour, Image, Matrix, Model, Primaries, Range, Transfer};
use std::sync::Arc;
use timeline_format::Extra;
use timeline_format::media::{Alpha, ColourTags, PictureStream};

const PRIMARIES: &[(Primaries, &str)] = &[
    (Primaries::Bt709, "bt709"),
    (Primaries::Bt601Ntsc, "bt601-525"),
    (Primaries::Bt601Pal, "bt601-625"),
    (Primaries::Bt2020, "bt2020"),
    (Primaries::P3D65, "p3-d65"),
];
const TRANSFERS: &[(Transfer, &str)] = &[
    (Transfer::Bt709, "bt709"),
    (Transfer::Srgb, "srgb"),
    (Transfer::Gamma22, "gamma22"),
    (Transfer::Gamma28, "gamma28"),
    (Transfer::Linear, "linear"),
    (Transfer::Pq, "pq"),
    (Transfer::Hlg, "hlg"),
];
const MATRICES: &[(Matrix, &str)] = &[
    (Matrix::Rgb, "rgb"),
    (Matrix::Bt709, "bt709"),
    (Matrix::Bt601, "bt601"),
    (Matrix::Bt2020, "bt2020-ncl"),
];
const RANGES: &[(Range, &str)] = &[(Range::Full, "full"), (Range::Limited, "limited")];

fn word<T: PartialEq + Copy>(words: &[(T, &str)], value: T) -> String {
    let known = words.iter().find(|(known, _)| *known == value);
    known.map_or_else(String::new, |(_, word)| (*word).to_owned())
}

fn meaning<T: Copy>(words: &[(T, &str)], word: &str) -> Option<T> {
    words.iter().find(|(_, known)| *known == word).map(|(value, _)| *value)
}

/// The document's words for what the numbers mean.
pub(super) fn spell(colour: Colour, guessed: bool) -> ColourTags {
    ColourTags {
        primaries: word(PRIMARIES, colour.primaries),
        transfer: word(TRANSFERS, colour.transfer),
        matrix: word(MATRICES, colour.matrix),
        range: word(RANGES, colour.range),
        guessed,
        extra: Extra::new(),
    }
}

/// What the document says that a media's numbers mean, whatever its file says.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    tags: ColourTags,
    alpha: Option<Alpha>,
}

impl Said {
    /// What a media's row says of its picture.
    pub(super) fn of(picture: Option<&PictureStream>) -> Self {
        picture.map_or_else(Self::default, |picture| Self {
            tags: picture.colour.clone(),
            alpha: picture.alpha,
        })
    }

    /// The picture as the document means it. Its samples are shared, not copied.
    pub(super) fn apply(&self, image: Arc<Image>) -> Arc<Image> {
        let colour = self.colour(image.colour, image.format.model);
        let alpha = match self.alpha {
            Some(Alpha::Straight) => AlphaMode::Straight,
            Some(Alpha::Premultiplied) => AlphaMode::Premultiplied,
            None => image.alpha,
        };
        if (colour, alpha) == (image.colour, image.alpha) {
            return image;
        }
        Arc::new(Image { colour, alpha, ..(*image).clone() })
    }

    /// `colour` with what is said in its place. Words that are not known, and a matrix that does not
    /// go with the planes, change nothing.
    fn colour(&self, colour: Colour, model: Model) -> Colour {
        let matrix = meaning(MATRICES, &self.tags.matrix);
        let suits = |matrix: &Matrix| matches!(model, Model::Yuv { .. }) && *matrix != Matrix::Rgb;
        Colour {
            primaries: meaning(PRIMARIES, &self.tags.primaries).unwrap_or(colour.primaries),
            transfer: meaning(TRANSFERS, &self.tags.transfer).unwrap_or(colour.transfer),
            matrix: matrix.filter(suits).unwrap_or(colour.matrix),
            range: meaning(RANGES, &self.tags.range).unwrap_or(colour.range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_document_says_goes_before_what_the_file_says() {
        let said = |primaries: &str, transfer: &str, matrix: &str, range: &str| {
            let tags = [primaries, transfer, matrix, range].map(str::to_owned);
            let [primaries, transfer, matrix, range] = tags;
            let tags = ColourTags { primaries, transfer, matrix, range, ..ColourTags::default() };
            Said { tags, alpha: None }
        };
        let yuv = Model::Yuv { across: 1, down: 1 };
        let film = Colour::REC709;
        assert_eq!(said("", "", "", "").colour(film, yuv), film);
        assert_eq!(said("ap0", "log", "ycgco", "narrow").colour(film, yuv), film);
        let all = said("bt2020", "pq", "bt2020-ncl", "full").colour(film, yuv);
        assert_eq!(spell(all, false).transfer, "pq");
        assert_eq!((all.primaries, all.range), (Primaries::Bt2020, Range::Full));
        assert_eq!(said("", "", "rgb", "").colour(film, yuv).matrix, Matrix::Bt709);
        let still = said("", "", "bt601", "limited").colour(Colour::SRGB, Model::Rgb);
        assert_eq!((still.matrix, still.range), (Matrix::Rgb, Range::Limited));
    }
}
