"""Debian's Chromium, driven as a person does: what she clicks, types, and sees."""

import shutil
from contextlib import contextmanager
from functools import cache

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.every_page import every_page


@pytest.fixture(scope="session")
def chromium():
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    assert executable, "Chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Open a page; at the end it must have asked for nothing else and complained of nothing."""

    @contextmanager
    def open_page(path, *, width=1280, **about):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **about)
        page = context.new_page()
        asked, complaints = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        yield page
        assert [url for url in asked if url != path.as_uri()] == []
        assert complaints == []
        context.close()

    return open_page


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """Every page of a language as a file."""

    @cache
    def written(language):
        folder = tmp_path_factory.mktemp(language)
        for name, text in every_page(language).items():
            (folder / f"{name}.html").write_text(text, encoding="utf-8")
        return sorted(folder.iterdir())

    return written
