"""The public action page: no sign-in, no cookie; campaign and language stand in the address."""

from django.urls import path

from campaigns.views import act, came, meter, receipt

app_name = "act"
urlpatterns = [
    path("receipt/<str:token>/", receipt.receipt, name="receipt"),
    path("receipt/<str:token>/tell/", receipt.tell, name="tell"),
    path("receipt/<str:token>/reply/", receipt.reply, name="reply"),
    path("receipt/<str:token>/letters.pdf", receipt.letters_pdf, name="letters_pdf"),
    path("<slug:slug>/", act.any_language, name="any_language"),
    path("<slug:slug>/<slug:language>/", act.page, name="page"),
    path("<slug:slug>/<slug:language>/send/", act.send, name="send"),
    path("<slug:slug>/<slug:language>/came/", came.came, name="came"),
    path("<slug:slug>/<slug:language>/meter/", meter.meter, name="meter"),
    path("<slug:slug>/<slug:language>/embed/", act.embed, name="embed"),
    path("<slug:slug>/<slug:language>/embed/send/", act.embed_send, name="embed_send"),
]
