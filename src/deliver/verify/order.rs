//! The order of a file's parts: an MP4 for the web has its index in front.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use super::verdict::{Findings, Kind};

/// Finds whether the index (`moov`) lies before the media (`mdat`).
pub(super) fn check(path: &Path, findings: &mut Findings) {
    if atoms(path).is_ok_and(|names| !is_in_front(&names)) {
        let what = "its index is not in front: it does not play while it loads".into();
        findings.add(Kind::Layout, None, what);
    }
}

fn is_in_front(names: &[[u8; 4]]) -> bool {
    let place = |name: &[u8; 4]| names.iter().position(|found| found == name);
    match (place(b"moov"), place(b"mdat")) {
        (Some(index), Some(media)) => index < media,
        _ => true,
    }
}

/// The names of the atoms at the top of a file (ISO/IEC 14496-12, 4.2).
fn atoms(path: &Path) -> std::io::Result<Vec<[u8; 4]>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let (mut at, mut names) = (0_u64, Vec::new());
    while at + 8 <= length && names.len() < 1000 {
        file.seek(SeekFrom::Start(at))?;
        let mut head = [0; 16];
        let read = file.by_ref().take(16).read(&mut head)?;
        let short = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
        names.push([head[4], head[5], head[6], head[7]]);
        let size = match short {
            1 if read == 16 => head[8..].iter().fold(0, |all, &byte| all << 8 | u64::from(byte)),
            0 | 1 => break,
            other => u64::from(other),
        };
        at = at.saturating_add(size.max(8));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn atoms_are_read_by_their_sizes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file.mp4");
        let long = [&1_u32.to_be_bytes()[..], b"mdat", &20_u64.to_be_bytes(), &[0; 4]].concat();
        let file = [&8_u32.to_be_bytes()[..], b"ftyp", &long, &8_u32.to_be_bytes(), b"moov"];
        std::fs::write(&path, file.concat()).unwrap();
        let names = atoms(&path).unwrap();
        assert_eq!(names, [*b"ftyp", *b"mdat", *b"moov"]);
        assert!(!is_in_front(&names) && is_in_front(&[*b"moov", *b"mdat"]));
    }
}
