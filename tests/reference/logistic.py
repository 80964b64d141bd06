"""Reference fits for tests/linear_reference.rs, from scikit-learn.

    python tests/reference/logistic.py > tests/reference/logistic.json

Values of the data are multiples of 1/16, exact in 32 bits. With two classes scikit-learn fits one
coefficient per feature, the difference of the two classes, so its C is 2 / l2; see
src/linear/objective.rs.
"""

import json
import warnings

import numpy as np
import sklearn
from scipy.special import logsumexp
from sklearn.linear_model import LogisticRegression
from sklearn.utils.class_weight import compute_class_weight

N_ROWS, N_FEATURES = 60, 6


def data(n_classes, seed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=(N_ROWS, N_FEATURES)) * 16) / 16
    x[rng.random(x.shape) < 0.5] = 0.0
    truth = rng.normal(size=(N_FEATURES, n_classes)) * 1.5
    y = np.argmax(x @ truth + rng.gumbel(size=(N_ROWS, n_classes)), axis=1)
    assert len(set(y)) == n_classes
    return x, y, np.round(rng.random(N_ROWS) * 48) / 16


def fit(x, y, n_classes, l2, sample_weight, class_weight):
    c = (2 if n_classes == 2 else 1) / l2
    weights = class_weight if class_weight in (None, "balanced") else dict(enumerate(class_weight))
    model = LogisticRegression(
        C=c, class_weight=weights, solver="newton-cholesky", tol=1e-13, max_iter=1000
    ).fit(x, y, sample_weight=sample_weight)
    coefficients, intercepts = model.coef_.T, model.intercept_
    if n_classes == 2:
        coefficients = np.hstack([-coefficients / 2, coefficients / 2])
        intercepts = np.array([-intercepts[0] / 2, intercepts[0] / 2])
    return coefficients, intercepts - intercepts.mean(), model.predict_proba(x)


def objective(x, y, l2, coefficients, intercepts, sample_weight, class_weight):
    classes = np.unique(y)
    factors = np.ones(len(classes))
    if class_weight == "balanced":
        factors = compute_class_weight(
            "balanced", classes=classes, y=y, sample_weight=sample_weight
        )
    elif class_weight is not None:
        factors = np.array(class_weight)
    weight = factors[y] * (1.0 if sample_weight is None else sample_weight)
    z = x @ coefficients + intercepts
    losses = logsumexp(z, axis=1) - z[np.arange(len(y)), y]
    return weight @ losses + l2 / 2 * np.sum(coefficients**2)


def case(name, n_classes, l2, seed, weighted=False, class_weight=None):
    x, y, weights = data(n_classes, seed)
    sample_weight = weights if weighted else None
    fitted = fit(x, y, n_classes, l2, sample_weight, class_weight)
    coefficients, intercepts, probabilities = fitted
    return {
        "name": name,
        "n_classes": n_classes,
        "l2": l2,
        "x": x.tolist(),
        "y": y.tolist(),
        "sample_weight": None if sample_weight is None else sample_weight.tolist(),
        "class_weight": class_weight,
        "coefficients": coefficients.tolist(),
        "intercepts": intercepts.tolist(),
        "probabilities": probabilities[:5].tolist(),
        "loss": objective(x, y, l2, coefficients, intercepts, sample_weight, class_weight),
    }


def main():
    warnings.simplefilter("error")
    cases = [
        case("two classes", 2, 0.5, 1),
        case("three classes", 3, 1.0, 2),
        case("five classes", 5, 0.25, 3),
        case("three classes, weak penalty", 3, 0.01, 2),
        case("three classes, sample weights", 3, 1.0, 2, weighted=True),
        case("three classes, balanced", 3, 1.0, 2, class_weight="balanced"),
        case("three classes, given", 3, 1.0, 2, class_weight=[1.0, 2.5, 0.5]),
        case("three classes, both", 3, 2.0, 2, weighted=True, class_weight="balanced"),
        case("two classes, both", 2, 1.0, 1, weighted=True, class_weight=[0.5, 3.0]),
    ]
    lines = ",\n".join(json.dumps(c) for c in cases)
    print(f'{{"scikit_learn": "{sklearn.__version__}", "cases": [\n{lines}\n]}}')


if __name__ == "__main__":
    main()
