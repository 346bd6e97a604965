"""The wheel: the project's own tree under one name, so that every file finds the others as here."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

HERE = Path(__file__).parent
FOUND = find_namespace_packages(
    str(HERE), include=["scripts", "scripts.*", "templates.*"], exclude=["*__pycache__*"]
)
RUNS, _, _ = (HERE / "requirements.txt").read_text(encoding="utf-8").partition("\n# What tests it")
LINES = (line.partition("#")[0].strip() for line in RUNS.splitlines())

setup(
    packages=["verkosto", *(f"verkosto.{name}" for name in FOUND)],
    package_dir={"verkosto": "."},
    package_data={"": ["*"]},
    exclude_package_data={"": ["*.pyc"], "verkosto": ["*"]},
    install_requires=[line for line in LINES if line],
)
