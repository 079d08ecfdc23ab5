//! The objects of a PDF: numbered from 1, one after the other, with a table of where each begins.

use super::letters::string;

/// The object that lists the pages: known before they are.
const PAGES: usize = 2;
/// The object of the font.
const FONT: usize = 3;
/// Bytes ahead of the first chunk of a PNG.
const SIGNATURE: usize = 8;

/// A PDF that is being written.
#[derive(Debug)]
pub(super) struct Objects {
    bytes: Vec<u8>,
    /// Where each object begins; 0 is not written yet.
    places: Vec<usize>,
    pages: Vec<usize>,
}

impl Objects {
    /// One with the catalogue and the font; its pages follow.
    pub(super) fn new() -> Self {
        let bytes = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
        let mut file = Self { bytes, places: vec![0; FONT], pages: Vec::new() };
        file.write(1, &format!("<< /Type /Catalog /Pages {PAGES} 0 R >>"), None);
        let font =
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";
        file.write(FONT, font, None);
        file
    }

    /// Takes in the picture of a PNG of 8 bits without alpha, as it is packed; its object.
    pub(super) fn picture(&mut self, png: &[u8]) -> Result<usize, String> {
        let (width, height, packed) =
            unpacked(png).ok_or("a contact sheet holds opaque pictures of 8 bits alone")?;
        let object = format!(
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceRGB \
             /BitsPerComponent 8 /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 \
             /BitsPerComponent 8 /Columns {width} >> /Length {} >>",
            packed.len()
        );
        Ok(self.add(&object, Some(&packed)))
    }

    /// Adds a page of so many points, on which `drawn` draws these pictures.
    pub(super) fn page(&mut self, size: [f64; 2], drawn: &str, pictures: &[usize]) {
        let length = format!("<< /Length {} >>", drawn.len());
        let content = self.add(&length, Some(drawn.as_bytes()));
        let named = pictures.iter().map(|object| format!("/P{object} {object} 0 R"));
        let named = named.collect::<Vec<_>>().join(" ");
        let page = self.add(
            &format!(
                "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {} {}] /Contents {content} 0 R \
                 /Resources << /Font << /F {FONT} 0 R >> /XObject << {named} >> >> >>",
                size[0], size[1]
            ),
            None,
        );
        self.pages.push(page);
    }

    /// The file.
    pub(super) fn whole(mut self, title: &str) -> Vec<u8> {
        let kids = self.pages.iter().map(|page| format!("{page} 0 R"));
        let kids = kids.collect::<Vec<_>>().join(" ");
        let pages = format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", self.pages.len());
        self.write(PAGES, &pages, None);
        let about = self.add(&format!("<< /Title {} >>", string(title)), None);
        let (start, count) = (self.bytes.len(), self.places.len() + 1);
        let rows = self.places.iter().map(|place| format!("{place:010} 00000 n \n"));
        let table = format!("xref\n0 {count}\n0000000000 65535 f \n{}", rows.collect::<String>());
        let trailer = format!("trailer\n<< /Size {count} /Root 1 0 R /Info {about} 0 R >>\n");
        self.bytes.extend(format!("{table}{trailer}startxref\n{start}\n%%EOF\n").bytes());
        self.bytes
    }

    fn add(&mut self, object: &str, stream: Option<&[u8]>) -> usize {
        self.places.push(0);
        let number = self.places.len();
        self.write(number, object, stream);
        number
    }

    fn write(&mut self, number: usize, object: &str, stream: Option<&[u8]>) {
        self.places[number - 1] = self.bytes.len();
        self.bytes.extend(format!("{number} 0 obj\n{object}\n").bytes());
        if let Some(stream) = stream {
            self.bytes.extend(b"stream\n");
            self.bytes.extend(stream);
            self.bytes.extend(b"\nendstream\n");
        }
        self.bytes.extend(b"endobj\n");
    }
}

/// The size of a PNG's picture and how it is packed; `None` where it is not of 8 bits in three colours.
fn unpacked(png: &[u8]) -> Option<(u32, u32, Vec<u8>)> {
    let (mut size, mut packed) = (None, Vec::new());
    let mut rest = png.get(SIGNATURE..)?;
    while let Some((length, kind)) = number(rest).zip(rest.get(4..8)) {
        let data = rest.get(8..8 + length as usize)?;
        match kind {
            b"IHDR" => {
                let is_plain = data.get(8..13)? == [8, 2, 0, 0, 0];
                size = number(data).zip(number(data.get(4..)?)).filter(|_| is_plain);
            }
            b"IDAT" => packed.extend(data),
            _ => {}
        }
        rest = rest.get(12 + length as usize..)?;
    }
    size.map(|(width, height)| (width, height, packed))
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_be_bytes(*four))
}
