from courses import rules
from courses.models import CoursePage, TeachingDayPage


def course_for_public(user, slug: str):
    """A course's published description with its provider; ``None`` without one."""
    pages = CoursePage.objects.visible_to(user).select_related("course__provider", "course__programme")
    return pages.filter(course__slug=slug).first()


def course_to_plan(user, slug: str):
    """The published page of a course ``user`` makes cohorts for: the provider's coordinators, and nobody else."""
    page = course_for_public(user, slug)
    return page if page and rules.can_plan_cohorts(user, page) else None


def days_of_course(page: CoursePage):
    """The published days of a course with number, title and theme, and no more: the rest is for kursister."""
    days = TeachingDayPage.objects.child_of(page).live() if page.pk else TeachingDayPage.objects.none()
    return days.order_by("number").values("number", "title", "theme")
