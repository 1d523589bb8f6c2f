import { type RefObject, useRef, useState } from "react";
import { useAction } from "../../client/action";
import type { MyStationVolunteering, OfferedStationShift } from "../../client/types";
import { count } from "../../shared/words";
import { tell } from "../ask";
import { NearSearch, type Sought } from "../find/near-search";
import { Frame, NotDone } from "../frame";
import { MineHeading } from "../mine-heading";
import { Answered, useAgain, useMine } from "../use-mine";
import { MyShift } from "../volunteer/my-shift";
import { OpenShift } from "../volunteer/open-shift";

/** So many of my past shifts stand there at first. */
const FIRST = 5;
/** So many that can be taken come at most, the nearest where a position is known. */
const MOST = 40;

/** Helping at stations: my hours, my shifts, and those that I can take. */
export default function VolunteerPage() {
  const taken = useRef(false);
  const mine = useMine<MyStationVolunteering>("/me/station-volunteering", { refetchInterval: 60_000 });
  const again = useAgain("/me/station-shifts", "/me/station-volunteering");
  return (
    <Frame title="驿站志愿服务">
      <Answered asked={mine}>
        {(own) => (
          <>
            <section className="standing" aria-label="我的时长">
              <p>
                累计服务 <b className="figure">{count(own.hours)}</b> 小时，
                <b className="figure">{count(own.times)}</b> 次
              </p>
              <p>时长由站长在服务后确认。</p>
            </section>
            <Mine own={own} taken={taken} again={again} />
            <h2>可以报名的</h2>
            <Open
              again={(took) => {
                taken.current = took;
                return again();
              }}
            />
          </>
        )}
      </Answered>
    </Frame>
  );
}

interface MineProps {
  own: MyStationVolunteering;
  taken: RefObject<boolean>;
  again: () => Promise<void>;
}

function Mine({ own, taken, again }: MineProps) {
  const [all, showAll] = useState(false);
  const [open, done] = [own.shifts.filter((one) => one.may_offer), own.shifts.filter((one) => !one.may_offer)];
  return (
    <>
      <MineHeading number={open.length} taken={taken}>
        我报名的
      </MineHeading>
      {[...open].reverse().map((one) => (
        <MyShift key={one.id} of={one} again={again} />
      ))}
      {done.length > 0 && <h2>服务记录</h2>}
      {done.slice(0, all ? done.length : FIRST).map((one) => (
        <MyShift key={one.id} of={one} again={again} />
      ))}
      {!all && done.length > FIRST && (
        <button type="button" className="link" onClick={() => showAll(true)}>
          全部 {done.length} 次
        </button>
      )}
    </>
  );
}

/** What can be taken; asked anew also where somebody else was quicker. */
function Open({ again }: { again: (took: boolean) => Promise<void> }) {
  const [sought, seek] = useState<Sought>({});
  const query = new URLSearchParams(sought).toString();
  const asked = useMine<OfferedStationShift[]>(`/me/station-shifts${query ? `?${query}` : ""}`, {
    placeholderData: (before: OfferedStationShift[] | undefined) => before,
  });
  const wanted = useRef("");
  const take = useAction((of: OfferedStationShift, sending) =>
    tell<MyStationVolunteering>(`/me/station-shifts/${of.id}/${of.free ? "join" : "take-over"}`, undefined, sending),
  );
  const want = async (of: OfferedStationShift) => {
    wanted.current = of.id;
    await again(Boolean(await take.run(of)));
  };
  const busy = take.busy ? wanted.current : undefined;
  return (
    <>
      <NotDone problem={take.problem} />
      <NearSearch sought={sought} seek={seek} />
      {(asked.data?.length ?? 0) >= MOST && (
        <p className="quiet small">只显示 {MOST} 个班次，没有您要的，请按驿站名称或地址查找。</p>
      )}
      <Answered asked={asked}>
        {(shifts) =>
          shifts.length === 0 ? (
            <p className="note">
              {sought.q
                ? `“${sought.q}”现在没有您能报名的班次，换个词看看。`
                : "现在没有您能报名的班次。驿站需要人手时会显示在这里。"}
            </p>
          ) : (
            shifts.map((one) => <OpenShift key={one.id} of={one} take={() => want(one)} busy={busy} />)
          )
        }
      </Answered>
    </>
  );
}
