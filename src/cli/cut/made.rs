//! Values of what generators of pictures make, as the command line writes them.

use crate::cli::Failure;
use crate::picture::{generators, values};
use crate::signal::Kind;
use timeline_format::Value;

/// A value of a picture's generator as it is kept: in a text, \n begins a line and \t is a tab. What the
/// generator has not, or does not take, is refused; those of sound and of other programs are left alone.
pub(super) fn value(kind: &str, name: &str, value: &Value) -> Result<Value, Failure> {
    let Some(known) = generators::named(kind) else { return Ok(value.clone()) };
    let Some(parameter) = known.parameters.iter().find(|parameter| parameter.id == name) else {
        let names: Vec<_> = known.parameters.iter().map(|parameter| parameter.id).collect();
        let words = format!("{kind} has no {name:?}; it has {}", names.join(", "));
        return Err(Failure::call(format!("{words}: see `roomtone list generators`")));
    };
    let value = match (parameter.kind, value) {
        (Kind::Text { .. }, Value::Text(text)) => {
            Value::Text(text.replace("\\n", "\n").replace("\\t", "\t"))
        }
        _ => value.clone(),
    };
    match values::asked_for(parameter, &value) {
        Some(wanted) => Err(Failure::call(format!("{name} of {kind} takes {wanted}"))),
        None => Ok(value),
    }
}
