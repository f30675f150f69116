"""What somebody built on an import: rows that are no longer as it left them, and rows that refer to what it made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select

from models.base import Record
from models.listed import Suggestion
from models.participant import Assessment
from models.touched import Touched

AT_ONCE = 400
KIND_WORDS = {
    "organization": "団体",
    "site": "場所",
    "opportunity": "活動",
    "slot": "活動",
    "participant": "本人",
    "assessment": "本人",
    "consent": "本人",
    "placement": "本人",
    "household_member": "本人",
    "household": "世帯",
    "district": "地区",
    "municipality": "市町村の暦",
    "facility_list": "施設の一覧",
    "listed_row": "施設の一覧の行",
    "suggestion": "一覧との違い",
}
USE_WORDS = {
    "proposal": "提案",
    "proposal_round": "提案",
    "placement": "本人の参加の記録",
    "consent": "本人の同意",
    "household_member": "世帯の記録",
    "assessment": "あとからの見立て",
    "participant": "本人の記録",
    "site": "場所の記録",
    "opportunity": "活動の記録",
    "slot": "活動の時間",
    "listed_row": "施設の一覧",
    "suggestion": "一覧との違い",
}
MOVED_WORDS = {
    "suggestion": "をどうするかが決められた",
    "facility_list": "の新しい版が取り込まれた",
    "listed_row": "が新しい版で読み直された",
}
"""What has happened to a row, where 「が直された」 would not say it."""
OWNERS = {
    "slot": "opportunity",
    **dict.fromkeys(("assessment", "consent", "placement", "household_member"), "participant"),
}
TITLES = ("title", "display_name", "name")
BY_FILE_ID: Mapping[str, tuple[str, ...]] = {
    "organization_ref": ("organization",),
    "site_ref": ("site",),
    "opportunity_ref": ("opportunity",),
    "member_ref": ("participant",),
    "target_ref": ("organization", "site", "opportunity"),
}
"""References that are kept by the ids of files, by the names of their columns: no foreign key knows of them."""
NAMED_BY_FILES = tuple(sorted({table for tables in BY_FILE_ID.values() for table in tables}))


@dataclass(frozen=True)
class Use:
    """One reference by the id of a file: which row and column of `using` says which `ref` of `table`."""

    using: str
    key: UUID
    column: str
    table: str
    ref: str


@dataclass(frozen=True)
class Standing:
    """The touched rows as they are now, by table and key."""

    rows: Mapping[tuple[str, UUID], Any]
    touched: Mapping[tuple[str, UUID], Touched]

    def made(self, table: str) -> dict[UUID, Any]:
        return {key: self.rows[name, key] for (name, key), one in self.touched.items() if name == table and one.made}


def what_stands_in_the_way(session: Session, touched: Sequence[Touched]) -> str:
    """One sentence that names the first of what was built on it, and how many more there are; '' where nothing is."""
    now = look(session, touched)
    # What is missing says all; without it nothing else can be looked up.
    found = list(dict.fromkeys(_moved(session, now))) or list(dict.fromkeys(_used(session, now)))
    if not found:
        return ""
    more = f"（ほかに{len(found) - 1}件）" if len(found) > 1 else ""
    return f"この取り込みのあとで、{found[0]}{more}ので、取り消せません。"


def model_of(table: str) -> type[Any]:
    found: type[Any] = next(
        mapper.class_ for mapper in Record._sa_registry.mappers if mapper.class_.__tablename__ == table
    )
    return found


def look(session: Session, touched: Sequence[Touched]) -> Standing:
    keys: dict[str, list[UUID]] = {}
    for one in touched:
        keys.setdefault(one.table, []).append(one.key)
    rows: dict[tuple[str, UUID], Any] = {}
    for table, wanted in keys.items():
        model = model_of(table)
        for some in _portions(wanted):
            for row in session.exec(select(model).where(col(model.id).in_(some))).all():
                rows[table, row.id] = row
    return Standing(rows, {(one.table, one.key): one for one in touched})


def _portions(wanted: Iterable[Any]) -> Iterator[list[Any]]:
    """No statement takes any number of parameters."""
    every = list(wanted)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]


def _moved(session: Session, now: Standing) -> Iterator[str]:
    """Rows that are not as the import left them."""
    for (table, key), one in now.touched.items():
        row = now.rows.get((table, key))
        if one.gone:
            if row is not None:
                yield f"{_named(session, table, row)}が直された"
        elif one.untouched:
            continue
        elif row is None:
            yield f"{_owner_named(session, one)}が直された"
        elif not one.still_so(row):
            yield f"{_named(session, table, row)}{MOVED_WORDS.get(table, 'が直された')}"


def _used(session: Session, now: Standing) -> Iterator[str]:
    """Rows of others that refer to what the import made."""
    for table in {one.table for one in now.touched.values() if one.made}:
        made = now.made(table)
        for model, name in _references(table):
            using = _table(model)
            column = getattr(model, name)
            for some in _portions(made):
                for key, target in session.exec(select(model.id, column).where(col(column).in_(some))).all():
                    if not _leaves_too(now, using, key, name):
                        yield f"{_named(session, table, made[target])}が{USE_WORDS.get(using, '別の記録')}に使われた"
    made_refs = {table: {row.ref: row for row in now.made(table).values()} for table in NAMED_BY_FILES}
    for use in used_by_file_id(session, made_refs):
        if not _leaves_too(now, use.using, use.key, use.column):
            named = _named(session, use.table, made_refs[use.table][use.ref])
            yield f"{named}が{USE_WORDS.get(use.using, '別の記録')}に使われた"
    yield from _judged_since(session, now)


def _judged_since(session: Session, now: Standing) -> Iterator[str]:
    """A newer version of an assessment was written over what the import said."""
    made = {row.participant_id: row for row in now.made("assessment").values()}
    for some in _portions(made):
        for row in session.exec(select(Assessment).where(col(Assessment.participant_id).in_(some))).all():
            if row.version > made[row.participant_id].version:
                yield f"{_named(session, 'assessment', row)}が直された"


def _leaves_too(now: Standing, table: str, key: UUID, name: str) -> bool:
    """Whether the import itself wrote the reference, so that it goes with it, or found it there: it named what was not
    there yet, and will again."""
    one = now.touched.get((table, key))
    return one is not None and (one.before is None or name in one.before or one.untouched)


def _references(table: str) -> Iterator[tuple[type[Any], str]]:
    for other in SQLModel.metadata.tables.values():
        for column in other.columns:
            if any(key.column.table.name == table for key in column.foreign_keys):
                yield model_of(other.name), column.name


def used_by_file_id(session: Session, refs: Mapping[str, Iterable[str]]) -> Iterator[Use]:
    """Rows that refer to one of these, `refs` being the ids of files by table."""
    for model, name, table in _references_by_file_id():
        column = getattr(model, name)
        for some in _portions(refs.get(table, ())):
            asked = select(model.id, column).where(col(column).in_(some))
            if name == "target_ref":
                asked = asked.where(col(model.kind) == table)
            for key, ref in session.exec(asked).all():
                yield Use(_table(model), key, name, table, ref)


def _references_by_file_id() -> Iterator[tuple[type[Any], str, str]]:
    for other in SQLModel.metadata.tables.values():
        for column in other.columns:
            for table in BY_FILE_ID.get(column.name, ()):
                yield model_of(other.name), column.name, table


def _table(model: type[Any]) -> str:
    return str(model.__tablename__)


def _named(session: Session, table: str, row: Any) -> str:
    """As a coordinator would call it: a slot by its activity, a consent by its person."""
    owner = OWNERS.get(table)
    if owner is not None:
        row = session.get(model_of(owner), getattr(row, f"{owner}_id"))
    if isinstance(row, Suggestion):
        return f"{_target_named(session, row)}の{KIND_WORDS[table]}"
    title = next((getattr(row, name) for name in TITLES if getattr(row, name, None)), "")
    kind = KIND_WORDS.get(table, "記録")
    return kind if table == "municipality" or not title else f"{kind}「{title}」"


def _target_named(session: Session, one: Suggestion) -> str:
    """The entry that a list says something else about."""
    model = model_of(one.kind)
    row = session.exec(select(model).where(model.ref == one.target_ref)).first()
    return KIND_WORDS[one.kind] if row is None else _named(session, one.kind, row)


def _owner_named(session: Session, one: Touched) -> str:
    """Of a row that is not there any more only its kind is known, unless what it was names its owner."""
    owner = OWNERS.get(one.table)
    key = (one.before or {}).get(f"{owner}_id")
    found = session.get(model_of(owner), key) if owner and key else None
    title = next((getattr(found, name) for name in TITLES if getattr(found, name, None)), "") if found else ""
    kind = KIND_WORDS.get(one.table, "記録")
    return f"{kind}「{title}」" if title else f"ここで入った{kind}"
