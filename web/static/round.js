// The map beside the candidates. It knows only what the list already says; no tile and no outside request.
"use strict";

(() => {
  const frame = document.getElementById("map");
  if (!frame || !window.L) return;

  const RINGS_KM = [1, 2, 5, 10, 20, 40];
  const KM_PER_DEGREE = 111.32;
  const number = (text) => (text === undefined || text === "" ? null : Number(text));
  const point = (element, prefix) => {
    const latitude = number(element.dataset[prefix ? `${prefix}Latitude` : "latitude"]);
    const longitude = number(element.dataset[prefix ? `${prefix}Longitude` : "longitude"]);
    return latitude === null || longitude === null ? null : L.latLng(latitude, longitude);
  };

  const cards = [...document.querySelectorAll(".round .candidate")];
  const placed = cards.map((card) => ({ card, at: point(card) })).filter((entry) => entry.at);
  const office = point(frame, "office");
  const home = point(frame, "home");
  const everything = [...placed.map((entry) => entry.at), ...(home ? [home] : [])];
  if (!everything.length) return;

  const map = L.map(frame, {
    zoomControl: false,
    attributionControl: false,
    scrollWheelZoom: false,
    zoomSnap: 0.25,
    fadeAnimation: false,
    zoomAnimation: false,
    markerZoomAnimation: false,
    inertia: false,
  });
  L.control.zoom({ zoomInTitle: "地図を大きくする", zoomOutTitle: "地図を小さくする" }).addTo(map);
  map.fitBounds(L.latLngBounds(office ? [...everything, office] : everything).pad(0.2), { maxZoom: 14 });

  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();

  // Only rings that are wide enough on screen to carry their words, and reach no farther than needed.
  const NARROWEST_RING_PX = 56;
  // Names come from files: Leaflet would read a string as HTML.
  const words = (text) => {
    const element = document.createElement("span");
    element.textContent = text;
    return element;
  };
  const label = (at, text, options) =>
    L.tooltip(at, { content: words(text), permanent: true, className: "map-label", ...options }).addTo(map);
  const pixels = (from, to) => map.latLngToLayerPoint(from).distanceTo(map.latLngToLayerPoint(to));

  if (office) {
    const farthest = Math.max(...everything.map((at) => office.distanceTo(at))) / 1000;
    RINGS_KM.forEach((km, index) => {
      const north = L.latLng(office.lat + km / KM_PER_DEGREE, office.lng);
      const needed = index === 0 || RINGS_KM[index - 1] < farthest;
      if (!needed || pixels(office, north) < NARROWEST_RING_PX) return;
      L.circle(office, {
        radius: km * 1000,
        color: colour("--line-strong"),
        weight: 1,
        dashArray: "2 6",
        fill: false,
        interactive: false,
      }).addTo(map);
      label(north, `${frame.dataset.officeLabel}から${km}km`, { direction: "center" });
    });
    L.circleMarker(office, { radius: 4, color: colour("--line-strong"), fillOpacity: 1, interactive: false }).addTo(map);
    label(office, frame.dataset.officeLabel, { direction: "bottom", offset: [0, 4] });
  }
  if (home) {
    L.circleMarker(home, {
      radius: 10,
      color: colour("--care"),
      weight: 2,
      dashArray: "3 3",
      fillColor: colour("--care-soft"),
      fillOpacity: 1,
      interactive: false,
    }).addTo(map);
    label(home, frame.dataset.homeLabel, { direction: "top", offset: [0, -10] });
  }

  // Places at the same point would hide each other: fan them out a little on screen.
  const seen = new Map();
  for (const entry of placed) {
    const key = `${entry.at.lat.toFixed(4)},${entry.at.lng.toFixed(4)}`;
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    const icon = L.divIcon({
      className: "map-number",
      html: words(entry.card.dataset.number),
      iconSize: [30, 30],
      iconAnchor: [15 - before * 24, 15],
    });
    const name = `${entry.card.dataset.number}番め ${entry.card.dataset.title}`;
    entry.marker = L.marker(entry.at, { icon, title: name, alt: name, keyboard: true, riseOnHover: true }).addTo(map);
    const pin = entry.marker.getElement();
    pin.setAttribute("aria-label", name);

    const light = (on) => {
      entry.card.classList.toggle("is-lit", on);
      pin.classList.toggle("is-lit", on);
      entry.marker.setZIndexOffset(on ? 1000 : 0);
    };
    for (const element of [entry.card, pin]) {
      element.addEventListener("mouseenter", () => light(true));
      element.addEventListener("mouseleave", () => light(false));
      element.addEventListener("focusin", () => light(true));
      element.addEventListener("focusout", () => light(false));
    }
    const goToCard = () => {
      entry.card.scrollIntoView({ block: "nearest" });
      entry.card.focus({ preventScroll: true });
    };
    entry.marker.on("click", goToCard);
    // Leaflet makes the pin a button for the eye; the keys are ours to answer.
    pin.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      goToCard();
    });
  }
})();
