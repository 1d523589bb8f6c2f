import { Alert } from "antd";
import { minute } from "../../shared/words";

/** That somebody's number belongs to another by now, who said so, and what is to be done. */
export function PhoneLost({ at }: { at: string }) {
  return (
    <Alert
      className="notice"
      type="warning"
      showIcon
      title={`手机号码换过主人：${minute(at)} 由现在使用该号码的人说明，号码已从档案取下`}
      description="本人现在不能用手机登录，也收不到短信。请联系本人，核对证件后登记新号码；没有新号码的，在个人档案的“更正信息”里勾选。"
    />
  );
}
