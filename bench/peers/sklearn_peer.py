"""scikit-learn: permutation importance; the model predicts with NumPy."""

from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import permutation_importance
from work import SHUFFLES, array, layers, measure


class Network(RegressorMixin, BaseEstimator):
    """One output of a trained network, as scikit-learn wants an estimator."""

    def __init__(self, weights):
        self.weights = weights

    def __sklearn_is_fitted__(self):
        return True

    def fit(self, x, y):
        return self

    def predict(self, x):
        (w1, b1), (w2, b2), (w3, b3) = self.weights
        h = x @ w1
        h += b1
        h = h.clip(0, out=h) @ w2
        h += b2
        return h.clip(0, out=h) @ w3[:, 3] + b3[3]


for dtype in ("float32", "float64"):
    x, y = array("attractor", dtype), array("coupling", dtype)[:, 3]
    model = Network(layers("imitator", dtype))

    def call():
        permutation_importance(model, x, y, scoring="r2", n_repeats=SHUFFLES, random_state=1)

    measure("importance", dtype, call)
