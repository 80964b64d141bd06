#!/usr/bin/env python3
"""Makes src/text/common_words.txt: the words that writers put in lower case.

  python3 tools/make_lexicon.py CORPORA_TRAIN_DIR > src/text/common_words.txt

Counts every word of the `text` columns inside sentences (not at their start, where a capital
says nothing). A word is common if at least 30 % of these occurrences are in lower case
Standard library only; the output is sorted."""
import collections, csv, pathlib, re, sys

csv.field_size_limit(1 << 30)
WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’](?=[^\W\d_]))*")
lower, upper = collections.Counter(), collections.Counter()
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.csv")):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            words = WORD.findall(row["text"])
            if sum(w[0].isupper() for w in words) > 0.6 * len(words):
                continue  # a headline
            for word in words[1:]:
                word = word.replace("’", "'")
                (lower if word[0].islower() else upper)[word.lower()] += 1
for word in sorted(lower):
    if lower[word] >= 0.3 * (lower[word] + upper[word]):
        print(word)
