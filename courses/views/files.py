from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from wagtail.images import get_image_model

from courses import rules
from courses.models import Material


@login_required
def material(request, pk):
    """A material's file, or the film or page it links to."""
    material = get_object_or_404(Material.objects.visible_to(request.user).select_related("document"), pk=pk)
    if material.document:
        return redirect(material.document.url)
    if not material.link:
        raise Http404
    return redirect(material.link)


@login_required
def image(request, name):
    """A scaled image, for those who may see a page that shows it."""
    renditions = get_image_model().get_rendition_model().objects.select_related("image")
    rendition = get_object_or_404(renditions, file=name)
    if not rules.can_see_image(request.user, rendition.image):
        raise Http404
    response = FileResponse(rendition.file.open("rb"), as_attachment=True)
    response["Content-Security-Policy"] = "default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def document(request, document):
    """Nothing when the file may be handed out: Wagtail then sends it. Otherwise sign-in, or 404."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not rules.can_read_document(request.user, document):
        raise Http404
    return None
