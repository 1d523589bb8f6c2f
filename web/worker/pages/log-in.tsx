import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { useAction } from "../../client/action";
import { tell } from "../ask";
import { Frame } from "../frame";
import { inside } from "../inside";
import { phoneOf } from "../phone";
import { PhoneAndCode } from "../phone-and-code";
import { forgetDuty } from "../station/remembered";
import { useCode } from "../use-code";

/** A member comes in with his phone. */
export function LogInPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [phone, setPhone] = useState("");
  const [typed, setTyped] = useState("");
  const code = useCode("/worker/code");
  const action = useAction((input: { phone: string; code: string }, sending) =>
    tell<void>("/worker/session", input, sending).then(() => true),
  );
  const logIn = async () => {
    if (!(await action.run({ phone: phoneOf(phone), code: typed }))) return;
    forgetDuty();
    client.clear();
    navigate(inside(search.get("to")), { replace: true });
  };
  return (
    <Frame title="登录我的娘家" home={false}>
      <p className="quiet">用入会时登记的手机号登录。</p>
      <PhoneAndCode
        code={code}
        phone={phone}
        onPhone={setPhone}
        typed={typed}
        onTyped={setTyped}
        next="登录"
        action={action}
        onNext={logIn}
      />
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
