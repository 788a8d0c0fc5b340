"""The conversation of `setup`. terminal: asking and saying · talk: what is known so far · telegram, model, owner: the
questions · env_file: the file that comes of it.
"""
