"""Finding overs by time, unit, place and words, in an index that is a projection of the journal."""
