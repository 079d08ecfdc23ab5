//! Films of older formats, brought up to date on plain JSON before anything typed is read.
//!
//! One file a step. A step never changes once it is released: a film of every format that ever was
//! lies in `tests/versions` and is opened on each run.

mod drafts;
mod places;

use crate::FORMAT;
use serde_json::Value;

/// A step from one format to the next.
type Step = fn(Value) -> Result<Value, String>;

/// The step from format N stands at index N.
const STEPS: [Step; FORMAT as usize] = [drafts::to_1, places::to_2];

/// Brings a film of format `from` up to [`FORMAT`].
///
/// # Errors
/// A sentence that says what was in the way.
pub(crate) fn to_current(film: Value, from: u64) -> Result<Value, String> {
    let mut steps = STEPS.iter().skip(usize::try_from(from).map_err(|error| error.to_string())?);
    let mut film = steps.try_fold(film, |film, step| step(film))?;
    if let Some(fields) = film.as_object_mut() {
        fields.insert("format".to_owned(), FORMAT.into());
        fields.insert("min_reader".to_owned(), FORMAT.into());
    }
    Ok(film)
}
