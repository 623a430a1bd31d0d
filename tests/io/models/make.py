"""Makes the model files of this folder, and outputs.json: what the frameworks themselves compute with them.

    pip install torch keras tensorflow tf-keras safetensors
    python tests/io/models/make.py && npx biome format --write tests/io/models

The files here were made with Python 3.11, torch 2.15.0, keras 3.15.1, tensorflow 2.21.0, tf-keras 2.21.0, safetensors 0.8.0
and h5py 3.14.0. The weights follow from SEED; dates and the order of the bytes in a file may differ from run to run.
"""

import json
import os
import pathlib

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import h5py
import keras
import numpy as np
import safetensors.torch
import tensorflow
import tf_keras
import torch

SEED = 20
FOLDER = pathlib.Path(__file__).parent
random = np.random.default_rng(SEED)
outputs = {}


def numbers(values):
    return np.asarray(values, "float64").tolist()


def note(name, x, y):
    """Keeps what a framework computed."""
    outputs[name] = {"x": numbers(x), "y": numbers(y)}


def note_layers(name, model, x):
    """Keeps what each layer computed from the outputs of the one before."""
    note(name, x, model(x))
    outputs[name]["layers"] = []
    for layer in model.layers:
        y = layer(x)
        outputs[name]["layers"].append({"x": numbers(x), "y": numbers(y)})
        x = y


def note_derivatives(name, model, x):
    """Keeps what a Keras model computed, and how each output answers to each input."""
    with tensorflow.GradientTape() as tape:
        start = tensorflow.constant(x, "float32")
        tape.watch(start)
        y = model(start)
    note(name, x, y)
    outputs[name]["jacobian"] = numbers(tape.batch_jacobian(y, start))


def inputs(*shape):
    """Inputs of the size of 1 that float32 holds exactly."""
    return np.round(random.normal(size=(4, *shape)) * 64) / 64


def with_random_weights(model):
    """Weights other than the first ones: biases are not 0, variances are positive."""
    sizes = [random.uniform(0.2, 1.2, weight.shape) for weight in model.get_weights()]
    model.set_weights([size * random.choice([-1, 1], size.shape) if size.ndim > 1 else size for size in sizes])
    return model


def sequential(k, dtype="float32"):
    return with_random_weights(
        k.Sequential(
            [
                k.layers.Input((3,), dtype=dtype),
                k.layers.Dense(5, activation="relu", dtype=dtype),
                k.layers.BatchNormalization(dtype=dtype),
                k.layers.Dropout(0.5, dtype=dtype),
                k.layers.Dense(4, activation="gelu", use_bias=False, name="inner", dtype=dtype),
                k.layers.Dense(2, activation="softmax", dtype=dtype),
            ]
        )
    )


def functional(k):
    x = start = k.layers.Input((2, 3))
    x = k.layers.Flatten()(x)
    x = k.layers.Dense(5, activation="swish")(x)
    x = k.layers.Dense(4)(x)
    x = k.layers.LeakyReLU()(x)
    x = k.layers.Dense(4)(x)
    x = k.layers.ELU()(x)
    x = k.layers.BatchNormalization(center=False, scale=False)(x)
    x = k.layers.Dense(3)(x)
    x = k.layers.ReLU(max_value=6)(x)
    x = k.layers.Activation("tanh")(x)
    x = k.layers.Dense(3)(x)
    x = k.layers.Softmax()(x)
    x = k.layers.Dense(1, activation="sigmoid")(x)
    return with_random_weights(k.Model(start, x))


ACTIVATIONS = ["linear", "relu", "relu6", "elu", "selu", "tanh", "sigmoid", "softplus", "softsign", "gelu"]


def activations(k, *names):
    """Dense layers, one with each activation."""
    layers = [k.layers.Dense(3, activation=name) for name in names]
    model = with_random_weights(k.Sequential([k.layers.Input((3,)), *layers]))
    x = inputs(3)
    note_layers("activations.keras" if k is keras else "keras2-activations.h5", model, x)
    return model


