"""関係づくり期 (stage 0): what can be done while no outside place is shown."""
