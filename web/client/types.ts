// What the server answers, under the names that pages use. All come from the OpenAPI document (`npm run types`); what the
// document does not hold yet stands below the line, by the same conventions, until it does.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type ActionLabel = Schemas["ActionLabel"];
export type Session = Schemas["Session"];
export type Place = Schemas["Place"];
export type OrganisationRow = Schemas["OrganisationRow"];
export type OrganisationDetail = Schemas["OrganisationDetail"];
export type FoundingLine = Schemas["FoundingLine"];
export type FoundingRow = Schemas["FoundingRow"];
export type FoundingChoice = Schemas["FoundingChoice"];
export type Figure = Schemas["Figure"];
export type Figures = Schemas["Figures"];
export type FactKind = Schemas["FactKindRow"];
export type FactRow = Schemas["FactRow"];
export type MemberRow = Schemas["MemberRow"];
export type MemberDetail = Schemas["MemberDetail"];
export type DuesFile = Schemas["DuesFile"];
export type DuesFileUndo = Schemas["DuesFileUndo"];
export type DuesAnswer = Schemas["DuesAnswer"];
export type RowsToMend = Schemas["RowsToMend"];
export type DuesPage = Schemas["DuesPage"];
export type DuesRow = Schemas["DuesRow"];
export type BoundPhone = Schemas["BoundPhone"];
export type MyDues = Schemas["MyDues"];
export type LapseStanding = Schemas["LapseStanding"];
export type TermStanding = Schemas["TermStanding"];
export type TermState = Schemas["TermState"];
export type LapseRow = Schemas["LapseRow"];
export type EventView = Schemas["EventView"];
export type LiveEvent = Schemas["LiveEvent"];
export type Gift = Schemas["Gift"];
export type Waiting = Schemas["Waiting"];
export type PlanRow = Schemas["PlanRow"];
export type PlanDetail = Schemas["PlanDetail"];
export type PlanForm = Schemas["PlanForm"];
export type WorkerGroup = Schemas["WorkerGroup"];
export type PlanBoard = Schemas["PlanBoard"];
export type BoardItem = Schemas["BoardItem"];
export type IndicatorView = Schemas["IndicatorView"];
export type Breakdown = Schemas["Breakdown"];
export type ChildStanding = Schemas["ChildStanding"];
export type Proposal = Schemas["Proposal"];
export type Series = Schemas["Series"];
export type Reminded = Schemas["Reminded"];
export type ReminderRow = Schemas["ReminderRow"];
export type DuplicateGroup = Schemas["DuplicateGroup"];
export type CalendarDay = Schemas["CalendarDay"];
export type RegionCalendar = Schemas["RegionCalendar"];
export type BranchRow = Schemas["BranchRow"];
export type BranchForm = Schemas["BranchForm"];
export type RecordFact = Schemas["RecordFact"];
export type Counting = Schemas["Counting"];
export type ApprovalBoard = Schemas["ApprovalBoard"];
export type ApprovalYear = Schemas["ApprovalYear"];
export type QuarterApproval = Schemas["QuarterApproval"];
export type StoredFile = Schemas["Stored"];
export type ValueRow = Schemas["ValueRow"];
export type Budget = Schemas["Budget"];
export type BudgetLine = Schemas["BudgetLine"];
export type PaymentRow = Schemas["PaymentRow"];
export type ReportRow = Schemas["ReportRow"];
export type IndicatorForm = Schemas["IndicatorForm"];
export type IndicatorStatus = Schemas["IndicatorStatus"];
export type IndicatorScale = Schemas["IndicatorScale"];
export type ReceivingUnion = Schemas["ReceivingUnion"];
export type PublicEvent = Schemas["PublicEvent"];
export type Join = Schemas["Join"];
export type JoinAnswer = Schemas["JoinAnswer"];
export type Me = Schemas["Me"];
export type MyCard = Schemas["MyCard"];
export type MyUnion = Schemas["MyUnion"];
export type PrivacyRequestRow = Schemas["PrivacyRequestRow"];
export type CardCheck = Schemas["CardCheck"];

