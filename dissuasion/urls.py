"""The addresses of the public doors, below /api/v1/."""

from django.urls import path

from dissuasion.api.desk import board, decisions, figures, households
from dissuasion.api.gateways import channels, delivery_reports, replies
from dissuasion.api.hotline import calls
from dissuasion.api.phone import acts, app_info, card, device, evidence, handover, push, readiness, work
from dissuasion.api.sources import alerts

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
    path("cases/<uuid:case_id>/assign", decisions.AssignView.as_view()),
    path("cases/<uuid:case_id>/recall", decisions.RecallView.as_view()),
    path("cases/<uuid:case_id>/decide", decisions.DecideView.as_view()),
    path("cases/<uuid:case_id>/risk", decisions.RiskView.as_view()),
    path("households/<uuid:household_id>/no-messages", households.NoMessagesView.as_view()),
    path("triage/<uuid:entry_id>", board.TriageView.as_view()),
    path("triage/<uuid:entry_id>/settle", decisions.SettleView.as_view()),
    path("hotline", calls.HotlineView.as_view()),
    path("hotline/claim", calls.ClaimView.as_view()),
    path("hotline/<uuid:call_id>/result", calls.ResultView.as_view()),
    path("hotline/<uuid:call_id>/prolong", calls.ProlongView.as_view()),
    path("hotline/<uuid:call_id>/release", calls.ReleaseView.as_view()),
    path("gateways", channels.GatewaysView.as_view()),
    path("gateways/<str:channel>/test", channels.GatewayTestView.as_view()),
    path("reports/<str:channel>", delivery_reports.ReportsView.as_view()),
    path("replies/<str:channel>", replies.RepliesView.as_view()),
    path("figures", figures.FiguresView.as_view()),
]
