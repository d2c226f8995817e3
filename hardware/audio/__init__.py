"""Where sound comes from: a sound card or a file, always 16 kHz mono s16."""
