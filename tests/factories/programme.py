import factory
from factory.django import DjangoModelFactory

from lms.programme.models import Course, Participation, Principle, Programme, TargetGroup, Theme
from tests.factories.people import LONG_AGO, MunicipalityFactory, ProviderFactory


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme

    name = factory.Sequence("Program {}".format)
    slug = factory.Sequence("program-{}".format)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = Participation

    programme = factory.SubFactory(ProgrammeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    start_date = LONG_AGO


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    programme = factory.SubFactory(ProgrammeFactory)
    provider = factory.SubFactory(ProviderFactory)
    title = factory.Sequence("Kompetenceudviklingsforløb {}".format)
    slug = factory.Sequence("forloeb-{}".format)


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence("Emne {}".format)
    slug = factory.Sequence("emne-{}".format)


class PrincipleFactory(DjangoModelFactory):
    class Meta:
        model = Principle

    number = factory.Sequence(lambda n: n + 1)
    name = factory.Sequence("Princip {}".format)
    short_name = factory.Sequence("Kort {}".format)


class TargetGroupFactory(DjangoModelFactory):
    class Meta:
        model = TargetGroup

    name = factory.Sequence("Målgruppe {}".format)
    slug = factory.Sequence("maalgruppe-{}".format)
