import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { useAction } from "../../client/action";
import { newKey, Problem } from "../../client/http";
import type { GuestCode, GuestPass } from "../../client/types";
import { kept, store } from "../../shared/store";
import { tell } from "../ask";
import { Openings } from "../door/openings";
import { Failed, Frame, Loading } from "../frame";
import { phoneOf } from "../phone";
import { PhoneAndCode } from "../phone-and-code";
import { useCode } from "../use-code";
import { MAY_BE_OLD, useIsOld } from "../use-old";

/** Where the pass is kept until the browser is closed. */
const PLACE = "niangjia/station-guest";
/** A code holds for a minute at least; what became of it at a door is told with the next one. */
const RENEW = 5_000;
const HOLDS = 60_000;

/** Who is no member comes into a station, too: by his phone number. */
export default function GuestPage() {
  const [pass, keep] = useState(() => kept(PLACE, "sessionStorage") ?? "");
  const save = (pass: string) => {
    store(PLACE, pass || undefined, "sessionStorage");
    keep(pass);
  };
  return (
    <Frame title="驿站访客码" home={false}>
      {pass ? <Code pass={pass} over={() => save("")} /> : <Prove done={save} />}
      <Link to="/stations" className="plain wide">
        找工会驿站
      </Link>
    </Frame>
  );
}

function Prove({ done }: { done: (pass: string) => void }) {
  const [phone, setPhone] = useState("");
  const [typed, setTyped] = useState("");
  const code = useCode("/public/station-guest/code");
  const action = useAction((input: { phone: string; code: string }, sending) =>
    tell<GuestPass>("/public/station-guest", input, sending),
  );
  const prove = async () => {
    const found = await action.run({ phone: phoneOf(phone), code: typed });
    if (found) done(found.pass);
  };
  return (
    <>
      <p>不是会员也可以进24小时自助驿站。验证手机号后出示访客码，对准门口的读码器就开门。</p>
      <PhoneAndCode
        code={code}
        phone={phone}
        onPhone={setPhone}
        typed={typed}
        onTyped={setTyped}
        next="领取访客码"
        action={action}
        onNext={prove}
      />
      <p className="quiet small">
        不登记姓名和证件。开门记录里只留下由手机号算出的一串字符，看不出号码，到期自动删除。
      </p>
    </>
  );
}

function Code({ pass, over }: { pass: string; over: () => void }) {
  const asked = useQuery<GuestCode>({
    queryKey: ["station-guest", pass],
    queryFn: () => tell<GuestCode>("/public/station-guest/pass", { pass }, { key: newKey() }),
    refetchInterval: RENEW,
    staleTime: 0,
    gcTime: 0,
  });
  const old = useIsOld(asked.dataUpdatedAt, HOLDS) || asked.isError;
  const ended = asked.error instanceof Problem && asked.error.status === 401;
  if (asked.data && !ended) {
    return (
      <>
        {asked.isError && <Failed error={asked.error} again={() => asked.refetch()} />}
        <Openings openings={asked.data.openings} />
        <article className="card" aria-label="访客码">
          <p className="display name">驿站访客</p>
          <img
            className={old ? "old" : undefined}
            src={`data:image/svg+xml,${encodeURIComponent(asked.data.qr_svg)}`}
            alt="访客码二维码，对准门口的读码器开门"
          />
          <p className="quiet" aria-live="polite">
            {old ? MAY_BE_OLD : "自动更新，截图无效。"}
          </p>
          <details>
            <summary>扫不了？读出或复制这串码</summary>
            <p className="code-text">{asked.data.text}</p>
          </details>
        </article>
        <button type="button" className="plain wide" onClick={over}>
          不用了
        </button>
      </>
    );
  }
  if (!asked.error) return <Loading />;
  return <Failed error={asked.error} again={ended ? over : () => asked.refetch()} />;
}