/** One page of any list. */
export interface Page<T> {
  items: T[];
  next?: string | null;
  total: number;
}

export type Standing = Schemas["Standing"];
export type Approved = Schemas["Approved"];
export type TransferRow = Schemas["TransferRow"];
export type ImportView = Schemas["ImportView"];
export type ImportState = Schemas["ImportState"];
export type ImportRowView = Schemas["ImportRowView"];
export type RowVerdict = Schemas["Verdict"];
export type RosterField = Schemas["RosterField"];
export type EventForm = Schemas["EventForm"];
export type JoinRow = Schemas["JoinRow"];
export type Shares = Schemas["Shares"];
export type Trend = Schemas["Trend"];
export type Matrix = Schemas["Matrix"];
export type SetUp = Schemas["SetUp"];
export type AuditRow = Schemas["AuditRow"];
export type ApplicationOutcome = Schemas["ApplicationOutcome"];
export type FoundingStep = Schemas["FoundingStep"];
export type MembershipStep = Schemas["Step"];
export type AccountView = Schemas["AccountView"];
export type NextStep = Schemas["NextStep"];
export type Enrolment = Schemas["Enrolment"];
export type RecoveryCodes = Schemas["RecoveryCodes"];
export type SecondFactorView = Schemas["SecondFactorView"];
export type ProviderView = Schemas["ProviderView"];
export type BindingView = Schemas["BindingView"];
export type OwnLogIn = Schemas["OwnLogIn"];
export type Departure = Schemas["Departure"];
export type RoleView = Schemas["RoleView"];
export type PermissionLabel = Schemas["PermissionLabel"];
export type TokenView = Schemas["TokenView"];
export type MadeToken = Schemas["MadeToken"];
export type KeyStanding = Schemas["KeyStanding"];
export type UnopenedValue = Schemas["UnopenedValue"];
export type PersonRow = Schemas["PersonRow"];
export type PersonDetail = Schemas["PersonDetail"];
export type PlatformCompany = Schemas["PlatformCompany"];
export type Employer = Schemas["Employer"];
export type HeadCountRow = Schemas["HeadCountRow"];
export type RuleStanding = Schemas["RuleStanding"];
export type PrivacyCase = Schemas["PrivacyCase"];
export type ExportView = Schemas["ExportView"];
export type ExportFormat = Schemas["ExportFormat"];
export type CheckpointStanding = Schemas["CheckpointStanding"];
export type Erased = Schemas["Erased"];
export type RevealPurpose = Schemas["RevealPurpose"];
export type StationState = Schemas["StationState"];
export type StationsTurned = Schemas["StationsTurned"];
export type StationForm = Schemas["StationForm"];
export type StationPartner = Schemas["StationPartner"];
export type StationPhoto = Schemas["StationPhoto"];
export type StationItem = Schemas["StationItem"];
export type StationPost = Schemas["StationPost"];
export type StationSupplyMove = Schemas["StationSupplyMove"];
export type StationEntry = Schemas["StationEntry"];
export type LateStationEntry = Schemas["LateStationEntry"];
export type StationRound = Schemas["StationRound"];
export type StationDevice = Schemas["StationDevice"];
export type StationAlarm = Schemas["StationAlarm"];
export type StationOpening = Schemas["StationOpening"];
export type StationGood = Schemas["StationGood"];
export type StationSupply = Schemas["StationSupply"];
export type NewStationIncident = Schemas["NewStationIncident"];
export type StationIncident = Schemas["StationIncident"];
export type StationHelped = Schemas["StationHelped"];
export type StationTaking = Schemas["StationTaking"];
export type StationGift = Schemas["StationGift"];
export type StationGiftClaim = Schemas["StationGiftClaim"];
export type StationCorner = Schemas["StationCorner"];
export type StationRoom = Schemas["StationRoom"];
export type GuestPass = Schemas["GuestPass"];
export type GuestCode = Schemas["GuestCode"];
export type StationCatalogueEntry = Schemas["StationCatalogueEntry"];
export type StationFileAnswer = Schemas["StationFileAnswer"];
export type StationFileRow = Schemas["StationFileRow"];
export type StationFileKept = Schemas["StationFileKept"];
export type StationFileUndo = Schemas["StationFileUndo"];
export type StationUndoRow = Schemas["StationUndoRow"];
export type OpeningHours = Schemas["OpeningHours"];
export type Span = Schemas["Span"];
export type MyStation = Schemas["MyStation"];
export type MyStationCode = Schemas["MyStationCode"];
export type NewEntry = Schemas["NewEntry"];
export type NewRound = Schemas["NewRound"];
export type NearItem = Schemas["NearItem"];
export type FoundPlace = Schemas["FoundPlace"];
export type FoundPlaces = Schemas["FoundPlaces"];
export type MapTiles = Schemas["MapTiles"];
export type DivisionOutlines = Schemas["DivisionOutlines"];
export type StationStandard = Schemas["StationStandard"];
export type StandardRow = Schemas["StandardRow"];
export type StationInspection = Schemas["StationInspection"] & { drafted_at?: string | null };
export type InspectionMark = Schemas["InspectionMark"];

