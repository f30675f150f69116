"""Which passwords would be guessed first: an offline list and an estimate (zxcvbn), with words that are near at hand here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

# A guesser has about a dozen tries an hour (see `throttling`): ten millions are ninety years, and each try at a stolen
# database costs a good part of a second.
FEWEST_GUESSES = 10**7
# Beyond this zxcvbn refuses, and what it has seen by then is enough.
LOOKED_AT = 72
NEAR = "near at hand"
NEAR_GUESSES, YEAR_GUESSES, DAY_GUESSES, GUESSES_OF_A_SIGN = 30.0, 50.0, 366.0, 10.0

# Words that come to mind in this house, and Japanese ones that zxcvbn's English lists do not know; the folded form.
NEAR_AT_HAND = """
engawa えんがわ 縁側 hinata engawanohinata 参加支援 sankashien 参加 sanka 支援 しえん shien 重層 juusou jusou
重層的支援 地域福祉 地域 chiiki 福祉 fukushi 社会福祉 社協 社会福祉協議会 shakyo 包括 houkatsu 相談 soudan
相談支援 居場所 ibasho 通いの場 見守り 介護 kaigo 生活 seikatsu 民生委員 コーディネーター coordinator
こーでぃねーたー 担当 tantou tantosha 担当者 役場 yakuba 市役所 shiyakusho 町役場 村役場 役所 yakusho 課 kyoku
事務局 jimukyoku 職員 shokuin 業務 gyoumu 管理 管理者 kanri kanrisha admin 共有 kyouyuu kyoyu 見本 mihon sample
test てすと demo guest gest user login ぱすわーど pasuwaado pasuwado pass passwd password あんしょう 暗証番号
合言葉 aikotoba 秘密 himitsu 令和 reiwa 平成 heisei 昭和 showa 年度 nendo 市 町 村 県 shi cho machi mura ken
日本 nihon nippon japan にほん 東京 tokyo 大阪 osaka さくら sakura 桜 ふじさん 富士山 fujisan ありがとう
arigatou arigato こんにちは konnichiwa おはよう ohayou ohayo こんばんは よろしく yoroshiku ございます です ます
おねがいします お願いします onegaishimasu ようこそ youkoso だいすき daisuki 大好き あいしてる aishiteru がんばる
ganbaru がんばろう ganbarou かぞく kazoku 家族 ねこ neko いぬ inu たろう tarou taro はなこ hanako じろう jirou
あいうえお かきくけこ さしすせそ たちつてと なにぬねの はひふへほ まみむめも らりるれろ いろはにほへと
ちりぬるを aiueo kakikukeko いちにさん ichinisan
"""


def easy_to_guess(password: str, *, known_words: Iterable[str] = ()) -> bool:
    """Whether a guesser would come to it soon. `known_words` are what everybody knows of whoever it belongs to."""
    # Half a second and some megabytes of word lists, for the moment somebody chooses a password.
    from zxcvbn.matching import RANKED_DICTIONARIES, build_ranked_dict, omnimatch

    words = [*NEAR_AT_HAND.split(), *(part for word in known_words for part in _parts(word))]
    # Not through zxcvbn(): it keeps the words it is given for everybody who comes after (dwolfhub/zxcvbn-python#84).
    dictionaries = {**RANKED_DICTIONARIES, NEAR: build_ranked_dict([fold(word) for word in words])}
    plain = fold(password)[:LOOKED_AT]
    return any(_fewest_guesses(text, omnimatch(text, dictionaries)) < FEWEST_GUESSES for text in {plain, _bare(plain)})


def _fewest_guesses(text: str, pieces: Iterable[dict[str, Any]]) -> float:
    """The cheapest way to put the text together from pieces a guesser knows and single signs.

    Not zxcvbn's own sum: it adds ten thousand for every further piece, so that three words of any kind would do.
    """
    ending: dict[int, list[dict[str, Any]]] = {}
    for piece in pieces:
        ending.setdefault(piece["j"] + 1, []).append(piece)
    fewest = [1.0]
    for end in range(1, len(text) + 1):
        ways = [fewest[end - 1] * GUESSES_OF_A_SIGN]
        ways += [fewest[piece["i"]] * _guesses(piece, text) for piece in ending.get(end, ())]
        fewest.append(min(ways))
    return fewest[-1]


def fold(text: str) -> str:
    """Width, case and kana do not make a word harder to guess."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(each) - 0x60) if "ァ" <= each <= "ヶ" else each for each in folded)


def _parts(word: str) -> list[str]:
    """みなと市 is also みなと; hanako@minato is hanako and minato."""
    whole = fold(word)
    pieces = [piece for piece in re.split(r"[\W_]+", whole) if len(piece) > 1]
    return [whole, *pieces, *(piece[:-1] for piece in pieces if piece[-1] in "都道府県市区町村")]


def _bare(text: str) -> str:
    """Separators between words, and the signs of a date, add next to nothing."""
    return re.sub(r"[\W_]+|(?<=[\d元一二三四五六七八九十])(年度?|月|日)", "", text)


def _guesses(piece: dict[str, Any], text: str) -> float:
    """Of one piece."""
    from zxcvbn.scoring import estimate_guesses

    guesses = float(estimate_guesses(piece, text))
    if piece.get("dictionary_name") == NEAR:
        return min(guesses, NEAR_GUESSES)
    if re.fullmatch(r"(19|20)\d\d", piece["token"]):
        return min(guesses, YEAR_GUESSES)
    return min(guesses, DAY_GUESSES) if piece["pattern"] == "date" and len(piece["token"]) <= 5 else guesses
