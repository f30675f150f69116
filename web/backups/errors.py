"""Why a backup cannot be written or read, in one sentence."""

from __future__ import annotations

from web.services.errors import ServiceError


class BackupError(ServiceError):
    """The message is one Japanese sentence that says what to do."""


def no_backup_of_ours(name: str) -> BackupError:
    return BackupError(f"{name} は、このデータベースに戻せるえんがわの控えではありません。何も変えていません。")


HAS_CONTENT = (
    "データベースにはもう市町村が入っています。控えと入れ替えてよければ、いまの分を engawa backup で控えてから、"
    "--replace をつけてください。"
)
IN_USE = "データベースを使っているプログラムがあります。サービスを止めてから、もう一度どうぞ。"
NEWER = "もっと新しい版のえんがわの控えです。新しい版で戻してください。何も変えていません。"
