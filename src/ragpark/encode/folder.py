"""Writes the bundled model into the model cache: its tokenizer, and a standard sentence-transformers folder.

A folder appears under its name only when it is complete, so a reader never sees half of one: it is filled under a
temporary name beside the final one and renamed. Two processes that write at once both write the same bytes; the
second to arrive drops its own. The name holds the weights' fingerprint and the layout's version.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ragpark.encode.e5s1 import E5S1, LAYER_PARTS, Vocabulary
from ragpark.errors import EncoderError

BASE_NAME = "multilingual-e5-small"
QUERY_PREFIX = "query: "  # Wang et al. 2024, Multilingual E5
PASSAGE_PREFIX = "passage: "
LAYOUT = 1  # raise it when anything written here changes
ABANDONED_S = 3600
_STAND_IN = "\ufdd0"  # a noncharacter: no text holds it


def tokenizer_file(model: E5S1, fingerprint: str, cache: Path) -> Path:
    """Return the path of the model's `tokenizer.json` in the cache, written on first use (11 MB, 1 s)."""
    folder = ensure_folder(
        cache, f"{BASE_NAME}-{fingerprint}-tokenizer-{LAYOUT}", lambda target: _write_tokenizer(model, target)
    )
    return folder / "tokenizer.json"


def model_folder(model: E5S1, fingerprint: str, cache: Path) -> Path:
    """Return the cached sentence-transformers folder, written on first use (482 MB of float32, some seconds)."""
    return ensure_folder(cache, f"{BASE_NAME}-{fingerprint}-{LAYOUT}", lambda target: _write_model(model, target))


