//! The program itself, run as a person runs it.

use std::path::Path;
use std::process::Command;

/// What a run said.
#[derive(Debug)]
pub struct Said {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub error: String,
}

/// Runs `roomtone` with the words of `line`, in `folder`.
pub fn roomtone(folder: &Path, line: &str) -> Said {
    said_by(&mut command(folder, line))
}

/// The program with the words of `line`, in `folder`, not yet run.
#[expect(clippy::disallowed_methods, reason = "the program is tested as a program")]
pub fn command(folder: &Path, line: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_roomtone"));
    let kept = concat!(env!("CARGO_TARGET_TMPDIR"), "/kept");
    command.current_dir(folder).args(line.split_whitespace()).env("XDG_CACHE_HOME", kept);
    command
}

/// Runs it and hears what it says.
pub fn said_by(command: &mut Command) -> Said {
    let done = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Said {
        code: done.status.code().unwrap_or(-1),
        out: text(&done.stdout),
        error: text(&done.stderr),
    }
}

/// Runs `roomtone` and expects it to be done.
#[track_caller]
pub fn done(folder: &Path, line: &str) -> String {
    let said = roomtone(folder, line);
    assert_eq!(said.code, 0, "roomtone {line}\n{}{}", said.out, said.error);
    said.out
}

/// Runs `roomtone` and expects it to fail with `code`, saying `words`.
#[track_caller]
pub fn fails(folder: &Path, line: &str, code: i32, words: &str) {
    let said = roomtone(folder, line);
    assert_eq!(said.code, code, "roomtone {line}\n{}{}", said.out, said.error);
    let all = said.out + &said.error;
    assert!(all.contains(words), "roomtone {line}\nsaid {all:?}, not {words:?}");
}
