"""Appeals of units against lines of a released result, and what corrects the figures behind them."""
