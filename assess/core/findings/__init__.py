"""The ledger of inspection findings (问题台账): found, put right, reviewed, closed and filed, looked back at."""
