"""Django in, the sample room registered in it out."""

from django.apps import AppConfig


class SampleConfig(AppConfig):
    name = "tests.people.sample"
    default_auto_field = "django.db.models.BigAutoField"
