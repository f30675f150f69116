"""How the catalogue gets out: JSON for other programs, CSV and XLSX forms for people."""

from seed.writing.catalogue import Audience, Catalogue, Written
from seed.writing.csv_form import write_form_csv
from seed.writing.documents import write_catalogue, write_participants
from seed.writing.xlsx_form import write_form_xlsx

__all__ = [
    "Audience",
    "Catalogue",
    "Written",
    "write_catalogue",
    "write_form_csv",
    "write_form_xlsx",
    "write_participants",
]
