"""What every command of the command line is made with: the app and its Chinese help, options, and output. No command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from typer._coercion import build_runtime_param
from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from rich.console import Console

    from ragpark.config import Settings
    from ragpark.engine import Engine

_F = TypeVar("_F", bound=Callable[..., object])

FLAG = " "  # in place of typer's `<bool>`


class _AsGiven:
    """Converts one value as typer does, but text and paths without pydantic: to import it takes 0.1 s of every start."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        kind = param.type_descriptor.annotation
        if value is None or (isinstance(kind, type) and isinstance(value, kind)):
            return value
        if kind is Path:
            return Path(value)
        return build_runtime_param(param.type_descriptor).coerce(value, param=param, ctx=ctx)


class _ChineseHelp:
    """Says in Chinese what typer's help says in English, where it lets us."""

    def get_params(self, ctx: Any) -> Any:
        parameters = super().get_params(ctx)  # type: ignore[misc]
        for parameter in parameters:
            parameter._runtime_param = _AsGiven()
        return parameters

    def get_usage(self, ctx: Any) -> str:
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", "用法：", 1)

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help, option.rich_help_panel, option.metavar = "显示这段说明", "选项", FLAG
        return option


class _Group(_ChineseHelp, TyperGroup):
    pass


class _Command(_ChineseHelp, TyperCommand):
    pass


class WrongArguments(typer.BadParameter):
    """Arguments that typer lets pass; the message is Chinese."""


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    options_metavar="[选项]",
    subcommand_metavar="命令 …",
    rich_markup_mode="rich",
)


def option(*names: str, text: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, show_default=False, rich_help_panel="选项", **more)


def argument(name: str, text: str) -> Any:
    return typer.Argument(metavar=name, help=text, show_default=False, rich_help_panel="参数")


def command(name: str) -> Callable[[_F], _F]:
    return app.command(name, cls=_Command, options_metavar="[选项]", rich_help_panel="命令")


Question = Annotated[str, argument("QUESTION", "问题，例如：2023年园区R&D占比")]
DocsOption = Annotated[Path | None, option("--docs", text="文档文件夹，默认 docs_raw", metavar="DIR")]
IndexOption = Annotated[Path | None, option("--index", text="索引文件夹，默认 index", metavar="DIR")]
YearOption = Annotated[int | None, option("--year", text="只看这一年的内容", min=1, max=9999, metavar="YEAR")]
DocOption = Annotated[str | None, option("--doc", text="只看这些文档，可用通配符，例如 '2023/*.txt'", metavar="GLOB")]
YearsOption = Annotated[str | None, option("--years", text="只看这些年份的内容，例如 2020-2023", metavar="FROM-TO")]
SectionOption = Annotated[str | None, option("--section", text="只看标题里含这些字的章节", metavar="TEXT")]
JsonOption = Annotated[bool, option("--json", text="在标准输出上给出一个 JSON 对象", metavar=FLAG)]


def usage_text(error: typer.TyperException) -> str:
    """Say in Chinese what is wrong with the arguments; typer itself speaks English."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "ragpark"
    parameter = getattr(error, "param", None)
    names = ""
    if parameter is not None:
        names = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[-1]
    kind = type(error).__name__
    if isinstance(error, WrongArguments):
        text = error.message
    elif kind == "NoSuchOption":
        text = f"没有选项 {getattr(error, 'option_name', '')}"
    elif kind == "MissingParameter":
        text = f"缺少参数 {names}"
    elif kind == "BadParameter":
        text = f"参数 {names} 的值不对"
    elif kind == "BadOptionUsage":
        text = f"选项 {getattr(error, 'option_name', '')} 用得不对，多半是缺少它的值"
    else:
        text = "没有这个命令，或参数的个数不对"
    return f"{text}；查看用法：{command} --help"


def make_settings(**given: Any) -> Settings:
    from ragpark.config import load_settings

    return load_settings(**given)


def make_engine(settings: Settings) -> Engine:
    from ragpark.engine import Engine

    return Engine(settings)


def console(*, stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, soft_wrap=True)


@contextmanager
def results_only() -> Iterator[None]:
    """Keep stdout for results: what a library prints meanwhile goes to stderr."""
    with redirect_stdout(sys.stderr):
        yield


def emit(value: Mapping[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, allow_nan=False) + "\n")


def note(text: str) -> None:
    sys.stderr.write(" ".join(text.split()) + "\n")


def fail(text: str, code: int) -> int:
    note(f"错误：{text}")
    return code


def given_filter(year: int | None, doc: str | None, years: str | None, section: str | None) -> dict[str, Any]:
    """Return the filter as the engine takes it; `years` is read here, so that a wrong one counts as an argument."""
    from ragpark.errors import FilterError
    from ragpark.retrieve.filters import parse_years

    given: dict[str, Any] = {"year": year, "doc": doc}
    if years is not None:
        try:
            given["years"] = parse_years(years)
        except FilterError as error:
            raise WrongArguments(str(error)) from error
    if section is not None:
        given["section"] = section
    return given
