//! Which language a text seems to be in.

/// Only this many bytes are looked at.
const ENOUGH: usize = 4096;

/// The ISO 639-3 code of the language of `text`; `None` if it is too short to tell.
///
/// ```
/// use polemic::text::language_of;
/// let text = "The minister said that the talks would go on in the spring, and that both sides had \
///             agreed to keep what they had heard in the room to themselves until then.";
/// assert_eq!(language_of(text), Some("eng"));
/// assert_eq!(language_of("1, 2, 3"), None);
/// ```
#[must_use]
pub fn language_of(text: &str) -> Option<&'static str> {
    let end = (0..=ENOUGH.min(text.len()))
        .rev()
        .find(|&i| text.is_char_boundary(i))?;
    let found = whatlang::detect(&text[..end])?;
    found.is_reliable().then(|| found.lang().code())
}
