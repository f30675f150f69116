"""Lists in any order, renumbered, corrected, shuffled, with hosts confirmed in between: no place is lost or doubled."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, text
from sqlmodel import Session, SQLModel, select

from models.listed import ListedRow
from models.scope import open_session
from models.tables import Opportunity, Organization, Site
from seed.store import Catalogue
from tests.conftest import ON, add_one
from tests.seed.lists.conftest import HEAD, import_content

LISTS = ("公共施設一覧", "避難所一覧")
PLACES = 5
SHARED_PLACES = (2, 3)
KEPT_FIELDS = ("name", "address", "phone", "status", "title", "contact")


@dataclass
class World:
    """What is so: names, addresses and telephones by place, and the numbers of each list."""

    names: dict[int, str] = field(default_factory=lambda: {one: f"会館{'あいうえお'[one]}" for one in range(PLACES)})
    addresses: dict[int, str] = field(default_factory=lambda: {one: f"水沢桜町{one + 1}" for one in range(PLACES)})
    phones: dict[int, str] = field(default_factory=lambda: {one: f"0197-00-{one:04}" for one in range(PLACES)})
    numbers: dict[str, dict[int, int]] = field(
        default_factory=lambda: {
            LISTS[0]: {one: one + 1 for one in (0, 1, *SHARED_PLACES)},
            LISTS[1]: {one: at + 1 for at, one in enumerate((*SHARED_PLACES, 4))},
        }
    )
    gone: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in LISTS})
    imported: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in LISTS})
    touched: dict[str, set[int]] = field(default_factory=lambda: {name: set() for name in LISTS})
    """Rows that were renumbered or corrected since the last import: one thing at a time finds them again."""

    def rows(self, name: str) -> list[tuple[int, str]]:
        return [
            (one, f"{number},奥州市,{self.names[one]},{self.addresses[one]},{self.phones[one]}")
            for one, number in self.numbers[name].items()
            if one not in self.gone[name]
        ]

    def lists_of(self, place: int) -> list[str]:
        return [name for name in LISTS if place in self.numbers[name]]


def machine_on(engine: Engine) -> type[RuleBasedStateMachine]:
    class ListsInAnyOrder(RuleBasedStateMachine):
        session: Session

        @initialize()
        def begin(self) -> None:
            with engine.begin() as connection:
                for table in reversed(SQLModel.metadata.sorted_tables):
                    connection.execute(text(f'DELETE FROM "{table.name}"'))
            municipality = add_one(engine, "oshu", "03215", "奥州市")
            self.session = open_session(engine, municipality_id=municipality.id)
            self.world = World()
            self.refs: dict[int, str] = {}
            self.confirmed: dict[str, dict[str, Any]] = {}
            self.renamed = 0

        @rule(name=st.sampled_from(LISTS), seed=st.integers(0, 9))
        def import_list(self, name: str, seed: int) -> None:
            rows = self.world.rows(name)
            random.Random(seed).shuffle(rows)
            if not rows:
                return
            content = "\n".join([HEAD, *(row for _, row in rows)]).encode()
            import_content(self.session, content, "list.csv", list_name=name)
            again = import_content(self.session, content, "list.csv", list_name=name)
            assert not again.has_work
            self.world.imported[name] |= {place for place, _ in rows}
            self.world.touched[name] -= {place for place, _ in rows}
            self._same_refs(name)

        def _same_refs(self, name: str) -> None:
            known = {
                (row.number, row.told["site"]["name"]): row.site_ref
                for row in self.session.exec(select(ListedRow)).all()
            }
            for place, row in self.world.rows(name):
                ref = known[row.split(",")[0], self.world.names[place]]
                assert self.refs.setdefault(place, ref) == ref

        @rule(name=st.sampled_from(LISTS), by=st.integers(1, 3))
        def renumber(self, name: str, by: int) -> None:
            if self.world.touched[name]:
                return
            numbers = self.world.numbers[name]
            self.world.numbers[name] = {one: number + by for one, number in numbers.items()}
            self.world.touched[name] = set(numbers)

        @rule(place=st.integers(0, PLACES - 1), what=st.sampled_from(("names", "addresses")))
        def correct(self, place: int, what: str) -> None:
            named = self.world.lists_of(place)
            if any(place in self.world.touched[name] or place not in self.world.imported[name] for name in named):
                return
            self.renamed += 1
            values = getattr(self.world, what)
            values[place] = f"{'新館' if what == 'names' else '江刺北町'}{self.renamed}"
            for name in named:
                self.world.touched[name].add(place)

        @rule(place=st.integers(0, PLACES - 1), number=st.integers(0, 99))
        def another_telephone(self, place: int, number: int) -> None:
            self.world.phones[place] = f"0197-11-{number:04}"

        @rule(name=st.sampled_from(LISTS), place=st.integers(0, PLACES - 1))
        def leave_out_or_take_back(self, name: str, place: int) -> None:
            if place in self.world.numbers[name]:
                self.world.gone[name] ^= {place}

        @precondition(lambda self: self.refs)
        @rule(data=st.data())
        def confirm(self, data: st.DataObject) -> None:
            place = data.draw(st.sampled_from(sorted(self.refs)))
            site = self.session.exec(select(Site).where(Site.ref == self.refs[place])).one()
            host = self.session.get(Organization, site.organization_id)
            entry = self.session.exec(select(Opportunity).where(Opportunity.site_id == site.id)).one()
            assert host is not None
            host.status, host.name, entry.status, entry.title = "open", f"{place}の会", "open", "お茶会"
            entry.verified_on, entry.verification_method = ON, "phone_call"
            self.session.commit()
            self.confirmed[site.ref] = self._said(site.ref)

        def _said(self, site_ref: str) -> dict[str, Any]:
            store = Catalogue.read(self.session)
            site = store.site(site_ref)
            entry = next(
                store.opportunity(ref)
                for ref in store.opportunities
                if store.opportunity(ref).get("site_id") == site_ref
            )
            host = store.organization(site["organization_id"])
            return {
                f"{kind}.{name}": record[name]
                for kind, record in (("site", site), ("opportunity", entry), ("organization", host))
                for name in KEPT_FIELDS
                if name in record
            }

        @invariant()
        def nothing_confirmed_has_changed(self) -> None:
            for ref, before in getattr(self, "confirmed", {}).items():
                now = self._said(ref)
                assert {name: now.get(name) for name in before} == before

        @invariant()
        def no_place_is_lost_or_doubled(self) -> None:
            if not hasattr(self, "world"):
                return
            ever = set().union(*self.world.imported.values())
            assert len(self.session.exec(select(Site.ref)).all()) == len(ever)
            assert len(self.session.exec(select(Opportunity.ref)).all()) == len(ever)
            assert len(set(self.refs.values())) == len(self.refs)

        def teardown(self) -> None:
            if hasattr(self, "session"):
                self.session.close()

    return ListsInAnyOrder


def test_lists_in_any_order_lose_double_and_overwrite_nothing(engine: Engine) -> None:
    run_state_machine_as_test(
        machine_on(engine),
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
