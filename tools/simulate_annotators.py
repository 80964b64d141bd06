#!/usr/bin/env python3
"""Makes docs/retrain/: 300 sentences of labels/triplets.csv without their labels, and the journal of two simulated
annotators who labelled them with `polemic label`.

The rule: each gives a sentence the label that its author gave it, but ann gives the next class (neutral, academic,
polemical, neutral) to every eleventh row from the sixth on, and bob to every seventh from the fourth on.

  python3 tools/simulate_annotators.py        from the root of the repository; the same files every time"""
import csv, hashlib, json

CLASSES = ["neutral", "academic", "polemical"]
RULES = {"ann": (11, 5), "bob": (7, 3)}

with open("labels/triplets.csv", newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))[:300]

with open("docs/retrain/sentences.csv", "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["id", "group", "topic", "text"])
    writer.writerows([row["id"], row["group"], row["topic"], row["text"]] for row in rows)

with open("docs/retrain/sentences.csv.journal.jsonl", "w", encoding="utf-8") as file:
    for name, (every, first) in RULES.items():
        for i, row in enumerate(rows):
            label = CLASSES.index(row["label"]) + (i % every == first)
            entry = {"annotator": name, "id": row["id"],
                     "text_sha256": hashlib.sha256(row["text"].encode()).hexdigest()[:16],
                     "act": {"label": CLASSES[label % 3]}, "random": False}
            file.write(json.dumps(entry, separators=(",", ":")) + "\n")
