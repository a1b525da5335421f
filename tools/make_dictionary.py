"""Writes the dictionary of common words that the package reads, from jieba's: `python tools/make_dictionary.py`.

The first line is the sum of the counts. Each other line holds the words that begin with one character, in order, each
with how often it was seen. As in jieba, what a longer word begins with is in it too, with the count 0. To be run again
when `MIN_FREQUENCY` or jieba's dictionary changes.
"""

from itertools import groupby
from pathlib import Path

import jieba

from ragpark.zh.words import DICTIONARY, MIN_FREQUENCY

if __name__ == "__main__":
    lines = Path(jieba.__file__).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    read = {word: int(count) for word, count, _ in (line.split() for line in lines)}
    kept = {word: count for word, count in read.items() if len(word) == 1 or count >= MIN_FREQUENCY}
    found = {word[:end]: 0 for word in kept for end in range(1, len(word))} | kept
    grouped = groupby(sorted(found), key=lambda word: word[0])
    written = [" ".join(f"{word} {found[word]}" for word in words) for _, words in grouped]
    DICTIONARY.write_text("\n".join([str(sum(kept.values())), *written, ""]), encoding="utf-8", newline="\n")
