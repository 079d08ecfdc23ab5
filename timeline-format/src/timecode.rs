//! Timecode text, both ways (SMPTE ST 12-1, non-drop and drop-frame).
//!
//! Timecode is a display: documents hold frames. Every label that is printed parses back to its
//! frame, and a label that drop-frame counting skips is an error that names both neighbours.

use crate::time::Rate;
use serde::{Deserialize, Serialize};

/// How frames are counted in labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Counting {
    /// Every label is used.
    #[default]
    #[serde(rename = "ndf")]
    NonDrop,
    /// Labels are skipped at each minute but every tenth, at 29.97 and 59.94 only.
    #[serde(rename = "df")]
    Drop,
}

/// Why a text is no timecode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimecodeError {
    /// The text has not the form `HH:MM:SS:FF`.
    #[error("{0:?} is no timecode: write HH:MM:SS:FF, with ; before the frames for drop-frame")]
    Form(String),
    /// A field is out of range.
    #[error("{text:?} has {field} {value}, and the most is {most}")]
    Range {
        /// What was read.
        text: String,
        /// The name of the field.
        field: &'static str,
        /// Its value.
        value: i64,
        /// The greatest value.
        most: i64,
    },
    /// Drop-frame counting skips this label.
    #[error("{text:?} does not exist in drop-frame: {before} is followed by {after}")]
    Dropped {
        /// What was read.
        text: String,
        /// The last label before the gap.
        before: String,
        /// The first label after the gap.
        after: String,
    },
    /// Drop-frame counting exists at 29.97 and 59.94 only.
    #[error("drop-frame counts at 30000/1001 and 60000/1001 only, and the rate is {0}")]
    NoDropFrame(Rate),
}

/// Labels skipped at a dropping minute: 2 at 29.97, 4 at 59.94, none elsewhere.
fn dropped(rate: Rate, counting: Counting) -> Result<i64, TimecodeError> {
    match (counting, rate.numerator(), rate.denominator()) {
        (Counting::NonDrop, ..) => Ok(0),
        (Counting::Drop, 30_000, 1001) => Ok(2),
        (Counting::Drop, 60_000, 1001) => Ok(4),
        (Counting::Drop, ..) => Err(TimecodeError::NoDropFrame(rate)),
    }
}

/// Whether `rate` can be counted in drop-frame.
pub fn has_drop_frame(rate: Rate) -> bool {
    dropped(rate, Counting::Drop).is_ok()
}

/// The label of `frame`: `01:00:00:00`, or `01:00:00;00` in drop-frame. Negative frames have a `-`.
pub fn label(frame: i64, rate: Rate, counting: Counting) -> Result<String, TimecodeError> {
    let skipped = dropped(rate, counting)?;
    let nominal = rate.nominal();
    let count = i128::from(frame).abs() + skipped_before(i128::from(frame).abs(), nominal, skipped);
    let nominal = i128::from(nominal);
    let seconds = count / nominal;
    let sign = if frame < 0 { "-" } else { "" };
    let mark = if counting == Counting::Drop { ';' } else { ':' };
    let width = if nominal > 100 { 3 } else { 2 };
    Ok(format!(
        "{sign}{:02}:{:02}:{:02}{mark}{:0width$}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        count % nominal
    ))
}

/// Labels that drop-frame counting skipped before the frame with this count.
fn skipped_before(frame: i128, nominal: i64, skipped: i64) -> i128 {
    if skipped == 0 {
        return 0;
    }
    let (nominal, skipped) = (i128::from(nominal), i128::from(skipped));
    let (ten_minutes, minute) = (600 * nominal - 9 * skipped, 60 * nominal - skipped);
    let rest = frame % ten_minutes;
    let minutes = if rest >= skipped { (rest - skipped) / minute } else { 0 };
    9 * skipped * (frame / ten_minutes) + skipped * minutes
}

