import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Card, Skeleton } from "antd";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { get, post } from "../../client/http";
import type { StationItem, StationPost, StationView } from "../../client/types";
import { doubt, failing } from "../../shared/stations";
import { count, day, fromTo, minute } from "../../shared/words";
import { ConfirmButton } from "../parts/acts";
import { blocked } from "../parts/blocked";
import { Details } from "../parts/details";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { Word } from "../parts/word";
import { useMay, useToday } from "../session";
import { Entries, Rounds } from "../station/days";
import { spoken } from "../station/degrees";
import { DeviceList, OpeningList } from "../station/devices";
import { Faults } from "../station/faults";
import { Inspections } from "../station/inspections";
import { Neglects } from "../station/neglects";
import { pictureOf } from "../station/photos";
import { PlaceOnMap } from "../station/place-on-map";
import { PlanWindow } from "../station/plan-window";
import { PostWindow } from "../station/post-window";
import { leaving } from "../station/posts";
import { Ratings } from "../station/ratings";
import { Stars } from "../station/stars";
import { StateWindow } from "../station/state-window";
import { StationWindow } from "../station/station-window";
import { ACCESS, STATES } from "../station/words";
import { Year } from "../station/year";

type Writing = "post" | "pause" | "close" | "reopen" | "inspect";

/** One station: what it is and has, who answers for it, and how its days go. */
export default function Station() {
  const { id = "" } = useParams();
  const asked = useQuery({ queryKey: ["/stations", id], queryFn: () => get<StationView>(`/stations/${id}`) });
  if (blocked(asked)) return <ProblemNotice problem={asked.error} again={() => asked.refetch()} />;
  if (!asked.data) return <Skeleton active />;
  return <Shown key={id} of={asked.data} />;
}

function Shown({ of }: { of: StationView }) {
  const may = useMay();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [writing, write] = useState<Writing>();
  // As it was read when the window opened: what is asked for anew meanwhile may be what somebody else saved.
  const [changing, change] = useState<StationView>();
  const again = () => client.invalidateQueries({ queryKey: ["/stations"] });
  const keeps = may("station.keep") && of.state !== "closed";
  const leave = () => write(undefined);
  const pauses = of.pauses;
  const planned = Boolean(of.paused_from);
  const opens = planned ? "取消预定暂停" : pauses ? "恢复开放" : "开放";
  return (
    <>
      <PageHead title={of.name} note={`${of.code} · ${of.organisation}`}>
        {keeps && (
          <>
            <Button danger onClick={() => write("close")}>
              撤销
            </Button>
            {of.state !== "planned" && (
              <Button onClick={() => write("pause")}>{pauses || planned ? "修改暂停" : "暂停开放"}</Button>
            )}
            <Button onClick={() => change(of)}>修改</Button>
            {(of.state !== "open" || planned) && (
              <ConfirmButton<StationView>
                type="primary"
                question={
                  planned
                    ? { title: "取消预定暂停？", text: "驿站照常开放；已取消的咨询预约不会恢复。", okText: "照常开放" }
                    : { title: `${opens}驿站？`, text: "职工在手机上就能找到它。", okText: opens }
                }
                run={(sending) => post<StationView>(`/stations/${of.id}/open`, undefined, sending)}
                done={again}
              >
                {opens}
              </ConfirmButton>
            )}
          </>
        )}
        {may("station.keep") && of.state === "closed" && <Button onClick={() => write("reopen")}>恢复到筹建</Button>}
      </PageHead>
      <Particulars of={of} />
      <Neglects of={of.neglected} />
      {(of.photos ?? []).length > 0 && (
        <div className="photos">
          {of.photos?.map((photo) => (
            <figure key={photo.attachment_id}>
              <img src={pictureOf(of.id, photo)} alt={photo.caption || "驿站照片"} />
              <figcaption>{photo.caption}</figcaption>
            </figure>
          ))}
        </div>
      )}
      <div className="filters">
        <h2>站长</h2>
        {may("station.appoint") && of.state !== "closed" && (
          <span className="filters-acts">
            <Button onClick={() => write("post")}>任命</Button>
          </span>
        )}
      </div>
      <Posts of={of} again={again} />
      <Year of={of} />
      <h2 id="stock">设施与服务</h2>
      <Stock items={of.stock} />
      <h2 id="faults">有人反映的问题</h2>
      <Faults asked={{ station: of.id, limit: 10 }} own />
      <h2>设备</h2>
      <DeviceList station={of.id} keeps={keeps} />
      <div className="filters">
        <h2>检查与星级</h2>
        {may("station.inspect") && of.state !== "closed" && (
          <span className="filters-acts">
            <Button onClick={() => write("inspect")}>安排检查</Button>
          </span>
        )}
      </div>
      <Inspections asked={{ station: of.id, limit: 10 }} own />
      <Entries station={of.id} />
      <h2>评价</h2>
      <Ratings station={of.id} />
      <h2>开门和通断电记录</h2>
      <OpeningList station={of.id} />
      <h2 id="rounds">每日检查</h2>
      <Rounds station={of.id} />
      <StationWindow shown={changing} close={() => change(undefined)} done={again} />
      {writing === "inspect" && (
        <PlanWindow station={of.id} close={leave} done={(made) => navigate(`/station-inspections/${made.id}`)} />
      )}
      {writing === "post" && <PostWindow of={of} close={leave} done={again} />}
      {writing === "reopen" && (
        <ReasonWindow
          open
          title="恢复到筹建"
          okText="恢复"
          text="撤错了才恢复。恢复后是筹建状态，备齐后再点“开放”；撤销时取消的预约、活动、班次和下架的捐赠物品不会恢复。"
          path={`/stations/${of.id}/reopen`}
          close={leave}
          done={again}
        />
      )}
      {(writing === "pause" || writing === "close") && <StateWindow of={of} how={writing} close={leave} done={again} />}
    </>
  );
}

