//! Any bytes: the reader and the validator never panic, and what was read is written and read the
//! same.
//!
//! With `cargo install cargo-fuzz`, in the folder `timeline-format`, with the files of
//! `tests/versions` to begin from:
//!
//! ```text
//! cargo +nightly fuzz run read fuzz/corpus/read tests/versions -- -max_len=65536
//! RUSTC_BOOTSTRAP=1 cargo fuzz run read fuzz/corpus/read tests/versions -- -max_len=65536   # stable
//! ```
//!
//! What is found becomes a test beside the part that it is about.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Ok((film, _)) = timeline_format::read(bytes) else { return };
    drop(timeline_format::check(&film));
    let saved = timeline_format::write(&film);
    let (again, _) = timeline_format::read(saved.as_bytes()).expect("what was written is read");
    let twice = timeline_format::write(&again);
    let (third, _) = timeline_format::read(twice.as_bytes()).expect("what was written is read");
    assert_eq!(again, third);
    assert_eq!(twice, timeline_format::write(&third));
});
