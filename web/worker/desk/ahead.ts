import { timeNow } from "../../client/clock";
import type { MyStationBooking } from "../../client/types";

/** Whether somebody is still waited for at what he booked. */
export const isAhead = (of: MyStationBooking): boolean => of.state === "booked" && Date.parse(of.ends_at) > timeNow();
