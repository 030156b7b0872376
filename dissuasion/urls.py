"""The addresses of the public doors, below /api/v1/."""

from django.urls import path

from dissuasion.api import (
    acts,
    alerts,
    app_info,
    board,
    card,
    desk,
    device,
    evidence,
    figures,
    handover,
    push,
    readiness,
    work,
)

urlpatterns = [
    path("alerts", alerts.AlertsView.as_view()),
    path("alerts/batch", alerts.AlertBatchView.as_view()),
    path("work", work.WorkView.as_view()),
    path("acts", acts.ActsView.as_view()),
    path("visits/<uuid:visit_id>", acts.WrittenView.as_view()),
    path("evidence/<uuid:evidence_id>", evidence.EvidenceView.as_view()),
    path("duty", work.DutyView.as_view()),
    path("app", app_info.AppInfoView.as_view()),
    path("device", device.DeviceView.as_view()),
    path("readiness", readiness.ReadinessView.as_view()),
    path("push", push.PushView.as_view()),
    path("push/test", push.PushTestView.as_view()),
    path("push/receipt", push.PushReceiptView.as_view()),
    path("card", card.CardView.as_view()),
    path("handover", handover.HandoverView.as_view()),
    path("handover/key", handover.HandoverKeyView.as_view()),
    path("scripts/<str:sha256>", work.ScriptView.as_view()),
    path("board", board.BoardView.as_view()),
    path("cases/<uuid:case_id>", board.CaseView.as_view()),
    path("cases/<uuid:case_id>/suggestions", board.SuggestionsView.as_view()),
    path("cases/<uuid:case_id>/assign", desk.AssignView.as_view()),
    path("cases/<uuid:case_id>/recall", desk.RecallView.as_view()),
    path("cases/<uuid:case_id>/decide", desk.DecideView.as_view()),
    path("cases/<uuid:case_id>/risk", desk.RiskView.as_view()),
    path("triage/<uuid:entry_id>", board.TriageView.as_view()),
    path("triage/<uuid:entry_id>/settle", desk.SettleView.as_view()),
    path("figures", figures.FiguresView.as_view()),
]
