"""What a site does with its own words: its example sentences, and what its desk has corrected."""
