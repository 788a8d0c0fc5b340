"""The conversation of `setup`. talk: asking, saying, and what is known so far · telegram, model, owner: the
questions · env_file: the file that comes of it.
"""
