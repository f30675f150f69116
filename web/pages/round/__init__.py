"""A kept proposal round (提案) as a coordinator reads it: reasons first, numbers only under 根拠.

Works on the kept JSON alone, so an old round reads the same for ever, whatever has changed in the catalogue since.
"""
