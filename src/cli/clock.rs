//! What time it is, for files that say when they were made.

use std::time::SystemTime;

/// Now, in UTC: `yyyy-mm-dd` and `hh:mm:ss`. Where `SOURCE_DATE_EPOCH` is set, that second since 1970
/// (reproducible-builds.org), so that the same film gives the same bytes.
#[expect(clippy::disallowed_methods, reason = "this is the one place that looks at the clock")]
pub(super) fn date_and_time() -> (String, String) {
    let said = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let now = || SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    written(said.unwrap_or_else(|| now().as_secs() as i64))
}

fn written(seconds: i64) -> (String, String) {
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, date) = civil(day);
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    (format!("{year:04}-{month:02}-{date:02}"), format!("{hour:02}:{minute:02}:{second:02}"))
}

/// Year, month and day of the month of a day since 1970 (Hinnant, chrono-Compatible Low-Level Date
/// Algorithms: years are counted from March).
const fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, carry) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    (year + era * 400 + carry, month, date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for (seconds, date, time) in [
            (0, "1970-01-01", "00:00:00"),
            (951_782_399, "2000-02-28", "23:59:59"),
            (951_782_400, "2000-02-29", "00:00:00"),
            (1_772_323_200, "2026-03-01", "00:00:00"),
            (4_102_444_799, "2099-12-31", "23:59:59"),
        ] {
            assert_eq!(written(seconds), (date.into(), time.into()));
        }
    }
}
