"""How Japanese place names are compared: one spelling for the many ways an address is typed.

「三丁目」「3丁目」「３丁目」, 「鶴ケ谷」「鶴が谷」「鶴ヶ谷」, 「木ノ下」「木の下」「木之下」 and 「澤」「沢」 are the same place to
a postman, so they are the same text here. Folded text is only compared, never shown.
"""

from __future__ import annotations

import re
import unicodedata

# fmt: off
PREFECTURES: tuple[str, ...] = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
    "東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
    "滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
    "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
)
# fmt: on

# The right-hand sign stands for all signs before it.
_SAME = (
    "ヶヵがガケ のノ之乃ノ っつッツ 澤沢 濱浜 嶋嶌島 舘館 髙高 﨑埼碕崎 檜桧 淵渕 惠恵 廣広 瀧滝 邊邉辺 齋齊斎斉 龍竜 "
    "國国 櫻桜 眞真 圓円 條条 澁渋 萬万 壽寿 榮栄 藪薮 檮梼 籠篭 鷄鶏 埜野 冨富 曾曽 藏蔵 縣県 會会 豐豊 巖岩 ‐‑‒–—―−-"
)
_FOLDS = str.maketrans({sign: group[-1] for group in _SAME.split() for sign in group[:-1]})

_KANJI_DIGITS = "〇一二三四五六七八九"
_CHOME = re.compile(r"(?:([1-9]\d?)|([二三四五六七八九]?十[一二三四五六七八九]?)|([一二三四五六七八九]))丁目")
_LONG_MARK_IN_LOT = re.compile(r"(?<=\d)ー(?=\d)")
_POSTAL_CODE = re.compile(r"^(?:〒\s*\d{3}-?\d{4}|\d{3}-?\d{4}(?!\d|-))")


def _number(found: re.Match[str]) -> str:
    arabic, tens, ones = found.groups()
    if arabic:
        return f"{arabic}丁目"
    if ones:
        return f"{_KANJI_DIGITS.index(ones)}丁目"
    before, after = tens.split("十")
    return f"{(_KANJI_DIGITS.index(before) if before else 1) * 10 + (_KANJI_DIGITS.index(after) if after else 0)}丁目"


def fold(text: str) -> str:
    """The spelling that is compared. Idempotent; keeps spaces, drops 大字 and 小字 (a lone 字 may belong to a name)."""
    plain = unicodedata.normalize("NFKC", text).translate(_FOLDS)
    plain = _LONG_MARK_IN_LOT.sub("-", plain)
    while "大字" in plain or "小字" in plain:
        plain = plain.replace("大字", "").replace("小字", "")
    return _CHOME.sub(_number, plain)


def without_postal_code(folded: str) -> str:
    """Drop a leading 〒 and postal code."""
    return _POSTAL_CODE.sub("", folded.strip(), count=1).removeprefix("〒").lstrip(" ,、")


def split_prefecture(text: str) -> tuple[str, str]:
    """(prefecture or "", rest) of an address or a municipality's full name."""
    for prefecture in PREFECTURES:
        if text.startswith(prefecture):
            return prefecture, text[len(prefecture) :]
    return "", text


def without_county(municipality: str) -> str:
    """勇払郡厚真町 → 厚真町. Only towns and villages lie in a 郡: 郡山市 and 蒲郡市 stay as they are."""
    found = re.fullmatch(r".+?郡(.+[町村])", municipality)
    return found.group(1) if found else municipality


def split_ward(municipality: str) -> tuple[str, str]:
    """(city, ward) of a ward of a designated city, 仙台市青葉区 → (仙台市, 青葉区); else ("", municipality)."""
    found = re.fullmatch(r"(.+?市)(.+区)", municipality)
    return (found.group(1), found.group(2)) if found else ("", municipality)


def is_municipality(name: str) -> bool:
    """Whether the text reads like the name of a municipality."""
    return re.fullmatch(r"[^\s0-9A-Za-z_]{1,12}[市区町村]", name) is not None
