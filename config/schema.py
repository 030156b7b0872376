"""How the schema of the public doors is written (drf-spectacular)."""

from typing import Any

SETTINGS: dict[str, Any] = {
    "TITLE": "Doorstep (上门劝阻)",
    "DESCRIPTION": "From a fraud warning to the right officer's phone to a recorded face-to-face visit.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.lib.http.schema.declare_refusals",
    ],
    "ENUM_NAME_OVERRIDES": {
        "AmountKindEnum": "dissuasion.models.VisitAmount.Kind",
        "AmountMeaningEnum": "dissuasion.models.VisitAmount.Meaning",
        "AssignmentStatusEnum": "dissuasion.models.Assignment.Status",
        "CaseStatusEnum": "dissuasion.models.Case.Status",
        "ChannelEnum": "dissuasion.models.Delivery.Channel",
        "DeliveryStateEnum": "dissuasion.models.Delivery.State",
        "EventKindEnum": "dissuasion.models.CaseEvent.Kind",
        "EvidenceKindEnum": "dissuasion.models.Evidence.Kind",
        "EvidenceStateEnum": "dissuasion.models.Evidence.State",
        "AssignmentPurposeEnum": "dissuasion.models.Assignment.Purpose",
        "DeliveryPurposeEnum": "dissuasion.models.Delivery.Purpose",
        "PartEnum": "dissuasion.models.Assignment.Part",
        "ReplyMeaningEnum": "dissuasion.models.Reply.Meaning",
        "TriageStatusEnum": "dissuasion.models.TriageEntry.Status",
        "UnitKindEnum": "accounts.models.Unit.Kind",
        "OpenStatusEnum": "dissuasion.api.phone.work_shape.OPEN_STATUSES",
        "EndedStatusEnum": "dissuasion.api.phone.work_shape.ENDED_STATUSES",
    },
}
