#!/usr/bin/env python3
"""How often the 90 % intervals of `polemic score` hold the share of sentences that people counted.

  pip install pandas
  python3 tools/measure_intervals.py BINARY CORPORA [--recipe models/default.toml] [--corpus allsides] [--every 5]

Fits the recipe without every fifth document of a corpus whose sentences are judged one by one (labels/judgements.csv
and the corpus "judged"), scores these documents, made of their judged sentences, one a paragraph, and compares the
intervals of the author's shares with the shares of the judged labels of the same sentences. Documents with fewer
than ten of the author's sentences are left out. A second line shows the same without the spread between documents,
as a model without judged documents would have it."""
import argparse, json, math, os, re, shutil, subprocess, tempfile
import pandas as pd

CLASSES = ["neutral", "academic", "polemical"]
FEWEST = 10


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def independent(p):
    """The 90 % interval of a share if sentences were independent."""
    mass = [1.0]
    for q in p:
        mass = [a * (1 - q) + b * q for a, b in zip(mass + [0.0], [0.0] + mass)]
    def quantile(level):
        total = 0.0
        for k, m in enumerate(mass):
            total += m
            if total >= level - 1e-12:
                return k / len(p)
        return 1.0
    return quantile(0.05), quantile(0.95)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("corpora")
    parser.add_argument("--recipe", default="models/default.toml")
    parser.add_argument("--corpus", default="allsides")
    parser.add_argument("--every", type=int, default=5)
    o = parser.parse_args()
    folder = os.path.dirname(os.path.abspath(o.recipe))
    recipe = open(o.recipe, encoding="utf-8").read()
    with tempfile.TemporaryDirectory() as tmp:
        corpora = os.path.join(tmp, "corpora")
        shutil.copytree(o.corpora, corpora)
        rows, judged = (read(os.path.join(corpora, f"{name}.csv")) for name in (o.corpus, "judged"))
        documents = sorted(set(rows.doc_id))
        held_out = set(documents[:: o.every])
        mine = rows[rows.doc_id.isin(held_out)]
        rows[~rows.doc_id.isin(held_out)].to_csv(os.path.join(corpora, f"{o.corpus}.csv"), index=False)
        ours = judged.text.isin(set(mine.text))
        judged[~ours].to_csv(os.path.join(corpora, "judged.csv"), index=False)
        by_text = dict(zip(judged[ours].text, judged[ours].label))
        by_id = {}
        for path in re.findall(r'path = "([^"]+)"', recipe):
            said = read(os.path.join(folder, path))
            kept = os.path.join(folder, path)
            if "corpus" in said.columns:  # of judgements and of a larger model: by corpus and id
                out = (said.corpus == o.corpus) & said.id.isin(set(mine.id))
                kept = os.path.join(tmp, os.path.basename(path))
                said[~out].to_csv(kept, index=False)
                if "label" in said.columns:
                    by_id.update(zip(said[out].id, said[out].label))
            recipe = recipe.replace(f'"{path}"', json.dumps(kept))
        recipe_path, model = os.path.join(tmp, "recipe.toml"), os.path.join(tmp, "model.safetensors")
        open(recipe_path, "w", encoding="utf-8").write(recipe)
        subprocess.run([o.binary, "train", "--recipe", recipe_path, "--corpora", corpora, "-o", model, "--quiet"], check=True)

        texts = os.path.join(tmp, "texts")
        os.mkdir(texts)
        truth, stance = {}, {}
        for number, (_, document) in enumerate(mine.groupby("doc_id", sort=True)):
            labels = {}
            for row_id, text in zip(document.id, document.text):
                label = by_id.get(row_id) or by_text.get(text)
                if label:
                    labels[" ".join(text.split())] = label
            name = f"{number:04}.txt"
            truth[name], stance[name] = labels, document.label.iloc[0]
            with open(os.path.join(texts, name), "w", encoding="utf-8") as out_file:
                out_file.write("\n\n".join(labels) + "\n")
        done = subprocess.run([o.binary, "score", texts, "--model", model, "--format", "jsonl", "--quiet"], check=True, capture_output=True)

    found = []
    for line in done.stdout.decode().splitlines():
        profile = json.loads(line)
        name = os.path.basename(profile["document"]["path"])
        own = [s for s in profile["sentences"] if s["voice"] == "author"]
        known = [(s, truth[name].get(" ".join(s["text"].split()))) for s in own]
        if len(own) < FEWEST or sum(label is not None for _, label in known) < 0.95 * len(own):
            continue
        for c in CLASSES:
            labels = [label for _, label in known if label]
            share = sum(label == c for label in labels) / len(labels)
            low, high = profile["profile"]["share_interval"][c]
            alone = independent([s["probability"][c] for s in own])
            counted = profile["profile"]["share"][c]
            alone = min(alone[0], counted), max(alone[1], counted)
            mean = profile["profile"]["mean_probability"][c]
            found.append((stance[name], c, low <= share <= high, high - low, alone[0] <= share <= alone[1], alone[1] - alone[0], mean - share, counted - share))
    t = pd.DataFrame(found, columns=["documents", "class", "held", "width", "held_alone", "width_alone", "mean_minus_truth", "share_minus_truth"])
    print(f"{len(t) // len(CLASSES)} documents")
    print(t.groupby(["documents", "class"]).mean(numeric_only=True).round(3).to_string())
    print(t.groupby("class").mean(numeric_only=True).round(3).to_string())
    print("all:", " ".join(f"{k} {v:.3f}" for k, v in t.mean(numeric_only=True).items()))


if __name__ == "__main__":
    main()
