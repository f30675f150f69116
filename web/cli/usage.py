"""What is told to whoever types a command wrongly: what is wrong, and how it would be right."""

from __future__ import annotations

import re

import click

_QUOTED = re.compile(r"""(['"])(.*?)\1 (?:is|does) """, re.DOTALL)
_EXTRA = re.compile(r"\((.*)\)", re.DOTALL)
OF_PATHS = (
    ("does not exist", "「{value}」というファイルがありません。場所と名前を確かめてください。"),
    ("is a directory", "「{value}」はフォルダです。ファイルを選んでください。"),
    ("is a file", "「{value}」はファイルです。フォルダを選んでください。"),
    ("is not readable", "「{value}」を読む権限がありません。"),
    ("is not writable", "「{value}」に書く権限がありません。"),
)


class MistypedError(click.ClickException):
    """One sentence, and where the right way stands."""

    exit_code = 2


def mistyped(problem: click.UsageError) -> MistypedError:
    """The same in Japanese. Words of our own commands stay as they are."""
    told = problem.message if _is_ours(problem.message) else _sentence(problem)
    path = problem.ctx.command_path if problem.ctx is not None else "engawa"
    return MistypedError(f"{told}使い方は {path} --help で出ます。")


def _is_ours(message: str) -> bool:
    return not message.isascii() and message.endswith("。")


def _sentence(problem: click.UsageError) -> str:
    if isinstance(problem, click.NoSuchOption):
        return f"「{problem.option_name}」という指定はありません。{_meant(problem.possibilities)}"
    if isinstance(problem, click.exceptions.NoSuchCommand):
        return f"「{problem.command_name}」というコマンドはありません。{_meant(problem.possibilities)}"
    if isinstance(problem, click.MissingParameter):
        return f"{_name(problem)} がありません。書き足してください。"
    if isinstance(problem, click.BadParameter):
        return _of_value(problem)
    if isinstance(problem, click.BadOptionUsage):
        if "does not take" in problem.message:
            return f"{problem.option_name} には値をつけません。"
        return f"{problem.option_name} のあとに値がありません。書き足してください。"
    extra = _EXTRA.search(problem.message)
    return f"「{extra[1]}」が余分です。" if extra else "書き方がちがいます。"


def _meant(possibilities: list[str] | None) -> str:
    return f"{'・'.join(sorted(possibilities))} のことですか。" if possibilities else ""


def _name(problem: click.BadParameter) -> str:
    if problem.param is None:
        return "必要なもの"
    return (
        problem.param.opts[0] if isinstance(problem.param, click.Option) else problem.param.make_metavar(_ctx(problem))
    )


def _ctx(problem: click.BadParameter) -> click.Context:
    assert problem.ctx is not None
    return problem.ctx


def _of_value(problem: click.BadParameter) -> str:
    quoted = _QUOTED.search(problem.message)
    value, kind = quoted[2] if quoted else "", getattr(problem.param, "type", None)
    if isinstance(kind, click.Path | click.File):
        found = next((told for words, told in OF_PATHS if words in problem.message), "「{value}」を開けません。")
        return found.format(value=value)
    what = f"{_name(problem)} の「{value}」" if value else f"{_name(problem)} の値"
    if isinstance(kind, click.Choice):
        return f"{what}は使えません。{'・'.join(map(str, kind.choices))} のどれかにしてください。"
    if isinstance(kind, click.DateTime):
        return f"{what}は日付として読めません。2026-12-01 のように書いてください。"
    if isinstance(kind, type(click.INT) | type(click.FLOAT)):
        return f"{what}は数ではないか、大きさが合いません。"
    return f"{what}の書き方がちがいます。"
