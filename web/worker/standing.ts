// How the worker who is logged in stands with his union, in words.
import type { Me, Standing } from "../client/types";
import { MEMBER } from "../shared/members";
import { day } from "../shared/words";
import { answered } from "./term";

/** Whether somebody counts as a member. */
export const isMember = (state: Standing | undefined): boolean => state !== undefined && MEMBER.includes(state);

/** That he asked to join, whom and when; nothing unless he waits for the answer. */
export const waits = ({ member }: Me): string | undefined =>
  member?.state === "applied"
    ? `您${day(member.applied_on)}向“${member.organisation}”申请入会，正在等待批准。`
    : undefined;

/** That he is on his way to another union, and until when that is answered. */
export const moving = ({ to_organisation, overdue, term, due_on }: NonNullable<Me["transfer"]>): string =>
  `正在转到“${to_organisation}”，${overdue ? "已过确认期限，由上级工会决定" : answered(term, due_on)}`;
