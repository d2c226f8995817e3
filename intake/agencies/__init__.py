"""Two agencies and six teams at one desk: hand-off, team orders, grants, jurisdiction."""
