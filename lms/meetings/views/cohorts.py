from django.contrib.auth.decorators import login_required
from django.http import Http404


@login_required
def cohorts(request):
    raise Http404


@login_required
def cohort(request, slug):
    raise Http404
