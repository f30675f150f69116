#!/usr/bin/env bash
# workalendar knows no 振替休日 and no 国民の休日 in Japan: 6 May 2026 is a working day for it.
#
# Expected: a calendar "Japan" that lists the sixteen holidays also has the two rules of the same law (a holiday on
# a Sunday gives the next free day; a day between two holidays is one). Seen: these days exist for 2019, 2020 and
# 2021 only, where they were typed in, so somebody who checks against those years finds nothing wrong.
# Who is hit: "next day one can go", opening days and response deadlines around every holiday that meets a Sunday:
# one to five days in nearly every year. jpholiday and holidays 0.109 agree for 2024 to 2035.
#
# workalendar 17.0.0 against jpholiday 1.0.3; output seen on 2026-11-29: see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check workalendar==17.0.0 jpholiday==1.0.3 tzdata==2026.6 2>pip.log || { cat pip.log; exit 1; }

cat >look.py <<'PY'
import datetime

import jpholiday
from workalendar.asia import Japan

japan = Japan()
for year in range(2019, 2031):
    law = {day for day, _ in jpholiday.year_holidays(year)}
    has = {day for day, _ in japan.holidays(year)}
    print(year, "missing", *sorted(f"{day:%m-%d}" for day in law - has), "too many", *sorted(f"{day:%m-%d}" for day in has - law))
print(japan.is_working_day(datetime.date(2026, 5, 6)), japan.add_working_days(datetime.date(2026, 9, 18), 1))
PY
venv/bin/python look.py >seen
cat seen

cat >expected <<'TXT'
2019 missing too many
2020 missing too many
2021 missing too many
2022 missing too many
2023 missing 01-02 too many
2024 missing 02-12 05-06 08-12 09-23 11-04 too many
2025 missing 02-24 05-06 11-24 too many
2026 missing 05-06 09-22 too many
2027 missing 03-22 too many
2028 missing too many
2029 missing 02-12 04-30 09-24 too many
2030 missing 05-06 08-12 11-04 too many
True 2026-09-22
TXT
if ! diff expected seen; then
  echo "workalendar no longer lacks these days: this finding is out of date."
  exit 1
fi
