//! OTIO's times: a float of a float rate, and the exact time that they mean.

use super::object::{Object, schema};
use super::json;
use crate::interchange::exact;
use serde_json::{Value, json};
use timeline_format::{Frames, Rate};

/// A time: a count on the grid of a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Time {
    /// How many.
    pub(super) count: Frames,
    /// Of how many a second.
    pub(super) rate: Rate,
    /// Whether the file states the rate rounded, as 23.976 or 29.97.
    pub(super) rounded: bool,
}

/// A start and a duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    /// The first instant.
    pub(super) start: Time,
    /// How long.
    pub(super) duration: Time,
}

impl Time {
    /// `count` frames of `rate`.
    pub(super) const fn new(count: Frames, rate: Rate) -> Self {
        Self { count, rate, rounded: false }
    }

    /// This time counted on the grid of `rate`.
    pub(super) fn on(self, rate: Rate) -> Option<Frames> {
        exact::rescale(self.count, self.rate, rate)
    }

    /// The time of a field; `None` where it is absent or `null`, and why where it is no time.
    pub(super) fn read(value: Option<&Value>) -> Result<Option<Self>, String> {
        let object = match value {
            None | Some(Value::Null) => return Ok(None),
            Some(value) => value.as_object().filter(|object| schema(object) == "RationalTime"),
        };
        let object = object.ok_or("it is no RationalTime")?;
        let field = |name: &str| object.get(name).and_then(json::float);
        let (Some(value), Some(decimal)) = (field("value"), field("rate")) else {
            return Err("its value or its rate is no number".to_owned());
        };
        let rate = Rate::from_decimal(decimal).ok_or_else(|| format!("its rate is {decimal}"))?;
        let count = exact::count(value).ok_or_else(|| format!("its value is {value}"))?;
        let rounded = (decimal - rate.ratio().to_f64()).abs() > 1e-9 * decimal;
        Ok(Some(Self { count, rate, rounded }))
    }

    /// As an object of a file.
    pub(super) fn write(self) -> Value {
        write(self.count, self.rate)
    }
}

/// `count` frames of `rate` as an object of a file: floats, printed shortest.
pub(super) fn write(count: Frames, rate: Rate) -> Value {
    json!({
        "OTIO_SCHEMA": "RationalTime.1",
        "rate": rate.ratio().to_f64(),
        "value": count.to_f64(),
    })
}

/// A range as an object of a file.
pub(super) fn write_range(start: &Value, duration: &Value) -> Value {
    json!({ "OTIO_SCHEMA": "TimeRange.1", "duration": duration, "start_time": start })
}

impl Range {
    /// The range of a field; as [`Time::read`].
    pub(super) fn read(object: &Object, field: &str) -> Result<Option<Self>, String> {
        let range = match object.get(field) {
            None | Some(Value::Null) => return Ok(None),
            Some(value) => value.as_object().filter(|range| schema(range) == "TimeRange"),
        };
        let range = range.ok_or_else(|| format!("its {field} is no TimeRange"))?;
        let start = Time::read(range.get("start_time"));
        let start = start.map_err(|why| format!("of the start of its {field}, {why}"))?;
        let duration = Time::read(range.get("duration"));
        let duration = duration.map_err(|why| format!("of the duration of its {field}, {why}"))?;
        match (start, duration) {
            (_, None) => Err(format!("its {field} has no duration")),
            (_, Some(duration)) if duration.count < Frames::ZERO => {
                Err(format!("the duration of its {field} is below nothing: {}", duration.count))
            }
            (start, Some(duration)) => {
                let start = start.unwrap_or(Time::new(Frames::ZERO, duration.rate));
                Ok(Some(Self { start, duration }))
            }
        }
    }
}
