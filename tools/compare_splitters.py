"""Our sentence splitter beside others, on the gold sentences written for this project.

    pip install sentencex segtok pysbd syntok
    python tools/compare_splitters.py [open|held-out] [GOLD.txt...]

Prints a Markdown table: precision, recall and F1 of the boundaries inside paragraphs (the end of a
paragraph is given), and the speed on those paragraphs, repeated to 2 MB (0.2 MB for the slow ones). A
GOLD.txt has the format of tests/fixtures/sentences: one sentence a line. The programs in Rust are built
first; OURS and OTHERS name ready ones instead.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUST = ["cargo", "run", "--quiet", "--release"]
OURS = [os.environ["OURS"]] if "OURS" in os.environ else RUST + ["--example", "sentence_ends"]
OTHERS = [os.environ["OTHERS"]] if "OTHERS" in os.environ else RUST + [
    "--manifest-path", str(ROOT / "tools/splitters/Cargo.toml"), "--"]


def paragraphs(path):
    """(text, ends of all sentences but the last) of each paragraph; the files say what the marks mean."""
    lines = [line for line in path.read_text().split("\n") if not line.startswith("#")]
    for block in "\n".join(lines).strip("\n").split("\n\n"):
        text, ends = "", []
        for line in filter(None, block.split("\n")):
            if text:
                ends.append(len(text))
                if line[0] not in "¬⏎":
                    text += " "
            text += line.removeprefix("¬").replace("⏎", "\n")
        if text:
            yield text, ends


def ends_of(text, pieces):
    """Where pieces end in text, whatever white space the splitter changed inside them."""
    at, ends = 0, []
    for piece in pieces:
        for letter in piece:
            if not letter.isspace():
                found = text.find(letter, at)
                at = found + 1 if found >= 0 else at
        ends.append(at)
    return ends


def of_python(split):
    def run(texts):
        start = time.perf_counter()
        pieces = [split(text) for text in texts]
        seconds = time.perf_counter() - start
        return [ends_of(text, found) for text, found in zip(texts, pieces)], seconds
    return run


def of_program(command):
    def run(texts):
        found = subprocess.run(command, cwd=ROOT, input="\0".join(texts), text=True,
                               capture_output=True, check=True).stdout.split("\n")
        ends = []
        for text, line in zip(texts, found):
            raw = text.encode()
            ends.append([len(raw[:int(end)].decode()) for end in line.split()])
        return ends, float(found[len(texts)])
    return run


def splitters():
    yield "polemic", of_program(OURS), 2e6
    import sentencex
    yield "sentencex", of_python(lambda text: list(sentencex.segment("en", text))), 2e6
    yield "sentencize", of_program(OTHERS + ["sentencize"]), 2e6
    yield "icu_segmenter (UAX #29)", of_program(OTHERS + ["icu"]), 2e6
    from segtok.segmenter import split_multi
    yield "segtok", of_python(lambda text: list(split_multi(text))), 2e5
    import syntok.segmenter
    def syntok_split(text):
        for paragraph in syntok.segmenter.process(text):
            for sentence in paragraph:
                yield "".join(token.spacing + token.value for token in sentence)
    yield "syntok", of_python(lambda text: list(syntok_split(text))), 2e5
    import pysbd
    pragmatic = pysbd.Segmenter(language="en", clean=False)
    yield "pysbd", of_python(pragmatic.segment), 2e5


def version(name):
    from importlib.metadata import PackageNotFoundError, version as installed
    try:
        return f"{name} {installed(name)}"
    except PackageNotFoundError:
        return name


def main():
    part = sys.argv[1] if len(sys.argv) > 1 else "held-out"
    files = [Path(name) for name in sys.argv[2:]]
    files = files or sorted((ROOT / "tests/fixtures/sentences" / part).glob("*.txt"))
    gold = [paragraph for path in files for paragraph in paragraphs(path)]
    texts, total = [text for text, _ in gold], sum(len(ends) for _, ends in gold)
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} paragraphs, {total} boundaries\n")
    print("| splitter | precision | recall | F1 | MB/s |\n|---|---:|---:|---:|---:|")
    for name, run, enough in splitters():
        found, _ = run(texts)
        inner = [set(ends[:-1]) for ends in found]
        right = sum(len(ends & set(wanted)) for ends, (_, wanted) in zip(inner, gold))
        claimed = sum(map(len, inner))
        times = max(1, int(enough / size))
        _, seconds = run(texts * times)
        print(f"| {version(name)} | {right / claimed:.3f} | {right / total:.3f} | "
              f"{2 * right / (claimed + total):.3f} | {size * times / 1e6 / seconds:.1f} |", flush=True)


main()
