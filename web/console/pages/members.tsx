import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { ApplicationAnswer, MemberRow } from "../../client/types";
import { day } from "../../shared/words";
import { type Approval, approve, approveByRule } from "../membership/approve";
import { useApprovedTold } from "../membership/approved";
import { useGroupOptions } from "../membership/groups";
import { NewMember } from "../membership/new-member";
import { STANDINGS } from "../membership/words";
import { ConfirmButton } from "../parts/acts";
import { useChosen } from "../parts/chosen";
import { DayRange } from "../parts/day-range";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox, WRAPPED } from "../parts/list-table";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

/** All states in which somebody counts as a member, chosen at once. */
const MEMBERS = "members";
const DEFAULTS = {
  q: "",
  state: "",
  paused: "",
  phone_lost: "",
  group: "",
  joined_from: "",
  joined_to: "",
  sort: "",
  event: "",
  import: "",
};

/** The members of a union and those below it; applications are approved here. */
export default function Members() {
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [organisation] = useOrganisation();
  const [adding, add] = useState(false);
  const groups = useGroupOptions();
  const client = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const chosenState = filters.state === MEMBERS ? { state: "", is_member: true } : { state: filters.state };
  const asked = { ...filters, ...chosenState, organisation };
  const [chosen, choose] = useChosen<string>(asked);
  const say = useApprovedTold();
  const { modal } = App.useApp();
  const taken = ({ id, outcome, message, warning }: ApplicationAnswer) => {
    const content = [message, warning].filter(Boolean).map((text) => <p key={text}>{text}</p>);
    if (outcome !== "applied") modal.info({ title: "没有登记新的申请", content, okText: "知道了" });
    else if (warning) modal.warning({ title: "已登记申请，请留意手机号码", content: warning, okText: "知道了" });
    // Who is a member elsewhere is not to be seen here.
    if (outcome !== "transfer_asked") navigate(`/members/${id}`);
  };
  const told = (answer: Approval) => {
    choose([]);
    client.invalidateQueries({ queryKey: ["/members"] });
    say(answer);
  };
  return (
    <>
      <PageHead note="姓名里的间隔号打不打都能找到；也可以输入完整的证件号码或手机号码。">
        <TakeAway
          path="/members/exports"
          // A filter that is sent as a form has its own kinds of values, unlike one in an address.
          asked={{
            ...asked,
            paused: filters.paused === "true" || undefined,
            phone_lost: filters.phone_lost === "true" || undefined,
          }}
          organisation={organisation}
          permission="membership.export"
          personal
        />
        {may("membership.apply") && (
          <Button type="primary" onClick={() => add(true)}>
            代录入会申请
          </Button>
        )}
      </PageHead>
      <ListTable<MemberRow>
        path="/members"
        empty="还没有会员。可以在“导入名册”里一次导入，或在这里代录入会申请。"
        filtered={isFiltered}
        asked={asked}
        unit="人"
        rowSelection={
          may("membership.approve")
            ? {
                selectedRowKeys: chosen,
                onChange: (keys) => choose(keys.map(String)),
                getCheckboxProps: (row) => ({ disabled: row.state !== "applied", "aria-label": `选择${row.name}` }),
              }
            : undefined
        }
        filters={
          <>
            <SearchBox label="姓名、证件号码、手机或会员证号" value={filters.q} change={(q) => change({ q })} />
            <FilterSelect
              label="会籍状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={[{ value: MEMBERS, label: "在册会员（正常、转接中、保留）" }, ...options(STANDINGS)]}
            />
            <FilterSelect
              label="职工群体"
              value={filters.group}
              change={(group) => change({ group })}
              options={groups}
            />
            <DayRange
              label="入会日期"
              from={filters.joined_from}
              to={filters.joined_to}
              change={({ from, to }) => change({ joined_from: from, joined_to: to })}
            />
            <FilterSelect
              always
              label="排列"
              value={filters.sort}
              change={(sort) => change({ sort })}
              options={[
                { value: "", label: "新申请在前" },
                { value: "oldest", label: "早申请在前" },
              ]}
            />
            {filters.paused && (
              <Tag closable onClose={() => change({ paused: "" })}>
                只看暂停办理的
              </Tag>
            )}
            {filters.phone_lost && (
              <Tag closable onClose={() => change({ phone_lost: "" })}>
                只看手机号码换过主人的
              </Tag>
            )}
            {filters.event && (
              <Tag closable onClose={() => change({ event: "" })}>
                只看一场活动的
              </Tag>
            )}
            {filters.import && (
              <Tag closable onClose={() => change({ import: "" })}>
                只看一次导入的
              </Tag>
            )}
          </>
        }
        acts={
          may("membership.approve") && (
            <>
              {chosen.length > 0 && (
                <ConfirmButton<Approval>
                  type="primary"
                  question={{ title: `批准选中的 ${chosen.length} 人入会？`, okText: "批准" }}
                  run={(sending) => approve(chosen, sending)}
                  done={told}
                >
                  批准选中（{chosen.length}）
                </ConfirmButton>
              )}
              <ConfirmButton<Approval>
                question={{
                  title: "按规则批准待审批的申请？",
                  text: "年龄、职工群体和手机号码齐全且合规的申请会被批准，其余留给人工审批。",
                  okText: "按规则批准",
                }}
                run={(sending) =>
                  approveByRule({ organisation_id: organisation, event_id: filters.event || null }, sending)
                }
                done={told}
              >
                按规则批准
              </ConfirmButton>
            </>
          )
        }
        scroll={WRAPPED}
        columns={[
          {
            title: "姓名和证件号码",
            render: (_, row) => (
              <>
                <Link to={`/members/${row.id}`}>{row.name}</Link>
                <div className="quiet">{row.document}</div>
              </>
            ),
          },
          { title: "手机", dataIndex: "phone" },
          { title: "工会", render: (_, row) => <div className="narrow-cell">{row.organisation}</div> },
          {
            title: "群体和平台企业",
            render: (_, row) => (
              <>
                {row.group_label}
                <div className="quiet">{row.platform}</div>
              </>
            ),
          },
          {
            title: "状态",
            render: (_, row) => <Word tone={STANDINGS[row.state][1]}>{STANDINGS[row.state][0]}</Word>,
          },
          { title: "会员证号", dataIndex: "card_number" },
          { title: "入会日期", dataIndex: "member_since", render: day },
        ]}
      />
      <NewMember open={adding} close={() => add(false)} done={taken} />
    </>
  );
}
