"""Who keyed up: tones and data bursts that radios send before or after they speak."""
