from django.http import Http404


def meeting(request, pk):
    raise Http404


meeting_ics = answer = change = cancel = meeting
