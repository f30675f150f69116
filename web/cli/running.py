"""`engawa serve` and `engawa jobs`: the two processes."""

from __future__ import annotations

import socket

import click

from web.cli.shared import database, now_and_today


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス。")
@click.option("--port", default=8000, show_default=True, help="待ち受けるポート。")
@click.option("--workers", default=2, show_default=True, help="同時に働くプロセスの数。")
@click.option("--sample", is_flag=True, help="データが空なら、見本の市町村を入れてから始める。")
@click.option("--no-jobs", "alone", is_flag=True, help="決まった時刻の仕事（engawa jobs）を、いっしょに始めない。")
def serve(host: str, port: int, workers: int, sample: bool, alone: bool) -> None:
    """サービスを始める。"""
    from web.first_start import close_what_is_kept, fill_if_empty, refuse_sample_in_production, settings_of_this_machine
    from web.server import serve_forever

    settings = settings_of_this_machine()
    if sample and settings.production:
        raise click.ClickException("本番（ENGAWA_ENVIRONMENT=production）では、見本（--sample）を入れられません。")
    _refuse_taken_port(host, port)
    engine = database()
    close_what_is_kept(settings, click.echo)
    refuse_sample_in_production(engine, settings)
    if sample:
        at, on = now_and_today()
        for line in fill_if_empty(engine, at=at, on=on):
            click.echo(line)
    engine.dispose()
    click.echo(f"\nえんがわ  http://{host}:{port}/  （止めるときは Ctrl+C）\n")
    serve_forever(settings, host=host, port=port, workers=workers, with_jobs=not alone)


def _refuse_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family):
            pass
    except (OSError, OverflowError) as problem:
        raise click.ClickException(
            f"{host} の {port} 番で待ち受けられません。もう動いているか、使えない番号です。--port で別の番号にしてください。"
        ) from problem


@click.command()
@click.option("--beside", type=int, hidden=True, help="The web process that started this one; it ends with it.")
def jobs(beside: int | None) -> None:
    """決まった時刻の仕事をする（`engawa serve` がいっしょに始めます）。"""
    from web.clock import SystemClock
    from web.first_start import settings_of_this_machine
    from web.jobs import run_jobs

    # Started by itself it may be the first: the tables are there, or somebody else is just making them.
    database().dispose()
    run_jobs(settings_of_this_machine(), SystemClock(), beside=beside)
