import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Skeleton } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { BatchView, SeatRow } from "../../client/types";
import { companion, count, day, days, minute } from "../../shared/words";
import { TakeBackWindow } from "../benefit/take-back";
import { CLAIM_STATES } from "../benefit/words";
import { ConfirmButton } from "../parts/acts";
import { Details } from "../parts/details";
import { FilterSelect } from "../parts/filter-select";
import { ListTable } from "../parts/list-table";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { TakeAway } from "../parts/take-away";
import { Word } from "../parts/word";
import { PersonName } from "../people/person-name";
import { useMay } from "../session";
import { useFilters } from "../use-filters";

const DEFAULTS = { state: "" };

/** One batch: who comes, who came. */
export default function BenefitBatch() {
  const { id = "" } = useParams();
  const may = useMay();
  const client = useQueryClient();
  const [filters, change, isFiltered] = useFilters(DEFAULTS);
  const [asking, ask] = useState(false);
  const [taking, take] = useState<SeatRow>();
  const path = `/benefit-batches/${id}`;
  const asked = useQuery({ queryKey: [path], queryFn: () => get<BatchView>(path) });
  if (asked.error && !asked.data) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  const batch = asked.data;
  const changed = () => {
    client.invalidateQueries({ queryKey: [path] });
    client.invalidateQueries({ queryKey: [`${path}/seats`] });
  };
  return (
    <>
      <PageHead
        title={`${days(batch)} · ${batch.place.name}`}
        note={<Link to={`/benefit-offers/${batch.offer_id}`}>{batch.title}</Link>}
      >
        {may("benefit.keep") && batch.called_off == null && (
          <Button danger onClick={() => ask(true)}>
            取消这一批
          </Button>
        )}
      </PageHead>
      {batch.called_off && <Alert showIcon type="warning" title={`这一批已取消：${batch.called_off}`} />}
      <ReasonWindow
        danger
        open={asking}
        title="取消这一批"
        text={`${count(batch.people)} 名职工选了这一批：位子退回，凭证保留，短信告知原因，可另选一批。取消后不能恢复。`}
        path={`${path}/call-off`}
        close={() => ask(false)}
        done={changed}
      />
      <Details
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          {
            label: "位子",
            children: `${count(batch.taken)} / ${count(batch.seats)}，其中职工 ${count(batch.people)} 人`,
          },
          { label: "已到场", children: `${count(batch.attended)} 人` },
          { label: "报名、改期截止", children: day(batch.choose_until) },
          {
            label: "地点",
            children: [batch.place.name, batch.place.address, batch.place.contact].filter(Boolean).join(" "),
          },
          ...(batch.note ? [{ label: "须知", children: batch.note }] : []),
        ].map((item) => ({ ...item, key: item.label }))}
      />
      <h2>名单</h2>
      <ListTable<SeatRow>
        path={`${path}/seats`}
        asked={filters}
        unit="人"
        empty="还没有职工选择这一批。"
        filtered={isFiltered}
        filters={
          <FilterSelect
            label="到场情况"
            value={filters.state}
            change={(state) => change({ state })}
            options={[
              { value: "claimed", label: "未到场" },
              { value: "redeemed", label: "已到场" },
            ]}
          />
        }
        acts={<TakeAway path={`${path}/exports`} asked={filters} permission="benefit.export" personal />}
        columns={[
          {
            title: "姓名",
            render: (_, row) => <PersonName of={row} />,
          },
          { title: "手机", dataIndex: "phone" },
          { title: "工会", dataIndex: "organisation" },
          { title: "群体", dataIndex: "group_label" },
          {
            title: "同行人员",
            render: (_, row) => row.along > 0 && (row.companions.map(companion).join("、") || `${count(row.along)} 人`),
          },
          { title: "选择时间", render: (_, row) => minute(row.chosen_at) },
          {
            title: "到场",
            render: (_, row) => (
              <>
                <Word tone={CLAIM_STATES[row.state][1]}>{row.state_label}</Word>{" "}
                {row.attended_at && minute(row.attended_at)}
              </>
            ),
          },
          {
            title: "办理",
            hidden: !may("benefit.redeem"),
            render: (_, row) => (
              <>
                {row.state === "redeemed" && (
                  <Button type="link" aria-label={`撤销${row.name}的核销`} onClick={() => take(row)}>
                    撤销核销
                  </Button>
                )}
                {row.state === "claimed" && (
                  <ConfirmButton<SeatRow>
                    type="link"
                    aria-label={`登记${row.name}到场`}
                    question={{
                      title: `登记${row.name}到场？`,
                      text: "凭证同时核销，计入台账。体检结果不登记。",
                      okText: "登记到场",
                    }}
                    run={(sending) => post<SeatRow>(`/benefit-claims/${row.id}/attend`, undefined, sending)}
                    done={changed}
                  >
                    登记到场
                  </ConfirmButton>
                )}
              </>
            ),
          },
        ]}
      />
      <TakeBackWindow claim={taking} close={() => take(undefined)} done={changed} />
    </>
  );
}
