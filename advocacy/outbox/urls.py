from django.urls import include, path

from advocacy.outbox.views import events, mailbox, mine, preferences, unsubscribe

app_name = "outbox"
mailbox_patterns = [
    path("", mailbox.message_list, name="list"),
    path("<int:pk>/", mailbox.message_detail, name="detail"),
    path("<int:pk>/formatted/", mailbox.message_formatted, name="formatted"),
]
mail_patterns = [
    path("", mine.mine_list, name="mine_list"),
    path("<int:pk>/", mine.mine_detail, name="mine_detail"),
    path("preferences/", preferences.preferences, name="preferences"),
    path("stop/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("stop/<str:token>/now/", unsubscribe.unsubscribe_one_click, name="unsubscribe_one_click"),
    path("events/<slug:service>/", events.service_events, name="service_events"),
]
urlpatterns = [path("mailbox/", include(mailbox_patterns)), path("mail/", include(mail_patterns))]
