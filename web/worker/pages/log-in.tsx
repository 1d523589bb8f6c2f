import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import type { Me } from "../../client/types";
import { kept, store } from "../../shared/store";
import { ask } from "../ask";
import { Frame } from "../frame";
import { inside } from "../inside";
import { LogInForm } from "../log-in-form";
import { forgetDuty } from "../station/remembered";

/** Who said on this phone that the number leads to himself: he is asked once. */
const MYSELF = "niangjia/myself";

/** A member comes in with his phone. Where he never did, the number may have been another's before, whose record it opens. */
export function LogInPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [found, find] = useState<Me>();
  const to = inside(search.get("to"));
  const goOn = () => navigate(to, { replace: true });
  const enter = async () => {
    // What can't be asked now is no reason to keep anybody out.
    const me = await ask<Me>("/me").catch(() => undefined);
    forgetDuty();
    client.clear();
    if (!me || kept(MYSELF) === me.person_id) goOn();
    else find(me);
  };
  if (found) {
    const isMe = () => {
      store(MYSELF, found.person_id);
      goOn();
    };
    return (
      <Frame title="请核对是不是您" home={false}>
        <p>这个手机号码登记在“{found.name}”名下，您是他本人吗？</p>
        <button type="button" className="main" onClick={isMe}>
          是我本人
        </button>
        <Link to={`/not-me?to=${encodeURIComponent(to)}`} className="plain wide">
          不是我，号码换过主人
        </Link>
        <p className="quiet small">别人停用的号码，过几个月运营商会给新用户使用。</p>
      </Frame>
    );
  }
  return (
    <Frame title="登录我的娘家" home={false}>
      <LogInForm done={enter} />
      <p className="quiet small">还没有入会？请扫描入会活动的二维码，或拨打 12351 咨询。</p>
      <Link to="/guest" className="plain wide">
        进24小时自助驿站（不是会员也可以）
      </Link>
      <Link to="/stations" className="plain wide">
        找工会驿站（不用登录）
      </Link>
    </Frame>
  );
}
