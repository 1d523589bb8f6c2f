import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress, Segmented, Select, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { useAction } from "../../client/action";
import { get, post, put } from "../../client/http";
import { useLive } from "../../client/live";
import type { ImportRowView, ImportView, RosterField, RowVerdict } from "../../client/types";
import { count } from "../../shared/words";
import { IMPORT_STATES, ROSTER_FIELDS, VERDICTS } from "../membership/words";
import { ConfirmButton, ExportButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { ListTable } from "../parts/list-table";
import { options } from "../parts/options";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { Word } from "../parts/word";
import { useFilters } from "../use-filters";

const WORKING = ["checking", "running", "undoing"];
const DEFAULTS = { verdict: "" };
/** Shows the rows that an undoing left in. */
const ENTERED = "entered";

/** One roster: its columns, what its rows would become, and the work itself. */
export default function Import() {
  const { id = "" } = useParams();
  const client = useQueryClient();
  const [filters, change] = useFilters(DEFAULTS);
  const asked = useQuery({ queryKey: ["import", id], queryFn: () => get<ImportView>(`/imports/${id}`) });
  const working = asked.data !== undefined && WORKING.includes(asked.data.state);
  const live = useLive<ImportView>(working ? `/imports/${id}/live` : null);
  const step = useAction((verb: string, sending) => post<ImportView>(`/imports/${id}/${verb}`, undefined, sending));
  const told = live.data;
  useEffect(() => {
    if (!told) return;
    client.setQueryData(["import", id], told);
    if (!WORKING.includes(told.state)) client.invalidateQueries({ queryKey: [`/imports/${id}/rows`] });
  }, [client, id, told]);
  if (blocked(asked)) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  const shown = asked.data;
  const kept = (view: ImportView | undefined) => view && client.setQueryData(["import", id], view);
  const act = async (verb: string) => {
    // What was refused was done by somebody else, or the work has gone on since: the page shows how it stands.
    if (!kept(await step.run(verb))) await asked.refetch();
  };
  const [word, tone] = IMPORT_STATES[shown.state];
  const goal = shown.state === "running" ? shown.counts.join + shown.counts.transfer : shown.total;
  return (
    <>
      <PageHead
        title={shown.file_name}
        note={
          <>
            {shown.organisation} · 共 {count(shown.total)} 行 · <Word tone={tone}>{word}</Word>
          </>
        }
      >
        {working && shown.state !== "undoing" && (
          <Button loading={step.busy} onClick={() => act("cancel")}>
            停止
          </Button>
        )}
        {["mapped", "checked"].includes(shown.state) && (
          <Button
            type={shown.state === "mapped" ? "primary" : "default"}
            loading={step.busy}
            onClick={() => act("check")}
          >
            {shown.state === "mapped" ? "检查" : "重新检查"}
          </Button>
        )}
        {["done", "cancelled", "undone"].includes(shown.state) && shown.counts.entered > 0 && (
          <ConfirmButton<ImportView>
            question={{
              title: "撤销这次导入？",
              text: "由这次导入登记、之后没有变动过的会籍会撤销，还没有答复的转接会撤回；之后有变动的、计入已报送季度的保留。",
              okText: "撤销导入",
              danger: true,
            }}
            run={(sending) => post<ImportView>(`/imports/${id}/undo`, undefined, sending)}
            done={kept}
          >
            撤销导入
          </ConfirmButton>
        )}
        {["checked", "cancelled"].includes(shown.state) && (
          <Button type="primary" loading={step.busy} onClick={() => act("start")}>
            {shown.state === "checked"
              ? `导入：入会 ${count(shown.counts.join)} 行，转接 ${count(shown.counts.transfer)} 行`
              : "继续导入"}
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={step.problem} />
      {working && (
        <Progress
          aria-label={word}
          percent={goal > 0 ? Math.floor((shown.done * 100) / goal) : 0}
          format={() => `${count(shown.done)} / ${count(goal)}`}
        />
      )}
      {working && live.state === "lost" && <p className="quiet">网络中断，正在重连；进度为断开前的。</p>}
      {shown.state === "done" && (
        <Alert
          className="notice"
          type="success"
          showIcon
          title={`已导入 ${count(shown.counts.entered)} 行。`}
          description={<Link to={`/members?import=${id}`}>查看这次导入的会员</Link>}
        />
      )}
      {shown.state === "undone" && shown.counts.entered > 0 && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={`还有 ${count(shown.counts.entered)} 行没有撤销，原因写在各行的结果里。`}
        />
      )}
      {shown.state === "emptied" && (
        <Alert className="notice" type="info" showIcon title="名册原文已按保存期限清除，只留下每一行的结果。" />
      )}
      {["mapped", "checked"].includes(shown.state) && <Columns shown={shown} done={kept} />}
      {shown.state !== "mapped" && (
        <>
          <div className="filters">
            <Segmented
              aria-label="按结果看"
              value={filters.verdict}
              onChange={(verdict) => change({ verdict })}
              options={[
                { value: "", label: `全部 ${count(shown.total)}` },
                ...(Object.keys(VERDICTS) as RowVerdict[]).map((verdict) => ({
                  value: verdict,
                  label: `${VERDICTS[verdict][0]} ${count(shown.counts[verdict])}`,
                })),
                // Of many that were undone, these few would not be found.
                ...(shown.state === "undone" && shown.counts.entered > 0
                  ? [{ value: ENTERED, label: `没有撤销 ${count(shown.counts.entered)}` }]
                  : []),
              ]}
            />
            {shown.state !== "emptied" && shown.counts.bad + shown.counts.repeated > 0 && (
              <ExportButton path={`/imports/${id}/bad.xlsx`}>下载有问题的行</ExportButton>
            )}
          </div>
          <ListTable<ImportRowView>
            path={`/imports/${id}/rows`}
            asked={filters.verdict === ENTERED ? { entered: true } : { verdict: filters.verdict }}
            rowKey="row"
            unit="行"
            columns={[
              { title: "行", dataIndex: "row", width: 70 },
              {
                title: "结果",
                render: (_, row) =>
                  row.verdict && <Word tone={VERDICTS[row.verdict][1]}>{VERDICTS[row.verdict][0]}</Word>,
              },
              { title: "说明", dataIndex: "message", width: 420 },
              { title: "姓名", dataIndex: "name" },
              { title: "证件号码", dataIndex: "document" },
              { title: "手机", dataIndex: "phone" },
              {
                title: "会籍",
                render: (_, row) => row.member_id && <Link to={`/members/${row.member_id}`}>查看</Link>,
              },
            ]}
          />
        </>
      )}
    </>
  );
}

/** What each column holds; recognised by its heading, changed by hand. */
function Columns({ shown, done }: { shown: ImportView; done: (view: ImportView | undefined) => void }) {
  const [fields, setFields] = useState(shown.columns.map((column) => column.field ?? null));
  const changed = fields.some((field, at) => field !== (shown.columns[at]?.field ?? null));
  const save = useAction((chosen: (RosterField | null)[], sending) =>
    put<ImportView>(`/imports/${shown.id}/columns`, { fields: chosen }, sending),
  );
  return (
    <section>
      <h2>各列内容</h2>
      <ProblemNotice problem={save.problem} />
      <PlainTable
        size="small"
        rowKey="at"
        scroll={undefined}
        dataSource={shown.columns.map((column, at) => ({ at, heading: column.heading }))}
        columns={[
          { title: "文件里的列名", dataIndex: "heading" },
          {
            title: "作为",
            render: (_, row) => (
              <Select
                aria-label={`${row.heading}作为`}
                className="filter"
                value={fields[row.at] ?? ""}
                onChange={(value) =>
                  setFields((before) =>
                    before.map((one, at) => (at === row.at ? ((value || null) as RosterField | null) : one)),
                  )
                }
                options={[{ value: "", label: "不导入" }, ...options(ROSTER_FIELDS)]}
              />
            ),
          },
        ]}
      />
      {changed && (
        <Button type="primary" loading={save.busy} onClick={async () => done(await save.run(fields))}>
          保存列的对应
        </Button>
      )}
    </section>
  );
}
