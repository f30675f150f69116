"""Buses and trains (時刻表): what runs when, and which journeys there are."""
