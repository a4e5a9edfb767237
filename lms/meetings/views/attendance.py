from lms.meetings.views.meetings import meeting as attendance