def keras_files():
    models = {
        "sequential.keras": sequential(keras),
        "sequential.h5": sequential(keras),
        "functional.keras": functional(keras),
        "functional.h5": functional(keras),
        "float64.keras": sequential(keras, "float64"),
        "activations.keras": activations(keras, *ACTIVATIONS, "silu", "mish", "softmax"),
        "keras2-sequential.keras": sequential(tf_keras),
        "keras2-sequential.h5": sequential(tf_keras),
        "keras2-functional.h5": functional(tf_keras),
        "keras2-activations.h5": activations(tf_keras, *ACTIVATIONS, "hard_sigmoid", "swish"),
    }
    for name, model in models.items():
        model.save(FOLDER / name)
        x = inputs(*model.input_shape[1:])
        if name not in outputs:
            note(name, x, model(x))
    models["sequential.h5"].save_weights(FOLDER / "sequential.weights.h5")
    models["keras2-sequential.h5"].save_weights(FOLDER / "keras2-weights-only.h5")
    half_precision()
    without_input_shape()


def half_precision():
    """Weights in float16; the outputs are those of the same weights in float32."""
    model = sequential(keras, "float16")
    model.save(FOLDER / "float16.keras")
    twin = sequential(keras)
    twin.set_weights(model.get_weights())
    x = inputs(3)
    note("float16.keras", x, twin(x))


def without_input_shape():
    model = keras.Sequential([keras.layers.Dense(2, activation="tanh")])
    x = inputs(3)
    model(x)
    with_random_weights(model).save(FOLDER / "built.keras")
    note("built.keras", x, model(x))


def other_alphabets():
    """Names that TensorFlow.js does not take, inputs and outputs by name, and rows that are flat before they are flattened."""
    start = keras.Input((3,), name="größe")
    x = keras.layers.Dense(4, activation="tanh", name="α")(keras.layers.Flatten()(start))
    model = with_random_weights(keras.Model({"größe": start}, {"β": keras.layers.Dense(2, name="β")(x)}))
    model.save(FOLDER / "alphabets.h5")
    x = inputs(3)
    note("alphabets.h5", x, model({"größe": x})["β"])


def adapter():
    """A layer with weights beside kernel and bias."""
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    model.layers[0].enable_lora(1)
    model.save(FOLDER / "adapter.h5")


def measured(rows):
    """Columns as tables have them: a year, far from 0 beside its spread; one that never changes; a small one."""
    x = random.normal(size=(rows, 3)) * [10, 0, 0.01] + [1990, 5, 0.3]
    return x.astype("float32")


def normalised(k):
    """As the tutorials have it: adapted, without an input layer, and the inverse behind."""
    first = k.layers.Normalization()
    first.adapt(measured(50))
    last = k.layers.Normalization(invert=True, mean=[3.1, -200.3], variance=[0.7, 90.1])
    hidden = k.layers.Dense(4, activation="tanh")
    model = k.Sequential([first, hidden, k.layers.Dense(2), last])
    model(measured(2))
    with_random_weights(hidden)
    return model


def rescaled(k):
    """Anywhere in a stack, with lists, arrays, single numbers, and one mean for all inputs."""
    whole = k.layers.Normalization(axis=None)
    x = start = k.layers.Input((3,))
    x = k.layers.Rescaling(np.array([0.001, 0.2, 3.0]), offset=[-2.1, 0, 0.7])(x)
    x = whole(x)
    whole.adapt(measured(9) / 1000)
    x = k.layers.Dense(4, activation="tanh")(x)
    x = k.layers.Normalization(mean=0.1, variance=0.3)(x)
    x = k.layers.Normalization(axis=1, mean=[0.1, 0.2, 0.3, 0.4], variance=[0.1, 0.2, 0.3, 0.4])(x)
    x = k.layers.Rescaling(1 / 255)(x)
    x = k.layers.Dense(2, activation="sigmoid")(x)
    return k.Model(start, x)


def layer_activations(k):
    """Activations that are layers."""
    layers = k.layers
    activations = [
        layers.LeakyReLU(0.2),
        layers.ReLU(),
        layers.ELU(),
        layers.Activation("tanh"),
        layers.Activation(layers.LeakyReLU()),
        "leaky_relu" if k is keras else layers.ReLU(max_value=6.0),
    ]
    dense = [layers.Dense(3, activation=activation) for activation in activations]
    last = [layers.Activation(layers.LeakyReLU(0.1)), layers.Dense(2, activation=layers.Softmax())]
    return with_random_weights(k.Sequential([layers.Input((3,)), *dense, *last]))