/** What of an inspection was marked so far. */
export interface InspectionDraft {
  done_on?: string | null;
  marks: (Pick<InspectionMark, "code" | "score" | "note" | "photos"> & { apart: boolean })[];
  found: { code?: string; wrong?: string; mend_by?: string }[];
  note?: string | null;
}

export type StationInspectionSheet = Schemas["StationInspectionSheet"] & {
  draft?: InspectionDraft | null;
  drafted_by?: string | null;
  drafted_at?: string | null;
};
export type StationFinding = Schemas["StationFinding"];
export type MyStationMending = Schemas["MyStationMending"];
export type StationNeed = Schemas["StationNeed"];
export type NeedRow = Schemas["NeedRow"];
export type StationActivity = Schemas["StationActivity"];
export type StationActivityForm = Schemas["StationActivityForm"];
export type StationAttendance = Schemas["StationAttendance"];
export type StationSignup = Schemas["StationSignup"];
export type MyStationActivity = Schemas["MyStationActivity"];
export type Attended = Schemas["Attended"];
export type StationFault = Schemas["StationFault"];
export type StationFaultAnswer = Schemas["StationFaultAnswer"];
export type NewStationFault = Schemas["NewStationFault"];
export type MyStationFault = Schemas["MyStationFault"];
export type StationRating = Schemas["StationRating"];
export type PublicRatings = Schemas["PublicRatings"];
export type MyStationVisit = Schemas["MyStationVisit"];
export type StationGuest = Schemas["StationGuest"];
export type NewStationGuest = Schemas["NewStationGuest"];
export type MyStationBooking = Schemas["MyStationBooking"];
export type OfferedStationDesk = Schemas["OfferedStationDesk"];
export type StationConsultationRecord = Schemas["StationConsultationRecord"];
export type StationDesk = Schemas["StationDesk"];
export type StationDeskAdviser = Schemas["StationDeskAdviser"];
export type StationDeskForm = Schemas["StationDeskForm"];
export type StationDeskTimes = Schemas["StationDeskTimes"];
export type StationShift = Schemas["StationShift"];
export type StationShiftForm = Schemas["StationShiftForm"];
export type StationVolunteer = Schemas["StationVolunteer"];
export type StationRoster = Schemas["StationRoster"];
export type StationRosterRow = Schemas["StationRosterRow"];
export type OfferedStationShift = Schemas["OfferedStationShift"];
export type MyStationShift = Schemas["MyStationShift"];
export type MyStationVolunteering = Schemas["MyStationVolunteering"];
export type StationRequest = Schemas["StationRequest"];
export type StationYear = Schemas["StationYear"];
export type StationYearLine = Schemas["StationYearLine"];
export type OfferView = Schemas["OfferView"];
export type OfferForm = Schemas["OfferForm"];
export type SettledMany = Schemas["SettledMany"];
export type PaidMany = Schemas["PaidMany"];
export type OfferAmendment = Schemas["OfferAmendment"];
export type OfferRoundForm = Schemas["OfferRoundForm"];
export type OfferRound = Schemas["OfferRound"];
export type OfferState = Schemas["OfferState"];
export type ClaimRow = Schemas["ClaimRow"];
export type ClaimState = Schemas["ClaimState"];
export type VoidForm = Schemas["VoidForm"];
export type VoidAllForm = Schemas["VoidAllForm"];
export type VoidOrdered = Schemas["VoidOrdered"];
export type ClaimAnswer = Schemas["ClaimAnswer"];
export type BenefitKind = Schemas["BenefitKind"];
export type BenefitPartner = Schemas["BenefitPartnerView"];
export type AddedStations = Schemas["AddedStations"];
export type PartnerLink = Schemas["PartnerLink"];
export type OfferPlace = Schemas["OfferPlace"];
export type MyRedemptionPlace = Schemas["MyRedemptionPlace"];
export type PartnerToday = Schemas["PartnerToday"];
export type PartnerBatches = Schemas["PartnerBatches"];
export type PartnerGuest = Schemas["PartnerGuest"];
export type PartnerStatement = Schemas["PartnerStatement"];
export type PartnerStatements = Schemas["PartnerStatements"];
export type StatementDay = Schemas["StatementDay"];
export type BatchView = Schemas["BatchView"];
export type BatchForm = Schemas["BatchForm"];
export type BatchOption = Schemas["BatchOption"];
export type NominationRound = Schemas["NominationRound"];
export type NominationRow = Schemas["NominationRow"];
export type DecidedMany = Schemas["DecidedMany"];
export type NominationTableAnswer = Schemas["NominationTableAnswer"];
export type NominationState = Schemas["NominationState"];
export type ObjectionView = Schemas["ObjectionView"];
export type PublicList = Schemas["PublicList"];
export type PublicNominee = Schemas["PublicNominee"];
export type Settlements = Schemas["Settlements"];
export type SettlementRow = Schemas["SettlementRow"];
export type SettlementView = Schemas["SettlementView"];
export type SettlementBurst = Schemas["SettlementBurst"];
export type SettlementLine = Schemas["SettlementLine"];
export type SettlementState = Schemas["SettlementState"];
export type DisputeView = Schemas["DisputeView"];
export type BookingView = Schemas["BookingView"];
export type Redeemed = Schemas["Redeemed"];
export type RedemptionRow = Schemas["RedemptionRow"];
export type MyOffer = Schemas["MyOffer"];
export type DrawView = Schemas["DrawView"];
export type EntryAnswer = Schemas["EntryAnswer"];
export type OfferWay = Schemas["OfferWay"];

