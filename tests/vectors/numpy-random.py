"""Writes numpy-random.json: numbers drawn by NumPy's legacy RandomState, the reference for lib/random.ts.

python tests/vectors/numpy-random.py   (needs numpy; Linux x86-64, glibc 2.28 or newer, a processor with fused multiply-add)
"""
import hashlib
import json
import math
import platform
from pathlib import Path

import numpy as np


def digest(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def streams(seed):
    new = lambda: np.random.RandomState(seed)
    mixed = new()
    shuffled = np.arange(100, 120, dtype=np.float64)
    new().shuffle(shuffled)
    return {
        "seed": seed,
        "uniform": new().random_sample(5).tolist(),
        "uniform between -2 and 5": new().uniform(-2, 5, 5).tolist(),
        "100000 uniform": digest(new().random_sample(100_000)),
        "normal": new().standard_normal(5).tolist(),
        "normal with mean 1.5 and deviation 0.25": new().normal(1.5, 0.25, 5).tolist(),
        "200000 normal": digest(new().standard_normal(200_000)),
        "integers below 1": new().randint(0, 1, 3).tolist(),
        "integers between -3 and 4": new().randint(-3, 4, 12).tolist(),
        "integers of 16 bits": new().randint(0, 2**16, 5).tolist(),
        "integers of 32 bits": new().randint(0, 2**32, 5).tolist(),
        "integers of 33 bits": new().randint(0, 2**32 + 1, 5).tolist(),
        "integers of 53 bits": new().randint(-(2**52), 2**52 - 1, 5).tolist(),
        "shuffle of 100 to 119": shuffled.tolist(),
        "permutation of 12": new().permutation(12).tolist(),
        "permutation of 40000": digest(new().permutation(40_000).astype(np.int32)),
        "mixed": [
            mixed.normal(), mixed.random_sample(), int(mixed.randint(0, 1000)), mixed.normal(), mixed.normal(),
            mixed.permutation(3).tolist(), mixed.normal(), mixed.uniform(1, 2),
        ],
    }


def logarithms():
    random = np.random.RandomState(1)
    near_one = 1 - random.random_sample(10) / 1e5
    tiny = random.random_sample(10) ** 16
    arguments = [*random.random_sample(30), *near_one, *tiny, 0.5, 2.0**-60, 1 - 2.0**-53, float(np.sqrt(0.5))]
    return [[float(x), math.log(x)] for x in arguments]


def many_logarithms():
    random = np.random.RandomState(2)
    arguments = np.concatenate([random.random_sample(100_000), 1 - random.random_sample(50_000) / 15])
    return digest(np.array([math.log(x) for x in arguments]))


target = Path(__file__).with_suffix(".json")
content = {
    "source": f"numpy {np.__version__}, {platform.machine()}, {' '.join(platform.libc_ver())}",
    "streams": [streams(seed) for seed in (0, 14, 20250101, 2**32 - 1)],
    "logarithms": logarithms(),
    "logarithms of 100000 uniform numbers u and of 50000 1 - u / 15, seed 2": many_logarithms(),
}
target.write_text(json.dumps(content, indent=1) + "\n")
