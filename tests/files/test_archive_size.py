"""An archive that one zip file cannot hold is refused in words, before it is kept."""

from __future__ import annotations

from io import BytesIO

import pytest

from assess.core.errors import Refused
from assess.files.archives.writing import TOO_LARGE, ArchiveWriter


def test_an_archive_of_more_than_a_zip_can_hold_is_refused_in_words():
    half = [bytes(range(256)) * 2]
    with ArchiveWriter(BytesIO(), most=1000) as writer:
        writer.add("files/a.bin", half, method=0)
        with pytest.raises(Refused) as caught:
            writer.add("files/b.bin", half, method=0)

    assert caught.value.what == TOO_LARGE.format(size=2, files=19_990)
    assert "assess backup" in caught.value.what.en
