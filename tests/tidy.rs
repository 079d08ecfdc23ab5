//! The rules of the tree, held by the tests themselves.

use std::path::{Path, PathBuf};

/// Which modules a module may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("signal", &[]),
    ("workers", &[]),
    ("captions", &["signal"]),
    ("edit", &[]),
    ("interchange", &["signal"]),
    ("picture", &["signal"]),
    ("sound", &["signal", "workers"]),
    ("ffmpeg", &["signal", "workers"]),
    ("media", &["signal", "workers", "ffmpeg"]),
    ("project", &["signal", "workers"]),
    ("play", &["signal", "workers", "edit", "picture", "sound", "media"]),
    (
        "deliver",
        &["signal", "workers", "captions", "edit", "picture", "sound", "ffmpeg", "media", "play"],
    ),
    (
        "cli",
        &[
            "signal",
            "workers",
            "captions",
            "edit",
            "interchange",
            "picture",
            "sound",
            "media",
            "project",
            "play",
            "deliver",
            "ui",
        ],
    ),
    (
        "ui",
        &[
            "signal",
            "workers",
            "captions",
            "edit",
            "interchange",
            "picture",
            "sound",
            "media",
            "project",
            "play",
            "deliver",
        ],
    ),
    ("main", &["cli"]),
    ("lib", &[]),
];

/// Where alone a library is used.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("ffmpeg_next", &["ffmpeg"]),
    ("symphonia", &["media"]),
    ("dasp", &["ffmpeg", "media"]),
    ("cpal", &["sound"]),
    ("realfft", &["sound"]),
    ("rubato", &["sound"]),
    ("sha2", &["deliver"]),
    ("assert_no_alloc", &["sound", "main"]),
    ("eframe", &["ui"]),
    ("parley", &["picture"]),
    ("skrifa", &["picture"]),
    ("clap", &["cli"]),
    ("anyhow", &["cli"]),
    ("indicatif", &["cli"]),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn rust_files(folder: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((name(&path), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

fn module_of(name: &str) -> &str {
    name.trim_start_matches("src/").split(['/', '.']).next().unwrap()
}

/// Whether the module is a crate of its own: its manifest says what it uses.
fn is_crate(module: &str) -> bool {
    root().join("src").join(module).join("Cargo.toml").exists()
}

fn complain(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn modules_use_only_what_lies_below_them() {
    let mut faults = Vec::new();
    for (name, text) in rust_files("src") {
        let module = module_of(&name);
        let Some((_, allowed)) = MAY_USE.iter().find(|(known, _)| *known == module) else {
            faults.push(format!("{name}: {module} is not in MAY_USE"));
            continue;
        };
        if is_crate(module) {
            continue;
        }
        for used in text.split("crate::").skip(1) {
            let used = used.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
            let is_module = MAY_USE.iter().any(|(known, _)| *known == used);
            if used.is_empty() {
                faults.push(format!("{name}: write `use crate::module` on one line, to be found"));
            } else if is_module && used != module && !allowed.contains(&used) {
                faults.push(format!("{name}: {module} may not use {used}"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn crates_use_only_what_lies_below_them() {
    let mut faults = Vec::new();
    for (module, allowed) in MAY_USE.iter().filter(|(module, _)| is_crate(module)) {
        let manifest = root().join("src").join(module).join("Cargo.toml");
        let manifest = std::fs::read_to_string(manifest).unwrap();
        let used =
            manifest.lines().filter_map(|line| line.split_once(" = { package = \"roomtone-"));
        for (used, _) in used.filter(|(used, _)| !allowed.contains(used)) {
            faults.push(format!("{module} may not use {used}"));
        }
    }
    complain(&faults);
}

#[test]
fn a_library_has_one_door() {
    let mut faults = Vec::new();
    for (name, text) in rust_files("src") {
        for (library, doors) in ONLY_IN {
            if text.contains(&format!("{library}::")) && !doors.contains(&module_of(&name)) {
                faults.push(format!("{name}: {library} is used only in {doors:?}"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn stand_ins_of_media_are_seen_and_never_delivered() {
    let word = concat!("media::", "proxy");
    let users = rust_files("src").into_iter().filter(|(_, text)| text.contains(word));
    let wrong = users.map(|(name, _)| name).filter(|name| {
        !name.starts_with("src/media/proxy/") && !name.starts_with("src/play/screen/")
    });
    complain(&wrong.collect::<Vec<_>>());
}

#[test]
fn every_file_says_what_it_is_and_ends_in_time() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "timeline-format"] {
        for (name, text) in rust_files(folder) {
            if !text.starts_with("//! ") {
                faults.push(format!("{name}: open with `//! ` and a sentence"));
            }
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            if code.lines().count() > 400 {
                faults.push(format!(
                    "{name}: {} lines above its tests, 400 is the end",
                    code.lines().count()
                ));
            }
            if text.lines().any(|line| line.ends_with(' ')) {
                faults.push(format!("{name}: spaces at the end of a line"));
            }
        }
    }
    complain(&faults);
}

#[test]
fn unsafe_code_is_in_one_folder() {
    let word = concat!("un", "safe");
    let mut faults = Vec::new();
    for (name, text) in rust_files("src") {
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let used = code
            .filter(|line| {
                line.contains(&format!("{word} {{")) || line.contains(&format!("{word} impl"))
            })
            .count();
        if used > 0 && !name.starts_with("src/ffmpeg/") {
            faults.push(format!("{name}: {word} code outside src/ffmpeg"));
        }
    }
    complain(&faults);
}
