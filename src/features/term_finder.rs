//! Finding the terms of an n-gram channel in texts, with the columns of single words remembered.

use super::analyzer::{Analyzer, Occurrence};
use super::circumstance::{ALL, CIRCUMSTANCES, numbers};
use super::ngrams::WordNgramChannel;
use super::tally::Tally;
use crate::text::key::{join_keys, key_of};

/// Finds the terms of a channel in texts that one analyzer has cut into words, and remembers the
/// column of every word.
pub(crate) struct TermFinder<'m> {
    channel: &'m WordNgramChannel,
    /// Columns of the words as terms, plus one; 0 for words that are no term. Where circumstances tell
    /// words apart `[word][circumstance]`.
    words: Vec<u32>,
    keys: Vec<u64>,
    columns: Vec<u32>,
    tally: Tally,
}

impl<'m> TermFinder<'m> {
    pub(super) fn new(channel: &'m WordNgramChannel) -> Self {
        Self {
            channel,
            words: Vec::new(),
            keys: Vec::new(),
            columns: Vec::new(),
            tally: Tally::default(),
        }
    }

    /// The channel whose terms it finds.
    pub(crate) fn channel(&self) -> &'m WordNgramChannel {
        self.channel
    }

    /// To be called when the analyzer has forgotten its words.
    pub(crate) fn forget(&mut self) {
        self.words.clear();
    }

    /// The columns of the terms in these occurrences, each with its tf, in the order in which they
    /// are first met: shorter n-grams first.
    pub(crate) fn find(
        &mut self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
    ) -> &[(u32, u32)] {
        let WordNgramChannel {
            settings, index, ..
        } = self.channel;
        if settings.circumstances {
            return self.find_in_circumstances(analyzer, occurrences);
        }
        settings.keys_into(analyzer, occurrences, &mut self.keys);
        self.tally.restart(self.keys.len());
        let mut longer = 0;
        if settings.shortest == 1 {
            self.meet_words(analyzer);
            longer = occurrences.len();
            let columns = occurrences.iter().map(|o| self.words[o.word as usize]);
            self.tally
                .count(columns.filter_map(|column| column.checked_sub(1)));
        }
        index.look_up_known(&mut self.keys[longer..], &mut self.columns);
        self.tally.count(self.columns.iter().copied());
        self.tally.counts()
    }

    fn find_in_circumstances(
        &mut self,
        analyzer: &Analyzer<'_>,
        occurrences: &[Occurrence],
    ) -> &[(u32, u32)] {
        self.meet_words(analyzer);
        let bits = analyzer.circumstances(occurrences);
        self.tally
            .restart(occurrences.len() * bits.count_ones() as usize);
        for i in numbers(bits) {
            let column = |o: &Occurrence| self.words[o.word as usize * CIRCUMSTANCES + i];
            let columns = occurrences.iter().map(column);
            self.tally
                .count(columns.filter_map(|column| column.checked_sub(1)));
        }
        self.tally.counts()
    }

    /// Looks up the words that are new since the last text.
    fn meet_words(&mut self, analyzer: &Analyzer<'_>) {
        let settings = &self.channel.settings;
        let keys = analyzer.keys(settings.unit);
        if !settings.circumstances {
            let new = &keys[self.words.len()..];
            if !new.is_empty() {
                self.channel.index.look_up(new, &mut self.columns);
                self.words.extend_from_slice(&self.columns);
            }
            return;
        }
        let marks = ALL.map(|circumstance| key_of(circumstance.mark));
        for &key in &keys[self.words.len() / CIRCUMSTANCES..] {
            let keys = marks.map(|mark| join_keys(mark, key));
            self.channel.index.look_up(&keys, &mut self.columns);
            self.words.extend_from_slice(&self.columns);
        }
    }
}
