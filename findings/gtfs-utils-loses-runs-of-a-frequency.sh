#!/usr/bin/env bash
# gtfs-utils: of a bus "every half hour from 9:30, exactly" only the first and the last run are left, and between the
# two it invents a ride from the terminus back to the start that takes from 9:45 to 11:30.
#
# Expected: frequencies.txt with exact_times=1 is a short way to write trips of a timetable, so five runs of two
# rides each; the project says that it supports the file and follows the specification. Seen: each run overwrites the
# one before it, and the runs are strung into one trip. With exact_times=0 all five come.
# Who is hit: shuttles and city loops (循環バス), often written so: "no bus at 10" is said though one runs, and a ride
# home that does not exist is offered. Write such trips out before using it, as our own import does.
#
# gtfs-utils 5.1.0; output seen on 2026-11-29: see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
echo '{"private": true}' >package.json
npm install --silent --no-audit --no-fund gtfs-utils@5.1.0 >npm.log 2>&1 || { cat npm.log; exit 1; }

mkdir feed
cat >feed/trips.txt <<'CSV'
route_id,service_id,trip_id
R,W,T1
CSV
cat >feed/stop_times.txt <<'CSV'
trip_id,arrival_time,departure_time,stop_id,stop_sequence
T1,09:30:00,09:30:00,eki,1
T1,09:40:00,09:40:00,yakuba,2
T1,09:45:00,09:45:00,byoin,3
CSV
cat >look.js <<'JS'
const fs = require('fs');
const readCsv = require('gtfs-utils/read-csv');
const computeConnections = require('gtfs-utils/compute-connections');

const clock = (s) => `${Math.floor(s / 3600)}:${String((s % 3600) / 60).padStart(2, '0')}`;
(async () => {
  for (const exact of [1, 0]) {
    fs.writeFileSync('feed/frequencies.txt',
      `trip_id,start_time,end_time,headway_secs,exact_times\nT1,09:30:00,12:00:00,1800,${exact}\n`);
    console.log('exact_times', exact);
    for await (const rides of computeConnections((name) => readCsv(`feed/${name}.txt`))) {
      for (const r of rides) console.log(' ', r.fromStop, clock(r.departure), r.toStop, clock(r.arrival), r.headwayBased);
    }
  }
})();
JS
node look.js >seen
cat seen

cat >expected <<'TXT'
exact_times 1
  eki 9:30 yakuba 9:40 false
  yakuba 9:40 byoin 9:45 false
  byoin 9:45 eki 11:30 false
  eki 11:30 yakuba 11:40 false
  yakuba 11:40 byoin 11:45 false
exact_times 0
  eki 9:30 yakuba 9:40 false
  yakuba 9:40 byoin 9:45 false
  eki 9:30 yakuba 9:40 true
  yakuba 9:40 byoin 9:45 true
  eki 10:00 yakuba 10:10 true
  yakuba 10:10 byoin 10:15 true
  eki 10:30 yakuba 10:40 true
  yakuba 10:40 byoin 10:45 true
  eki 11:00 yakuba 11:10 true
  yakuba 11:10 byoin 11:15 true
  eki 11:30 yakuba 11:40 true
  yakuba 11:40 byoin 11:45 true
TXT
if ! diff expected seen; then
  echo "gtfs-utils now treats frequencies differently: this finding is out of date."
  exit 1
fi
