from lms.home.forms.pages import WordingForm
from lms.home.forms.search import SearchForm

__all__ = ["SearchForm", "WordingForm"]
