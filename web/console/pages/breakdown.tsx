import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Empty, Input, Skeleton } from "antd";
import { useEffect, useState } from "react";
import { Link, useParams } from "react-router";
import { useAction } from "../../client/action";
import { getTagged, post, put, type Sending } from "../../client/http";
import type { Breakdown, ChildStanding, Proposal } from "../../client/types";
import { keptValue, store } from "../../shared/store";
import { blocked } from "../parts/blocked";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { fieldUnit, stored, typed, wanted } from "../plan/scale";
import { ORIGINS, valued } from "../plan/words";
import { useMay } from "../session";

const KEYS = [
  { by: "head_count", label: "按在岗人数" },
  { by: "last_year", label: "按上年完成" },
  { by: "equal", label: "平均分配" },
];

/** Giving those directly below their targets: by hand, or from a proposal that is then changed by hand. */
export default function BreakdownPage() {
  const { id = "" } = useParams();
  const [organisation] = useOrganisation();
  const read = useQuery({
    queryKey: ["indicator", id, "breakdown", { organisation }, "edit"],
    queryFn: () => getTagged<Breakdown>(`/indicators/${id}/breakdown`, { organisation }),
  });
  // While somebody types, the targets that he types on: others that came meanwhile take nothing of it away, and are told to him
  // when he gives his out.
  const [held, hold] = useState<{ organisation: string; tag: string }>();
  if (blocked(read)) return <ProblemNotice problem={read.error} again={() => read.refetch()} />;
  if (!read.data) return <Skeleton active paragraph={{ rows: 8 }} />;
  const tag = held?.organisation === organisation ? held.tag : read.data.tag;
  return (
    <Editor
      key={`${organisation} ${tag}`}
      found={read.data.value}
      tag={tag}
      typing={(is) => hold(is ? { organisation, tag } : undefined)}
    />
  );
}

interface EditorProps {
  found: Breakdown;
  /** Of the targets that are typed on. */
  tag: string;
  /** Told whether anything is typed that was not given out. */
  typing: (is: boolean) => void;
}

function Editor({ found, tag, typing }: EditorProps) {
  const { indicator, organisation_id: organisation } = found;
  const client = useQueryClient();
  const may = useMay();
  const { message } = App.useApp();
  const draft = `niangjia.breakdown.${indicator.id}.${organisation}`;
  // Not anew with each answer: how far the units are changes while somebody types. Whoever looks at something else comes back to
  // what was typed on the targets that still stand.
  const [texts, setTexts] = useState(() => keptTexts(draft, tag) ?? given(found));
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was typed before he came back.
  useEffect(() => {
    if (keptTexts(draft, tag)) typing(true);
  }, []);
  const change = (texts: Record<string, string>) => {
    setTexts(texts);
    store(draft, JSON.stringify({ tag, texts }), "sessionStorage");
    typing(true);
  };
  const giveUp = () => {
    setTexts(given(found));
    store(draft, undefined, "sessionStorage");
    typing(false);
  };
  const path = (step: string) => `/indicators/${indicator.id}/breakdown${step}?organisation=${organisation}`;
  const reload = () => client.invalidateQueries({ queryKey: ["indicator", indicator.id] });
  const save = useAction((targets: object[], sending: Sending) =>
    put<Breakdown>(path(""), { targets }, { ...sending, tag }),
  );
  const propose = useAction((by: string, sending: Sending) => post<Proposal>(path("/propose"), { by }, sending));
  const wrong = Object.values(texts).some((text) => text !== "" && stored(indicator.scale, text) === undefined);
  const submit = async () => {
    const targets = Object.entries(texts)
      .filter(([, text]) => text !== "")
      .map(([organisation_id, text]) => ({ organisation_id, value: stored(indicator.scale, text) }));
    if (!(await save.run(targets))) return;
    store(draft, undefined, "sessionStorage");
    message.success("已下达");
    await client.invalidateQueries({ queryKey: ["plan"] });
    await reload();
    typing(false);
  };
  const look = async () => {
    await reload();
    giveUp();
  };
  const fill = async (by: string) => {
    const proposal = await propose.run(by);
    if (!proposal) return;
    const pairs = proposal.targets.map((one) => [one.organisation_id, typed(indicator.scale, one.value)]);
    change(Object.fromEntries(pairs));
  };
  return (
    <>
      <PageHead
        title={`分解目标：${indicator.name}`}
        note={
          <>
            {found.organisation} · <Link to={`/indicators/${indicator.id}?organisation=${organisation}`}>看进度</Link>
          </>
        }
      >
        {KEYS.map(({ by, label }) => (
          <Button key={by} loading={propose.busy} onClick={() => fill(by)}>
            {label}
          </Button>
        ))}
        {may("plan.break_down") && (
          <Button type="primary" disabled={wrong} loading={save.busy} onClick={submit}>
            下达
          </Button>
        )}
      </PageHead>
      <ProblemNotice problem={propose.problem} />
      <ProblemNotice problem={save.problem} again={save.problem?.status === 412 ? look : undefined} />
      <Sum
        found={found}
        changed={JSON.stringify(texts) !== JSON.stringify(given(found))}
        wrong={wrong}
        giveUp={giveUp}
      />
      <Children found={found} texts={texts} change={(id, text) => change({ ...texts, [id]: text })} />
    </>
  );
}

