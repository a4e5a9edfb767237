from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from lms.home import queries
from lms.home.forms import SearchForm


@login_required
def search(request):
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search_for(request.user, text) if text else None
    return render(request, "home/search.html", {"form": form, "text": text, "found": found})
