#!/usr/bin/env bash
# partridge: pickup_type is a number, drop_off_type beside it is text, so drop_off_type == 1 is never true.
#
# Expected: of two columns of the same kind in stop_times.txt (0 to 3: usual, none, by telephone, ask the driver) both
# are numbers, as timepoint, wheelchair_accessible and bikes_allowed are. Seen: drop_off_type alone stays text: comparing
# it with a number raises nothing and selects nothing, so code that works for boarding silently fails for alighting.
# Who is hit: rural and on-demand buses, where one may board but not alight (or must ring first): such stops are
# taken for ordinary ones, and somebody is sent to a bus that does not let them out.
#
# partridge 1.1.2 with pandas 3.1.1; output seen on 2026-11-29: see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check partridge==1.1.2 pandas==3.1.1 2>pip.log || { cat pip.log; exit 1; }

cat >look.py <<'PY'
import zipfile

import pandas
import partridge

feed = {
    "agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,みなみ市,https://example.com,Asia/Tokyo\n",
    "calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
                    "W,1,1,1,1,1,0,0,20261101,20261231\n",
    "routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type\nR,A,,市内線,3\n",
    "trips.txt": "route_id,service_id,trip_id,wheelchair_accessible,bikes_allowed\nR,W,T,1,2\n",
    "stops.txt": "stop_id,stop_name,stop_lat,stop_lon\nS1,駅,39.1,141.1\nS2,役場,39.2,141.1\n",
    "stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,pickup_type,drop_off_type,timepoint\n"
                      "T,09:30:00,09:30:00,S1,1,0,1,1\nT,09:45:00,09:45:00,S2,2,1,0,1\n",
}
with zipfile.ZipFile("feed.zip", "w") as archive:
    for name, text in feed.items():
        archive.writestr(name, text)

read = partridge.load_feed("feed.zip")
times, trips = read.stop_times, read.trips
for table, column in ((times, "pickup_type"), (times, "drop_off_type"), (times, "timepoint"),
                      (trips, "wheelchair_accessible"), (trips, "bikes_allowed")):
    kind = "number" if pandas.api.types.is_numeric_dtype(table[column]) else "text"
    print(column, kind, "rows == 1:", int((table[column] == 1).sum()), "rows == '1':", int((table[column] == "1").sum()))
PY
venv/bin/python look.py >seen
cat seen

cat >expected <<'TXT'
pickup_type number rows == 1: 1 rows == '1': 0
drop_off_type text rows == 1: 0 rows == '1': 1
timepoint number rows == 1: 2 rows == '1': 0
wheelchair_accessible number rows == 1: 1 rows == '1': 0
bikes_allowed number rows == 1: 0 rows == '1': 0
TXT
if ! diff expected seen; then
  echo "partridge now reads these columns differently: this finding is out of date."
  exit 1
fi
