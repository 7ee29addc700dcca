"""A whole instance in one file, and back into an empty one: database, uploads and keys, on either engine."""

from assess.services.backups.content import BackedUpFile, Backup, open_backup
from assess.services.backups.restoring import Restored, restore, restore_from
from assess.services.backups.writing import BackedUp, back_up

__all__ = ["BackedUp", "BackedUpFile", "Backup", "Restored", "back_up", "open_backup", "restore", "restore_from"]
