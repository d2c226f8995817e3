"""Must-arrive points, must-patrol lines and random checks (domain page, section 15). Pure."""
