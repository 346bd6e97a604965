"""A spring to live, in a workbook and in Google."""

import pytest

from tests.postfix.spring import a_spring


@pytest.fixture(params=["xlsx", "google"])
def spring(request, tmp_path):
    with a_spring(request.param, tmp_path) as made:
        yield made
