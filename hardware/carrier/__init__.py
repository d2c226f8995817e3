"""Lines on which a radio itself says that it hears a carrier (carrier-operated squelch, COS)."""