def save_with_derivatives(models, draw):
    for name, model in models.items():
        model.save(FOLDER / name)
        note_derivatives(name, model, draw())


def layer_activation_files():
    global random
    random = np.random.default_rng(SEED + 2)
    models = {
        "layer-activations.keras": layer_activations(keras),
        "keras2-layer-activations.h5": layer_activations(tf_keras),
    }
    save_with_derivatives(models, lambda: inputs(3))


def noisy(k):
    """Layers that do nothing but in training."""
    layers = k.layers
    stack = [layers.SpatialDropout1D(0.1), layers.Flatten(), layers.GaussianNoise(0.2), layers.Dense(3, activation="tanh")]
    stack += [layers.GaussianDropout(0.3), layers.AlphaDropout(0.4), layers.Dense(2)]
    return with_random_weights(k.Sequential([layers.Input((2, 2)), *stack]))


def noisy_files():
    global random
    random = np.random.default_rng(SEED + 3)
    for name, k in {"noise.keras": keras, "keras2-noise.h5": tf_keras}.items():
        model = noisy(k)
        model.save(FOLDER / name)
        x = inputs(2, 2)
        note(name, x, model(x))


def tabular_files():
    global random
    random = np.random.default_rng(SEED + 1)
    models = {
        "normalised.keras": normalised(keras),
        "keras2-normalised.keras": normalised(tf_keras),
        "keras2-normalised.h5": normalised(tf_keras),
        "rescaled.keras": rescaled(keras),
        "rescaled.h5": rescaled(keras),
        "keras2-rescaled.h5": rescaled(tf_keras),
    }
    save_with_derivatives(models, lambda: measured(4))


def refused_keras_files():
    def saved(name, *layers, shape=(3,)):
        keras.Sequential([keras.Input(shape), *layers]).save(FOLDER / name)

    dense = keras.layers.Dense
    saved("conv.keras", keras.layers.Conv2D(1, 2), keras.layers.Flatten(), dense(1), shape=(3, 3, 1))
    saved("lstm.h5", keras.layers.LSTM(1), dense(1), shape=(3, 1))
    saved("lambda.h5", dense(1), keras.layers.Lambda(lambda x: x + 1))
    saved("hard-sigmoid.keras", dense(1, activation="hard_sigmoid"))
    saved("nested.keras", keras.Sequential([keras.Input((3,)), dense(2)]), dense(1))
    start = keras.Input((3,))
    keras.Model(start, keras.layers.add([start, dense(3)(start)])).save(FOLDER / "branch.keras")
    x = dense(3)(start)
    keras.Model(start, [x, dense(1)(x)]).save(FOLDER / "two-outputs.keras")
    keras.Model(start, dense(1)(keras.layers.Dropout(0.5)(x, training=True))).save(FOLDER / "training.keras")

    @keras.saving.register_keras_serializable("mine")
    class Dense(keras.layers.Layer):
        def call(self, x):
            return x + 1

    saved("own-layer.keras", Dense())
    with h5py.File(FOLDER / "other.h5", "w") as file:
        file["numbers"] = np.arange(3.0)
    claims_too_much()


def claims_too_much():
    """One dataset that is declared but never written, which HDF5 reads as zeros; and one of zeros, compressed."""
    dense = {"class_name": "Dense", "config": {"name": "dense"}}
    config = {"class_name": "Sequential", "config": {"layers": [dense]}}
    for name in ["two-gigabytes.h5", "compressed.h5"]:
        with h5py.File(FOLDER / name, "w") as file:
            file.attrs["keras_version"] = "3.15.1"
            file.attrs["model_config"] = json.dumps(config)
            layer = file.create_group("model_weights/dense")
            layer.attrs["weight_names"] = ["kernel", "bias"]
            if name == "compressed.h5":
                layer.create_dataset("kernel", data=np.zeros((3, 10**6), "f4"), chunks=(3, 10**6), compression=9)
            else:
                layer.create_dataset("kernel", (2**14, 2**15), "f4")


