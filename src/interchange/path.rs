//! Addresses of media: how cuts write them, and the paths that they mean.

/// What an address leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Address {
    /// A file, with `/`, decoded.
    File(String),
    /// Something on a network, which is never asked.
    Network,
}

/// Where `url` leads: plain paths of any system as they are, `file:` addresses decoded (RFC 8089,
/// with `localhost`, drive letters and hosts).
pub(super) fn address(url: &str) -> Address {
    let lower = url.get(..5).unwrap_or_default().to_ascii_lowercase();
    if lower == "file:" {
        return Address::File(of_file_url(&url[5..]));
    }
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.len() > 1
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    if is_scheme { Address::Network } else { Address::File(plain(url)) }
}

fn of_file_url(rest: &str) -> String {
    let path = match rest.strip_prefix("//") {
        None => rest.to_owned(),
        Some(rest) => match rest.split_once('/') {
            Some((host, path)) if host.is_empty() || host.eq_ignore_ascii_case("localhost") => {
                format!("/{path}")
            }
            Some((host, path)) if host.contains(':') || host == "." || host == ".." => {
                format!("{host}/{path}")
            }
            _ => format!("//{rest}"),
        },
    };
    plain(&decode(&path))
}

/// A path with `/`, without a `/` before a drive letter or `./` at its head.
fn plain(path: &str) -> String {
    let mut path = path.to_owned();
    if is_drive(&path) || path.starts_with(r"\\") || path.starts_with(r".\") {
        path = path.replace('\\', "/");
    }
    if path.starts_with('/') && is_drive(&path[1..]) {
        path.remove(0);
    }
    while let Some(rest) = path.strip_prefix("./") {
        path = rest.trim_start_matches('/').to_owned();
    }
    path
}

fn is_drive(path: &str) -> bool {
    let bytes = path.as_bytes();
    bytes.len() > 1 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}

/// Percent-encoding undone (RFC 3986, 2.1); what is no UTF-8 after it is replaced.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).replace('\0', "")
}

/// Whether `path` starts at a root or a drive.
pub(super) fn is_absolute(path: &str) -> bool {
    path.starts_with('/') || is_drive(path)
}

/// The name of the file at the end of `path`.
pub(super) fn file_name(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or(path)
}

/// `path` in the folder `media`, which also stands in for the folders of an absolute path.
pub(super) fn within(media: &str, path: &str) -> String {
    let folder = media.trim_end_matches('/');
    if media.is_empty() || path.is_empty() {
        return path.to_owned();
    }
    let rest = if is_absolute(path) { file_name(path) } else { path };
    format!("{folder}/{rest}")
}

/// The extension of `path` in small letters, without the dot; empty if it has none.
pub(super) fn extension(path: &str) -> String {
    let name = file_name(path);
    name.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_every_program_lead_to_their_files() {
        for (url, path) in [
            ("black.mov", "black.mov"),
            ("./a/b.exr", "a/b.exr"),
            ("/a b/100%41.mov", "/a b/100%41.mov"),
            ("file:///a%20b/c.mov", "/a b/c.mov"),
            ("file://localhost/D%3a/media/x.mov", "D:/media/x.mov"),
            ("file:///C:/x.mov", "C:/x.mov"),
            (r"C:\shots\x.mov", "C:/shots/x.mov"),
            (r"\\server\share\x.mov", "//server/share/x.mov"),
            ("file://server/share/x.mov", "//server/share/x.mov"),
            ("FILE:/x%zz", "/x%zz"),
            ("file://./x.mov", "x.mov"),
            ("", ""),
        ] {
            assert_eq!(address(url), Address::File(path.to_owned()), "{url}");
        }
        for url in ["http://a/b", "https://a", "s3://bucket/x.mov"] {
            assert_eq!(address(url), Address::Network, "{url}");
        }
    }

    #[test]
    fn a_media_folder_takes_the_place_of_roots() {
        assert_eq!(within("media", "a/b.mov"), "media/a/b.mov");
        assert_eq!(within("media/", "/films/b.mov"), "media/b.mov");
        assert_eq!(within("", "/films/b.mov"), "/films/b.mov");
    }
}
