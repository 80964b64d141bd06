//! Text that was UTF-8 and was read as windows-1252: `â€™` for `’`.

/// If `text` begins with such a character, that character and the bytes of `text` that it takes.
///
/// Only what English texts hold is repaired: Latin letters, punctuation and a few signs.
pub(super) fn repaired(text: &str) -> Option<(char, usize)> {
    let mut bytes = [0; 3];
    let mut chars = text.chars();
    let lead = byte_of(chars.next()?)?;
    let length = match lead {
        0xC2..=0xC5 => 2,
        0xE2 => 3,
        _ => return None,
    };
    bytes[0] = lead;
    let mut taken = text.chars().next()?.len_utf8();
    for byte in &mut bytes[1..length] {
        let c = chars.next()?;
        *byte = byte_of(c).filter(|b| (0x80..=0xBF).contains(b))?;
        taken += c.len_utf8();
    }
    let c = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
    let plausible = matches!(c,
        '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{2212}');
    plausible.then_some((c, taken))
}

/// The byte that windows-1252 has for `c`. The five bytes that it leaves open stand for themselves.
fn byte_of(c: char) -> Option<u8> {
    let high = match c {
        '€' => 0x80,
        '‚' => 0x82,
        'ƒ' => 0x83,
        '„' => 0x84,
        '…' => 0x85,
        '†' => 0x86,
        '‡' => 0x87,
        'ˆ' => 0x88,
        '‰' => 0x89,
        'Š' => 0x8A,
        '‹' => 0x8B,
        'Œ' => 0x8C,
        'Ž' => 0x8E,
        '‘' => 0x91,
        '’' => 0x92,
        '“' => 0x93,
        '”' => 0x94,
        '•' => 0x95,
        '–' => 0x96,
        '—' => 0x97,
        '˜' => 0x98,
        '™' => 0x99,
        'š' => 0x9A,
        '›' => 0x9B,
        'œ' => 0x9C,
        'ž' => 0x9E,
        'Ÿ' => 0x9F,
        '\u{80}'..='\u{ff}' => return u8::try_from(u32::from(c)).ok(),
        _ => return None,
    };
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What windows-1252 makes of the UTF-8 bytes of `c`.
    fn garbled(c: char) -> String {
        let bytes = c.to_string();
        encoding_rs::WINDOWS_1252
            .decode(bytes.as_bytes())
            .0
            .into_owned()
    }

    #[test]
    fn garbled_characters_come_back() {
        for c in "‘’“”–—…éèüßñÉŠ€™•\u{a0}£§".chars() {
            let text = garbled(c) + "x";
            assert_eq!(repaired(&text), Some((c, text.len() - 1)), "{text}");
        }
    }

    #[test]
    fn what_is_not_garbled_stays() {
        for text in ["café", "é", "É»", "Â", "Ã ", "â€", "“Yes”", "ÂB", "naïve"] {
            let found = text
                .char_indices()
                .find_map(|(at, _)| repaired(&text[at..]));
            assert_eq!(found, None, "{text}");
        }
    }
}