// ——————

/** An impact assessment (个人信息保护影响评估). */
export interface AssessmentRow {
  id: string;
  organisation_id: string;
  organisation: string;
  subject: string;
  purpose?: string | null;
  purpose_label?: string | null;
  aims: string;
  risks: string;
  measures: string;
  conclusion: "allowed" | "guarded" | "forbidden";
  conclusion_label: string;
  assessor: string;
  assessed_on: string;
  valid_until: string;
  expired: boolean;
  version: number;
}

/** Something that goes on by a separate consent without an assessment that holds. */
export interface MissingAssessment {
  purpose: string;
  label: string;
}

/** What somebody agrees to, and for what. */
export type ConsentText = Schemas["ConsentText"] & { purpose: string; label: string };

export type MyPrivacy = Omit<Schemas["MyPrivacy"], "agree_again" | "consents"> & {
  consents: (Schemas["MyConsent"] & { ends: string })[];
  agree_again: ConsentText[];
};

export type NewCompanion = Schemas["NewCompanion"] & { birth_date?: string | null };

/** Who comes along, masked; of a child below fourteen that he is one and when his guardian agreed. */
export type MaskedCompanion = Schemas["MaskedCompanion"] & { guardian_label?: string | null };
export type SeatRow = Schemas["SeatRow"] & { companions: MaskedCompanion[] };
export type MyVoucher = Schemas["MyVoucher"] & { batch?: { companions: MaskedCompanion[] } | null };

