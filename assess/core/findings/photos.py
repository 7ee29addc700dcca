"""Photos of a finding: before and after it was put right."""

from __future__ import annotations

from typing import Final

from assess.core.findings.states import FindingStep
from assess.core.workflow import LabeledEnum

MAX_PHOTOS: Final = 12
"""Of each side of a finding."""


class PhotoSubject(LabeledEnum):
    """What a photo shows."""

    BEFORE = "before", "整改前", "Before"
    AFTER = "after", "整改后", "After"


class PhotoSize(LabeledEnum):
    """In which size a photo is sent; what was handed in may tell where and when, and by which camera."""

    THUMBNAIL = "thumbnail", "小图", "Small"
    PICTURE = "picture", "图片", "Picture"
    ORIGINAL = "original", "原图", "As uploaded"


SHOWS_BEFORE: Final = frozenset({FindingStep.FIND, FindingStep.ASSIGN, FindingStep.REOPEN})
"""Steps whose photos show what is wrong; those of all others show what was done about it."""


def side_of(step: FindingStep) -> PhotoSubject:
    """What the photos show that come with a step."""
    return PhotoSubject.BEFORE if step in SHOWS_BEFORE else PhotoSubject.AFTER
