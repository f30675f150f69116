"""`engawa`: the command for whoever runs the service. Every command explains itself with --help."""

from __future__ import annotations

import click

from web.cli.accounts import account
from web.cli.answers import export, rank
from web.cli.copies import backup, restore
from web.cli.ending import OneSentence
from web.cli.importing import import_
from web.cli.registers import municipality
from web.cli.running import jobs, serve
from web.private_files import close_what_we_make


@click.group(cls=OneSentence, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def main() -> None:
    """えんがわ：場と人をつなぐ参加支援の道具。"""
    close_what_we_make()


for command in (serve, jobs, backup, restore, import_, export, rank, account, municipality):
    main.add_command(command)
