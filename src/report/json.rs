//! JSON and JSON lines.

use std::io;

use super::Report;
use crate::profile::DocumentProfile;

/// One JSON object for one document, an array for several.
#[derive(Debug)]
pub struct JsonReport {
    several: bool,
    written: usize,
}

impl JsonReport {
    /// `several`: write an array even if only one document comes.
    #[must_use]
    pub fn new(several: bool) -> Self {
        Self {
            several,
            written: 0,
        }
    }
}

impl Report for JsonReport {
    fn begin(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.several {
            out.write_all(b"[")
        } else {
            Ok(())
        }
    }

    fn document(&mut self, profile: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        if self.several {
            out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
        }
        self.written += 1;
        serde_json::to_writer_pretty(&mut *out, profile)?;
        if self.several {
            Ok(())
        } else {
            out.write_all(b"\n")
        }
    }

    fn end(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        if self.several {
            out.write_all(b"\n]\n")
        } else {
            Ok(())
        }
    }
}

/// One JSON object a line.
#[derive(Debug, Default)]
pub struct JsonLinesReport;

impl Report for JsonLinesReport {
    fn document(&mut self, profile: &DocumentProfile, out: &mut dyn io::Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, profile)?;
        out.write_all(b"\n")
    }
}