/** The targets as they stand, as they are typed. */
function given(found: Breakdown): Record<string, string> {
  const known = found.children.filter((child) => child.assigned !== null && child.assigned !== undefined);
  return Object.fromEntries(
    known.map((child) => [child.organisation_id, typed(found.indicator.scale, child.assigned ?? 0)]),
  );
}

/** What was typed in this window and not given out, if the targets are still those that it was typed on. */
function keptTexts(draft: string, tag: string): Record<string, string> | undefined {
  const kept = keptValue(draft, "sessionStorage") as { tag: string; texts: Record<string, string> } | undefined;
  return kept?.tag === tag ? kept.texts : undefined;
}

interface SumProps {
  found: Breakdown;
  changed: boolean;
  wrong: boolean;
  giveUp: () => void;
}

function Sum({ found, changed, wrong, giveUp }: SumProps) {
  const { indicator, own, sum, gap } = found;
  const facts: [string, string][] = [["本级目标", valued(indicator, own.target)]];
  if (typeof sum === "number") facts.push(["下级合计", valued(indicator, sum)]);
  if (typeof gap === "number" && gap !== 0) {
    facts.push([gap < 0 ? "还有多少没有下达" : "超出本级目标", valued(indicator, Math.abs(gap))]);
  }
  return (
    <section className="card notice" aria-live="polite">
      <dl className="facts-grid">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {gap === 0 && <p className="quiet">下级合计与本级目标一致。</p>}
      {changed && (
        <p className="quiet">
          有改动尚未下达；合计和差额以下达后系统核对的为准。
          <Button type="link" size="small" onClick={giveUp}>
            放弃改动
          </Button>
        </p>
      )}
      {wrong && <p role="alert">标红的不能下达：{wanted(indicator.scale)}。</p>}
    </section>
  );
}

interface ChildrenProps {
  found: Breakdown;
  texts: Record<string, string>;
  change: (organisation: string, text: string) => void;
}

function Children({ found, texts, change }: ChildrenProps) {
  const { indicator } = found;
  return (
    <PlainTable<ChildStanding>
      rowKey="organisation_id"
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 560 }}
      dataSource={found.children}
      locale={{ emptyText: <Empty description="下面没有单位，不用分解。" /> }}
      columns={[
        { title: "单位", dataIndex: "organisation" },
        {
          title: "下达目标",
          render: (_, row) => {
            const text = texts[row.organisation_id] ?? "";
            return (
              <Input
                aria-label={`${row.organisation}的目标`}
                inputMode="decimal"
                style={{ width: 180 }}
                suffix={fieldUnit(indicator.scale, indicator.unit)}
                status={text !== "" && stored(indicator.scale, text) === undefined ? "error" : undefined}
                value={text}
                onChange={(event) => change(row.organisation_id, event.target.value)}
              />
            );
          },
        },
        { title: "自行加码", align: "right", render: (_, row) => valued(indicator, row.raised) },
        { title: "现行目标", align: "right", render: (_, row) => valued(indicator, row.target) },
        { title: "目标来源", render: (_, row) => row.origin && ORIGINS[row.origin] },
        { title: "已完成", align: "right", render: (_, row) => valued(indicator, row.actual) },
      ]}
    />
  );
}
