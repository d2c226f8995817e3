"""The command language: one typed line and the board in, requests and a sentence out. Pure."""
