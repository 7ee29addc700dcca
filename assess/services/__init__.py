"""Services: what people do. Load, ask the core, store, audit; never commit, never read a clock."""
