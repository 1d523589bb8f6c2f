import type { MyStationCode, StationOpening } from "../../client/types";
import { Openings } from "../door/openings";
import { Frame } from "../frame";
import { Answered, useMine } from "../use-mine";
import { MAY_BE_OLD, useIsOld } from "../use-old";

/** A code holds for one minute at least, so it is asked for again well before. */
const RENEW = 45_000;
const HOLDS = 60_000;
/** Whoever stands before a door looks at his phone. */
const SOON = 3_000;

/** My code for stations: the master scans it or a door's reader, and the visit stands in my own record. */
export default function StationCodePage() {
  const asked = useMine<MyStationCode>("/me/station-code", { refetchInterval: RENEW, staleTime: 0, gcTime: 0 });
  const opened = useMine<StationOpening[]>("/me/station-openings", { refetchInterval: SOON, staleTime: 0, gcTime: 0 });
  const old = useIsOld(asked.dataUpdatedAt, HOLDS);
  return (
    <Frame title="到站码">
      <Answered asked={asked}>
        {(code) => (
          <>
            <Openings openings={opened.data ?? []} />
            <article className="card" aria-label="到站码">
              <p className="display name">{code.name}</p>
              <img
                className={old ? "old" : undefined}
                src={`data:image/svg+xml,${encodeURIComponent(code.qr_svg)}`}
                alt="到站码二维码，供驿站站长扫描登记，或对准门口的读码器开门"
              />
              <p className="quiet" aria-live="polite">
                {old
                  ? MAY_BE_OLD
                  : "到驿站歇脚、接受服务时出示；24小时自助驿站，对准门口的读码器就开门。每分钟自动更新，截图无效。"}
              </p>
              <details>
                <summary>扫不了？读出或复制这串码</summary>
                <p className="code-text">{code.text}</p>
              </details>
            </article>
          </>
        )}
      </Answered>
    </Frame>
  );
}
