"""Questions and claims: what they consist of, what their studies add up to, and what may be wrong with them (pure)."""
