import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, DatePicker, Empty, Form, Input } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useAction } from "../../client/action";
import { get, post, put } from "../../client/http";
import type { StationConsultation, StationConsultationRecord, StationDeskNow } from "../../client/types";
import { count, hours, minute, span } from "../../shared/words";
import { FilterSelect } from "../parts/filter-select";
import { FormModal } from "../parts/form-modal";
import { PageHead } from "../parts/page-head";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import { ReasonWindow } from "../parts/reason-window";
import { dayOf } from "../parts/same-day";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";
import { useToday } from "../session";
import { WalkInWindow } from "../station/walk-in-window";
import { useFilters } from "../use-filters";

const PATH = "/station-consultations";
const TONES: Record<StationConsultation["state"], Tone> = {
  booked: "plain",
  held: "good",
  missed: "watch",
  cancelled: "quiet",
  called_off: "quiet",
};

type Shown =
  | { how: "record"; of: StationConsultation; text: string }
  | { how: "back"; of: StationConsultation }
  | { how: "walk-in"; free: StationDeskNow[] };

/** Two whose names are masked alike are told apart by their numbers. */
const called = ({ name, phone }: StationConsultation) => (phone ? `${name}　${phone}` : name);

/** How many days are shown at once. */
const SPANS = [
  { value: "", label: "一天" },
  { value: "7", label: "一周" },
  { value: "14", label: "两周" },
];

