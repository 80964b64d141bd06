#!/usr/bin/env python3
"""Measures what docs/RETRAIN.md says about retraining, with any `polemic` binary and the folder of the corpora.

  python3 tools/measure_retraining.py flips BINARY CORPORA    planted wrong labels among the doubtful rows
  python3 tools/measure_retraining.py base BINARY CORPORA     from nothing, from a prior, from logits
  python3 tools/measure_retraining.py time BINARY CORPORA     how long a search takes

CORPORA holds babe.csv and news_subjectivity.csv, and for `base` all corpora of models/default.toml. Nothing but Python is
needed."""
import csv, json, os, random, subprocess, sys, tempfile, time

what, binary, corpora = sys.argv[1:4]
FLAGS = sys.argv[4:]  # of `evaluate`, for `flips`
SETS = ["news_subjectivity", "babe"]


def read(name):
    with open(os.path.join(corpora, name + ".csv"), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write(path, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "label", "group"])
        writer.writerows([r["text"], r["label"], r["doc_id"]] for r in rows)


def run(*args):
    return subprocess.run([binary, *args, "--quiet"], check=True, capture_output=True, text=True).stdout


def flips(folder):
    for name in ["babe"]:
        for seed in range(1, 4):
            rows, draw = read(name), random.Random(seed)
            turned = set(draw.sample(range(len(rows)), len(rows) // 20))
            for i in turned:
                rows[i]["label"] = {"neutral": "polemical", "polemical": "neutral"}[rows[i]["label"]]
            path = os.path.join(folder, "flipped.csv")
            write(path, rows)
            tenth = len(rows) // 10
            found = json.loads(run("evaluate", path, "--cross-validate", "--json", "--doubts", str(tenth), *FLAGS))
            top = {doubt["place"]["record"] - 1 for doubt in found["doubts"]}
            hits = len(top & turned)
            print(f"{name} seed {seed}: {hits} of {len(turned)} ({100 * hits / len(turned):.1f} %) in the first {tenth} of {len(rows)}", flush=True)


def base(folder):
    seeds = int(os.environ.get("SEEDS", "5"))
    for name in SETS:
        model = os.path.join(folder, name + ".safetensors")
        run("train", "--recipe", "models/default.toml", "--corpora", corpora, "--exclude", name, "-o", model)
        for n in map(int, os.environ.get("SIZES", "50 100 200 400").split()):
            sums = {"from nothing": 0, "prior": 0, "logits": 0, "base alone": 0}
            for seed in range(seeds):
                rows, groups = read(name), []
                for row in rows:
                    groups.append(row["doc_id"] or row["text"])
                order, taken, count = sorted(set(groups)), set(), 0
                random.Random(seed).shuffle(order)
                for group in order:
                    if count < n:
                        taken.add(group)
                        count += groups.count(group)
                train, test, fit = (os.path.join(folder, f) for f in ("train.csv", "test.csv", "fit"))
                inside = [row for row, group in zip(rows, groups) if group in taken]
                random.Random(seed).shuffle(inside)
                write(train, inside[:n])
                write(test, [row for row, group in zip(rows, groups) if group not in taken])
                judge = lambda m: json.loads(run("evaluate", test, "--model", m, "--json", "--doubts", "0"))["macro_f1"]
                for how, flags in (("from nothing", []), ("prior", ["--base", model, "--base-as", "prior"]),
                                   ("logits", ["--base", model, "--base-as", "logits"])):
                    run("train", train, "-o", fit, *flags)
                    sums[how] += judge(fit) / seeds
                # The base has a class that the rows lack: a small fit to its logits alone is the fair reading of it.
                sums["base alone"] += judge(model) / seeds
            print(f"{name} {n} rows: " + ", ".join(f"{how} {f1:.3f}" for how, f1 in sums.items()), flush=True)


def timed(folder):
    for name in SETS:
        path = os.path.join(folder, name + ".csv")
        write(path, read(name))
        start = time.time()
        run("train", path, "-o", os.path.join(folder, "fit"))
        print(f"{name}: {time.time() - start:.1f} s for audit, search, fit, intervals and learning curve", flush=True)


with tempfile.TemporaryDirectory() as folder:
    {"flips": flips, "base": base, "time": timed}[what](folder)
