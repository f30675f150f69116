"""What a person reads when something is refused or fails: words alone, which every answer may use."""

from __future__ import annotations

from dataclasses import dataclass

from models.failures import Failure


@dataclass(frozen=True)
class Explanation:
    """What a person reads: a title, what happened, and what to do."""

    title: str
    what: str
    to_do: str


# {lead} and {office} become the municipality's own words.
EXPLANATIONS = {
    400: Explanation(
        "受け取れませんでした",
        "送られた内容が、こちらで読める形になっていませんでした。",
        "前のページに戻って、もう一度お試しください。",
    ),
    403: Explanation(
        "このページは開けません",
        "あなたの役割では、このページを使えないことになっています。",
        "仕事に必要なときは、{lead}か{office}に相談してください。",
    ),
    404: Explanation(
        "見つかりません",
        "このページはないか、ほかの市町村のものです。",
        "アドレスを確かめるか、一覧から探してください。",
    ),
    405: Explanation(
        "この開き方はできません",
        "このアドレスは、ボタンを押したときにだけ使うものです。",
        "前のページに戻って、ボタンから進んでください。",
    ),
    413: Explanation(
        "ファイルが大きすぎます",
        "一度に受け取れる大きさをこえています。",
        "行を分けて、いくつかのファイルにしてから取り込んでください。",
    ),
    429: Explanation(
        "少し待ってください",
        "短いあいだに何度も続けて送られました。",
        "しばらく待ってから、もう一度お試しください。",
    ),
    500: Explanation(
        "こちらの不具合です",
        "あなたの操作のせいではありません。保存できた分は、そのまま残っています。",
        "少し待ってからもう一度お試しください。続くときは、時刻と何をしていたかを{office}に伝えてください。",
    ),
}

ALREADY_DONE = Explanation(
    "もう済んでいました",
    "同じことを、ほかの人か別の画面が先に済ませていました。二重には記録していません。",
    "前のページに戻り、読み込み直して、いまの内容を確かめてください。",
)

# Status, what to say, and after how many seconds another try makes sense.
FAILURES = {
    Failure.AWAY: (
        503,
        Explanation(
            "いま、記録を開けません",
            "記録をしまっているデータベースにつながりません。あなたの操作のせいではありません。",
            "1分ほど待って、もう一度お試しください。送ったものが残ったかどうかは、つながってから確かめてください。"
            "続くときは、時刻を{office}に伝えてください。",
        ),
        30,
    ),
    Failure.BUSY: (
        503,
        Explanation(
            "いま、ほかの人が書き込んでいます",
            "順番を待ちましたが、空きませんでした。送ったものは、まだ記録していません。",
            "少し待ってから、前のページに戻ってもう一度送ってください。",
        ),
        5,
    ),
    Failure.FULL: (
        507,
        Explanation(
            "保存する場所がいっぱいです",
            "記録をしまう場所（ディスク）に空きがなく、送ったものは記録していません。前からある記録は、そのままです。",
            "何度送っても入りません。時刻とこの文を、{office}にすぐ伝えてください。空きができたら、もう一度送ってください。",
        ),
        600,
    ),
    Failure.CLASH: (409, ALREADY_DONE, None),
}

STALE_FORM = Explanation(
    "画面が古くなっていました",
    "開いてから時間がたったか、別の画面でサインインし直したため、送信を止めました。何も変わっていません。",
    "前のページに戻り、読み込み直してから、もう一度送ってください。",
)

ADDRESS_DIFFERS = Explanation(
    "送られた元のアドレスを確かめられませんでした",
    "開いている画面のアドレスと、えんがわに届いたアドレスがちがうため、送信を止めました。何も変わっていません。",
    "教わったアドレスで開き直してください。続くときは、このことを{office}に伝えてください（えんがわの前のサーバーの設定で直ります）。",
)
NOT_OVER_HTTPS = Explanation(
    "https:// で開いてください",
    "暗号化されていないアドレス（http://）で開いたため、送信を止めました。何も変わっていません。",
    "アドレスの初めを https:// にして、開き直してください。続くときは、このことを{office}に伝えてください。",
)