def torch_stack(activation=torch.nn.ReLU):
    linear = torch.nn.Linear
    return torch.nn.Sequential(linear(3, 5), activation(), linear(5, 4), activation(), linear(4, 2))


def torch_files():
    x = torch.tensor(inputs(3), dtype=torch.float32)
    for name in ["float32", "float64", "float16", "bfloat16"]:
        model = torch_stack().to(getattr(torch, name))
        torch.save(model.state_dict(), FOLDER / f"{name}.pth")
        safetensors.torch.save_file(model.state_dict(), FOLDER / f"{name}.safetensors")
        # Halves are computed in float32, as TensorFlow.js does.
        y = model.double()(x.double()) if name == "float64" else model.float()(x)
        note(f"{name}.pth", x, y.detach())
        note(f"{name}.safetensors", x, y.detach())

    single = torch.nn.Linear(3, 2, bias=False)
    torch.save(single.state_dict(), FOLDER / "single.pt")
    note("single.pt", x, torch.tanh(single(x)).detach())

    class Named(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.last = torch.nn.Linear(4, 3)
            self.first = torch.nn.Linear(3, 4)
            self.middle = torch.nn.Linear(4, 4)

        def forward(self, x):
            return self.last(torch.tanh(self.middle(torch.tanh(self.first(x)))))

    named = Named()
    torch.save(named.state_dict(), FOLDER / "named.pth")
    safetensors.torch.save_file(named.state_dict(), FOLDER / "named.safetensors")
    note("named.pth", x, named(x).detach())
    note("named.safetensors", x, named(x).detach())

    torch.save(dict(named.named_parameters()), FOLDER / "parameters.pth")
    note("parameters.pth", x, named(x).detach())

    modules = [module for _ in range(6) for module in (torch.nn.Linear(3, 3), torch.nn.Softplus())]
    deep = torch.nn.Sequential(*modules[:-1])
    safetensors.torch.save_file(deep.state_dict(), FOLDER / "deep.safetensors")
    note("deep.safetensors", x, deep(x).detach())

    views(x)
    refused_torch_files()


def views(x):
    """Tensors that share storages: transposed, cut out, repeated, with an offset."""
    numbers = torch.rand(100, dtype=torch.float64) - 0.5
    square = numbers[10:42].reshape(4, 8)
    state = {
        "0.weight": square.T[1:6, 1:4],
        "0.bias": numbers[50:100:10],
        "2.weight": square.as_strided((2, 5), (3, 5), 12),
        "2.bias": numbers[99:].expand(2),
    }
    torch.save(state, FOLDER / "views.pth")
    hidden = torch.tanh(x.double() @ state["0.weight"].T + state["0.bias"])
    note("views.pth", x, hidden @ state["2.weight"].T + state["2.bias"])


def refused_torch_files():
    model = torch_stack()
    torch.save(model.state_dict(), FOLDER / "legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(model, FOLDER / "whole.pth")
    torch.save({"epoch": 3, "model": model.state_dict()}, FOLDER / "checkpoint.pth")
    normalised = torch.nn.Sequential(torch.nn.Linear(3, 2), torch.nn.BatchNorm1d(2))
    torch.save(normalised.state_dict(), FOLDER / "batchnorm.pth")
    torch.save(torch.nn.Conv2d(1, 1, 2).state_dict(), FOLDER / "conv.pth")
    torch.save(torch.nn.LSTM(1, 1).state_dict(), FOLDER / "lstm.pth")
    torch.save({"weight": torch.ones(2, 3, dtype=torch.int64)}, FOLDER / "integers.pth")
    torch.save({"weight": torch.ones(1).expand(2**15, 2**14)}, FOLDER / "two-gigabytes.pth")
    safetensors.torch.save_file({"weight": torch.ones(2, 3, dtype=torch.int64)}, FOLDER / "integers.safetensors")


keras.utils.set_random_seed(SEED)
keras_files()
refused_keras_files()
torch_files()
other_alphabets()
adapter()
tabular_files()
layer_activation_files()
noisy_files()
(FOLDER / "outputs.json").write_text(json.dumps(outputs) + "\n")
