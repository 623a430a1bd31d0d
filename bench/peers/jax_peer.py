"""JAX: everything compiled by XLA; large batches in slices, which is faster than all rows at once."""

import jax
import jax.numpy as jnp
import numpy as np
from work import BATCH, EPSILON, TRAININGS, array, layers, measure, training_data

jax.config.update("jax_enable_x64", True)


def on_device(network):
    return [(jnp.asarray(w), jnp.asarray(b)) for w, b in network]


def tanh_network(network):
    (w1, b1), (w2, b2) = on_device(network)
    return lambda row: jax.nn.sigmoid(jnp.tanh(row @ w1 + b1) @ w2[:, 0] + b2[0])


def deep_tanh_network(network):
    (w1, b1), (w2, b2), (w3, b3) = on_device(network)
    return lambda row: jax.nn.sigmoid(jnp.tanh(jnp.tanh(row @ w1 + b1) @ w2 + b2) @ w3[:, 0] + b3[0])


def relu_network(network):
    (w1, b1), (w2, b2), (w3, b3) = on_device(network)
    return lambda row: jax.nn.relu(jax.nn.relu(row @ w1 + b1) @ w2 + b2) @ w3 + b3


def mapped(function, x, rows=None):
    """The function of every row, compiled; in slices of some rows where that is asked for."""
    x = jnp.asarray(x)
    if rows is None:
        compiled = jax.jit(jax.vmap(function))
    else:
        compiled = jax.jit(lambda all_rows: jax.lax.map(function, all_rows, batch_size=rows))
    return lambda: jax.block_until_ready(compiled(x))


def loss_of(job, z, y):
    if job == "train-classifier":
        return jnp.mean(jnp.maximum(z, 0) - z * y + jnp.log1p(jnp.exp(-jnp.abs(z))))
    return jnp.mean((z - y) ** 2)


def output(job, theta, x):
    activation = jnp.tanh if job == "train-classifier" else jax.nn.relu
    for w, b in theta[:-1]:
        x = activation(x @ w + b)
    return x @ theta[-1][0] + theta[-1][1]


def training(job):
    """Adam over all epochs in one compiled function; the order of the rows comes from outside, as in the other subjects."""
    epochs, rate = TRAININGS[job]
    x, y, xv, yv = (jnp.asarray(part) for part in training_data(job))
    start = on_device(layers(job))
    whole = len(x) // BATCH

    def step(state, rows):
        theta, m, v, t = state
        loss, g = jax.value_and_grad(lambda th: loss_of(job, output(job, th, x[rows]), y[rows]))(theta)
        t = t + 1
        m = jax.tree.map(lambda a, b: 0.9 * a + 0.1 * b, m, g)
        v = jax.tree.map(lambda a, b: 0.999 * a + 0.001 * b * b, v, g)
        size = rate * jnp.sqrt(1 - 0.999**t) / (1 - 0.9**t)
        theta = jax.tree.map(lambda a, b, c: a - size * b / (jnp.sqrt(c) + 1e-7), theta, m, v)
        return (theta, m, v, t), loss * len(rows)

    def epoch(state, order):
        state, losses = jax.lax.scan(step, state, order[: whole * BATCH].reshape(whole, BATCH))
        rest = jnp.float32(0)
        if whole * BATCH < len(x):
            state, rest = step(state, order[whole * BATCH :])
        held = loss_of(job, output(job, state[0], xv), yv)
        return state, ((losses.sum() + rest) / len(x), held)

    zeros = jax.tree.map(jnp.zeros_like, start)
    compiled = jax.jit(lambda orders: jax.lax.scan(epoch, (start, zeros, zeros, jnp.float32(0)), orders)[1])

    def call():
        random = np.random.default_rng(1)
        orders = np.stack([random.permutation(len(x)) for _ in range(epochs)]).astype("int32")
        loss, held = jax.block_until_ready(compiled(orders))
        return {"loss": float(loss[-1]), "validationLoss": float(held[-1])}

    return call


def epsilon_relevance(network):
    """LRP-epsilon of all outputs of a row, [out, in], through all layers at once."""
    (w1, b1), (w2, b2), (w3, b3) = on_device(network)

    def stabilised(z):
        return z + jnp.where(z < 0, -EPSILON, EPSILON).astype(z.dtype)

    def maps(row):
        z1 = row @ w1 + b1
        h1 = jax.nn.relu(z1)
        z2 = h1 @ w2 + b2
        h2 = jax.nn.relu(z2)
        z3 = h2 @ w3 + b3
        r2 = h2 * (w3 * (z3 / stabilised(z3))).T
        r1 = h1 * ((r2 / stabilised(z2)) @ w2.T)
        return row * ((r1 / stabilised(z1)) @ w1.T)

    return maps


for job in TRAININGS:
    measure(job, "float32", training(job), most=5)
for dtype in ("float32", "float64"):
    f, x = tanh_network(layers("classifier", dtype)), array("events", dtype)
    measure("gradients", dtype, mapped(jax.grad(f), x))
    measure("hessians", dtype, mapped(jax.hessian(f), x, 1000))
    g = tanh_network(layers("map", dtype))
    measure("grid", dtype, mapped(lambda row, g=g: (g(row), jax.grad(g)(row), jax.hessian(g)(row)), array("grid", dtype)))
    measure("wide-hessian", dtype, mapped(jax.hessian(deep_tanh_network(layers("wide", dtype))), array("image", dtype)))
    r = relu_network(layers("emulator", dtype))
    measure("jacobians", dtype, mapped(jax.jacrev(r), array("states", dtype), None if dtype == "float32" else 500))
    i, x = relu_network(layers("imitator", dtype)), array("attractor", dtype)
    measure("imitator-jacobians", dtype, mapped(jax.jacrev(i), x))
    measure("imitator-jacobians", f"{dtype} in slices", mapped(jax.jacrev(i), x, 500))
    times_input = lambda row, i=i: jax.jacrev(i)(row) * row  # what LRP-0 is in a ReLU network
    measure("relevance-zero", dtype, mapped(times_input, x))
    measure("relevance-zero", f"{dtype} in slices", mapped(times_input, x, 500))
    maps = epsilon_relevance(layers("imitator", dtype))
    measure("relevance-epsilon", dtype, mapped(maps, x))
    measure("relevance-epsilon", f"{dtype} in slices", mapped(maps, x, 500))
