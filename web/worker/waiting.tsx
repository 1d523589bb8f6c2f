import { Link } from "react-router";
import { timeNow } from "../client/clock";
import type {
  MyStationActivity,
  MyStationBooking,
  MyStationShift,
  MyStationVolunteering,
  MyVoucher,
  StationGiftClaim,
  StationGifts,
} from "../client/types";
import { day, minute } from "../shared/words";
import { goodFor, toCome } from "./benefit/until";
import { useMine } from "./use-mine";

interface Thing {
  key: string;
  to: string;
  name: string;
  text: string;
  /** When I come for it, or until when at the latest. */
  at: string;
}

/** Shown at once; each has a page of its own for the rest. */
const MOST = 4;

/** What waits for me to come: times that I booked, activities, shifts, gifts kept for me, vouchers; the next first. */
export function Waiting() {
  const bookings = useMine<MyStationBooking[]>("/me/station-bookings");
  const activities = useMine<MyStationActivity[]>("/me/station-activities");
  const helping = useMine<MyStationVolunteering>("/me/station-volunteering");
  const gifts = useMine<StationGifts>("/me/station-gifts");
  const vouchers = useMine<MyVoucher[]>("/me/vouchers");
  const booked = bookings.data?.filter((one) => one.state === "booked" && isToCome(one.ends_at)) ?? [];
  const joined = activities.data?.filter((one) => one.seat && !one.cancelled && isToCome(one.ends_at)) ?? [];
  const shifts = helping.data?.shifts.filter((one) => one.may_offer) ?? [];
  const kept = gifts.data?.mine.filter((one) => one.state === "reserved") ?? [];
  const claimed = vouchers.data?.filter((one) => one.state === "claimed") ?? [];
  const things: Thing[] = [
    ...booked.map((one) => comes(one.id, "/desks", one.kind_label, one)),
    ...joined.map((one) => comes(one.id, "/activities", one.title, one)),
    ...shifts.map(shiftOf),
    ...kept.map(giftOf),
    ...claimed.map(voucherOf),
  ];
  if (things.length === 0) return null;
  things.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <section className="waiting" aria-labelledby="waiting">
      <h2 id="waiting">等您来的</h2>
      <nav className="tiles small" aria-labelledby="waiting">
        {things.slice(0, MOST).map((one) => (
          <Link key={one.key} to={one.to} className="whole">
            <b>{one.name}</b>
            <span>{one.text}</span>
          </Link>
        ))}
      </nav>
      {things.length > MOST && <p className="quiet">还有 {things.length - MOST} 项，在各自的页面里。</p>}
    </section>
  );
}

const isToCome = (end: string) => Date.parse(end) > timeNow();

const comes = (key: string, to: string, name: string, of: { starts_at: string; station: string }): Thing => ({
  key,
  to,
  name,
  text: `${minute(of.starts_at)} · ${of.station}`,
  at: of.starts_at,
});

/** When a day begins. */
const dawn = (day: string) => `${day}T00:00:00+08:00`;

const shiftOf = (of: MyStationShift): Thing => ({
  key: of.id,
  to: "/volunteer",
  name: of.task,
  text: `${day(of.day)} ${of.hours_text} · ${of.station}`,
  at: dawn(of.day),
});

function voucherOf(of: MyVoucher): Thing {
  const batch = toCome(of);
  return {
    key: of.id,
    to: `/vouchers/${of.id}`,
    name: of.title,
    text: goodFor(of),
    at: batch ? dawn(batch.starts_on) : of.use_until,
  };
}

const giftOf = (of: StationGiftClaim): Thing => ({
  key: of.id,
  to: "/gifts",
  name: of.gift,
  text: `${minute(of.until)} 前领取 · ${of.station}`,
  at: of.until,
});
