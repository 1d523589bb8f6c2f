import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Skeleton, Space } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { DecidedMany, NominationRow, ObjectionView, NominationRound as Round } from "../../client/types";
import { count, day, fromTo, minute, span } from "../../shared/words";
import { NominationTableWindow } from "../benefit/nomination-table";
import {
  AnswerObjectionWindow,
  DecideManyWindow,
  DecideWindow,
  type Deciding,
  NominateWindow,
  ObjectWindow,
} from "../benefit/nomination-windows";
import { NOMINATION_STATES, NOMINATION_TONES } from "../benefit/words";
import { ConfirmButton } from "../parts/acts";
import { useChosen } from "../parts/chosen";
import { Details } from "../parts/details";
import { FilterSelect } from "../parts/filter-select";
import { ListTable, SearchBox } from "../parts/list-table";
import { useManyTold } from "../parts/many-told";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { PersonName } from "../people/person-name";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

// The union under a name of its own: `organisation` in an address is the one that all pages show.
const DEFAULTS = { q: "", union: "", state: "" };

/** One round: who is nominated, what was decided, the public showing and what was objected. */
export default function NominationRound() {
  const { id = "" } = useParams();
  const may = useMay();
  const client = useQueryClient();
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [nominating, nominate] = useState(false);
  const [uploading, send] = useState(false);
  const [decided, decide] = useState<NominationRow>();
  const [reopened, reopen] = useState<NominationRow>();
  const [objected, object] = useState<NominationRow>();
  const [answered, answer] = useState<ObjectionView>();
  const [deciding, decideMany] = useState<Deciding>();
  const [organisation] = useOrganisation();
  // Without a union it is left out: a list of which it is empty waits.
  const listed = { q: filters.q, organisation: filters.union || undefined, state: filters.state };
  const [chosen, choose] = useChosen<NominationRow>({ id, ...listed });
  const say = useManyTold();
  const path = `/benefit-nomination-rounds/${id}`;
  const asked = useQuery({ queryKey: ["nomination-round", id], queryFn: () => get<Round>(path) });
  if (asked.error && !asked.data) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  const round = asked.data;
  const changed = () => {
    client.invalidateQueries({ queryKey: ["nomination-round", id] });
    client.invalidateQueries({ queryKey: [`${path}/nominations`] });
  };
  const decides = round.decides && may("benefit.approve");
  const decidesNow = decides && round.shown_from === null && round.phase !== "ended";
  const decidedMany = ({ decided, refused }: DecidedMany) => {
    const named = (key: string) => chosen.find((one) => one.id === key)?.name ?? "";
    choose([]);
    changed();
    say(`已审批 ${decided} 人`, refused, "人没有审批", named);
  };
  return (
    <>
      <PageHead
        title={round.title}
        note={
          <>
            {round.kind_label} · {round.organisation} ·{" "}
            <Word tone={NOMINATION_TONES[round.phase]}>{round.phase_label}</Word>
          </>
        }
      >
        {may("benefit.nominate") && round.phase === "nominating" && (
          <>
            <Button onClick={() => send(true)}>从表格推荐</Button>
            <Button type="primary" onClick={() => nominate(true)}>
              推荐
            </Button>
          </>
        )}
        {decides && round.phase === "deciding" && (
          <ConfirmButton<Round>
            type="primary"
            question={{
              title: "公示审批通过的人员？",
              text: "公示姓名（隐去部分）和所在工会，期满后没有异议的自动发放凭证。现在不再符合条件的不公示，并注明原因。公示后推荐和审批不能再改。",
              okText: "公示",
            }}
            run={(sending) => post<Round>(`${path}/publicity`, undefined, sending)}
            done={changed}
          >
            公示
          </ConfirmButton>
        )}
      </PageHead>
      {round.too_late && (
        <Alert
          type="warning"
          showIcon
          className="notice"
          title={
            <>
              公示已期满，但使用截止日{day(round.redeem_until)}已过，凭证没有发放。请先到
              <Link to={`/benefit-offers/${round.offer_id}`}>服务详情</Link>
              延后使用截止日，延后后自动发放；不再发放的，请结束该服务。
            </>
          }
        />
      )}
      <Details
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { label: "推荐时间", children: span(round.opens_at, round.closes_at) },
          {
            label: "公示",
            children: round.shown_from ? (
              <span>
                {fromTo(round.shown_from, round.shown_until)}{" "}
                {(round.phase === "public" || round.phase === "waiting") && (
                  <a href={`/w/publicity/${id}`} target="_blank" rel="noreferrer">
                    公示页
                  </a>
                )}
              </span>
            ) : round.phase === "ended" ? (
              "服务已结束，没有公示"
            ) : (
              "推荐时间结束、全部审批后开始"
            ),
          },
          {
            label: "名额（已推荐 / 名额）",
            children: round.shares
              .map((one) => `${one.organisation} ${count(one.nominated)} / ${count(one.quota)}`)
              .join("；"),
          },
          ...(round.description ? [{ label: "说明", children: round.description }] : []),
        ].map((item) => ({ ...item, key: item.label }))}
      />
      <h2>推荐名单</h2>
      <ListTable<NominationRow>
        path={`${path}/nominations`}
        asked={listed}
        unit="人"
        empty="还没有推荐。"
        filtered={isFiltered}
        filters={
          <>
            <SearchBox label="姓名、手机号或证件号码" value={filters.q} change={(q) => change({ q })} />
            <OrganisationPicker
              label="所在工会"
              className="filter"
              allowClear
              value={filters.union || undefined}
              onChange={(union) => change({ union })}
            />
            <FilterSelect
              label="状态"
              value={filters.state}
              change={(state) => change({ state })}
              options={options(NOMINATION_STATES)}
            />
          </>
        }
        rowSelection={
          decidesNow
            ? {
                selectedRowKeys: chosen.map((one) => one.id),
                onChange: (_, rows) => choose(rows),
                getCheckboxProps: (row) => ({
                  disabled: row.state !== "proposed",
                  "aria-label": `选择${row.name}`,
                }),
              }
            : undefined
        }
        acts={
          <>
            {chosen.length > 0 && (
              <>
                <Button type="primary" onClick={() => decideMany({ rows: chosen, approve: true })}>
                  批量同意（{chosen.length}）
                </Button>
                <Button danger onClick={() => decideMany({ rows: chosen, approve: false })}>
                  批量不同意（{chosen.length}）
                </Button>
              </>
            )}
            <TakeAway
              path={`${path}/exports`}
              asked={listed}
              organisation={filters.union || organisation}
              permission="benefit.export"
              personal
            />
          </>
        }
        columns={[
          {
            title: "姓名",
            render: (_, row) => <PersonName of={row} />,
          },
          { title: "工会", render: (_, row) => <div className="narrow-cell">{row.organisation}</div> },
          { title: "群体", dataIndex: "group_label" },
          { title: "推荐理由", render: (_, row) => <div className="narrow-cell">{row.reason}</div> },
          {
            title: "状态",
            render: (_, row) => (
              <>
                <Word tone={NOMINATION_STATES[row.state][1]}>{row.state_label}</Word> {row.note}
              </>
            ),
          },
          {
            title: "公示异议",
            render: (_, row) => row.objections.map((one) => <Objection key={one.id} shown={one} />),
          },
          {
            title: "办理",
            render: (_, row) => (
              <Space wrap>
                {may("benefit.nominate") && row.state === "proposed" && round.phase !== "public" && (
                  <ConfirmButton<NominationRow>
                    type="link"
                    aria-label={`撤回对${row.name}的推荐`}
                    question={{ title: `撤回对${row.name}的推荐？`, okText: "撤回" }}
                    run={(sending) =>
                      post<NominationRow>(`/benefit-nominations/${row.id}/withdraw`, undefined, sending)
                    }
                    done={changed}
                  >
                    撤回
                  </ConfirmButton>
                )}
                {decidesNow && (row.state === "proposed" || row.state === "approved") && (
                  <Button type="link" aria-label={`审批${row.name}`} onClick={() => decide(row)}>
                    审批
                  </Button>
                )}
                {decidesNow && row.state === "refused" && (
                  <Button type="link" aria-label={`重新审批${row.name}`} onClick={() => reopen(row)}>
                    重新审批
                  </Button>
                )}
                {may("benefit.nominate") && round.phase === "public" && row.state === "approved" && (
                  <Button type="link" aria-label={`登记对${row.name}的异议`} onClick={() => object(row)}>
                    登记异议
                  </Button>
                )}
                {decides &&
                  row.objections
                    .filter((one) => one.answer === null)
                    .map((one) => (
                      <Button key={one.id} type="link" onClick={() => answer(one)}>
                        答复异议
                      </Button>
                    ))}
              </Space>
            ),
          },
        ]}
      />
      <NominateWindow path={path} open={nominating} close={() => nominate(false)} done={changed} />
      <NominationTableWindow round={id} open={uploading} close={() => send(false)} done={changed} />
      <DecideWindow row={decided} close={() => decide(undefined)} done={changed} />
      <DecideManyWindow deciding={deciding} close={() => decideMany(undefined)} done={decidedMany} />
      <ReasonWindow
        title={`重新审批：${reopened?.name ?? ""}`}
        okText="重新审批"
        text="撤销“未通过”，这条推荐回到待审批，仍占所在工会的一个名额。"
        path={`/benefit-nominations/${reopened?.id}/reopen`}
        open={reopened !== undefined}
        close={() => reopen(undefined)}
        done={changed}
      />
      <ObjectWindow row={objected} close={() => object(undefined)} done={changed} />
      <AnswerObjectionWindow objection={answered} close={() => answer(undefined)} done={changed} />
    </>
  );
}

function Objection({ shown }: { shown: ObjectionView }) {
  return (
    <div className="narrow-cell">
      {shown.reason}（{minute(shown.raised_at)} {shown.by_worker ? "职工" : "工会代记"}）{" "}
      {shown.answer === null ? (
        <Word tone="bad">待答复</Word>
      ) : (
        <>
          <Word tone={shown.upheld ? "watch" : "quiet"}>{shown.upheld ? "成立" : "不成立"}</Word> {shown.answer}
        </>
      )}
    </div>
  );
}
