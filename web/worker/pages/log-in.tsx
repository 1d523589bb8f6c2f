import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearchParams } from "react-router";
import { Frame } from "../frame";
import { inside } from "../inside";
import { LogInForm } from "../log-in-form";
import { forgetDuty } from "../station/remembered";

/** A member comes in with his phone. */
export function LogInPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const enter = () => {
    forgetDuty();
    client.clear();
    navigate(inside(search.get("to")), { replace: true });
  };
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
