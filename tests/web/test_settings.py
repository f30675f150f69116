"""What the service needs to be told, what it refuses, and that the README tells all of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from web.settings import Settings, SettingsError

PROJECT = Path(__file__).parents[2]
GOOD = {
    "ENGAWA_ENVIRONMENT": "production",
    "ENGAWA_SECRET_KEY": "Zr3x-8kQm_0uWc5yTqLh7NpVbA2dEsJf",
    "ENGAWA_TRUSTED_PROXIES": "1",
    "ENGAWA_HOSTS": "engawa.example.lg.jp, Zweit.example.jp",
}


def test_production_starts_when_everything_is_told() -> None:
    settings = Settings.from_environment(GOOD)
    assert settings.production
    assert settings.https
    assert settings.trusted_proxies == 1
    assert settings.hosts == ("engawa.example.lg.jp", "zweit.example.jp")


@pytest.mark.parametrize("name", ["ENGAWA_SECRET_KEY", "ENGAWA_TRUSTED_PROXIES", "ENGAWA_HOSTS"])
def test_production_does_not_guess(name: str) -> None:
    for missing in ({}, {name: ""}, {name: " "}):
        given = {key: value for key, value in GOOD.items() if key != name} | missing
        with pytest.raises(SettingsError, match=name):
            Settings.from_environment(given, kept_secret=GOOD["ENGAWA_SECRET_KEY"])


@pytest.mark.parametrize("word", ["Production", "PRODUCTION", " production "])
def test_a_capital_letter_does_not_mean_development(word: str) -> None:
    assert Settings.from_environment(GOOD | {"ENGAWA_ENVIRONMENT": word}).production


@pytest.mark.parametrize("word", ["prod", "本番", "staging", "productoin", "true"])
def test_an_unknown_environment_is_refused(word: str) -> None:
    with pytest.raises(SettingsError, match=r"ENGAWA_ENVIRONMENT.*production.*development"):
        Settings.from_environment(GOOD | {"ENGAWA_ENVIRONMENT": word})


@pytest.mark.parametrize("secret", ["0" * 32, "ab" * 40, "password" * 8, "1234567890" * 4])
def test_a_secret_without_variety_is_refused_in_production(secret: str) -> None:
    for name in ("ENGAWA_SECRET_KEY", "ENGAWA_SECRET_KEY_OLD"):
        with pytest.raises(SettingsError, match=name):
            Settings.from_environment(GOOD | {name: secret})


@pytest.mark.parametrize("host", ["*", "https://engawa.example.jp", "engawa.example.jp:443", "a b", ".", "えんがわ"])
def test_a_host_that_is_no_plain_name_is_refused(host: str) -> None:
    with pytest.raises(SettingsError, match="ENGAWA_HOSTS"):
        Settings.from_environment(GOOD | {"ENGAWA_HOSTS": host})


def test_the_readme_tells_every_variable_that_is_read_and_no_other() -> None:
    read = {
        name
        for path in (PROJECT / "web").rglob("*.py")
        for name in re.findall(r"\"(ENGAWA_[A-Z_]+)\"", path.read_text(encoding="utf-8"))
    }
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `(ENGAWA_[A-Z_]+)` \|", readme, re.MULTILINE))
    assert read == told


def test_the_units_start_commands_that_there_are() -> None:
    from web.cli import main

    for unit in (PROJECT / "web" / "deploy").glob("*.service"):
        text = unit.read_text(encoding="utf-8")
        words = re.findall(r"/engawa (\w+)((?: --[\w-]+)*)", text)
        assert words, unit.name
        for name, _ in words:
            known = {option for parameter in main.commands[name].params for option in parameter.opts}
            assert set(re.findall(r"(--[a-z-]+)", text.partition("ExecStart=")[2].partition("\n")[0])) <= known
        assert "UMask=0077" in text
        assert "User=engawa" in text
