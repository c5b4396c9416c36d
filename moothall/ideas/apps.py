"""The ideas app; enrols ideas, and what people add to them, as kinds."""

from importlib import import_module

from django.apps import AppConfig

from moothall.core import kinds


class IdeasConfig(AppConfig):
    name = "moothall.ideas"
    label = "ideas"

    def ready(self) -> None:
        from . import judged, polled, queries, spoken

        hiding = import_module("moothall.ideas.actions.hiding")
        kinds.enrol(
            kinds.Kind(
                "idea",
                queries.visible_ids,
                queries.cards,
                queries.documents,
                queries.all_ids,
                named=queries.named,
                inside=spoken.inside,
                open=spoken.open_ids,
                talk=True,
                hide=hiding.hide,
                unhide=hiding.unhide,
                polls=kinds.Polled(polled.may_ask, polled.is_party, polled.brand),
            )
        )
        kinds.enrol(
            kinds.Kind(
                "contribution",
                queries.visible_contributions,
                queries.contribution_cards,
                named=spoken.named_contribution,
                inside=spoken.contributions_inside,
                hide=hiding.hide_contribution,
                unhide=hiding.unhide_contribution,
            )
        )
        kinds.enrol(kinds.Kind("authorship", queries.visible_authorships, queries.authorship_cards))
        kinds.enrol(kinds.Kind("merger", queries.visible_mergers, queries.merger_cards))
        kinds.enrol(kinds.Kind("gate", judged.visible_ids, judged.cards))
        kinds.enrol(
            kinds.Kind(
                "sheet",
                judged.visible_sheets,
                judged.sheet_cards,
                named=spoken.named_argument,
                inside=spoken.arguments_inside,
                open=spoken.open_arguments,
                hide=hiding.hide_argument,
                unhide=hiding.unhide_argument,
            )
        )
        kinds.enrol(kinds.private("mark"))
        import_module("moothall.ideas.readers")
        import_module("moothall.ideas.actions")
