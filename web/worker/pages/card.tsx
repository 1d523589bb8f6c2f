import { address } from "../../client/http";
import type { Me, MyCard } from "../../client/types";
import { day } from "../../shared/words";
import { Frame } from "../frame";
import { isMember, moving, waits } from "../standing";
import { Answered, useMine } from "../use-mine";
import { MAY_BE_OLD, useIsOld } from "../use-old";

/** A code holds for one minute at least, by the rule pack up to five. Phones' clocks go wrong, so the page doesn't compare
 * `valid_until` with its own: it simply asks again well before a minute is over. */
const RENEW = 45_000;
const HOLDS = 60_000;

/** My card, to be shown. */
export function CardPage() {
  const me = useMine<Me>("/me");
  return (
    <Frame title="我的会员证">
      <Answered asked={me}>{(who) => (isMember(who.member?.state) ? <Card me={who} /> : <None me={who} />)}</Answered>
    </Frame>
  );
}

function None({ me }: { me: Me }) {
  const waiting = waits(me);
  return (
    <p className="note">
      {waiting
        ? `${waiting}批准后会员证会显示在这里。`
        : "您现在没有会员证。请扫描入会活动的二维码，或联系所在地工会。"}
    </p>
  );
}

function Card({ me }: { me: Me }) {
  const asked = useMine<MyCard>("/me/card", { refetchInterval: RENEW, staleTime: 0, gcTime: 0 });
  const old = useIsOld(asked.dataUpdatedAt, HOLDS);
  return (
    <Answered asked={asked}>
      {(card) => (
        <>
          <article className="card" aria-label="会员证">
            <header>
              <span className="display">中华全国总工会会员证</span>
              <b>{card.state_label}</b>
            </header>
            <p className="display name">{card.name}</p>
            <p>{card.organisation}</p>
            <img
              className={old ? "old" : undefined}
              src={`data:image/svg+xml,${encodeURIComponent(card.qr_svg)}`}
              alt="会员证二维码，供工作人员扫描核验，或对准驿站门口的读码器开门"
            />
            <p className="figure number">{card.card}</p>
            <p>{card.since && `${day(card.since)}入会`}</p>
          </article>
          <p className="quiet" aria-live="polite">
            {old ? MAY_BE_OLD : "二维码每分钟自动更新，截图无效。到工会驿站可以用它登记、开门。"}
          </p>
          {me.member?.state === "retained" && <p className="note">您正保留会籍：可凭证核验身份，期间没有表决权。</p>}
          {me.transfer && <p className="note">{moving(me.transfer)}；这期间会员证照常使用。</p>}
          <a className="plain wide" href={address("/me/card.pdf")} download="工会会员证.pdf">
            下载会员证（PDF，可打印）
          </a>
        </>
      )}
    </Answered>
  );
}
