"""The one way an action says no: a sentence fit to be shown to the person who asked."""


class Refusal(Exception):
    """Said no, with a sentence fit for the person; `field` names the form field it belongs to."""

    status = 409

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(Refusal):
    """The person may not do this here."""

    status = 403


class BadInput(Refusal):
    """What was given cannot be used."""

    status = 422