function size({ area, capacity }: StationView) {
  return [area && `${count(area)} 平方米`, capacity && `${count(capacity)} 人`].filter(Boolean).join("，");
}

function Particulars({ of }: { of: StationView }) {
  const [word, tone] = STATES[of.state];
  const today = useToday();
  const at = of.position;
  const [isShown, show] = useState(false);
  return (
    <Card>
      <Details
        column={{ xs: 1, sm: 2, lg: 3 }}
        items={[
          { key: "state", label: "状态", children: <Word tone={tone}>{word}</Word> },
          { key: "now", label: "现在", children: of.now.text },
          ...(of.paused_from
            ? [
                {
                  key: "pause",
                  label: "预定暂停",
                  children: `${fromTo(of.paused_from, of.paused_until)}（${of.state_reason}）`,
                },
              ]
            : []),
          {
            key: "star",
            label: "星级",
            children: (
              <>
                <Stars star={of.star} label={of.star_label} />
                {of.inspected_on && `（${day(of.inspected_on)}检查）`}
                {of.shut_from &&
                  of.state !== "closed" &&
                  (of.shut_from > today
                    ? `，${day(of.shut_from)}前须复查达标，否则不再显示为开放`
                    : `，${day(of.shut_from)}起不再显示为开放，复查达标后恢复`)}
              </>
            ),
          },
          { key: "hours", label: "开放时间", children: of.hours_text || "未填写" },
          { key: "kind", label: "类型", children: of.host ? `${of.kind_label} · ${of.host}` : of.kind_label },
          { key: "access", label: "使用对象", children: ACCESS[of.access] },
          { key: "size", label: "面积与容纳", children: size(of) || "未填写" },
          { key: "line", label: "服务电话", children: of.service_line },
          { key: "address", label: "地址", children: of.address },
          {
            key: "at",
            label: "位置（WGS-84）",
            children: at ? (
              <span>
                {spoken(at)}{" "}
                <Button
                  type="link"
                  size="small"
                  style={{ paddingInline: 0 }}
                  aria-expanded={isShown}
                  onClick={() => show(!isShown)}
                >
                  {isShown ? "收起地图" : "看地图"}
                </Button>
              </span>
            ) : (
              "未标注"
            ),
          },
          { key: "opened", label: "开放日期", children: day(of.opened_on) },
          ...(of.partners ?? []).map((partner) => ({
            key: partner.name,
            label: `共建：${partner.name}`,
            children: partner.gives,
          })),
          ...(of.hours.exceptions ?? []).map((one) => ({
            key: one.day,
            label: day(one.day),
            children: `${one.spans.length === 0 ? "不开放" : one.spans.map((span) => `${span.opens}-${span.closes}`).join("、")}${one.reason ? `（${one.reason}）` : ""}`,
          })),
        ]}
      />
      {at && isShown && <PlaceOnMap of={of} at={at} />}
    </Card>
  );
}

function Posts({ of, again }: { of: StationView; again: () => void }) {
  const may = useMay()("station.appoint");
  return (
    <PlainTable<StationPost>
      dataSource={of.posts}
      locale={{ emptyText: "还没有任命站长；开放前必须有一名站长负责。" }}
      columns={[
        { title: "姓名", dataIndex: "name" },
        { title: "职务", dataIndex: "role_label" },
        { title: "手机", dataIndex: "phone" },
        {
          title: "任期",
          render: (_, row) => `${day(row.from_day)}起${row.until_day ? `，至${day(row.until_day)}` : ""}`,
        },
        {
          title: "现在",
          render: (_, row) => (row.holds ? <Word tone="good">在任</Word> : <Word tone="quiet">不在任</Word>),
        },
        {
          title: "办理",
          hidden: !may,
          render: (_, row) =>
            row.role === "deputy" &&
            !row.until_day && (
              <ConfirmButton<StationView>
                type="link"
                question={{ title: `免去${row.name}的副站长职务？`, text: leaving(row), okText: "免去" }}
                run={(sending) => post<StationView>(`/stations/${of.id}/relieve`, { post_id: row.id }, sending)}
                done={again}
              >
                免去
              </ConfirmButton>
            ),
        },
      ]}
    />
  );
}

function Stock({ items }: { items: StationItem[] }) {
  return (
    <PlainTable<StationItem>
      rowKey="code"
      dataSource={items}
      locale={{ emptyText: "还没有登记设施和服务。" }}
      columns={[
        { title: "名称", dataIndex: "label" },
        { title: "类别", render: (_, row) => (row.kind === "equipment" ? "设施" : "服务") },
        {
          title: "状态",
          render: (_, row) =>
            !row.works ? (
              <Word tone="bad">{failing(row.kind).is}</Word>
            ) : doubt(row) ? (
              <Word tone="watch">{doubt(row)}</Word>
            ) : (
              <Word tone="good">正常</Word>
            ),
        },
        { title: "说明", dataIndex: "note" },
        { title: "最近确认", render: (_, row) => minute(row.seen_at) },
      ]}
    />
  );
}
