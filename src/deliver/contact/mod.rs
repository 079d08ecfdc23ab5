//! A contact sheet as a PDF: pages of pictures with words below each, for any reader and any printer.
//!
//! Pictures lie in it as PNG packs them, so that no code value changes; words are set in Helvetica, which
//! every reader has, in the letters of Western Europe. The file is PDF 1.4, after ISO 32000-1.

mod letters;
mod objects;
mod pages;

use super::{Error, png};
use crate::signal::Image;
use objects::Objects;
use pages::Layout;

/// A picture of a contact sheet, and what is written below it.
#[derive(Debug, Clone)]
pub struct Print {
    /// The picture.
    pub picture: Image,
    /// What is written below it, a paragraph each.
    pub lines: Vec<String>,
}

/// Prints in rows of `columns`, on as many pages as they need, as the bytes of a PDF; sRGB, 8 bits.
///
/// # Errors
/// Where there are no prints, or PNG cannot hold a picture.
pub fn contact_pdf(title: &str, prints: &[Print], columns: u32) -> Result<Vec<u8>, Error> {
    if prints.is_empty() {
        return Err(Error::Picture("a contact sheet needs a picture".to_owned()));
    }
    let layout = Layout::of(prints, columns);
    let mut file = Objects::new();
    let mut pictures = Vec::new();
    for print in prints {
        let packed = png(&print.picture, false)?;
        pictures.push(file.picture(&packed).map_err(Error::Picture)?);
    }
    let sheets: Vec<_> =
        prints.chunks(layout.on_a_page()).zip(pictures.chunks(layout.on_a_page())).collect();
    for (number, (prints, pictures)) in sheets.iter().enumerate() {
        let head = format!("{title} ({} of {})", number + 1, sheets.len());
        let drawn = layout.drawn(&head, prints, pictures);
        file.page(pages::PAPER, &drawn, pictures);
    }
    Ok(file.whole(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signal::{AlphaMode, Colour, PixelFormat, Plane};

    fn print(code: u8, lines: &[&str]) -> Print {
        let plane = || Plane::packed(vec![code; 8 * 4], 8);
        let (format, colour) = (PixelFormat::RGB8, Colour::SRGB);
        let planes = vec![plane(), plane(), plane()];
        let alpha = AlphaMode::Straight;
        let picture = Image { width: 8, height: 4, format, colour, alpha, planes };
        Print { picture, lines: lines.iter().map(|line| (*line).to_owned()).collect() }
    }

    /// The places that the table of objects names, and what stands there.
    fn objects(pdf: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(pdf);
        let start: usize =
            text.rsplit("startxref\n").next().unwrap().lines().next().unwrap().parse().unwrap();
        let table = String::from_utf8_lossy(&pdf[start..]).into_owned();
        let rows = table.lines().skip(3).take_while(|line| line.ends_with("n "));
        let places = rows.map(|row| row[..10].parse::<usize>().unwrap());
        places.map(|at| String::from_utf8_lossy(&pdf[at..at + 12]).into_owned()).collect()
    }

    #[test]
    fn every_object_lies_where_the_table_says() {
        let prints: Vec<Print> = (0..7).map(|code| print(code, &["a (b) \\ c"])).collect();
        let pdf = contact_pdf("Takes", &prints, 3).unwrap();
        let found = objects(&pdf);
        assert!(found.len() > 7 + 4);
        for (number, words) in found.iter().enumerate() {
            assert!(words.starts_with(&format!("{} 0 obj", number + 1)), "{number}: {words}");
        }
        assert!(String::from_utf8_lossy(&pdf).contains(r"(a \(b\) \\ c) Tj"));
    }

    #[test]
    fn a_sheet_goes_on_over_pages_and_none_is_empty() {
        let pages = |count: usize, columns| {
            let prints: Vec<Print> = (0..count).map(|_| print(9, &["words"])).collect();
            let pdf = contact_pdf("Takes", &prints, columns).unwrap();
            String::from_utf8_lossy(&pdf).matches("/Type /Page /").count()
        };
        assert_eq!(pages(1, 6), 1);
        assert!(pages(40, 2) > pages(40, 8));
        assert_eq!(pages(3, 1), 3);
        assert!(contact_pdf("None", &[], 6).is_err());
    }
}
