"""numba: the whole run of Lorenz-96 in one compiled function."""

import numpy as np
from numba import njit
from work import array, measure

K, J, SAMPLES, STEPS = 8, 32, 20_001, 10
F, h, b, c, dt = 18.0, 1.0, 10.0, 10.0, 0.001
N = K * J


@njit(error_model="numpy")
def tendency(x, y, dx, dy, coupling):
    scale, advection = h * c / b, -c * b
    for k in range(K):
        total = 0.0
        for j in range(J):
            total += y[k * J + j]
        coupling[k] = -scale * total
        before, before2, after = (k - 1) % K, (k - 2) % K, (k + 1) % K
        dx[k] = x[before] * (x[after] - x[before2]) - x[k] + F + coupling[k]
        for j in range(J):
            dy[k * J + j] = scale * x[k]
    for i in range(1, N - 2):
        dy[i] = advection * y[i + 1] * (y[i + 2] - y[i - 1]) - c * y[i] + dy[i]
    dy[0] = advection * y[1] * (y[2] - y[N - 1]) - c * y[0] + dy[0]
    dy[N - 2] = advection * y[N - 1] * (y[0] - y[N - 3]) - c * y[N - 2] + dy[N - 2]
    dy[N - 1] = advection * y[0] * (y[1] - y[N - 2]) - c * y[N - 1] + dy[N - 1]


@njit(error_model="numpy")
def move(x, y, dx, dy, by, x_to, y_to):
    for k in range(K):
        x_to[k] = x[k] + by * dx[k]
    for i in range(N):
        y_to[i] = y[i] + by * dy[i]


@njit(error_model="numpy")
def run(x0, y0):
    xs, ys, couplings = np.empty((SAMPLES, K)), np.empty((SAMPLES, N)), np.zeros((SAMPLES, K))
    x, y, x2, y2 = x0.copy(), y0.copy(), x0.copy(), y0.copy()
    dx, dy, unused = np.empty((4, K)), np.empty((4, N)), np.empty(K)
    xs[0], ys[0] = x, y
    for sample in range(1, SAMPLES):
        for _ in range(STEPS):
            tendency(x, y, dx[0], dy[0], couplings[sample])
            move(x, y, dx[0], dy[0], 0.5 * dt, x2, y2)
            tendency(x2, y2, dx[1], dy[1], unused)
            move(x, y, dx[1], dy[1], 0.5 * dt, x2, y2)
            tendency(x2, y2, dx[2], dy[2], unused)
            move(x, y, dx[2], dy[2], dt, x2, y2)
            tendency(x2, y2, dx[3], dy[3], unused)
            for k in range(K):
                x[k] += dt / 6 * ((dx[0, k] + dx[3, k]) + 2 * (dx[1, k] + dx[2, k]))
            for i in range(N):
                y[i] += dt / 6 * ((dy[0, i] + dy[3, i]) + 2 * (dy[1, i] + dy[2, i]))
        xs[sample], ys[sample] = x, y
    return xs, ys, couplings


state = array("lorenz96", "float64")


def call():
    run(state[:K], state[K:])


measure("lorenz96", "float64", call, most=5)
