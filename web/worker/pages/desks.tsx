import { useRef, useState } from "react";
import type { MyStationBooking, OfferedStationDesk } from "../../client/types";
import { DESKS } from "../../shared/stations";
import { minute } from "../../shared/words";
import { isAhead } from "../desk/ahead";
import { Booking } from "../desk/booking";
import { Times } from "../desk/times";
import { Taps } from "../field";
import { NearSearch, type Sought } from "../find/near-search";
import { Frame } from "../frame";
import { MineHeading } from "../mine-heading";
import { StationLine } from "../station-line";
import { Answered, useAgain, useMine } from "../use-mine";

const KINDS = [{ code: "", label: "全部" }, ...Object.entries(DESKS).map(([code, label]) => ({ code, label }))];

/** So many come at most, the nearest where a position is known. */
const MOST = 40;

/** Desks at stations: what I booked, with what was written of it, and what can be booked. */
export default function DesksPage() {
  const taken = useRef(false);
  const mine = useMine<MyStationBooking[]>("/me/station-bookings");
  const again = useAgain("/me/station-");
  return (
    <Frame title="驿站咨询">
      <Answered asked={mine}>
        {(bookings) => (
          <>
            <p>律师、就业顾问、心理咨询师在驿站轮流值班，不收费。说了什么，只有您和接待的人能看。</p>
            <MineHeading number={bookings.length} taken={taken}>
              我的预约
            </MineHeading>
            {soonestFirst(bookings).map((one) => (
              <Booking key={one.id} of={one} again={again} />
            ))}
            <h2>预约咨询</h2>
            <Desks
              again={(booked) => {
                taken.current = booked;
                return again();
              }}
            />
          </>
        )}
      </Answered>
    </Frame>
  );
}

/** What is to come first, the soonest on top; below it what is over or cancelled, the last first, as it comes. */
function soonestFirst(bookings: MyStationBooking[]) {
  return [...bookings.filter(isAhead).reverse(), ...bookings.filter((one) => !isAhead(one))];
}

function Desks({ again }: { again: (booked: boolean) => Promise<void> }) {
  const [kind, choose] = useState("");
  const [sought, seek] = useState<Sought>({});
  const [shown, show] = useState("");
  const query = new URLSearchParams({ ...(kind && { kind }), ...sought }).toString();
  const asked = useMine<OfferedStationDesk[]>(`/me/station-desks${query ? `?${query}` : ""}`, {
    placeholderData: (before: OfferedStationDesk[] | undefined) => before,
  });
  return (
    <>
      <Taps label="想问什么" value={kind} onChange={choose} choices={KINDS} />
      <NearSearch sought={sought} seek={seek} />
      {(asked.data?.length ?? 0) >= MOST && (
        <p className="quiet small">只显示 {MOST} 个窗口，没有您要的，请按驿站名称或地址查找。</p>
      )}
      <Answered asked={asked}>
        {(desks) =>
          desks.length === 0 ? (
            <p className="note">没有找到可以预约的窗口，换个类型或地方看看。</p>
          ) : (
            desks.map((desk) => (
              <article className="box" key={desk.id} aria-label={`${desk.kind_label} ${desk.station}`}>
                <p>
                  <b>{desk.kind_label}</b> · {desk.adviser}
                </p>
                <StationLine at={desk} />
                <p className="quiet small">
                  {desk.hours_text} · 每次{desk.minutes}分钟
                </p>
                {desk.about && <p className="quiet small">{desk.about}</p>}
                {shown === desk.id ? (
                  <Times
                    desk={desk.id}
                    path={`/me/station-desks/${desk.id}/book`}
                    verb="预约"
                    leave={() => show("")}
                    done={again}
                  />
                ) : desk.next_free ? (
                  <button
                    type="button"
                    className="plain wide"
                    aria-label={`选时间：${desk.kind_label} ${desk.station}`}
                    onClick={() => show(desk.id)}
                  >
                    选时间（最早 {minute(desk.next_free).slice(5)}）
                  </button>
                ) : (
                  <p className="quiet">近期没有可以约的时间</p>
                )}
              </article>
            ))
          )
        }
      </Answered>
    </>
  );
}
