"""The pages anybody may read."""

from django.shortcuts import render
from django.utils import timezone

from lms.home import queries


def front(request):
    return render(request, "home/front.html", queries.front_page(on=timezone.localdate()))


def privacy(request):
    return render(request, "home/privacy.html")


def accessibility(request):
    return render(request, "home/accessibility.html")


def guidelines(request):
    return render(request, "home/guidelines.html")


def contact(request):
    return render(request, "home/contact.html")
