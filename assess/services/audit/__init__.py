"""The audit log: every act leaves an entry; the office reads it, takes it away, and has its chain checked."""

from assess.services.audit.recording import record

__all__ = ["record"]
