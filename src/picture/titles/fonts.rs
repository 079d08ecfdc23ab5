//! Fonts: the ones that come with the program, and those of the machine, asked for by family.

use crate::sources::Sources;
use crate::values::Values;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use timeline_format::Value;

/// The family that stands for one that is not there.
pub const BUNDLED: &str = "Noto Sans";

/// The family of emoji that come with the program, which have no colours.
pub(super) const PLAIN: &str = "Noto Emoji";

/// The families that come with the program, in the order in which they are asked for a character.
pub const FAMILIES: [&str; 4] = [BUNDLED, "Noto Sans Hebrew", "Noto Sans Arabic", PLAIN];

/// The files of [`FAMILIES`], under the SIL Open Font License.
pub(super) const FILES: [&[u8]; 6] = [
    include_bytes!("fonts/NotoSans-Regular.ttf"),
    include_bytes!("fonts/NotoSans-Bold.ttf"),
    include_bytes!("fonts/NotoSans-Italic.ttf"),
    include_bytes!("fonts/NotoSansHebrew-Regular.ttf"),
    include_bytes!("fonts/NotoSansArabic-Regular.ttf"),
    epaint_default_fonts::NOTO_EMOJI_REGULAR,
];

/// Gives the fonts of the machine. The files of a family never change while the program runs.
pub trait FontFiles: Send + Sync {
    /// The families that there are, in order of their names.
    fn families(&self) -> Vec<String>;

    /// The files of a family, or the file whose whole path the name is (see [`is_file`]); none where there is
    /// no such family or file.
    fn of_family(&self, family: &str) -> Vec<Arc<Vec<u8>>>;

    /// The first family that has a character.
    fn family_with(&self, character: char) -> Option<String>;

    /// The first family that has emoji in colour.
    fn emoji_in_colour(&self) -> Option<String>;
}

static MACHINE: OnceLock<Box<dyn FontFiles>> = OnceLock::new();

/// Says where the fonts of the machine come from: once, before the first title that asks for one. What
/// is said later is not heard.
pub fn provide(files: Box<dyn FontFiles>) {
    MACHINE.get_or_init(|| files);
}

/// The fonts of the machine, if somebody provides them.
pub(super) fn machine() -> Option<&'static dyn FontFiles> {
    MACHINE.get().map(|files| &**files)
}

static CONTENTS: Mutex<BTreeMap<String, [u8; 32]>> = Mutex::new(BTreeMap::new());

/// The hash of the files of a family of the machine.
pub(super) fn content_of(family: &str) -> [u8; 32] {
    let mut known = CONTENTS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(hash) = known.get(family) {
        return *hash;
    }
    let mut hasher = blake3::Hasher::new();
    for file in machine().map(|files| files.of_family(family)).unwrap_or_default() {
        hasher.update(&file);
    }
    let hash = *hasher.finalize().as_bytes();
    known.insert(family.to_owned(), hash);
    hash
}

/// Every family that a title may name, in order of their names.
pub fn families() -> Vec<Cow<'static, str>> {
    let own = FAMILIES.into_iter().map(Cow::Borrowed);
    let found = machine().map(FontFiles::families).unwrap_or_default();
    let mut all: Vec<_> = own.chain(found.into_iter().map(Cow::Owned)).collect();
    all.sort();
    all.dedup();
    all
}

/// Whether the name of a font is that of a file: by its ending.
pub fn is_file(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc"))
}

/// The values of a title, the font of a file of the film named as the machine names it.
pub(crate) fn with_font(values: Values, sources: &dyn Sources) -> Values {
    let named =
        values.text("font").filter(|name| is_file(name)).and_then(|name| sources.font(name));
    match named {
        Some(name) => values.with("font", Value::Text(name)),
        None => values,
    }
}

/// Whether a title that names this family has it.
pub fn has(family: &str) -> bool {
    FAMILIES.iter().any(|own| own.eq_ignore_ascii_case(family))
        || machine().is_some_and(|files| !files.of_family(family).is_empty())
}
