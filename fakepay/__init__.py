"""A small payment provider of our own: the part of Stripe's interface a market hall needs, for demos and tests."""
