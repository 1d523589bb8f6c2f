// What the server answers, under the names that pages use. All come from the OpenAPI document (`npm run types`); what the
// document does not hold yet stands below the line, by the same conventions, until it does.
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type Place = Schemas["Place"];
export type OrganisationRow = Schemas["OrganisationRow"];
export type OrganisationDetail = Schemas["OrganisationDetail"];
export type Figure = Schemas["Figure"];
export type Figures = Schemas["Figures"];
export type FactKind = Schemas["FactKindRow"];
export type FactRow = Schemas["FactRow"];
export type MemberRow = Schemas["MemberRow"];
export type MemberDetail = Schemas["MemberDetail"];
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
export type NewValue = Schemas["NewValue"];
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
export type NewPayment = Schemas["NewPayment"];
export type PaymentRow = Schemas["PaymentRow"];
export type ReportRow = Schemas["ReportRow"];
export type IndicatorForm = Schemas["IndicatorForm"];
export type IndicatorStatus = Schemas["IndicatorStatus"];
export type IndicatorScale = Schemas["IndicatorScale"];
export type NamedUnion = Schemas["NamedUnion"];
export type PublicEvent = Schemas["PublicEvent"];
export type Join = Schemas["Join"];
export type JoinAnswer = Schemas["JoinAnswer"];
export type Me = Schemas["Me"];
export type MyCard = Schemas["MyCard"];
export type MyUnion = Schemas["MyUnion"];
export type MyPrivacy = Schemas["MyPrivacy"];
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
export type AccountView = Schemas["AccountView"];
export type RoleView = Schemas["RoleView"];
export type PermissionLabel = Schemas["PermissionLabel"];
export type TokenView = Schemas["TokenView"];
export type MadeToken = Schemas["MadeToken"];
export type PersonRow = Schemas["PersonRow"];
export type PersonDetail = Schemas["PersonDetail"];
export type PlatformCompany = Schemas["PlatformCompany"];
export type Employer = Schemas["Employer"];
export type HeadCountRow = Schemas["HeadCountRow"];
export type RuleStanding = Schemas["RuleStanding"];
export type PrivacyCase = Schemas["PrivacyCase"];
