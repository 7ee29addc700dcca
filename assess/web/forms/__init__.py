"""What people type, checked field by field before any service sees it."""
