"""The sections of ``config.toml`` about forms: the tabs of their responses, and their headers."""

from collections.abc import Iterator

from pydantic import Field

from register.configuration.section import Section


class FormColumns(Section):
    """``[answer_form.columns]``: the headers of the responses tab; '' for a column it lacks."""

    token: str = Field(min_length=1, max_length=300)
    answer: str = Field(min_length=1, max_length=300)
    at: str = Field(default="", max_length=300)
    email: str = Field(default="", max_length=300)
    words: str = Field(default="", max_length=300)


class FormAnswers(Section):
    """``[answer_form.answers]``: the texts of the form's choices."""

    coming: tuple[str, ...] = ("Tulossa", "Kommer", "Coming")
    maybe: tuple[str, ...] = ("Ehkä", "Kanske", "Maybe")
    not_coming: tuple[str, ...] = ("En pääse", "Kommer inte", "Not coming")

    def items(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each key of ``rsvp`` with the choices that mean it."""
        yield from (("coming", self.coming), ("maybe", self.maybe), ("not_coming", self.not_coming))


class AnswerForm(Section):
    """``[answer_form]``: a form for answering invitations, with a tab for its responses."""

    tab: str = Field(default="", max_length=100)
    link: str = Field(default="", max_length=2_000, pattern=r"^(|https://\S*\{token\}\S*)$")
    columns: FormColumns = FormColumns(token="Tunniste", answer="Vastaus")  # noqa: S106, a header
    answers: FormAnswers = FormAnswers()


class JoinForm(Section):
    """``[join_form]``: a form for joining the register; its rows go to ``inbox``."""

    tab: str = Field(default="", max_length=100)
    map: tuple[str, ...] = ()


class SignUpColumns(Section):
    """The headers of a sign-up form's columns; '' for a column it lacks.

    A column with another header is found by the words in it (``replies/form_columns.py``). The
    columns about the person are mapped as in any list (``map``). A form without the column
    ``meeting`` is for one meeting.
    """

    meeting: str = "Tapaaminen"
    at: str = "Aikaleima"
    party: str = "Henkilöitä"
    needs: str = "Tarpeet"
    words: str = "Viesti"


class SignUpForm(Section):
    """``[sign_up_form]``: open sign-up for meetings, in a tab of the register or a CSV file."""

    tab: str = Field(default="", max_length=100)
    file: str = Field(default="", max_length=1_000)
    meeting: str = Field(default="", max_length=200)
    map: tuple[str, ...] = ()
    columns: SignUpColumns = SignUpColumns()
    per_address: int = Field(default=3, ge=1, le=1_000)
    per_hour: int = Field(default=30, ge=1, le=100_000)
    total: int = Field(default=300, ge=1, le=1_000_000)

    @property
    def source(self) -> str:
        """The tab or file that its rows come from."""
        return self.tab or self.file