/** In which way something is neglected. */
export type StationNeglectKind = "round" | "finding" | "fault" | "unseen";

/** What is neglected in one way at a station, in a list. */
export interface StationNeglectTag {
  kind: StationNeglectKind;
  kind_label: string;
  since: string;
  level: "master" | "union" | "above";
  level_label: string;
}

/** Something at a station that nobody looks after. */
export interface StationNeglect extends StationNeglectTag {
  id: string;
  what: string;
  inspection_id?: string | null;
}

export type StationAttention =
  | Schemas["StationAttention"]
  | "round_wrong"
  | "at_union"
  | "inspection_overdue"
  | "inspection_soon";
export type StationRow = Schemas["StationRow"] & {
  neglected: StationNeglectTag[];
  wrong_points: number;
  inspected_on?: string | null;
};
/** What became of the inspections that were planned by one act. */
export interface StationInspectionsPlanned {
  planned: number;
  refused: { id: string; reason: string }[];
}

export type StationView = Schemas["StationView"] & { neglected: StationNeglect[]; paused_from?: string | null };

/** Something that visitors say is broken or missing, and where. */
export type StationFaultRow = StationFault & { station_id: string; station: string; organisation: string };

/** How much waits at a station beside the day's own. */
export interface DutyWaiting {
  short: number;
  kept: number;
  hours: number;
  unanswered: number;
  alarms: number;
}

export type DutyDay = Schemas["DutyDay"] & DutyWaiting & { pause?: StationPauseAhead | null };

/** One figure of how stations are used, beside that of the same days of the year before if it was asked for. */
export type UseFigure = Schemas["UseFigure"] & { before?: number | null };

export type StationUse = Omit<Schemas["StationUse"], "busiest" | "by_hour" | "by_day" | "by_group" | "by_service"> &
  Record<"by_hour" | "by_weekday" | "by_day" | "by_group" | "by_service", UseFigure[]> & {
    visits_before?: number | null;
    services_before?: number | null;
  };

/** How one station is used. */
export interface StationRank {
  id: string;
  code: string;
  name: string;
  organisation: string;
  opened_on?: string | null;
  visits: number;
  visits_before: number;
  services: number;
  services_before: number;
  last_visit?: string | null;
  faults: number;
}

/** Stations by how they are used: the first of them, and how many there are. */
export interface StationRanks {
  from: string;
  to: string;
  items: StationRank[];
  total: number;
}

/** A station's pause, and what is still planned for its days. */
export interface StationPauseAhead {
  text: string;
  activities: number;
  shifts: number;
}

/** A day on which a station is open at other hours than in other weeks. */
export interface StationDayHours {
  day: string;
  text: string;
}

export type NearStation = Schemas["NearStation"] & { exceptions: StationDayHours[]; will_pause?: string | null };

export type StationGifts = Omit<Schemas["StationGifts"], "offered">;
/** Something that can be had at a station, and how far away it is. */
export type OfferedStationGift = StationGift & { metres?: number | null };

export type StationConsultation = Schemas["StationConsultation"] & { walked_in?: boolean };

/** A desk, and the time there that has begun and is free. */
export interface StationDeskNow {
  id: string;
  label: string;
  adviser: string;
  starts_at?: string | null;
  ends_at?: string | null;
}

/** Somebody who came to a desk without having booked. */
export interface NewStationWalkIn {
  desk_id: string;
  code?: string;
  phone?: string;
  group?: string;
}

/** Who was written down; nobody known has no name. */
export interface StationWalkIn {
  id: string;
  name?: string | null;
  starts_at: string;
  ends_at: string;
}