def ensure_folder(parent: Path, name: str, fill: Callable[[Path], None]) -> Path:
    """Return `parent/name`, filled by `fill` if it is not there yet; it appears whole or not at all.

    Raises EncoderError if the parent cannot be written.
    """
    parent = parent.expanduser()
    final = parent / name
    if final.is_dir():
        return final
    try:
        parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{name}.", dir=parent))
    except OSError as error:
        raise EncoderError(
            f"模型缓存文件夹 {parent} 写不了（{error.strerror}）；请用设置 model_cache 换一个位置"
        ) from error
    try:
        _remove_abandoned(parent, name)
        fill(unfinished)
        _flush(unfinished)
        unfinished.chmod(0o755)  # mkdtemp's 0700 would shut out other users of a shared cache
        try:
            unfinished.rename(final)
        except OSError:
            if not final.is_dir():  # else another process was first, with the same content
                raise
    except OSError as error:
        raise EncoderError(
            f"模型缓存文件夹 {parent} 写不了（{error.strerror}）；请腾出 500 MB，或用设置 model_cache 换一个位置"
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return final


def _remove_abandoned(parent: Path, name: str) -> None:
    """Remove what a killed process left half-written (a living one needs seconds, not an hour)."""
    for other in parent.glob(f".{name}.*"):
        if time.time() - other.stat().st_mtime > ABANDONED_S:
            shutil.rmtree(other, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Bring the files to the disk, so that the rename cannot arrive there before them."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _write_json(path: Path, value: object, *, indent: int | None = 2) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=indent), encoding="utf-8")


def _write_tokenizer(model: E5S1, folder: Path) -> None:
    _write_json(folder / "tokenizer.json", tokenizer_json(model.vocabulary()), indent=None)


def tokenizer_json(words: Vocabulary) -> dict[str, object]:
    """Return the content of `tokenizer.json`: Unigram, NMT + NFKC, Metaspace, `<s> … </s>`.

    SentencePiece's `nmt_nfkc` keeps the full-width tilde that NFKC would make ASCII (`2019～2023` must stay,
    `Ａ％` must become `A%`), so it steps aside while NFKC runs.
    """
    specials = sorted({words.bos, words.pad, words.eos, words.unk, len(words.pieces) - 1})
    bos, eos = words.pieces[words.bos], words.pieces[words.eos]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": i, "content": words.pieces[i], "special": True, "single_word": False, "normalized": False}
            | {"lstrip": False, "rstrip": False}
            for i in specials
        ],
        "normalizer": {
            "type": "Sequence",
            "normalizers": [
                {"type": "Nmt"},
                {"type": "Replace", "pattern": {"String": "～"}, "content": _STAND_IN},
                {"type": "NFKC"},
                {"type": "Replace", "pattern": {"String": _STAND_IN}, "content": "～"},
                {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
            ],
        },
        "pre_tokenizer": metaspace,
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [
                {"SpecialToken": {"id": bos, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
            ],
            "pair": [
                {"SpecialToken": {"id": bos, "type_id": 0}},
                {"Sequence": {"id": "A", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
                {"Sequence": {"id": "B", "type_id": 0}},
                {"SpecialToken": {"id": eos, "type_id": 0}},
            ],
            "special_tokens": {
                token: {"id": token, "ids": [i], "tokens": [token]} for token, i in ((bos, words.bos), (eos, words.eos))
            },
        },
        "decoder": metaspace,
        "model": {
            "type": "Unigram",
            "unk_id": words.unk,
            "vocab": [[piece, score] for piece, score in zip(words.pieces, words.scores.tolist(), strict=True)],
            "byte_fallback": False,
        },
    }


def weights(model: E5S1) -> dict[str, NDArray[np.float32]]:
    """Return the weights under the names of transformers' BertModel; matrices have shape (out, in)."""
    shape = model.shape
    hidden, wide = shape.hidden, shape.intermediate
    found = {
        "embeddings.word_embeddings.weight": model.tensor("emb.word", hidden),
        "embeddings.position_embeddings.weight": model.tensor("emb.pos", hidden),
        "embeddings.token_type_embeddings.weight": model.tensor("emb.type", hidden),
        "embeddings.LayerNorm.weight": model.tensor("emb.ln.w"),
        "embeddings.LayerNorm.bias": model.tensor("emb.ln.b"),
    }
    for layer in range(shape.layers):
        for short, long in LAYER_PARTS.items():
            columns = None if short in ("aln", "oln") else wide if short == "fo" else hidden
            prefix = f"encoder.layer.{layer}.{long}"
            found[f"{prefix}.weight"] = model.tensor(f"l{layer}.{short}.w", columns)
            found[f"{prefix}.bias"] = model.tensor(f"l{layer}.{short}.b")
    # BertModel expects a pooler; mean pooling never reads it, and without it loading prints a report.
    found["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    found["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return found


def _write_model(model: E5S1, folder: Path) -> None:
    from safetensors.numpy import save_file

    shape, words = model.shape, model.vocabulary()
    save_file(weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    os.chmod(folder / "model.safetensors", 0o644)
    _write_tokenizer(model, folder)
    pieces = words.pieces
    special = {"bos_token": pieces[words.bos], "eos_token": pieces[words.eos], "unk_token": pieces[words.unk]}
    special |= {"sep_token": pieces[words.eos], "pad_token": pieces[words.pad], "cls_token": pieces[words.bos]}
    special |= {"mask_token": pieces[-1]}
    _write_json(
        folder / "tokenizer_config.json",
        {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": shape.positions} | special,
    )
    _write_json(
        folder / "config.json",
        {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.intermediate,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": shape.eps,
            "hidden_act": "gelu",
            "pad_token_id": words.pad,
            "dtype": "float32",
            "torch_dtype": "float32",
        },
    )
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": shape.positions, "do_lower_case": False})
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "prompts": {"query": QUERY_PREFIX, "passage": PASSAGE_PREFIX},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    kinds = (("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize"))
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (path, kind) in enumerate(kinds)
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "1_Pooling" / "config.json",
        {"word_embedding_dimension": shape.hidden, "pooling_mode_mean_tokens": True, "pooling_mode_cls_token": False},
    )
    (folder / "2_Normalize").mkdir()
