"""`engawa serve` and `engawa jobs`: the two processes."""

from __future__ import annotations

import click

from web.cli.shared import database, now_and_today


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="待ち受けるアドレス。")
@click.option("--port", default=8000, show_default=True, help="待ち受けるポート。")
@click.option("--workers", default=2, show_default=True, help="同時に働くプロセスの数。")
@click.option("--sample", is_flag=True, help="データが空なら、見本の市町村を入れてから始める。")
def serve(host: str, port: int, workers: int, sample: bool) -> None:
    """サービスを始める。"""
    from web.keeping import fill_if_empty, settings_of_this_machine
    from web.server import serve_forever

    settings = settings_of_this_machine()
    engine = database()
    if sample:
        at, on = now_and_today()
        for line in fill_if_empty(engine, at=at, on=on):
            click.echo(line)
    engine.dispose()
    click.echo(f"\nえんがわ  http://{host}:{port}/  （止めるときは Ctrl+C）\n")
    serve_forever(settings, host=host, port=port, workers=workers)


@click.command()
def jobs() -> None:
    """決まった時刻の仕事をする（`engawa serve` がいっしょに始めます）。"""
    from web.clock import SystemClock
    from web.jobs import run_jobs
    from web.keeping import settings_of_this_machine

    run_jobs(settings_of_this_machine(), SystemClock())
