from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import render


def front(request):
    return render(request, "home/front.html")


def privacy(request):
    return render(request, "home/privacy.html")


def accessibility(request):
    return render(request, "home/accessibility.html")


def guidelines(request):
    return render(request, "home/guidelines.html")


def contact(request):
    return render(request, "home/contact.html")


@login_required
def overview(request):
    return render(request, "home/overview.html")


def demo_sign_in(request):
    return JsonResponse({})


def healthz(request):
    return JsonResponse({"status": "ok"})
