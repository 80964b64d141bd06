#!/usr/bin/env python3
"""Compares polemic with scikit-learn on the same rows, one core each.

    pip install scikit-learn pandas
    cargo build --release --bin polemic --example solver
    python tools/compare_sklearn.py target/release/polemic

Three measurements (docs/BENCHMARKS.md has figures and what they do not say):

  predict  a table of texts in, a table of probabilities out: `polemic predict` as a whole process,
           against pandas + TfidfVectorizer + LogisticRegression in a running Python, whose start
           is not counted. All were fitted on the same rows. polemic takes part twice: with the
           features that scikit-learn has here (1-2-grams, min_df 2, words as written, no names
           masked), and with --model or all its usual channels.
  fit      the same synthetic sparse matrix and the same objective; seconds, objective reached and
           the peak of polemic's memory. --fit-size 200000 300000 takes minutes.
  memory   the peak of `polemic predict` on 10,000 and on 1,000,000 rows.

The rows are halves of sentences from labels/triplets.csv and of paragraphs from data/, joined in an
order that a fixed seed decides. Seconds of `predict` are processor seconds of one thread, so that
other work on the machine disturbs less; those of `fit` are by the clock, on both sides without
making and reading the matrix. The contestants take turns; the lowest of the repetitions counts.
"""

import argparse
import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import pandas as pd
import scipy.sparse
import sklearn
from scipy.special import logsumexp
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parent.parent

RECIPE = """schema = "polemic.recipe/1"
name = "comparison"
version = "1"

[fit]
l2 = [1.0]
folds = 2
{text}
[[fit.channel]]
kind = "word_ngrams"
shortest = 1
longest = 2
min_df = 2
unit = "{unit}"
{channels}
[[labels]]
path = "rows.csv"
weight = 1.0
calibrates = true
"""

# Like scikit-learn's features, and like the default model's.
ALIKE = RECIPE.format(text='[fit.text]\nstemming = "none"\nnames = "none"\n', unit="words",
                      channels="")
USUAL = RECIPE.format(text="", unit="stems", channels='''
[[fit.channel]]
kind = "subwords"

[[fit.channel]]
kind = "style"
''')


def halves():
    """(label, first half, second half) of every sentence and paragraph."""
    texts = []
    with open(ROOT / "labels/triplets.csv", encoding="utf-8", newline="") as file:
        texts += [(row["label"], row["text"]) for row in csv.DictReader(file)]
    with open(ROOT / "data/manifest.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = (ROOT / "data" / row["path"]).read_text(encoding="utf-8")
            for paragraph in text.split("\n\n"):
                sentences = paragraph.replace("\n", " ").split(". ")
                texts += [(row["expected"], sentence) for sentence in sentences]
    pieces = []
    for label, text in texts:
        words = text.split()
        if len(words) >= 4 and label in ("neutral", "academic", "polemical"):
            middle = len(words) // 2
            pieces.append((label, " ".join(words[:middle]), " ".join(words[middle:])))
    return pieces


def write_rows(path, count, seed=7):
    """Writes rows whose halves have the same label; gives the bytes of text."""
    rng = random.Random(seed)
    by_label = {}
    for label, first, second in halves():
        by_label.setdefault(label, []).append((first, second))
    labels = sorted(by_label)
    total = 0
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["id", "label", "text"])
        for i in range(count):
            label = labels[i % len(labels)]
            text = f"{rng.choice(by_label[label])[0]} {rng.choice(by_label[label])[1]}"
            total += len(text.encode())
            out.writerow([i, label, text])
    return total


# A process of its own: what a child inherits from a large parent would count as its peak.
RUNNER = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=sys.stderr).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


def on_one_core(command):
    """Runs a command on one core; gives (processor seconds, peak MiB, what it wrote)."""
    core = min(os.sched_getaffinity(0))
    command = [str(part) for part in command]
    run = subprocess.run(["taskset", "-c", str(core), sys.executable, "-c", RUNNER, *command],
                         capture_output=True, text=True, check=True)
    status, seconds, peak = run.stdout.split()
    if status != "0":
        sys.exit(f"{command[0]} failed with status {status}: {run.stderr}")
    return float(seconds), float(peak), run.stderr


def train(polemic, folder, name, recipe):
    """Fits a model to the rows; gives its path."""
    model = folder / f"{name}.safetensors"
    (folder / f"{name}.toml").write_text(recipe)
    on_one_core([polemic, "train", "--quiet", "--jobs", 1, "--recipe", folder / f"{name}.toml",
                 "--corpora", folder, "-o", model])
    return model


def fit_sklearn(folder):
    rows = pd.read_csv(folder / "rows.csv")
    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    x = vectorizer.fit_transform(rows["text"])
    return vectorizer, LogisticRegression(max_iter=50).fit(x, rows["label"])


