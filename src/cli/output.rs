//! What a command says: words for people, or one JSON object a line for programs.

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// Where a command's words go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output {
    json: bool,
}

impl Output {
    /// Words, or JSON.
    pub(crate) const fn new(json: bool) -> Self {
        Self { json }
    }

    /// Whether a program is listening.
    pub(crate) const fn is_json(self) -> bool {
        self.json
    }

    /// Says one thing: `words` to people, `object` to programs.
    pub(crate) fn say(self, words: impl std::fmt::Display, object: impl FnOnce() -> Value) {
        let line = if self.json { object().to_string() } else { words.to_string() };
        if !line.is_empty() {
            print(&mut std::io::stdout().lock(), &line);
        }
    }

    /// Says something beside the result: to people on standard error.
    pub(crate) fn note(self, words: impl std::fmt::Display) {
        if self.json {
            print(&mut std::io::stdout().lock(), &json!({"note": words.to_string()}).to_string());
        } else {
            print(&mut std::io::stderr().lock(), &words.to_string());
        }
    }

    /// Says why the command failed, and gives its exit code.
    pub(crate) fn failed(self, error: &anyhow::Error, code: u8) -> ExitCode {
        let words = format!("{error:#}");
        if self.json {
            let object = json!({"error": words, "exit": code});
            print(&mut std::io::stdout().lock(), &object.to_string());
        }
        print(&mut std::io::stderr().lock(), &format!("roomtone: {words}"));
        ExitCode::from(code)
    }

    /// A progress bar on a terminal; nothing elsewhere.
    pub(crate) fn bar(self, length: u64) -> ProgressBar {
        if self.json {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(length);
        let style = ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar
    }
}

/// A closed pipe is no reason to stop: who reads has read enough.
fn print(to: &mut dyn Write, line: &str) {
    drop(writeln!(to, "{line}").and_then(|()| to.flush()));
}
