//! Text in columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// `text` in exactly `width` columns: padded, or cut at the front, where paths are least telling.
pub(super) fn shortened(text: &str, width: usize) -> String {
    let mut kept: Vec<char> = Vec::new();
    let mut columns = text.width();
    if columns <= width {
        return format!("{text}{}", " ".repeat(width - columns));
    }
    columns = 1;
    for c in text.chars().rev() {
        let w = c.width().unwrap_or(0);
        if columns + w > width {
            break;
        }
        columns += w;
        kept.push(c);
    }
    let tail: String = kept.into_iter().rev().collect();
    format!("…{tail}{}", " ".repeat(width - columns))
}

/// `text` in lines of at most `width` columns, broken at spaces.
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let Some(line) = lines.last_mut() else { break };
        if !line.is_empty() && line.width() + 1 + word.width() > width {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_cut_at_the_front() {
        assert_eq!(shortened("data/a.txt", 12), "data/a.txt  ");
        assert_eq!(shortened("archive/2026/a.txt", 8), "…6/a.txt");
        assert_eq!(shortened("日本語の文書", 6), "…文書 ");
    }

    #[test]
    fn lines_break_at_spaces() {
        assert_eq!(wrapped("one two  three", 7), ["one two", "three"]);
        assert_eq!(wrapped("", 7), [""]);
    }
}
