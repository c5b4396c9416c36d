"""The feed app."""

from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "moothall.feed"
    label = "feed"
