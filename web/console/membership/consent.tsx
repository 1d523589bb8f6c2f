import { Alert } from "antd";
import type { MemberDetail } from "../../client/types";
import { minute } from "../../shared/words";

const APPLIED = "扫码提交的申请不能批准；本人愿意继续的，请其在手机“我的个人信息”中重新同意，否则请不予批准。";
const MEMBER = "会籍、会费和服务记录依法继续办理、保存，会籍不因此终止。";
const ENDED = "已有的记录依法保存，不再用于其他事情。";
const STANDS: Record<MemberDetail["state"], string> = {
  applied: APPLIED,
  normal: MEMBER,
  transfer_pending: MEMBER,
  retained: MEMBER,
  refused: ENDED,
  left: ENDED,
  expelled: ENDED,
  deceased: ENDED,
};

/** That somebody took back what he agreed to on joining, and what may still be done with what is kept of him. */
export function Withdrawn({ member, at }: { member: MemberDetail; at: string }) {
  return (
    <Alert
      className="notice"
      type="warning"
      showIcon
      title={`本人已于 ${minute(at)} 撤回线上入会时作出的同意`}
      description={`${STANDS[member.state]}不列入入会后的回访名单；不要再凭这项同意使用或对外提供其信息，如提供给承保机构。`}
    />
  );
}
