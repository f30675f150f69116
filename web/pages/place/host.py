"""The host (受け入れ先) before somebody telephones: how they are, how to reach them and when, who keeps the relation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matching.pool.host_available_from import DEFAULT_MONTHLY_LIMIT
from matching.vocabulary import ENUMS, VOCABULARIES
from models.opportunity import Opportunity
from models.organization import Organization
from models.places import Place
from models.site import Site
from models.snapshots import stale_after_days
from seed.reading.telephones import dialled
from web.pages.facts import Fact, as_date
from web.pages.host import BURDEN_WORDS
from web.pages.place.standing import State
from web.wording import short_day

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Telephone:
    """A number as it is written and as it is dialled; "" where nobody can tell what to dial."""

    words: str
    dialled: str


@dataclass(frozen=True)
class Contact:
    """連絡先. `telephone` None is 未確認; the others are shown where they are known."""

    telephone: Telephone | None
    hours: Fact
    others: list[Fact]


def contact(known: Json, site: Site | None) -> Contact:
    """How to reach the host. The telephone that rings at the place comes first; the host's own stands beside it."""
    own = _telephone(known.get("phone"), known.get("extension"))
    there = _telephone(site.phone, site.extension) if site is not None else None
    who = "　".join(part for part in (known.get("role"), known.get("person")) if part)
    channel = known.get("reply_channel")
    others = [
        Fact("話す相手", who or None, "だれと話せばよいですか。"),
        Fact(
            "返事の方法",
            ENUMS["reply_channel"].label(channel) if channel else None,
            "電話とFAXなど、どれが楽ですか。",
        ),
        *([Fact("団体の電話", own.words)] if own and there and own.dialled != there.dialled else []),
        *(
            Fact(label, known[name])
            for label, name in (("FAX", "fax"), ("メール", "email"), ("LINE", "line"))
            if known.get(name)
        ),
    ]
    if known.get("avoid_periods"):
        others.append(Fact("避ける時期", known["avoid_periods"]))
    return Contact(
        telephone=there or own,
        hours=Fact("連絡の時間", known.get("best_hours"), "何時ごろなら電話してよいですか。"),
        others=others,
    )


def _telephone(number: str | None, extension: str | None) -> Telephone | None:
    if not number:
        return None
    return Telephone(f"{number}（内線{extension}）" if extension else number, dialled(number))


def room(place: Place, state: State, *, on: date) -> list[Fact]:
    """Whether there is room: free places, who is there now, from when somebody new may begin."""
    opportunity = place.opportunity
    facts = [
        Fact("空き", _free(opportunity), "いま、あと何人なら受け入れられますか。"),
        Fact("いまの人数", _there(opportunity), "いま何人が来ていますか。"),
    ]
    if state.code == "open" and place.first_day > on + timedelta(days=1):
        facts.append(Fact("新しい人は", f"{short_day(place.first_day, on=on)}から"))
    return facts


def _free(opportunity: Opportunity) -> str | None:
    known = [
        f"{label}{number}人" if number else f"{label}なし"
        for label, number in (("本参加", opportunity.open_places), ("体験", opportunity.trial_places))
        if number is not None
    ]
    return "・".join(known) or None


def _there(opportunity: Opportunity) -> str | None:
    now, most = opportunity.placed_now, opportunity.capacity_total
    if now is None:
        return None
    return f"{now}人（定員{most}人）" if most is not None else f"{now}人"


def burden(host: Organization, *, on: date) -> Fact:
    known = host.burden or {}
    said, trend = as_date(known.get("on")), known.get("trend")
    notes = [
        f"{short_day(said, on=on)}に聞いた" if said else "",
        ENUMS["trend"].label(trend) if trend else "",
    ]
    words = BURDEN_WORDS.get(known.get("level", 0))
    return Fact("負担感", words, "受け入れは、負担になっていませんか。", "・".join(note for note in notes if note))


def host_facts(host: Organization, *, on: date) -> list[Fact]:
    """Everything else that one knows of the host when the relation is good."""
    limit = host.concurrent_limit
    monthly = host.new_intakes_per_month
    facts = [
        Fact(
            "団体の種別",
            VOCABULARIES["organization_types"].label(host.type) if host.type else None,
            "どんな団体ですか。",
        ),
        Fact(
            "受け入れの上限",
            None if limit is None else f"団体全体で{limit}人まで",
            "団体全体で、同時に何人まで受け入れられますか。",
            _now_there(host),
        ),
        Fact(
            "新しい人",
            None if monthly is None else f"月に{monthly}人まで",
            "新しい人は、月に何人まで受け入れられますか。",
            f"聞くまでは、月に{DEFAULT_MONTHLY_LIMIT}人と考えます。" if monthly is None else "",
        ),
        Fact(
            "返事までの日数",
            None if host.typical_reply_days is None else f"{host.typical_reply_days}日くらい",
            "返事まで、いつも何日くらいですか。",
        ),
        _day("最後に話した日", host.last_contact_on, on, "いちばん最近は、いつ話しましたか。"),
        _day("次に話す日", host.next_contact_on, on, "次はいつ連絡しますか。"),
        _day("守秘の説明", host.confidentiality_explained_on, on, "聞いたことを外で話さないと、説明しましたか。"),
    ]
    if host.relation_since:
        facts.append(Fact("付き合い", f"{short_day(host.relation_since, on=on)}から"))
    if host.motives:
        facts.append(Fact("受け入れる理由", "、".join(ENUMS["motive"].label(code) for code in host.motives)))
    if host.networks:
        facts.append(Fact("入っている集まり", "、".join(host.networks)))
    return facts


def _now_there(host: Organization) -> str:
    return "" if host.placed_now is None else f"いま{host.placed_now}人"


def _day(label: str, day: date | None, on: date, question: str) -> Fact:
    return Fact(label, short_day(day, on=on) if day else None, question)


def relation_owner(host: Organization) -> Fact:
    return Fact("関係を持つ職員", host.relation_owner, "だれがこの団体と話してきましたか。")


def confirmation(opportunity: Opportunity, host: Organization, *, on: date) -> list[Fact]:
    """Who confirmed it how, until when it is good, and where it came from."""
    verified, method = opportunity.verified_on, opportunity.verification_method
    due = verified + timedelta(days=stale_after_days(opportunity.stale_after_days, host.type)) if verified else None
    how = VOCABULARIES["verification_methods"].label(method) if method else ""
    by = "・".join(part for part in (opportunity.verified_by, how) if part)
    facts = [
        Fact("最後の確認", short_day(verified, on=on) if verified else None, "いまの様子を聞いてください。", by),
        *([Fact("確認の期限", short_day(due, on=on))] if due else []),
    ]
    if opportunity.source_evidence:
        facts.append(Fact("情報のもと", opportunity.source_evidence))
    return facts


def notes(opportunity: Opportunity, host: Organization) -> list[Fact]:
    """What staff wrote for themselves (domain §2.1: 受け入れ先の内部メモ); the view says who may read it."""
    written = (
        ("いまの状態の理由", host.status_reason),
        ("団体のメモ", host.notes),
        ("この場のメモ", opportunity.notes),
    )
    return [Fact(label, words) for label, words in written if words]
