from django.urls import include, path

from advocacy.outbox.views import mailbox, mine

app_name = "outbox"
mailbox_patterns = [
    path("", mailbox.message_list, name="list"),
    path("<int:pk>/", mailbox.message_detail, name="detail"),
    path("<int:pk>/formatted/", mailbox.message_formatted, name="formatted"),
]
mail_patterns = [
    path("", mine.mine_list, name="mine_list"),
    path("<int:pk>/", mine.mine_detail, name="mine_detail"),
]
urlpatterns = [path("mailbox/", include(mailbox_patterns)), path("mail/", include(mail_patterns))]
