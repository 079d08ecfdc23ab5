//! Other programs' cuts: what they say, what we make of it, what they make of ours.

mod corpus;
mod decisions;
mod films;
mod meaning;
mod odd;
mod oracle;
mod roundtrip;
mod special;

use roomtone::interchange::{Format, ImportOptions, Imported, format_of};
use std::path::PathBuf;

/// The folder of real files of this kind, if it is there; else says that `test` is skipped.
fn corpus_folder(kind: &str, test: &str) -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/interchange").join(kind);
    if !folder.is_dir() {
        eprintln!("SKIPPED {test}: {} is not there", folder.display());
        return None;
    }
    Some(folder)
}

fn otio() -> &'static Format {
    format_of("cut.otio").unwrap()
}

fn import(bytes: &[u8]) -> Imported {
    otio().read.unwrap()(bytes, &ImportOptions::default()).unwrap()
}

#[test]
fn every_format_reads_or_writes_and_is_found_by_its_extensions() {
    for format in roomtone::interchange::FORMATS {
        assert!(format.read.is_some() || format.write.is_some(), "{}", format.id);
        assert!(!format.label.is_empty());
        for extension in format.extensions {
            let found = format_of(&format!("a/CUT.{}", extension.to_uppercase())).unwrap();
            assert_eq!(found.id, format.id);
        }
    }
    assert!(format_of("cut").is_none());
}
