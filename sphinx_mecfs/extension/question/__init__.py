"""Questions and claims: their directives, numbered citations and what is shown of the studies behind them."""
