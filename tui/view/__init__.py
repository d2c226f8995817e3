"""What each part of the screen says, as lines of coloured text. Pure: the widgets only paint it."""
