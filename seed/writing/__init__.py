"""How the catalogue gets out: JSON for other programs, CSV and XLSX forms for people."""

from seed.writing.catalogue import Audience, Catalogue, Written
from seed.writing.csv_form import write_form_csv
from seed.writing.documents import write_catalogue, write_participants

__all__ = [
    "Audience",
    "Catalogue",
    "Written",
    "write_catalogue",
    "write_form_csv",
    "write_participants",
]
