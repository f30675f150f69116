#!/usr/bin/env bash
# jismesh: the south-west corner that it gives for a mesh lies, by its own reckoning, in another mesh.
#
# Expected: a grid square owns its south and west edge, so to_meshcode(to_meshpoint(code, 0, 0)) is code again.
# Seen: a quarter (80 km) to three quarters (1 km) of the squares come back as their neighbour to the south or
# west, because the corner is computed in floating point, a hair below the edge, and the next call cuts it off.
# With the centre, to_meshpoint(code, 0.5, 0.5), all come back.
# Who is hit: coarse positions. Whoever hides a home by storing the corner of its 1-km square, or joins data by
# mesh code through the corner, puts it up to a kilometre (first level: 80 km) from where it is.
#
# jismesh 2.1.0 with numpy 2.4.6; output seen on 2026-11-29 (squares changed, of 2,000): see "expected" below.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check jismesh==2.1.0 numpy==2.4.6 2>pip.log || { cat pip.log; exit 1; }

cat >look.py <<'PY'
from jismesh.utils import to_meshcode, to_meshpoint

# 2,000 invented points between 31 and 45 degrees north, 130 and 145 degrees east, none on an edge
points = [(31.0037 + 14 * n / 2000, 130.0041 + 15 * (n * 7 % 2000) / 2000) for n in range(2000)]
for level in (1, 2, 3):
    codes = [to_meshcode(lat, lon, level) for lat, lon in points]
    corner = [to_meshcode(*to_meshpoint(code, 0, 0), level) for code in codes]
    centre = [to_meshcode(*to_meshpoint(code, 0.5, 0.5), level) for code in codes]
    print(level, "corner", sum(a != b for a, b in zip(codes, corner)), "centre", sum(a != b for a, b in zip(codes, centre)))
print(to_meshcode(39.5, 131.5, 1), to_meshpoint(5931, 0, 0), to_meshcode(*to_meshpoint(5931, 0, 0), 1))
PY
venv/bin/python look.py >seen
cat seen

cat >expected <<'TXT'
1 corner 477 centre 0
2 corner 1074 centre 0
3 corner 1484 centre 0
5931 (39.33333333333333, 131) 5831
TXT
if ! diff expected seen; then
  echo "jismesh no longer puts the corner of a mesh into its neighbour as it did: this finding is out of date."
  exit 1
fi
