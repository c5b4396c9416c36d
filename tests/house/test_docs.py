"""What the front door says is true: the two commands, the version, the drawing of the house, the pictures."""

import re

from tests.house.plan import FLOOR, HOUSE, ROOT

README = ROOT / "README.md"
GUIDES = [README, *sorted((ROOT / "docs").glob("*.md"))]
PICTURES = ROOT / "docs" / "pictures"
HEAVIEST = 120_000  # bytes: a guide is read over the net
TARGETS = dict(re.findall(r"^([a-z-]+):.*?## (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def test_readme_names_the_two_commands() -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", README.read_text(encoding="utf-8")))
    assert {"demo", "test"} <= named


def test_every_command_in_the_docs_exists() -> None:
    docs = [README, *sorted((ROOT / "docs").glob("**/*.md"))]
    commands = {name for path in docs for name in re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text(), re.MULTILINE)}
    assert commands <= TARGETS.keys()


def test_every_target_is_told_in_a_sentence() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == TARGETS.keys()
    assert all(sentence.endswith(".") for sentence in TARGETS.values())


def test_changelog_opens_with_a_version() -> None:
    heading = re.search(r"^## +(.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heading
    assert re.match(r"\[?v?\d+\.\d+\.\d+\b", heading[1])


def test_architecture_names_every_app() -> None:
    drawing = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    built = {app for app in FLOOR if (HOUSE / app / "__init__.py").exists()}
    assert not [app for app in sorted(built) if not re.search(rf"\b{app}\b", drawing)]


def test_every_picture_of_the_guides_is_there_is_light_and_says_what_it_shows() -> None:
    shown = [
        (guide.parent / place, alt)
        for guide in GUIDES
        for alt, place in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", guide.read_text(encoding="utf-8"))
    ]
    assert {path.resolve() for path, _alt in shown} == {path.resolve() for path in PICTURES.iterdir()}
    assert not [path.name for path, alt in shown if len(alt.split()) < 4]
    assert not [path.name for path in PICTURES.iterdir() if path.stat().st_size > HEAVIEST]


def test_every_picture_of_the_guides_can_be_taken_anew() -> None:
    taken = (ROOT / "scripts" / "pictures.py").read_text(encoding="utf-8")
    assert {path.stem for path in PICTURES.iterdir()} == set(re.findall(r'"(\w+)": View\(', taken))
