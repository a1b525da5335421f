from __future__ import annotations

from ragpark.index.progress import Progress, Reporter


def test_time_left_is_estimated_for_each_stage_from_its_own_pace() -> None:
    times = iter([0.0, 0.1, 2.0, 10.0, 14.0])
    events: list[Progress] = []
    reporter = Reporter(events.append, clock=lambda: next(times))
    reporter.tell("read", 0, 10, "a.txt")
    reporter.tell("read", 1, 10, "b.txt")  # too early to tell
    reporter.tell("read", 4, 10, "e.txt")  # 2 s for 4, so 3 s for the 6 that are left
    reporter.tell("encode", 0, 8)
    reporter.tell("encode", 2, 8)  # 4 s for 2, so 12 s for 6
    assert [event.seconds_left for event in events] == [None, None, 3.0, None, 12.0]
    assert events[0] == Progress("read", 0, 10, "a.txt", None)


def test_without_a_listener_nothing_is_told() -> None:
    Reporter(None).tell("read", 0, 1)
