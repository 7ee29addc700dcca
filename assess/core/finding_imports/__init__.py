"""Files of findings (问题导入): exports of the hotline and other lists, read row by row beside the ledger."""
