"""The audit log: what its entries mean, how they are told apart, and the chain that holds them together."""
