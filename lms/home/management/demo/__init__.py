"""The demo programme: invented people at work in one course. Every row is made by the actions the site itself uses."""
