//! A folder of a test's own, gone when it ends.

use std::path::{Path, PathBuf};

/// A new folder that is removed when dropped.
#[derive(Debug)]
pub struct Folder(tempfile::TempDir);

impl Folder {
    /// A new, empty folder.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path within it.
    pub fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}
