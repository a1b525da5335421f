from __future__ import annotations

import unicodedata

import numpy as np
from index_fakes import FakeEncoder, Project

from ragpark.config import Settings
from ragpark.index import build_index, open_index
from ragpark.index.pipeline import DefaultPipeline


def test_the_product_s_own_stages_make_an_index(project: Project) -> None:
    project.put("公报.txt", "年度公报\n\n2023年，园区实现营业收入22.89亿元，研发投入占比达5.16%。\n")
    project.put("空.txt", "")
    project.put(unicodedata.normalize("NFD", "café 园.txt"), "咖啡园\n\n园里有三家咖啡馆。\n")  # as some disks spell it
    encoder = FakeEncoder()
    report = build_index(project.settings, encoder=encoder)
    assert [path for path, _ in report.failed] == ["空.txt"]
    index = open_index(project.settings)
    for chunk in index.chunks:
        assert index.documents[chunk.doc].text[chunk.start : chunk.end] == chunk.text
    tokens = DefaultPipeline(project.settings).tokens("研发投入占比")
    best = int(index.lexical.scores(tokens).argmax())
    assert index.chunks[best].doc == "公报.txt"
    sentence = encoder.encode_query("园里有三家咖啡馆。")
    best = int(index.fine.best(sentence, np.arange(len(index.chunks))).argmax())
    assert index.chunks[best].text.endswith("园里有三家咖啡馆。")
    assert build_index(project.settings, encoder=encoder).unchanged == 4


def test_versions_are_stable_from_one_run_to_the_next() -> None:
    first, second = DefaultPipeline(Settings()), DefaultPipeline(Settings())
    assert first.ingest_version == second.ingest_version
    assert first.segmenter_fingerprint == second.segmenter_fingerprint