def compare_predict(arguments, folder):
    size = write_rows(folder / "rows.csv", arguments.rows) / 1e6
    vectorizer, classifier = fit_sklearn(folder)
    usual = arguments.model or train(arguments.polemic, folder, "usual", USUAL)
    models = {"1-2-grams alone": train(arguments.polemic, folder, "alike", ALIKE),
              Path(usual).name if arguments.model else "usual channels": usual}

    def with_sklearn():
        start = time.process_time()
        rows = pd.read_csv(folder / "rows.csv")
        p = classifier.predict_proba(vectorizer.transform(rows["text"]))
        table = pd.DataFrame(p, columns=classifier.classes_)
        table.insert(0, "id", rows["id"])
        table["label"] = classifier.classes_[p.argmax(axis=1)]
        seconds = time.process_time() - start
        table.to_csv(folder / "sklearn.csv", index=False, float_format="%.6f")
        return seconds

    def with_polemic(model):
        return on_one_core([arguments.polemic, "predict", folder / "rows.csv", "--model", model,
                            "--jobs", 1, "--quiet", "-o", folder / "polemic.csv"])[0]

    ours, theirs = {name: [] for name in models}, []
    for _ in range(arguments.repeat):
        for name, model in models.items():
            ours[name].append(with_polemic(model))
        theirs.append(with_sklearn())
    print(f"predict: {arguments.rows} rows, {size:.1f} MB of text, "
          f"{len(vectorizer.vocabulary_)} terms of scikit-learn")
    print(f"  {'scikit-learn, without writing':36} {min(theirs):6.2f} s {size / min(theirs):6.1f} MB/s")
    for name, seconds in ours.items():
        pairs = sorted(t / o for t, o in zip(theirs, seconds))
        print(f"  {'polemic, ' + name:36} {min(seconds):6.2f} s {size / min(seconds):6.1f} MB/s  "
              f"ratio {min(theirs) / min(seconds):.1f} (pairs {pairs[0]:.1f} to {pairs[-1]:.1f})")
    return usual


def objective(x, y, coefficients, intercepts):
    """Sum of the log losses plus half the squared norm of the coefficients."""
    logits = x @ coefficients + intercepts
    loss = logsumexp(logits, axis=1) - logits[np.arange(len(y)), y]
    return loss.sum() + 0.5 * (coefficients ** 2).sum()


def compare_fit(arguments, folder):
    solver = Path(arguments.polemic).resolve().parent / "examples/solver"
    if not solver.exists():
        print("fit: skipped; build it with: cargo build --release --example solver")
        return
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ours, theirs = [], []
    for _ in range(arguments.fit_repeat):
        _, peak, output = on_one_core([solver, folder, *arguments.fit_size])
        fitted = json.loads(output)
        ours.append(fitted["seconds"])
        starts = np.fromfile(folder / "starts.u64", "<u8").astype(np.int64)
        columns = np.fromfile(folder / "columns.u32", "<u4").astype(np.int32)
        values = np.fromfile(folder / "values.f32", "<f4").astype(np.float64)
        y = np.fromfile(folder / "classes.u32", "<u4").astype(np.int64)
        x = scipy.sparse.csr_matrix((values, columns, starts),
                                    shape=(len(y), arguments.fit_size[1]))
        start = time.perf_counter()
        model = LogisticRegression(C=1.0, tol=arguments.tolerance, max_iter=5000).fit(x, y)
        theirs.append(time.perf_counter() - start)
    reached = objective(x, y, model.coef_.T, model.intercept_)
    print(f"fit: {x.shape[0]} rows, {x.shape[1]} features, {x.nnz} values, 3 classes, l2 = 1")
    print(f"  scikit-learn  {min(theirs):7.2f} s  objective {reached:.6f}  "
          f"({model.n_iter_.max()} steps of lbfgs, tol {arguments.tolerance:g})")
    print(f"  polemic       {min(ours):7.2f} s  objective {fitted['loss']:.6f}  "
          f"({fitted['steps']} Newton steps, peak {peak:.0f} MiB)")
    print(f"  ratio         {min(theirs) / min(ours):7.1f}")


def measure_memory(arguments, folder, model):
    print("memory: peak of polemic predict --jobs 1")
    for count in (10_000, 1_000_000):
        write_rows(folder / "many.csv", count)
        _, peak, _ = on_one_core([arguments.polemic, "predict", folder / "many.csv", "--model",
                                  model, "--jobs", 1, "--quiet", "-o", folder / "many.out.csv"])
        print(f"  {count:9} rows  {peak:6.0f} MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("polemic", help="the binary, built with --release")
    parser.add_argument("--model", help="model file; without it one is fitted on the same rows")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--fit-size", type=int, nargs=2, default=[20_000, 50_000],
                        metavar=("ROWS", "FEATURES"))
    parser.add_argument("--fit-repeat", type=int, default=3)
    parser.add_argument("--tolerance", type=float, default=1e-4, help="of scikit-learn's lbfgs")
    arguments = parser.parse_args()
    version = subprocess.run([arguments.polemic, "--version"], capture_output=True, text=True)
    print(f"{version.stdout.strip()}; scikit-learn {sklearn.__version__}, numpy {np.__version__}, "
          f"Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        model = compare_predict(arguments, folder)
        compare_fit(arguments, folder)
        measure_memory(arguments, folder, model)
    print(f"load at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
