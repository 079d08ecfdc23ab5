//! The text of a file, whatever it is written in.

use timeline_format::Problem;

/// The text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252, which is told. Lines end with LF.
pub fn decoded(bytes: &[u8]) -> (String, Vec<Problem>) {
    let mut problems = Vec::new();
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        _ => {
            let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            std::str::from_utf8(bytes).map_or_else(
                |error| {
                    let words = format!(
                        "the file is no UTF-8 from byte {} on: it is read as Windows-1252",
                        error.valid_up_to()
                    );
                    let problem = Problem::warning("captions-encoding", words);
                    problems.push(problem.remedy("look at its accents, or save it as UTF-8"));
                    bytes.iter().map(|byte| western(*byte)).collect()
                },
                str::to_owned,
            )
        }
    };
    (text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}"), problems)
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
    char::decode_utf16(units).map(|read| read.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// A character of Windows-1252.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_whatever_it_is_written_in() {
        let utf16: Vec<u8> =
            "\u{feff}caf\u{e9}\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, told) in [
            (&b"\xef\xbb\xbfcaf\xc3\xa9\r\n"[..], 0),
            (&b"caf\xc3\xa9\r"[..], 0),
            (&utf16[..], 0),
            (&b"caf\xe9\n"[..], 1),
        ] {
            let (text, problems) = decoded(bytes);
            assert_eq!((text.as_str(), problems.len()), ("café\n", told));
        }
        assert_eq!(decoded(b"\x80\x93").0, "€“");
    }
}
