//! The month of a date that somebody wrote.

/// Names of the months, as far as they must be written.
const NAMES: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Year and month (1 to 12) of a date: ISO 8601 (`2026-03-12`, `2026-03`, with a time or without), or
/// with an English name of the month (`12 March 2026`, `Thu, 12 Mar 2026 10:00`). `None` for
/// anything else: of `3/4/2026` nobody knows the month.
///
/// ```
/// use polemic::report::month_of;
/// assert_eq!(month_of("2026-03-12T09:30:00Z"), Some((2026, 3)));
/// assert_eq!(month_of("March 12th, 2026"), Some((2026, 3)));
/// assert_eq!(month_of("3/4/2026"), None);
/// ```
#[must_use]
pub fn month_of(date: &str) -> Option<(u16, u8)> {
    iso(date.trim()).or_else(|| named(date))
}

fn iso(date: &str) -> Option<(u16, u8)> {
    let mut parts = date.splitn(3, '-');
    let year = year(parts.next()?)?;
    let month: String = parts
        .next()?
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    let month = month.parse().ok().filter(|m| (1..=12).contains(m))?;
    Some((year, month))
}

fn named(date: &str) -> Option<(u16, u8)> {
    let words = || date.split(|c: char| !c.is_alphanumeric());
    let month = words().find_map(|word| {
        let word = word.to_ascii_lowercase();
        let start = word.get(..3)?;
        let known = NAMES.iter().position(|name| *name == start)?;
        word.chars().all(char::is_alphabetic).then_some(known)
    })?;
    let year = words().find_map(year)?;
    Some((year, u8::try_from(month + 1).ok()?))
}

fn year(word: &str) -> Option<u16> {
    let digits = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| word.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_many_kinds() {
        assert_eq!(month_of("2026-03"), Some((2026, 3)));
        assert_eq!(month_of(" 1999-12-31 "), Some((1999, 12)));
        assert_eq!(
            month_of("Thu, 05 Nov 2026 10:00:00 +0100"),
            Some((2026, 11))
        );
        assert_eq!(month_of("5 September 2026"), Some((2026, 9)));
        assert_eq!(month_of("2026-13-01"), None);
        assert_eq!(month_of("2026"), None);
        assert_eq!(month_of("marching on"), None);
        assert_eq!(month_of(""), None);
    }
}
