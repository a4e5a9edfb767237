"""A site of one word, for tests of the server in front of it."""


def application(_environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]
