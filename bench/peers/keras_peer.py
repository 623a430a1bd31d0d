"""Keras on TensorFlow: fit for trainings, tapes inside functions compiled by XLA for derivatives."""

import os

os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}

import keras
import numpy as np
import tensorflow as tf
from work import BATCH, TRAININGS, array, layers, measure, training_data



def network(weights, activation, head=None):
    dtype = str(weights[0][0].dtype)
    model = keras.Sequential([keras.layers.Input((weights[0][0].shape[0],), dtype=dtype)])
    for i, (w, _) in enumerate(weights):
        last = i == len(weights) - 1
        model.add(keras.layers.Dense(w.shape[1], activation=head if last else activation, dtype=dtype))
    model.set_weights([part for layer in weights for part in layer])
    return model


def gradient(model, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x)
    return tape.gradient(y, x)


def with_hessian(model, x):
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            y = model(x)
        g = inner.gradient(y, x)
    return y, g, outer.batch_jacobian(g, x)


def jacobian(model, x):
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = model(x)
    return tape.batch_jacobian(y, x)


def compiled(function, model, x):
    fast = tf.function(lambda rows: function(model, rows), jit_compile=True)
    x = tf.constant(x)
    return lambda: tf.nest.map_structure(lambda part: part.numpy(), fast(x))


def training(job):
    epochs, rate = TRAININGS[job]
    classifies = job == "train-classifier"
    x, y, xv, yv = training_data(job)

    def call():
        keras.utils.set_random_seed(1)
        model = network(layers(job), "tanh" if classifies else "relu", "sigmoid" if classifies else None)
        loss = "binary_crossentropy" if classifies else "mean_squared_error"
        model.compile(loss=loss, optimizer=keras.optimizers.Adam(rate), steps_per_execution=15)
        history = model.fit(x, y, batch_size=BATCH, epochs=epochs, validation_data=(xv, yv), verbose=0).history
        return {"loss": history["loss"][-1], "validationLoss": history["val_loss"][-1]}

    return call


for job in TRAININGS:
    measure(job, "float32", training(job), most=1)
for dtype in ("float32", "float64"):
    classifier = network(layers("classifier", dtype), "tanh", "sigmoid")
    events = array("events", dtype)
    measure("gradients", dtype, compiled(gradient, classifier, events))
    measure("hessians", dtype, compiled(lambda model, x: with_hessian(model, x)[2], classifier, events))
    measure("grid", dtype, compiled(with_hessian, network(layers("map", dtype), "tanh", "sigmoid"), array("grid", dtype)))
    wide = network(layers("wide", dtype), "tanh", "sigmoid")
    measure("wide-hessian", dtype, compiled(lambda model, x: with_hessian(model, x)[2], wide, array("image", dtype)))
    measure("jacobians", dtype, compiled(jacobian, network(layers("emulator", dtype), "relu"), array("states", dtype)))