/** My days at the desks: who comes, whether he came, and what was said, which only he and I read. */
export default function StationConsultations() {
  const today = useToday();
  const [filters, change] = useFilters({ day: "", days: "", desk: "", unmarked: "" });
  const day = filters.day || today;
  const [shown, show] = useState<Shown>();
  const client = useQueryClient();
  const asked = useQuery({
    queryKey: [PATH, day, filters.days, filters.desk],
    queryFn: ({ signal }) => get<StationConsultation[]>(PATH, { day, days: filters.days, desk: filters.desk }, signal),
    refetchInterval: 60_000,
  });
  const unmarked = useQuery({
    queryKey: [PATH, "unmarked"],
    queryFn: ({ signal }) => get<StationConsultation[]>(PATH, { unmarked: true }, signal),
    refetchInterval: 60_000,
  });
  const desks = useQuery({
    queryKey: [PATH, "desks"],
    queryFn: ({ signal }) => get<StationDeskNow[]>(`${PATH}/desks`, {}, signal),
    refetchInterval: 60_000,
  });
  const free = desks.data?.filter((one) => one.starts_at) ?? [];
  const leave = () => show(undefined);
  const done = () => {
    leave();
    return client.invalidateQueries({ queryKey: [PATH] });
  };
  const mark = useAction((input: { id: string; came: boolean }, sending) =>
    post<StationConsultation>(`${PATH}/${input.id}/mark`, { came: input.came }, sending),
  );
  const open = useAction((id: string, sending) =>
    post<StationConsultationRecord>(`${PATH}/${id}/open`, undefined, sending),
  );
  const write = async (of: StationConsultation) => {
    const text = of.recorded_at ? (await open.run(of.id))?.text : "";
    if (text !== undefined) show({ how: "record", of, text });
  };
  // Whoever was not marked on his day would never be seen again.
  const isBehind = filters.unmarked === "true";
  const listed = isBehind ? unmarked : asked;
  const waiting = unmarked.data?.length ?? 0;
  const move = (days: number) => change({ day: dayjs(day).add(days, "day").format("YYYY-MM-DD") });
  return (
    <>
      <PageHead note="预约了您的职工。咨询记录加密保存，只有您和职工本人能看，站长和其他干部看不到；您每次打开都留痕。">
        <Button disabled={free.length === 0} onClick={() => show({ how: "walk-in", free })}>
          {desks.data && free.length === 0 ? "现在没有空闲时段" : "登记未预约的"}
        </Button>
      </PageHead>
      <div className="filters">
        {isBehind ? (
          <Button onClick={() => change({ unmarked: "" })}>回到日程</Button>
        ) : (
          <>
            <Button onClick={() => move(-1)}>前一天</Button>
            <DatePicker
              aria-label="日期"
              allowClear={false}
              value={dayOf(day)}
              onChange={(chosen) => change({ day: chosen?.format("YYYY-MM-DD") ?? "" })}
            />
            <Button onClick={() => move(1)}>后一天</Button>
            <FilterSelect
              always
              label="看几天"
              value={filters.days}
              change={(days) => change({ days })}
              options={SPANS}
            />
            {(desks.data?.length ?? 0) > 1 && (
              <FilterSelect
                label="窗口"
                value={filters.desk}
                change={(desk) => change({ desk })}
                options={desks.data?.map((one) => ({ value: one.id, label: one.label })) ?? []}
              />
            )}
            {day !== today && <Button onClick={() => change({ day: "" })}>今天</Button>}
            {waiting > 0 && (
              <Button
                onClick={() => change({ unmarked: "true" })}
              >{`有 ${count(waiting)} 位过了时间还没登记到没到`}</Button>
            )}
          </>
        )}
      </div>
      <ProblemNotice problem={listed.error} again={listed.refetch} />
      <ProblemNotice problem={desks.error} again={desks.refetch} />
      <ProblemNotice problem={mark.problem} />
      <ProblemNotice problem={open.problem} />
      <PlainTable<StationConsultation>
        loading={listed.isPending}
        dataSource={listed.data}
        locale={{
          emptyText: (
            <Empty description={isBehind ? "都登记了。" : `${filters.days ? "这些天" : "这一天"}没有人预约您。`} />
          ),
        }}
        columns={[
          {
            title: "时间",
            render: (_, row) =>
              filters.days || isBehind ? span(row.starts_at, row.ends_at) : hours(row.starts_at, row.ends_at),
          },
          { title: "职工", render: (_, row) => called(row) },
          { title: "窗口", dataIndex: "kind_label" },
          { title: "驿站", dataIndex: "station" },
          {
            title: "状态",
            render: (_, row) => (
              <>
                <Word tone={TONES[row.state]}>{row.walked_in ? `${row.state_label}（未预约）` : row.state_label}</Word>
                {row.reason && <div className="quiet">{row.reason}</div>}
              </>
            ),
          },
          {
            title: "咨询记录",
            render: (_, row) => (row.recorded_at ? `${minute(row.recorded_at)} 已写` : row.state === "held" && "未写"),
          },
          {
            title: "办理",
            render: (_, row) => (
              <>
                {row.state === "booked" && row.due && (
                  <>
                    <Button
                      type="link"
                      disabled={mark.busy}
                      onClick={() => mark.run({ id: row.id, came: true }).then(done)}
                    >
                      已到
                    </Button>
                    {row.begun && (
                      <Button
                        type="link"
                        disabled={mark.busy}
                        onClick={() => mark.run({ id: row.id, came: false }).then(done)}
                      >
                        未到
                      </Button>
                    )}
                  </>
                )}
                {row.state === "held" && !row.nameless && (
                  <Button type="link" disabled={open.busy} onClick={() => write(row)}>
                    {row.recorded_at ? "打开记录" : "写记录"}
                  </Button>
                )}
                {(row.state === "held" || row.state === "missed") && (
                  <Button type="link" danger onClick={() => show({ how: "back", of: row })}>
                    撤回
                  </Button>
                )}
              </>
            ),
          },
        ]}
      />
      {shown?.how === "record" && (
        <FormModal<StationConsultationRecord, StationConsultation>
          open
          title={`咨询记录：${called(shown.of)}`}
          close={leave}
          initial={{ text: shown.text }}
          submit={(typed, sending) => put(`${PATH}/${shown.of.id}/record`, typed, sending)}
          done={done}
        >
          <p className="quiet">职工本人在手机上能看到这份记录。</p>
          <Form.Item label="咨询内容和答复" name="text" rules={[{ required: true, message: "请填写咨询记录" }]}>
            <Input.TextArea rows={8} maxLength={4000} showCount />
          </Form.Item>
        </FormModal>
      )}
      {shown?.how === "walk-in" && (
        <WalkInWindow desks={shown.free} path={`${PATH}/walk-ins`} close={leave} done={done} />
      )}
      {shown?.how === "back" && (
        <ReasonWindow
          open
          danger
          title="撤回登记"
          text="撤回后这次咨询不再计数，写过的咨询记录一并删除，可以重新登记。请不要在原因里写咨询内容。"
          path={`${PATH}/${shown.of.id}/take-back`}
          close={leave}
          done={done}
        />
      )}
    </>
  );
}
