//! Colour tags as the document spells them.

use crate::signal::{
    AlphaMode, Colour, Image, Matrix, Model, Primaries, Range, Transfer, Word as _,
};
use std::sync::Arc;
use timeline_format::Extra;
use timeline_format::media::{Alpha, ColourTags, PictureStream};

/// The document's words for what the numbers mean.
pub(super) fn spell(colour: Colour, guessed: bool) -> ColourTags {
    ColourTags {
        primaries: colour.primaries.word().to_owned(),
        transfer: colour.transfer.word().to_owned(),
        matrix: colour.matrix.word().to_owned(),
        range: colour.range.word().to_owned(),
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
    pub(super) fn colour(&self, colour: Colour, model: Model) -> Colour {
        let matrix = Matrix::of_word(&self.tags.matrix);
        let suits = |matrix: &Matrix| matches!(model, Model::Yuv { .. }) && *matrix != Matrix::Rgb;
        Colour {
            primaries: Primaries::of_word(&self.tags.primaries).unwrap_or(colour.primaries),
            transfer: Transfer::of_word(&self.tags.transfer).unwrap_or(colour.transfer),
            matrix: matrix.filter(suits).unwrap_or(colour.matrix),
            range: Range::of_word(&self.tags.range).unwrap_or(colour.range),
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
