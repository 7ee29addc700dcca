"""The file of worked examples beside a rule sheet."""

from __future__ import annotations

from pathlib import Path

from assess.core.examples import Example, read_examples
from assess.core.flaws import Flaw
from assess.files.placed_trees import in_file_order
from assess.files.yaml_files.trees import read_yaml


def load_examples(path: Path) -> tuple[list[Example], list[Flaw]]:
    """The worked examples of a YAML file, and what is wrong with it, by line and column.

    Raises:
        ValidationError: the file cannot be read as YAML at all.
    """
    document = read_yaml(path)
    found: list[Flaw] = []
    examples = read_examples(document.tree, found, document.located)
    return examples, sorted((*document.flaws, *map(document.located, found)), key=in_file_order)
