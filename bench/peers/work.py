"""The work that all subjects share, how its time is taken, and what is told to bench/side-by-side.ts."""

import json
import os
import statistics
import sys
import time

import numpy as np

FOLDER = sys.argv[1]
OUT = sys.argv[2] if len(sys.argv) > 2 else None
JOBS = sys.argv[3:]
LEAST_CALLS, MOST_CALLS, SECONDS = 5, 200, 1.0
TRAININGS = {"train-classifier": (50, 1e-3), "train-emulator": (150, 3e-3)}  # epochs, learning rate
BATCH = 1024
EPSILON, SHUFFLES = 0.1, 10


def array(name, dtype="float32"):
    """An array of the work, as bench/work.ts wrote it (float64)."""
    with open(os.path.join(FOLDER, "work.json")) as file:
        shape = json.load(file)[name]
    return np.fromfile(os.path.join(FOLDER, f"{name}.bin")).reshape(shape).astype(dtype)


def layers(network, dtype="float32"):
    """Weights [in, out] and biases of a network's layers."""
    with open(os.path.join(FOLDER, "work.json")) as file:
        names = json.load(file)
    count = sum(name.startswith(f"{network}-weights-") for name in names)
    return [(array(f"{network}-weights-{i}", dtype), array(f"{network}-biases-{i}", dtype)) for i in range(count)]


def training_data(job):
    """Inputs and targets to learn from, inputs and targets to measure with."""
    return [array(f"{job}-{name}") for name in ("x", "y", "validation-x", "validation-y")]


def measure(job, how, call, most=MOST_CALLS):
    """Times a job, if it is wanted: the first call in this process and later ones; `call` returns when the numbers are there."""
    if JOBS and job not in JOBS:
        return
    try:
        start = time.perf_counter()
        result = call()
        first = time.perf_counter() - start
        times, busy = [], time.process_time()
        while len(times) < min(most, LEAST_CALLS) or (len(times) < most and sum(times) < SECONDS):
            start = time.perf_counter()
            call()
            times.append(time.perf_counter() - start)
        busy = (time.process_time() - busy) / max(1, len(times))
        told = {"job": job, "how": how, "first": 1000 * first}
        if times:
            told |= {"steady": 1000 * statistics.median(times), "processor": 1000 * busy}
        print(json.dumps(told | keep(job, how, result)), flush=True)
    except Exception as error:
        print(json.dumps({"job": job, "how": how, "failure": str(error).strip().splitlines()[0][:200]}), flush=True)


def keep(job, how, result):
    """A training's losses are told; arrays go into files, which are compared with the exact answer; None is nothing to keep."""
    if isinstance(result, dict):
        return result
    if result is None or OUT is None:
        return {}
    parts = result if isinstance(result, (list, tuple)) else [result]
    file = os.path.join(OUT, f"{job}-{how}.bin".replace(" ", "-").replace("/", "-"))
    np.concatenate([np.asarray(part, dtype="float64").ravel() for part in parts]).tofile(file)
    return {"file": file}
