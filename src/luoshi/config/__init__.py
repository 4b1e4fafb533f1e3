"""The whole of luoshi as one Django project: the environment in, settings, addresses and the web application out."""
