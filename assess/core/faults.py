"""Faults of the machine beneath: nobody's mistake, no programming error, and mostly gone after a while."""

from __future__ import annotations

from assess.core.workflow import LabeledEnum


class Fault(LabeledEnum):
    """Why nothing can be read or saved at the moment."""

    FULL = "full", "服务器存储空间不足", "The server has no storage available"
    BUSY = "busy", "数据库正忙", "The database is busy"
    AWAY = "away", "暂时无法访问数据库或实例文件夹", "The database or the instance folder cannot be reached"
    READ_ONLY = "read-only", "数据库或实例文件夹不能写入", "The database or the instance folder cannot be written"
    DAMAGED = "damaged", "数据库文件已损坏", "The database file is damaged"


class Faulty(Exception):
    """A fault that was recognised where it arose."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.label.en)
        self.fault = fault


class Uncertain(Faulty):
    """The database went away while it was told to keep something: it may have been kept, or not."""

    def __init__(self) -> None:
        super().__init__(Fault.AWAY)
