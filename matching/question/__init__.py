"""The question put to the engine, and the plain values it is answered with."""
