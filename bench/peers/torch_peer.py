"""PyTorch: gradients of sums (one pass for all rows), the whole training in plain loops with the fused optimiser."""

import os

import torch
import torch.nn.functional as F
from torch import nn
from torch.func import hessian, jacrev, vmap
from work import BATCH, EPSILON, TRAININGS, array, layers, measure, training_data

torch.set_num_threads(os.cpu_count() or 1)


def network(weights, activation, head=None):
    """The layers as a module; a training keeps its head in the loss."""
    modules = []
    for w, b in weights:
        linear = nn.Linear(*w.shape, dtype=torch.from_numpy(w).dtype)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w.T.copy()))
            linear.bias.copy_(torch.from_numpy(b))
        modules += [linear, activation()]
    modules.pop()
    return nn.Sequential(*modules, *([head()] if head else []))


def gradient(model, x):
    rows = x.detach().requires_grad_(True)
    return torch.autograd.grad(model(rows).sum(), rows)[0]


def with_hessian(model, x):
    rows = x.detach().requires_grad_(True)
    y = model(rows)
    (g,) = torch.autograd.grad(y.sum(), rows, create_graph=True)
    columns = [torch.autograd.grad(g[:, i].sum(), rows, retain_graph=True)[0] for i in range(x.shape[1])]
    return y.detach(), g.detach(), torch.stack(columns, 1)


def jacobian(model, x):
    rows = x.detach().requires_grad_(True)
    y = model(rows)
    return torch.stack([torch.autograd.grad(y[:, k].sum(), rows, retain_graph=True)[0] for k in range(y.shape[1])], 1)


def by_zennit(model, x, stabiliser):
    """LRP of all outputs at once by zennit: each row once for every output."""
    from zennit.attribution import Gradient
    from zennit.composites import LayerMapComposite
    from zennit.rules import Epsilon, Pass
    from zennit.types import Activation, Linear

    rules = LayerMapComposite([(Activation, Pass()), (Linear, Epsilon(epsilon=stabiliser))])
    outputs = torch.eye(8, dtype=x.dtype).repeat(len(x), 1)
    with Gradient(model=model, composite=rules) as attributor:
        _, relevance = attributor(x.repeat_interleave(8, 0), lambda output: output * outputs)
    return relevance.view(len(x), 8, -1)


def by_captum(model, x, stabiliser):
    """LRP by captum, one output after the other."""
    from captum.attr import LRP
    from captum.attr._utils.lrp_rules import EpsilonRule

    def of_output(k):
        # attribute() takes the rules away again: without them the next output would get another stabiliser.
        for layer in model:
            if isinstance(layer, nn.Linear):
                layer.rule = EpsilonRule(stabiliser)
        return LRP(model).attribute(x.clone().requires_grad_(True), target=k).detach()

    return torch.stack([of_output(k) for k in range(8)], 1)


def training(job):
    epochs, rate = TRAININGS[job]
    classifies = job == "train-classifier"
    x, y, xv, yv = (torch.from_numpy(part) for part in training_data(job))
    loss_of = F.binary_cross_entropy_with_logits if classifies else F.mse_loss

    def call():
        torch.manual_seed(1)
        model = network(layers(job), nn.Tanh if classifies else nn.ReLU)
        adam = torch.optim.Adam(model.parameters(), lr=rate, eps=1e-7, fused=True)
        for _ in range(epochs):
            order = torch.randperm(len(x))
            total = torch.zeros(())
            for rows, wanted in zip(x[order].split(BATCH), y[order].split(BATCH)):
                loss = loss_of(model(rows), wanted)
                adam.zero_grad(set_to_none=True)
                loss.backward()
                adam.step()
                total += loss.detach() * len(rows)
            with torch.inference_mode():
                held = loss_of(model(xv), yv)
        return {"loss": total.item() / len(x), "validationLoss": held.item()}

    return call


for job in TRAININGS:
    measure(job, "float32", training(job), most=3)
for dtype in ("float32", "float64"):
    classifier = network(layers("classifier", dtype), nn.Tanh, nn.Sigmoid).requires_grad_(False)
    events, grid, states = (torch.from_numpy(array(name, dtype)) for name in ("events", "grid", "states"))
    measure("gradients", dtype, lambda: gradient(classifier, events))
    measure("hessians", dtype, lambda: with_hessian(classifier, events)[2])
    small = network(layers("map", dtype), nn.Tanh, nn.Sigmoid).requires_grad_(False)
    measure("grid", dtype, lambda: with_hessian(small, grid))
    wide = network(layers("wide", dtype), nn.Tanh, nn.Sigmoid).requires_grad_(False)
    image = torch.from_numpy(array("image", dtype))
    measure("wide-hessian", f"{dtype} func.hessian", lambda: hessian(wide)(image[0]))
    measure("wide-hessian", dtype, lambda: with_hessian(wide, image)[2])
    emulator = network(layers("emulator", dtype), nn.ReLU).requires_grad_(False)
    measure("jacobians", dtype, lambda: jacobian(emulator, states))
    imitator = network(layers("imitator", dtype), nn.ReLU).requires_grad_(False)
    attractor = torch.from_numpy(array("attractor", dtype))
    measure("imitator-jacobians", f"{dtype} vmap(jacrev)", lambda: vmap(jacrev(imitator))(attractor))
    measure("imitator-jacobians", dtype, lambda: jacobian(imitator, attractor))
    measure("relevance-zero", f"{dtype} vmap(jacrev) times input", lambda: vmap(jacrev(imitator))(attractor) * attractor[:, None])
    for job, stabiliser in (("relevance-zero", 1e-9), ("relevance-epsilon", EPSILON)):
        measure(job, f"zennit {dtype}", lambda: by_zennit(imitator, attractor, stabiliser))
    if dtype == "float32":
        measure("relevance-epsilon", "captum float32", lambda: by_captum(network(layers("imitator"), nn.ReLU), attractor, EPSILON), most=0)
