import type { Standing } from "../client/types";

/** The states in which somebody counts as a member; so also while a transfer is pending. */
export const MEMBER: Standing[] = ["normal", "transfer_pending", "retained"];
