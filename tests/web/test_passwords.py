"""Which passwords are refused, what is said then, and that good ones pass."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from web.first_start import SAMPLE_PHRASE
from web.services.errors import ServiceError
from web.services.guessable import easy_to_guess
from web.services.passwords import LONGEST, check_password, hashed, make_password, matches

AVOID, NEAR = ("tanaka@minato", "田中はなこ"), ("みなと市", "minato")


def words(lines: str) -> list[str]:
    return lines.split()


COMMON = words("""
password1234 passwordpassword Passw0rd!2026 P@ssw0rd123456 ｐａｓｓｗｏｒｄ１２３４ パスワードパスワード パスワード123456
123456789012 987654321098 111122223333 12341234abcd abcd1234abcd 19800101-1980 20261129-1129
qwertyuiop12 qwerty123456 qwertyuiopas mnbvcxzasdfg 1qaz2wsx3edc zaq12wsxcde3 asdfghjkl;'z
aaaabbbbcccc abcabcabcabc abcdefghijkl ネコネコネコネコネコネコ あいうえおかきくけこさし いろはにほへといろは
welcome12345 letmein12345 administrator1 adminadmin12 iloveyou1234 ilovejapan2026 football2026 sakurasakura
よろしくおねがいします ありがとうございます hanakohanako shiyakusho2026 fukushi-fukushi kaigo-shien-2026
""")
OUR_OWN = words("""
engawaengawa engawa202611 Engawa2026!! engawa2026engawa えんがわえんがわえんがわ エンガワ・エンガワ・エンガワ 縁側えんがわengawa
参加支援参加支援参加支援 参加支援2026年度版 令和八年度参加支援 令和8年11月29日令和 社会福祉協議会2026 重層的支援会議2026
minato2026minato minato-shi-2026 minatominato みなと市みなと市みなと市 みなと市役所2026年度 ミナトミナトミナトミナト
""")
GOOD = [
    "えんがわで 茶をのむ 午後",
    "縁側の 猫と 麦茶と 夕立",
    "夕やけの自転車と青いすいか",
    "kurage-ramune-tsukemono",
    "engawa-no-mikeneko-to-susuki",
    "correct horse battery staple",
    "tsuki-ga-kirei-desune",
    "umeboshi-tanpopo",
    "xK9$vbTq2!mZ",
    "w7-Rk2-pQ9-zT4",
]


def refused(password: str) -> str:
    with pytest.raises(ServiceError) as problem:
        check_password(password, avoid=AVOID, near=NEAR)
    return str(problem.value)


@pytest.mark.parametrize("kind", [COMMON, OUR_OWN], ids=["common", "our own"])
def test_what_a_guesser_tries_first_is_refused(kind: list[str]) -> None:
    passed = [each for each in kind if not easy_to_guess(each, known_words=(*AVOID, *NEAR))]
    assert passed == []


def test_the_sentence_says_what_to_do_instead() -> None:
    said = refused("password1234")
    assert "つながりのない言葉を三つ四つならべると" in said
    assert "password" not in said


def test_the_password_of_the_sample_is_for_the_sample_alone() -> None:
    assert "当てられやすい" in refused(SAMPLE_PHRASE)


@pytest.mark.parametrize("password", GOOD)
def test_words_that_have_nothing_to_do_with_one_another_pass(password: str) -> None:
    check_password(password, avoid=AVOID, near=NEAR)


def test_the_names_of_one_account_do_not_weigh_on_the_next() -> None:
    assert easy_to_guess("susukinosusuki", known_words=("susukino",))
    assert not easy_to_guess("susukino-ramune", known_words=("minato",))
    before = easy_to_guess("tanpopotsubame")
    assert easy_to_guess("tanpopotsubame", known_words=("tanpopo", "tsubame"))
    assert easy_to_guess("tanpopotsubame") is before


def test_many_may_choose_a_password_at_once() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: easy_to_guess("susukinosusuki", known_words=(f"susukino{n}"[:8],)), range(40)))
    assert found == [True] * 40


def test_what_cannot_be_typed_is_refused_and_matches_nothing() -> None:
    for odd in ("\x00", "\ud800", "\n", "\x1b"):
        assert "打ちこめない文字" in refused(f"夕やけの自転車{odd}とすいか")
    kept = hashed("夕やけの自転車と青いすいか")
    assert not matches("\ud800", kept)
    assert not matches("夕やけの自転車と青いすいか\x00", kept)
    assert matches("夕やけの自転車と青いすいか", kept)


def test_a_made_password_is_good_and_never_the_same() -> None:
    made = {make_password() for _ in range(20)}
    assert len(made) == 20
    for password in made:
        assert re.fullmatch(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", password)
        check_password(password, avoid=AVOID, near=NEAR)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=LONGEST + 20), st.text(max_size=30))
def test_any_text_is_judged_with_a_sentence_or_passes(password: str, name: str) -> None:
    said = None
    try:
        check_password(password, avoid=(name,), near=(name,))
    except ServiceError as problem:
        said = str(problem)
    assert matches(password, hashed(password)) if said is None else said.endswith("。")
