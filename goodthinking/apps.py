from django.apps import AppConfig


class GoodthinkingConfig(AppConfig):
    name = "goodthinking"
