"""The groups and tables of the admin's side bar, in the order of setting up a server."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

GROUPS: list[tuple[Any, list[tuple[str, str, Any]]]] = [
    (_("People and units"), [
        ("accounts_person", "person", _("People")),
        ("accounts_unit", "account_tree", _("Units")),
    ]),
    (_("Ground"), [
        ("households_division", "map", _("Divisions")),
        ("households_area", "grid_view", _("Grids")),
        ("households_coverage", "assignment_ind", _("Coverage")),
    ]),
    (_("Households"), [
        ("households_household", "home", _("Households")),
        ("households_resident", "elderly", _("Residents")),
        ("households_contact", "diversity_1", _("Contacts")),
    ]),
    (_("Sources and rules"), [
        ("dissuasion_alertsource", "sensors", _("Alert sources")),
        ("dissuasion_policy", "balance", _("Policies")),
        ("dissuasion_script", "menu_book", _("Scripts")),
        ("dissuasion_scriptversion", "history_edu", _("Script versions")),
    ]),
    (_("The work, read only"), [
        ("dissuasion_case", "folder_open", _("Cases")),
        ("dissuasion_alert", "notifications", _("Alerts")),
        ("dissuasion_triageentry", "filter_alt", _("Triage entries")),
        ("dissuasion_assignment", "send", _("Assignments")),
        ("dissuasion_delivery", "outgoing_mail", _("Deliveries")),
        ("dissuasion_visit", "door_front", _("Visits")),
        ("dissuasion_checkin", "pin_drop", _("Check-ins")),
        ("dissuasion_act", "smartphone", _("Acts")),
        ("dissuasion_evidence", "photo_camera", _("Evidence")),
        ("dissuasion_caseevent", "timeline", _("Case events")),
    ]),
]  # fmt: skip


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the groups and tables as the theme's rail wants them."""
    return [
        {
            "title": title,
            "items": [
                {"title": name, "icon": icon, "link": reverse_lazy(f"admin:{table}_changelist")}
                for table, icon, name in tables
            ],
        }
        for title, tables in GROUPS
    ]
