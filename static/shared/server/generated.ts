// Made by `make types` from the tables of the server: never edited here, and a test fails when it is stale.
export const CASE_STATUSES = ["closed", "monitoring", "open"] as const;
export const ASSIGNMENT_STATUSES = ["acknowledged", "assigned", "cleared", "declined", "en_route", "lapsed", "on_scene", "recalled"] as const;
export const OPEN_STATUSES = ["assigned", "acknowledged", "en_route", "on_scene"] as const;
export const FORWARD = ["assigned", "acknowledged", "en_route", "on_scene", "cleared"] as const;
export const RISKS = ["low", "medium", "high"] as const;
export const ACT_KINDS = ["acknowledge", "all_right", "arrive", "contact", "correction", "decline", "depart", "help", "note", "receipt", "resolve", "undone", "visit"] as const;
export const DISPOSITIONS = {
  by_phone_only: { met: false, leads_to: "follow_up", follow_up_days: 1 },
  dissuaded: { met: true, leads_to: "follow_up", follow_up_days: 1 },
  money_gone: { met: true, leads_to: "desk", follow_up_days: null },
  no_fraud: { met: true, leads_to: "close", follow_up_days: null },
  not_met: { met: false, leads_to: "desk", follow_up_days: null },
  refused: { met: true, leads_to: "desk", follow_up_days: null },
  wavering: { met: true, leads_to: "follow_up", follow_up_days: 1 },
  wrong_address: { met: false, leads_to: "desk", follow_up_days: null },
} as const;
export const CLOCKS = ["acknowledge", "contact", "arrive", "record"] as const;
export const DECLINE_REASONS = ["knows_the_person", "on_another_case", "other", "too_far", "unwell"] as const;
export const TRIED = ["asked_family", "asked_neighbours", "knocked", "left_note", "phoned"] as const;
export const DONE = ["app_removed", "caller_blocked", "family_informed", "screen_sharing_off"] as const;
export const NEEDS = ["bank", "second_visit", "someone_else"] as const;
export const AMOUNT_MEANINGS = ["lost", "protected"] as const;
export const AMOUNT_EVIDENCE = ["bank", "family", "said", "seen"] as const;
export const AMOUNT_KINDS = ["gold", "money", "other"] as const;
export const GRADING = {
  at_the_door_m: 15,
  at_the_house_m: 50,
  fine_m: 30,
  usable_m: 100,
  coarse_m: 2000,
  old_after_s: 120,
} as const;
export const GRADE_REASONS = ["no_position", "address_without_point", "no_distance", "a_little_off", "coarse_position", "far_away", "old_position", "accuracy_implausible"] as const;
export const TRAVEL = {
  minutes_a_km: 2.0,
} as const;
export const SCRIPT_PICTURES = ["alone", "another_fee", "app", "approved", "big_sum", "borrow", "caller", "fee", "form", "gone", "group", "hush", "locked", "one_card", "screen", "small_gain", "stain"] as const;
export const FLAGS_FOR_THE_OFFICER = ["after_clear", "after_close", "after_lapse", "after_recall", "decided_meanwhile", "second_record"] as const;
export const TAKEN = ["applied", "already_applied", "flagged", "held", "refused"] as const;
export const RESOLVE_CHOICES = ["theirs", "mine_too", "mistake", "seen"] as const;
export const HELD_CODES = ["assignment_unknown", "record_unknown", "kind_unknown", "payload_unreadable", "quarantined"] as const;
export const READY_CHECKS = ["sound", "notifications", "push", "position", "storage", "version", "clock", "socket"] as const;
export const CLOSE_CODES = {
  signed_out: 4401,
  right_removed: 4403,
  replaced: 4409,
  refetch: 4410,
} as const;
export const LIMITS = {
  carried: 500,
  piece_bytes: 262144,
  photos: 12,
  arrival_photos: 2,
  amounts: 20,
  note: 10000,
  manual_reason: 300,
  reason: 300,
  amount_to: 120,
} as const;
export const ROLES = ["admin", "auditor", "bank_liaison", "cadre", "city_desk", "community_officer", "county_desk", "grid_member", "hotline_operator", "officer", "police_assistant", "station_chief"] as const;
export const ROLES_THAT_LEAD_HIGH = ["community_officer", "officer", "station_chief"] as const;
export const ROLES_THAT_COMMAND = ["city_desk", "county_desk", "station_chief"] as const;

export type CaseStatus = (typeof CASE_STATUSES)[number];
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];
export type Risk = (typeof RISKS)[number];
export type ActKind = (typeof ACT_KINDS)[number];
export type DispositionCode = keyof typeof DISPOSITIONS;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
export type TriedCode = (typeof TRIED)[number];
export type DoneCode = (typeof DONE)[number];
export type NeedsCode = (typeof NEEDS)[number];
export type Clock = (typeof CLOCKS)[number];
export type ResolveChoice = (typeof RESOLVE_CHOICES)[number];
export type HeldCode = (typeof HELD_CODES)[number];
export type ReadyCheck = (typeof READY_CHECKS)[number];
export type AmountMeaning = (typeof AMOUNT_MEANINGS)[number];
export type AmountEvidence = (typeof AMOUNT_EVIDENCE)[number];
export type AmountKind = (typeof AMOUNT_KINDS)[number];
export type GradeReason = (typeof GRADE_REASONS)[number];
export type ScriptPicture = (typeof SCRIPT_PICTURES)[number];
export type Role = (typeof ROLES)[number];
