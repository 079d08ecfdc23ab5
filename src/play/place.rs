//! Where a document's media lie: paths in a document are data, not trust.

use std::path::{Path, PathBuf};
use timeline_format::Media;

/// The path of `media`, for a document in `folder`; `None` where it names no local file.
///
/// A path with a scheme (`http:`, `concat:` ...) is refused: a film reads local files only.
pub fn path_of(media: &Media, folder: &Path) -> Option<PathBuf> {
    path_at(&media.path, folder)
}

/// The same for the path of any file of the document.
pub(super) fn path_at(path: &str, folder: &Path) -> Option<PathBuf> {
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    let has_scheme = scheme.is_some_and(|scheme| {
        scheme.len() > 1 && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+')
    });
    let plain = !path.is_empty() && !path.contains('\0') && !has_scheme;
    plain.then(|| folder.join(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_local_files_are_media() {
        let named = |path: &str| {
            let text = format!("{{\"path\": {path:?}, \"kind\": \"still\"}}");
            path_of(&serde_json::from_str(&text).unwrap(), Path::new("/film"))
        };
        assert_eq!(named("shots/a.png"), Some("/film/shots/a.png".into()));
        assert_eq!(named("/media/a.png"), Some("/media/a.png".into()));
        assert_eq!(named("16:9.png"), None);
        for path in ["", "http://a/b.png", "concat:a|b", "file:///a.png", "tcp:a"] {
            assert_eq!(named(path), None, "{path}");
        }
    }
}
