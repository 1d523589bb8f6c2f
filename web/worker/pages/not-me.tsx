import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";
import { useAction } from "../../client/action";
import { isLoggedOut } from "../../client/let-in";
import type { Me } from "../../client/types";
import { ask, tell } from "../ask";
import { Failed, Frame, Loading } from "../frame";
import { inside } from "../inside";
import { forgetDuty } from "../station/remembered";
import { isStranger, ToLogIn } from "../use-mine";

/** Whoever has a number by now that was another's takes it off that one's record, of which no more than the masked name is told. */
export default function NotMePage() {
  const [search] = useSearchParams();
  const to = inside(search.get("to"));
  const client = useQueryClient();
  const [done, end] = useState(false);
  // Not kept with what is one's own: over that somebody whose log-in ended is asked to log in again.
  const asked = useQuery({
    queryKey: ["not-me"],
    queryFn: ({ signal }) => ask<Me>("/me", {}, signal),
    enabled: !done,
  });
  const action = useAction((_: null, sending) => tell<void>("/me/phone/give-up", {}, sending).then(() => true));
  const giveUp = async () => {
    if (!(await action.run(null))) return;
    end(true);
    forgetDuty();
    client.clear();
  };
  if (done) return <Done to={to} />;
  if (action.problem && isLoggedOut(action.problem)) return <Out />;
  if (isStranger(asked.error)) return <ToLogIn />;
  if (!asked.data) {
    return (
      <Frame title="号码换过主人">
        {asked.isError ? <Failed error={asked.error} again={() => asked.refetch()} /> : <Loading />}
      </Frame>
    );
  }
  const { name, phone } = asked.data;
  return (
    <Frame title="号码换过主人">
      <p>
        手机号码 {phone} 登记在“{name}”名下。如果您不是“{name}”，这个号码现在归您使用，请确认：
      </p>
      <ul>
        <li>号码从那份档案取下，用它登录的手机全部退出；</li>
        <li>那份档案和会籍不变，由那家工会请他登记新号码；</li>
        <li>您马上可以用这个号码入会。</li>
      </ul>
      <p>您就是“{name}”、只是要换号码的，请不要确认：取下后就不能登录了，要带证件到工会登记新号码。</p>
      {action.problem && <Failed error={action.problem} />}
      <button type="button" className="main" onClick={giveUp} disabled={action.busy}>
        {action.busy ? "请稍候…" : "确认，我不是他"}
      </button>
      <Link to={to} className="plain wide">
        返回，我是本人
      </Link>
    </Frame>
  );
}

function Done({ to }: { to: string }) {
  return (
    <Frame title="号码已取下" home={false}>
      <p role="status">这个手机号码已从原来的档案取下，本机已退出登录。现在可以用它入会。</p>
      {to.startsWith("/e/") ? (
        <Link to={to} className="main">
          继续入会
        </Link>
      ) : (
        <p>想入会的，请扫描入会活动的二维码，或到所在地工会办理，也可以拨打 12351 咨询。</p>
      )}
    </Frame>
  );
}

/** The answer to what was sent first may have been lost, or somebody else ended the log-in: which of both nobody knows here. */
function Out() {
  return (
    <Frame title="登录已退出" home={false}>
      <p>刚才已经确认过的，号码已取下，可以直接入会；没有确认过的，请重新登录再办。</p>
      <Link to="/login" className="main">
        重新登录
      </Link>
    </Frame>
  );
}
