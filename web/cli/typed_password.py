"""A password for a command: typed twice, read from standard input, or made; never an argument, which everybody on the machine can read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])
LONGEST_LINE = 1000


def password_options(command: Command) -> Command:
    """The ways to give a password, as `from_stdin` and `make`."""
    for option in (
        click.option("--make-password", "make", is_flag=True, help="パスワードを作って、一度だけ表示する。"),
        click.option("--password-stdin", "from_stdin", is_flag=True, help="パスワードを標準入力の一行から読む。"),
        click.option(
            "--password", hidden=True, expose_value=False, is_flag=False, flag_value="", callback=_not_as_an_argument
        ),
    ):
        command = option(command)
    return command


def password_given(*, from_stdin: bool, make: bool) -> str:
    """The password by the way that was chosen; asked for twice, hidden, when none was."""
    from web.services.passwords import make_password

    if from_stdin and make:
        raise click.UsageError("--password-stdin と --make-password は、どちらか一つにしてください。")
    if make:
        return make_password()
    if from_stdin:
        return sys.stdin.readline(LONGEST_LINE).rstrip("\r\n")
    typed: str = click.prompt("パスワード（12文字以上）", hide_input=True, confirmation_prompt="もう一度")
    return typed


def tell_password(password: str, *, make: bool) -> None:
    """A password that was made is shown once; nobody can look it up later."""
    if make:
        click.echo(
            f"パスワード：{password}\nあとからは見られません。本人に渡し、「自分の設定」で変えてもらってください。"
        )


def _not_as_an_argument(_: click.Context, __: click.Parameter, value: str | None) -> None:
    if value is not None:
        raise click.UsageError(
            "パスワードはコマンドの行に書けません（同じ機械を使う人に見え、履歴にも残ります）。"
            "何も付けずに尋ねられたときに入れるか、--password-stdin か --make-password を使ってください。"
        )
