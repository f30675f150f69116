"""In which position somebody takes part (関わり方), and which insurance can cover it. Domain §3.3."""

from __future__ import annotations

from matching.columns.encodings import FAIL, PASS, UNKNOWN
from matching.inputs.facts import OpportunityFacts
from matching.vocabulary import INSURANCE_FITS

EMPLOYED = ("employment", "certified_training_employed")
"""Positions whose insurance (労災・雇用保険) is no choice."""
NEEDS_INSURANCE = ("unpaid_volunteer", "paid_volunteer", "work_experience", "certified_training")
"""Positions in which somebody on the spot must be insured (domain §3.3)."""


def position_of(fact: OpportunityFacts) -> str | None:
    """The position that insurance looks at: whoever is given something is no longer an unpaid volunteer (§3.3)."""
    paid = fact.engagement_type == "unpaid_volunteer" and (fact.reward_yen or 0) > 0
    return "paid_volunteer" if paid else fact.engagement_type


def insurance_fit(fact: OpportunityFacts) -> int:
    """Whether this insurance can cover this position, as a verdict."""
    if fact.insurance_kind == "no_insurance":
        # Checked, and nobody travels or works beside a machine: there is nothing to insure.
        at_home = fact.online == "yes" and fact.engagement_type not in EMPLOYED
        return int(PASS if at_home else FAIL if fact.engagement_type in EMPLOYED else UNKNOWN)
    fit = INSURANCE_FITS.get((position_of(fact) or "", fact.insurance_kind or ""), "unknown")
    return int({"yes": PASS, "no": FAIL}.get(fit, UNKNOWN))