/// The frame that `text` labels. Hours may exceed 23; `;` or `.` before the frames asks for
/// drop-frame and must agree with `counting`.
pub fn parse(text: &str, rate: Rate, counting: Counting) -> Result<i64, TimecodeError> {
    let skipped = dropped(rate, counting)?;
    let form = || TimecodeError::Form(text.to_owned());
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let mark = digits.rfind([':', ';', '.', ',']).ok_or_else(form)?;
    if counting == Counting::NonDrop && digits[mark..].starts_with(';') {
        return Err(if has_drop_frame(rate) { form() } else { TimecodeError::NoDropFrame(rate) });
    }
    let fields = digits.split([':', ';', '.', ',']).map(number).collect::<Option<Vec<_>>>();
    let [hours, minutes, seconds, frames] = fields.ok_or_else(form)?[..] else {
        return Err(form());
    };
    let nominal = rate.nominal();
    check_range(text, "minutes", minutes, 59)?;
    check_range(text, "seconds", seconds, 59)?;
    check_range(text, "frames", frames, nominal - 1)?;
    let minute_count = 60 * hours + minutes;
    let dropping = minute_count % 10 != 0 && seconds == 0 && frames < skipped;
    let labels = i128::from(nominal) * i128::from(60 * minute_count + seconds) + i128::from(frames);
    let frame = labels - i128::from(skipped * (minute_count - minute_count / 10));
    let frame = i64::try_from(frame).map_err(|_too_far| form())?;
    if dropping {
        let after = frame - frames + skipped;
        return Err(TimecodeError::Dropped {
            text: text.to_owned(),
            before: label(after - 1, rate, counting)?,
            after: label(after, rate, counting)?,
        });
    }
    Ok(sign * frame)
}

fn number(digits: &str) -> Option<i64> {
    let plain =
        !digits.is_empty() && digits.len() <= 9 && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

fn check_range(
    text: &str,
    field: &'static str,
    value: i64,
    most: i64,
) -> Result<(), TimecodeError> {
    if value > most {
        return Err(TimecodeError::Range { text: text.to_owned(), field, value, most });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_label_of_a_day_parses_to_its_frame() {
        for (rate, counting) in [
            ("24000/1001", Counting::NonDrop),
            ("24", Counting::NonDrop),
            ("25", Counting::NonDrop),
            ("30000/1001", Counting::NonDrop),
            ("30000/1001", Counting::Drop),
            ("30", Counting::NonDrop),
            ("50", Counting::NonDrop),
            ("60000/1001", Counting::Drop),
            ("60", Counting::NonDrop),
            ("120", Counting::NonDrop),
        ] {
            let rate: Rate = rate.parse().unwrap();
            let mut frame = 0;
            loop {
                let text = label(frame, rate, counting).unwrap();
                if text.starts_with("24") {
                    break;
                }
                assert_eq!(parse(&text, rate, counting), Ok(frame), "{text} at {rate}");
                frame += 1;
            }
            let dropped = dropped(rate, counting).unwrap();
            assert_eq!(frame, 86_400 * rate.nominal() - dropped * (1440 - 144));
        }
    }

    #[test]
    fn a_label_that_is_skipped_names_its_neighbours() {
        let rate = "30000/1001".parse().unwrap();
        assert_eq!(
            parse("00:01:00;00", rate, Counting::Drop).unwrap_err().to_string(),
            "\"00:01:00;00\" does not exist in drop-frame: 00:00:59;29 is followed by 00:01:00;02"
        );
        assert_eq!(parse("00:10:00;00", rate, Counting::Drop), Ok(17_982));
    }

    #[test]
    fn texts_that_are_no_timecode_are_refused() {
        let rate = "25".parse().unwrap();
        for text in [
            "",
            "1",
            "00:00:00",
            "00:00:00:25",
            "00:60:00:00",
            "aa:00:00:00",
            "::::",
            "00:00:00;00",
        ] {
            assert!(parse(text, rate, Counting::NonDrop).is_err(), "{text}");
        }
        assert_eq!(parse("-00:00:01:05", rate, Counting::NonDrop), Ok(-30));
        assert_eq!(label(-30, rate, Counting::NonDrop).unwrap(), "-00:00:01:05");
        let fastest = Rate::new(i64::from(u32::MAX), 1).unwrap();
        assert!(parse("999999999:00:00:00", fastest, Counting::NonDrop).is_err());
        assert!(label(i64::MIN, fastest, Counting::NonDrop).is_ok());
    }
}
