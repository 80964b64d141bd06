//! Messages: subject, sender, date and the text. Attachments are not read.

use std::path::Path;

use mail_parser::{Message, MessageParser, PartType};

use super::document::{BlockKind, Part};
use super::draft::{Draft, Role};
use super::excluded::ExcludedKind;
use super::guard::guarded;
use super::html::{self, Endless};
use super::plain;
use super::read::unsupported;
use crate::Result;

/// Reads a message.
pub(super) fn draft(path: &Path, bytes: &[u8]) -> Result<Draft> {
    let parsed = guarded(|| MessageParser::default().parse(bytes));
    let Ok(Some(message)) = parsed else {
        return Err(unsupported(path, "a broken message"));
    };
    let body = body(&message).map_err(|Endless| unsupported(path, Endless::FOUND))?;
    let mut draft = body.unwrap_or_default();
    let subject = message.subject().unwrap_or("").to_owned();
    draft.title = None;
    draft.titled(&subject);
    if let Some(sender) = message.from().and_then(|from| from.first()) {
        let known = sender.name().or_else(|| sender.address());
        draft.metadata.remove("author");
        draft.field("author", known.unwrap_or(""));
    }
    if let Some(date) = message.date() {
        draft.metadata.remove("date");
        draft.field("date", &date.to_rfc3339());
    }
    draft.lead_with_title();
    Ok(draft)
}

/// The text of the message: the plain one if there is one.
fn body(message: &Message<'_>) -> std::result::Result<Option<Draft>, Endless> {
    let plain = message.text_part(0).and_then(|part| match &part.body {
        PartType::Text(text) => Some(of_text(text)),
        _ => None,
    });
    if plain.is_some() {
        return Ok(plain);
    }
    match message.html_part(0).map(|part| &part.body) {
        Some(PartType::Html(text)) => html::draft(text).map(Some),
        _ => Ok(None),
    }
}

/// Lines that begin with `>` are somebody else's; what follows `-- ` is a signature.
fn of_text(text: &str) -> Draft {
    let mut draft = Draft::default();
    let (body, signature) = text.split_at(signature_start(text));
    let mut quoted = false;
    let mut run = String::new();
    for line in body.lines().chain(["\u{c}"]) {
        let is_quote = line.starts_with('>');
        if is_quote != quoted || line == "\u{c}" {
            put_run(&mut draft, &std::mem::take(&mut run), quoted);
            quoted = is_quote;
        }
        run.push_str(line.trim_start_matches(['>', ' ']));
        run.push('\n');
    }
    draft.put(Role::Out(ExcludedKind::Boilerplate), signature);
    draft
}

/// Where the line `--` begins, or the end.
fn signature_start(text: &str) -> usize {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "--" {
            return start;
        }
        start += line.len();
    }
    start
}

fn put_run(draft: &mut Draft, text: &str, quoted: bool) {
    for part in plain::parts(text) {
        match part {
            Part::Block(block) => {
                let kind = match block.kind {
                    _ if quoted => BlockKind::Quotation,
                    BlockKind::Title => BlockKind::Paragraph,
                    kind => kind,
                };
                draft.put(Role::Prose(kind), block.prose_in(text));
            }
            Part::Excluded(part, _) => draft.put(Role::Out(part.kind), &text[part.span]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_have_subject_sender_date_and_quotations() {
        let message = "From: Ana Ruiz <ana@example.org>\r\nSubject: =?utf-8?q?A_pl=C3=A9a?=\r\n\
                       Date: Tue, 12 Mar 2024 08:00:00 +0100\r\n\
                       Content-Type: text/plain; charset=iso-8859-1\r\n\
                       Content-Transfer-Encoding: quoted-printable\r\n\r\n\
                       We must act in the caf=E9.\r\n\r\n> It is nothing.\r\n\r\nIt is.\r\n-- \r\nAna Ruiz\r\n";
        let draft = draft(Path::new("a.eml"), message.as_bytes()).expect("a message");
        assert_eq!(
            draft.text,
            "A pléa\n\nWe must act in the café.\n\nIt is nothing.\n\nIt is.\n\n-- Ana Ruiz"
        );
        assert_eq!(draft.metadata["author"], "Ana Ruiz");
        assert_eq!(draft.metadata["date"], "2024-03-12T08:00:00+01:00");
        let kinds: Vec<_> = draft
            .parts
            .iter()
            .map(|part| match part {
                Part::Block(block) => format!("{:?}", block.kind),
                Part::Excluded(part, _) => format!("-- {:?}", part.kind),
            })
            .collect();
        assert_eq!(
            kinds,
            [
                "Title",
                "Paragraph",
                "Quotation",
                "Paragraph",
                "-- Boilerplate"
            ]
        );
    }
}
