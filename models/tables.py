"""All tables but the council's notes, which nobody comes across by importing everything."""

from __future__ import annotations

from models.account import Account, AccountRole
from models.archived_catalogue import KeptCatalogue, KeptTimetable
from models.base import MunicipalRecord, Record
from models.catalogue_change import CatalogueChange
from models.consent import Consent
from models.gazetteer import Town
from models.household import Household, HouseholdMember
from models.importing import ImportBatch
from models.journal import ImportJournal
from models.listed import FacilityList, ListedRow, Suggestion
from models.municipality import District, Municipality
from models.opportunity import Opportunity, Slot
from models.organization import Organization
from models.participant import Assessment, Participant
from models.placement import Placement
from models.proposal import Proposal, ProposalRound
from models.signing_in import KnownDevice, SignInAttempt, SignInSession
from models.site import Site
from models.transit import TransitFeed, TransitService, TransitStop, TransitTrip

__all__ = [
    "Account",
    "AccountRole",
    "Assessment",
    "CatalogueChange",
    "Consent",
    "District",
    "FacilityList",
    "Household",
    "HouseholdMember",
    "ImportBatch",
    "ImportJournal",
    "KeptCatalogue",
    "KeptTimetable",
    "KnownDevice",
    "ListedRow",
    "MunicipalRecord",
    "Municipality",
    "Opportunity",
    "Organization",
    "Participant",
    "Placement",
    "Proposal",
    "ProposalRound",
    "Record",
    "SignInAttempt",
    "SignInSession",
    "Site",
    "Slot",
    "Suggestion",
    "Town",
    "TransitFeed",
    "TransitService",
    "TransitStop",
    "TransitTrip",
]
