import pytest

from lms.people.methods.devices import browser_and_system
from lms.people.templatetags.people_tags import device

WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
KNOWN = {
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/141.0.0.0 Safari/537.36": ("Chrome", "Windows"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WEBKIT} Chrome/141.0 Safari/537.36 Edg/141.0": ("Edge", "Windows"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0": ("Firefox", "Windows"),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/18.0 Safari/605": ("Safari", "Mac"),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) CriOS/141.0 Mobile Safari/604.1": ("Chrome", "iPhone"),
    "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X) Version/18.0 Safari/604.1": ("Safari", "iPad"),
    f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} Chrome/141.0 Mobile Safari/537.36": ("Chrome", "Android"),
    f"Mozilla/5.0 (Linux; Android 15) {WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Safari": (
        "Samsung Internet",
        "Android",
    ),
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0": ("Firefox", "Linux"),
}


@pytest.mark.parametrize("text", KNOWN)
def test_common_browsers_are_known(text):
    assert browser_and_system(text) == KNOWN[text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/141.0", "Chrome på Windows"),
        ("Mozilla/5.0 (Windows NT 10.0)", "Windows"),
        ("Firefox/144.0", "Firefox"),
        ("<script>curl</script>", "En enhed, vi ikke kender"),
        ("", "En enhed, vi ikke kender"),
    ],
)
def test_device_in_words(text, words):
    assert device(text) == words
