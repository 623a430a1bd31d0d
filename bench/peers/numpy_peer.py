"""NumPy: the formulas written out by hand for these networks, which no user would do for each model anew."""

import numpy as np
from work import array, layers, measure


def derivatives(x, network, order):
    """Output, gradient and Hessian of a stack n - hidden (tanh) - 1 (sigmoid), up to the order."""
    (first, b), (last, c) = network
    last = np.ascontiguousarray(last[:, 0])
    pairs = [(i, j) for i in range(x.shape[1]) for j in range(i, x.shape[1])]
    slopes = np.ascontiguousarray((first * last).T)
    curvatures = np.stack([first[i] * first[j] * last for i, j in pairs], 1) * x.dtype.type(-2)

    def call():
        h = x @ first
        h += b
        np.tanh(h, out=h)
        p = 1 / (1 + np.exp(-(h @ last + c[0])))
        d = h * h
        np.subtract(1, d, out=d)
        s = p * (1 - p)
        g = d @ slopes
        gradient = g * s[:, None]
        if order == 1:
            return gradient
        d *= h
        second = d @ curvatures
        hessian = np.empty((*x.shape, x.shape[1]), x.dtype)
        r = 1 - 2 * p
        for k, (i, j) in enumerate(pairs):
            hessian[:, i, j] = hessian[:, j, i] = (second[:, k] + r * g[:, i] * g[:, j]) * s
        return hessian if order == 2 else (p, gradient, hessian)

    return call


def jacobians(x, network):
    """Jacobians of a stack with two hidden ReLU layers, 500 rows at a time, which stay in the cache."""
    (w1, b1), (w2, b2), (w3, _) = network

    def block(rows):
        z1 = rows @ w1 + b1
        on1 = (z1 > 0).astype(rows.dtype)
        on2 = ((z1 * on1) @ w2 + b2 > 0).astype(rows.dtype)
        upper = (w3.T[None] * on2[:, None, :]).reshape(-1, w3.shape[0]) @ w2.T
        upper = upper.reshape(len(rows), -1, w2.shape[0]) * on1[:, None, :]
        return (upper.reshape(-1, w2.shape[0]) @ w1.T).reshape(len(rows), -1, w1.shape[0])

    return lambda: np.concatenate([block(x[start : start + 500]) for start in range(0, len(x), 500)])


for dtype in ("float32", "float64"):
    classifier, x = layers("classifier", dtype), array("events", dtype)
    measure("gradients", dtype, derivatives(x, classifier, 1))
    measure("hessians", dtype, derivatives(x, classifier, 2))
    measure("grid", dtype, derivatives(array("grid", dtype), layers("map", dtype), 3))
    measure("jacobians", dtype, jacobians(array("states", dtype), layers("emulator", dtype)))
