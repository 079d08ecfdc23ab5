//! Paths name files, here: never a network, never a trick.

use super::Found;
use super::facts::Facts;
use crate::Problem;

pub(super) fn check(facts: &Facts<'_>, found: &mut Found) {
    for (id, media) in &facts.film.media {
        if let Some(problem) = fault(&media.path) {
            found.add(problem.in_file(format!("/media/{id}/path")));
        }
    }
    for (id, delivery) in &facts.film.deliveries {
        if let Some(problem) = fault(&delivery.path).filter(|_| !delivery.path.is_empty()) {
            found.add(problem.in_file(format!("/deliveries/{id}/path")));
        }
    }
}

/// What is wrong with a path of a film. Safe paths are relative to the film, with `/`; an absolute
/// one and one with `..` work on this machine alone.
fn fault(path: &str) -> Option<Problem> {
    let shown = || path.chars().take(80).flat_map(char::escape_debug).collect::<String>();
    let unsafe_path = |why: &str| {
        let problem = Problem::error("path-unsafe", format!("the path \"{}\" {why}", shown()));
        Some(problem.remedy("name a file beside the film"))
    };
    if path.is_empty() {
        return unsafe_path("is empty");
    }
    if path.contains(|character: char| character.is_control()) {
        return unsafe_path("holds a control character");
    }
    let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
    if scheme.len() > 1
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.,".contains(&byte))
    {
        return unsafe_path("is an address or names a protocol");
    }
    if path.starts_with("//") || path.starts_with("\\\\") {
        return unsafe_path("names another machine");
    }
    let is_absolute = path.starts_with('/') || scheme.len() == 1;
    if is_absolute || path.contains('\\') || path.split('/').any(|part| part == "..") {
        let message = format!("the path \"{}\" does not stay beside the film", shown());
        let problem = Problem::warning("path-elsewhere", message);
        return Some(
            problem.remedy("it may not be found on another machine: move the file beside the film"),
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_reach_out_are_problems() {
        let code = |path: &str| fault(path).map(|problem| problem.code);
        for path in ["shots/010.mov", "a b/ü.png", "take:1.mov/x", "frames/####.exr"] {
            let expected = path.starts_with("take").then_some("path-unsafe");
            assert_eq!(code(path), expected, "{path}");
        }
        for path in [
            "http://a/b",
            "concat:a|b",
            "file:/etc/passwd",
            "a\0b",
            "",
            "//host/x",
            "pipe:0",
            "\\\\host\\x",
        ] {
            assert_eq!(code(path), Some("path-unsafe"), "{path}");
        }
        for path in ["/a/b.mov", "../b.mov", "C:\\a.mov", "a/../../b", "a\\b"] {
            assert_eq!(code(path), Some("path-elsewhere"), "{path}");
        }
    }
}
