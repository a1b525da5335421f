from __future__ import annotations

import inspect

import pytest

from ragpark import errors
from ragpark.errors import RagparkError

FAMILY = [item for _, item in inspect.getmembers(errors, inspect.isclass) if issubclass(item, Exception)]


@pytest.mark.parametrize("error", FAMILY)
def test_every_error_belongs_to_the_family_and_says_when_it_is_raised(error: type[Exception]) -> None:
    assert issubclass(error, RagparkError)
    assert error.__doc__
    assert str(error("请先运行 ragpark index")) == "请先运行 ragpark index"


def test_the_family_is_no_accident_of_other_errors() -> None:
    assert not issubclass(RagparkError, (OSError, ValueError))
