"""Moothall: a community creates products, a company judges them, everybody trades them."""
