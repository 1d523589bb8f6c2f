import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Card, Form, Input, Skeleton, Space, Timeline } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { MemberDetail } from "../../client/types";
import { MEMBER } from "../../shared/members";
import { day } from "../../shared/words";
import { type Approval, approve } from "../membership/approve";
import { useApprovedTold } from "../membership/approved";
import { ChangeWork } from "../membership/change-work";
import { Withdrawn } from "../membership/consent";
import { MemberDues } from "../membership/member-dues";
import { ReceivingUnionPicker } from "../membership/receiving-union";
import { LapseNotice } from "../membership/talk";
import { TermActs, TermText } from "../membership/term";
import { TransferNotice } from "../membership/transfer-notice";
import { STANDINGS } from "../membership/words";
import { ConfirmButton, ExportButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { Details } from "../parts/details";
import { FormModal } from "../parts/form-modal";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { BindPhone } from "../people/bind-phone";
import { PhoneLost } from "../people/phone-lost";
import { useMay } from "../session";

type Step = "refuse" | "retain" | "restore" | "leave" | "expel" | "decease" | "take-back";

/** What can be done, from which states, what it means, and what the day is called from which it holds. */
const STEPS: Record<
  Step,
  { title: string; from: string[]; text: string; day?: string; may: string; danger?: boolean }
> = {
  refuse: { title: "不予批准", from: ["applied"], text: "申请人会看到原因。", may: "membership.approve", danger: true },
  retain: {
    title: "保留会籍",
    from: ["normal"],
    text: "退休、失业或长期离岗期间不缴会费，没有选举权、表决权和被选举权。",
    day: "自哪天起",
    may: "membership.keep",
  },
  restore: { title: "恢复会籍", from: ["retained"], text: "会籍恢复为正常。", day: "自哪天起", may: "membership.keep" },
  leave: {
    title: "办理退会",
    from: MEMBER,
    text: "退会自愿；以后可以重新申请入会。",
    day: "退会日期",
    may: "membership.keep",
    danger: true,
  },
  expel: {
    title: "除名",
    from: MEMBER,
    text: "开除会籍须经工会小组讨论、委员会决定并报上级工会。",
    day: "决定日期",
    may: "membership.keep",
    danger: true,
  },
  decease: {
    title: "登记去世",
    from: MEMBER,
    text: "会籍终止，历史保留。",
    day: "去世日期",
    may: "membership.keep",
    danger: true,
  },
  "take-back": {
    title: "撤回办理",
    from: ["left", "expelled", "deceased"],
    text: "办错了人或办错了手续的，在这里撤回：会籍回到办理之前，会员证号和入会日期不变。误登记去世的，驿站职务和值守班次随后恢复（已有人接任的除外）；预约、报名和预留物品不恢复，请本人重新办理。退会后又要入会的，请代录入会申请。",
    may: "membership.keep",
  },
};

/**
 * The ends that an officer writes down. What an undone import or two merged records ended is not taken back, nor is an
 * application, which has no card.
 */
const ENDS = ["leave", "expel", "die"];

/** One membership: who, where it stands, what happened, and what can be done. */
export default function Member() {
  const { id = "" } = useParams();
  const may = useMay();
  const told = useApprovedTold();
  const client = useQueryClient();
  const [step, take] = useState<Step>();
  const [moving, move] = useState(false);
  const member = useQuery({ queryKey: ["/members", id], queryFn: () => get<MemberDetail>(`/members/${id}`) });
  if (blocked(member)) return <ProblemNotice problem={member.error} again={() => member.refetch()} />;
  if (!member.data) return <Skeleton active />;
  const shown = member.data;
  const [word, tone] = STANDINGS[shown.state];
  const again = () => client.invalidateQueries({ queryKey: ["/members"] });
  const steps = (Object.keys(STEPS) as Step[]).filter(
    (one) =>
      STEPS[one].from.includes(shown.state) &&
      may(STEPS[one].may) &&
      (one !== "take-back" || (shown.card && ENDS.includes(shown.history[0]?.step ?? ""))),
  );
  return (
    <>
      <PageHead title={shown.name} note={shown.organisation}>
        {may("people.view") && (
          <Link to={`/people/${shown.person_id}`}>
            <Button>个人档案和服务记录</Button>
          </Link>
        )}
        {shown.card && MEMBER.includes(shown.state) && may("membership.keep") && (
          <ExportButton path={`/members/${id}/card.pdf`}>会员证</ExportButton>
        )}
        {["normal", "retained"].includes(shown.state) && may("membership.transfer") && (
          <Button onClick={() => move(true)}>转接会籍</Button>
        )}
        {shown.state === "applied" && may("membership.approve") && (
          <ConfirmButton<Approval>
            type="primary"
            question={{ title: `批准${shown.name}入会？`, okText: "批准" }}
            run={(sending) => approve([id], sending)}
            done={(answer) => {
              told(answer);
              again();
            }}
          >
            批准入会
          </ConfirmButton>
        )}
      </PageHead>
      {shown.consent_withdrawn_at && <Withdrawn member={shown} at={shown.consent_withdrawn_at} />}
      {shown.phone_lost_at && <PhoneLost at={shown.phone_lost_at} />}
      {shown.waiting_transfer && <TransferNotice member={shown} transfer={shown.waiting_transfer} done={again} />}
      {shown.lapse && <LapseNotice member={shown} lapse={shown.lapse} done={again} />}
      <Card>
        <Details
          column={{ xs: 1, sm: 2, lg: 3 }}
          items={[
            { key: "state", label: "会籍状态", children: <Word tone={tone}>{word}</Word> },
            { key: "card", label: "会员证号", children: shown.card },
            { key: "since", label: "入会日期", children: day(shown.member_since) },
            { key: "document", label: "证件号码", children: shown.document },
            {
              key: "phone",
              label: "手机",
              children: shown.phone ?? <BindPhone person={shown.person_id} name={shown.name} done={again} />,
            },
            { key: "group", label: "职工群体", children: shown.group_label },
            { key: "platform", label: "平台企业", children: shown.platform },
            { key: "employer", label: "工作单位", children: shown.employer },
            { key: "applied", label: "申请日期", children: day(shown.applied_on) },
            ...(shown.term
              ? [{ key: "due", label: "应答复", span: "filled" as const, children: <TermText term={shown.term} /> }]
              : []),
          ]}
        />
        {(steps.length > 0 || may("membership.keep")) && (
          <Space wrap className="more">
            <ChangeWork member={shown} done={again} />
            {shown.term && may("membership.approve") && (
              <TermActs path={`/members/${id}`} what={`${shown.name}的入会申请`} term={shown.term} done={again} />
            )}
            {steps.map((one) => (
              <Button key={one} danger={STEPS[one].danger} onClick={() => take(one)}>
                {STEPS[one].title}
              </Button>
            ))}
          </Space>
        )}
      </Card>
      <MemberDues member={shown} />
      <h2>会籍经历</h2>
      <Timeline
        items={shown.history.map((row) => ({
          content: (
            <>
              <strong>{row.step_label}</strong>　{day(row.day)}　{row.organisation}
              {row.reason && <div>{row.reason}</div>}
              <div className="quiet">经办：{row.actor}</div>
            </>
          ),
        }))}
      />
      {step && (
        <ReasonWindow
          open
          title={`${STEPS[step].title}：${shown.name}`}
          okText={STEPS[step].title}
          dayLabel={STEPS[step].day}
          text={STEPS[step].text}
          danger={STEPS[step].danger}
          path={`/members/${id}/${step}`}
          close={() => take(undefined)}
          done={again}
        />
      )}
      <FormModal<{ to_organisation_id: string; reason: string }, unknown>
        title="转接会籍"
        open={moving}
        close={() => move(false)}
        okText="提出转接"
        submit={(form, sending) => post(`/members/${id}/transfer`, form, sending)}
        done={() => {
          move(false);
          again();
        }}
      >
        <p>转入工会确认前，会籍和服务都不变。</p>
        <Form.Item label="转入工会" name="to_organisation_id" rules={[{ required: true, message: "请选择转入工会" }]}>
          <ReceivingUnionPicker />
        </Form.Item>
        <Form.Item label="原因" name="reason" rules={[{ required: true, message: "请填写原因" }]}>
          <Input maxLength={200} />
        </Form.Item>
      </FormModal>
    </>
  );
}
