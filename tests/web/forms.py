"""Forms as a browser sends them: every field of the form with what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Form:
    """One form of a page: where its buttons lead, and what its fields hold."""

    address: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)
    """Words of a button → where it sends the form."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._button: str | None = None
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(said.get("action", ""))
            self.forms.append(self._open)
        if self._open is None:
            return
        unticked = said.get("type") == "checkbox" and "checked" not in said
        if tag == "input" and "name" in said and not unticked:
            self._open.fields[said["name"]] = said.get("value", "")
        if tag == "select":
            self._select = said["name"]
        if tag == "option" and self._select and ("selected" in said or self._select not in self._open.fields):
            self._open.fields[self._select] = said.get("value", "")
        if tag == "button":
            self._button, self._words = said.get("formaction", self._open.address), ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "button" and self._open is not None and self._button is not None:
            self._open.buttons[" ".join(self._words.split())] = self._button
            self._button = None
        if tag == "select":
            self._select = None
        if tag == "form":
            self._open = None


def form_with(page: str, words: str) -> tuple[str, dict[str, str]]:
    """(where the button with these words leads, the fields of its form)."""
    reader = _Reader()
    reader.feed(page)
    for form in reader.forms:
        for said, address in form.buttons.items():
            if words in said:
                return address, dict(form.fields)
    raise AssertionError(f"no button {words} among {[list(form.buttons) for form in reader.forms]}")
