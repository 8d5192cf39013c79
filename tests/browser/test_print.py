"""Sheets on paper: a worksheet prints on two to four pages of A4, a key prints, nothing is
missing.
"""

import re

import pytest

from helpers.teaching import key, paper, worksheet
from tests.notebooks import LESSONS


def pages(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_worksheet_prints_on_two_to_four_pages(path, tmp_path):
    written, printed = tmp_path / "sheet.html", tmp_path / "sheet.pdf"
    written.write_text(worksheet.worksheet(path.name[:2]), encoding="utf-8")
    paper.print_pdf(written, printed)
    assert 2 <= pages(printed) <= 4


def test_a_key_prints(tmp_path):
    written, printed = tmp_path / "key.html", tmp_path / "key.pdf"
    written.write_text(key.key("04", "comet"), encoding="utf-8")
    paper.print_pdf(written, printed)
    assert pages(printed) >= 3
