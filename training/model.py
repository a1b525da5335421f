"""The reader while it is trained: the bundled encoder with low-rank adapters and a span head; windows over a passage.

A question and a window of the passage are read as `<s> question </s> passage </s>`; the head scores every position as
the start and as the end of the answer, position 0 standing for "no answer here". Knows nothing of data or training.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import BertModel

from ragpark.answer.focus import focus
from ragpark.answer.spans import Encoded, windows
from ragpark.encode.e5s1 import E5S1, bundled_path
from ragpark.encode.folder import model_folder

RANK, ALPHA = 32, 64
MAX_TOKENS = 384  # of question and window together; a chunk of 510 characters with its breadcrumb has about 340
PAD_TO = 32  # lengths are multiples of it: few shapes, few plans and buffers kept by the matrix library

Span = tuple[int, int]


class Lora(nn.Module):
    """A frozen linear layer, its bias free, with a free product of two thin matrices beside it."""

    def __init__(self, base: nn.Linear) -> None:
        super().__init__()
        self.base = base
        base.weight.requires_grad, base.bias.requires_grad = False, True
        self.A = nn.Parameter(torch.randn(RANK, base.in_features) / math.sqrt(base.in_features))
        self.B = nn.Parameter(torch.zeros(base.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        base = nn.functional.linear(x, self.base.weight, self.base.bias)
        flat = x.reshape(-1, x.shape[-1])
        added = torch.addmm(base.view(-1, base.shape[-1]), flat @ self.A.T, self.B.T, alpha=ALPHA / RANK)
        return added.view(base.shape)


class Reader(nn.Module):
    """The encoder with adapters on all linear layers, its biases and layer norms free, and the head."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        none: dict[str, Any] = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}  # slow on a processor
        self.m: Any = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa", **none)
        for parameter in self.m.parameters():
            parameter.requires_grad = False
        layer: Any
        for layer in self.m.encoder.layer:
            attention = layer.attention
            for owner, names in ((attention.self, ("query", "key", "value")), (attention.output, ("dense",))):
                for name in names:
                    setattr(owner, name, Lora(getattr(owner, name)))
            layer.intermediate.dense = Lora(layer.intermediate.dense)
            layer.output.dense = Lora(layer.output.dense)
            for norm in (attention.output.LayerNorm, layer.output.LayerNorm):
                for parameter in norm.parameters():
                    parameter.requires_grad = True
        self.head = nn.Linear(self.m.config.hidden_size, 2)
        self.adapted = frozenset(name for name, parameter in self.named_parameters() if parameter.requires_grad)

    def forward(self, ids: Tensor, mask: Tensor, allowed: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of every position as start and as end; what is not `allowed` scores −10,000."""
        hidden = self.m(input_ids=ids, attention_mask=mask).last_hidden_state
        scores = self.head(hidden.float()).masked_fill(~allowed.unsqueeze(-1), -1e4)
        return scores[..., 0], scores[..., 1]

    def weights(self) -> dict[str, nn.Parameter]:
        """Return what is not the encoder's own, by name; these are the tensors of a weights file."""
        return {name: parameter for name, parameter in self.named_parameters() if name in self.adapted}

    def load(self, path: Path) -> None:
        """Take the weights of a file; raises ValueError if its tensors are not exactly those of `weights`."""
        found, own = load_file(path), self.weights()
        if {k: v.shape for k, v in found.items()} != {k: v.shape for k, v in own.items()}:
            raise ValueError(f"{path} does not hold the tensors of this reader")
        with torch.no_grad():
            for name, parameter in own.items():
                parameter.copy_(found[name].float())

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        """Write the weights as float16."""
        tensors = {name: parameter.detach().half().contiguous() for name, parameter in self.weights().items()}
        save_file(tensors, path, metadata={"rank": str(RANK), "alpha": str(ALPHA)} | metadata)


def encoder_folder(cache: Path) -> Path:
    """Return the folder of the bundled encoder as transformers reads it, written into `cache` once."""
    model = E5S1(bundled_path())
    return Path(model_folder(model, model.fingerprint(), cache))


@dataclass(frozen=True, slots=True)
class Window:
    """Ids of a question with a part of its passage. The part's tokens are `ids[first : first + len(offsets)]`.

    `offsets` are their spans in the passage; `start` and `end` the answer's first and last position, 0 without one.
    """

    ids: tuple[int, ...]
    first: int
    offsets: tuple[Span, ...]
    start: int = 0
    end: int = 0


class Windows:
    """Makes windows with the encoder's tokenizer, cut as the reader in use cuts them."""

    def __init__(self, folder: Path, max_tokens: int = MAX_TOKENS) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        ids = self._tokenizer.get_vocab()
        self._bos, self._eos, self.pad = ids["<s>"], ids["</s>"], ids["<pad>"]
        self._max_tokens = max_tokens

    def of(self, question: str, passage: str, answer: Span | None = None, n_tokens: int = 0) -> list[Window]:
        """Return the windows over the passage; those that hold the answer whole say where.

        With `n_tokens` only that much of the passage is read, as in use: its first line and what is likest the question.
        """
        asked = self._tokenizer.encode(question, add_special_tokens=False).ids
        encoded = self._tokenizer.encode(passage, add_special_tokens=False)
        read: Encoded = (encoded.ids, encoded.offsets)
        if n_tokens:
            read = focus(question, passage, read, n_tokens)
        found = []
        for cut in windows(0, asked, read, self._bos, self._eos, self._max_tokens):
            span = answer_tokens(cut.offsets, answer) if answer else None
            start, end = (cut.first + span[0], cut.first + span[1]) if span else (0, 0)
            found.append(Window(cut.ids, cut.first, cut.offsets, start, end))
        return found


def answer_tokens(offsets: Sequence[Span], answer: Span) -> Span | None:
    """Return the first and last token of the answer, None where the tokens do not hold it whole.

    A token may begin one character before the answer: the mark of a word's beginning takes the space with it.
    """
    first = next((i for i, (_, end) in enumerate(offsets) if end > answer[0]), None)
    last = next((i for i in range(len(offsets) - 1, -1, -1) if offsets[i][0] < answer[1]), None)
    if first is None or last is None or last < first:
        return None
    if offsets[first][0] > answer[0] + 1 or offsets[last][1] < answer[1]:
        return None
    return first, last


def batch_of(windows: Sequence[Window], pad: int) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, attention mask and allowed positions, padded to a multiple of PAD_TO."""
    longest = -(-max(len(window.ids) for window in windows) // PAD_TO) * PAD_TO
    shape = (len(windows), longest)
    ids = torch.full(shape, pad)
    mask, allowed = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    for row, window in enumerate(windows):
        ids[row, : len(window.ids)] = torch.tensor(window.ids)
        mask[row, : len(window.ids)] = 1
        allowed[row, 0] = True
        allowed[row, window.first : window.first + len(window.offsets)] = True
    return ids, mask, allowed
