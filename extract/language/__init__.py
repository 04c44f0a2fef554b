"""The language part: units, quantities, deadlines in a sentence, as a late-loaded spaCy pipeline."""
