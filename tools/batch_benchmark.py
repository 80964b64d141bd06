#!/usr/bin/env python3
"""Measures `polemic report` on many documents, and kills it at random moments.

    cargo build --release
    python3 tools/batch_benchmark.py target/release/polemic --documents 20000 --kills 20

Writes documents of about 1,000 words in paragraphs, put together from the rows of
labels/triplets.csv in an order that a fixed seed decides; a third of them mostly of one class. Then:

  once      a report that is left alone: documents per second by the clock, peak memory of the
            process, size of index.html and of the tables;
  killed    the same report into another folder, killed with SIGKILL at random moments and resumed
            each time; every file must be the same as in the first. Runs that are to be killed get
            a random time between the start and what the rest should take.

Standard library only."""

import argparse
import csv
import hashlib
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def rows_by_label(repo):
    rows = {}
    with open(repo / "labels/triplets.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows.setdefault(row["label"], []).append(row["text"])
    return rows


def write_documents(folder, count, rows, draw):
    labels = sorted(rows)
    for number in range(count):
        main = labels[number % len(labels)]
        words, paragraphs, paragraph = 0, [], []
        while words < 1000:
            label = main if draw.random() < 0.6 else draw.choice(labels)
            text = draw.choice(rows[label])
            paragraph.append(text)
            words += len(text.split())
            if len(paragraph) == 5:
                paragraphs.append(" ".join(paragraph))
                paragraph = []
        paragraphs.append(" ".join(paragraph))
        outlet = folder / f"outlet-{number % 12:02}"
        outlet.mkdir(exist_ok=True)
        title = " ".join(draw.choice(rows[main]).split()[:8]).rstrip(".,;:")
        text = f"# {title}\n\n" + "\n\n".join(paragraphs) + "\n"
        (outlet / f"{number:06}.md").write_text(text, encoding="utf-8")


def digest(folder):
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(folder))
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def command(program, documents, out, *more):
    return [program, "report", str(documents), "-o", str(out), "--quiet", *more]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--documents", type=int, default=20000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="folder to keep the documents and reports in")
    args = parser.parse_args()
    repo = pathlib.Path(__file__).resolve().parent.parent
    draw = random.Random(args.seed)
    work = pathlib.Path(args.keep or tempfile.mkdtemp(prefix="polemic-batch-"))
    documents, once, killed = work / "documents", work / "once", work / "killed"
    documents.mkdir(parents=True, exist_ok=True)
    write_documents(documents, args.documents, rows_by_label(repo), draw)

    start = time.monotonic()
    subprocess.run(command(args.program, documents, once), check=True)
    seconds = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{args.documents} documents in {seconds:.1f} s: {args.documents / seconds:.0f} a second")
    print(f"peak memory {peak:.0f} MiB")
    for name in ["index.html", "documents.csv", "sentences.csv", "documents.parquet", "sentences.parquet"]:
        if (once / name).exists():
            print(f"{name}: {(once / name).stat().st_size / 1e6:.2f} MB")

    kills, share = 0, seconds / (args.kills + 1)
    while kills < args.kills:
        run = subprocess.Popen(command(args.program, documents, killed, "--resume"))
        try:
            run.wait(timeout=draw.uniform(0.02, 1.6) * share)
            break
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
            run.wait()
            kills += 1
    if kills == args.kills:
        subprocess.run(command(args.program, documents, killed, "--resume"), check=True)
    same = digest(once) == digest(killed)
    print(f"killed {kills} times and resumed: {'the same files' if same else 'OTHER FILES'}")
    if not args.keep:
        shutil.rmtree(work)
    sys.exit(0 if same else 1)


if __name__ == "__main__":
    main()
