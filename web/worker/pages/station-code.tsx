import type { MyStationCode } from "../../client/types";
import { Frame } from "../frame";
import { Answered, useMine } from "../use-mine";

/** A code holds for one minute at least, so it is asked for again well before. */
const RENEW = 45_000;

/** My code for stations: the master scans it, and the visit stands in my own record. */
export default function StationCodePage() {
  const asked = useMine<MyStationCode>("/me/station-code", { refetchInterval: RENEW, staleTime: 0, gcTime: 0 });
  return (
    <Frame title="到站码">
      <Answered asked={asked}>
        {(code) => (
          <article className="card" aria-label="到站码">
            <p className="display name">{code.name}</p>
            <img src={`data:image/svg+xml,${encodeURIComponent(code.qr_svg)}`} alt="到站码二维码，供驿站站长扫描登记" />
            <p className="quiet">到驿站歇脚、接受服务时出示。每分钟自动更新，截图无效。</p>
            <details>
              <summary>扫不了？读出或复制这串码</summary>
              <p className="code-text">{code.text}</p>
            </details>
          </article>
        )}
      </Answered>
    </Frame>
  );
}
