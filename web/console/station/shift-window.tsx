import { useQuery } from "@tanstack/react-query";
import { Checkbox, Form, Input, Radio, Select } from "antd";
import { get, post, put } from "../../client/http";
import type { StationShift, StationShiftForm, StationView } from "../../client/types";
import { day } from "../../shared/words";
import { DayField } from "../parts/day-field";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { useToday } from "../session";
import { lasting } from "./posts";
import { StationPicker } from "./station-picker";

interface Typed extends StationShiftForm {
  kind: "volunteers" | "duty";
  station_id: string;
  weeks?: number;
}

interface WindowProps {
  /** The shift that is changed; a new one without. */
  before?: StationShift;
  close: () => void;
  done: () => void;
}

const HOURS = Array.from({ length: 25 }, (_, hour) => ({ value: hour, label: `${String(hour).padStart(2, "0")}:00` }));

/** Puts shifts up, once or weekly, or changes one. */
export function ShiftWindow({ before, close, done }: WindowProps) {
  return (
    <FormModal<Typed, StationShift | StationShift[]>
      title={before ? `修改：${before.station} ${before.task}` : "排班"}
      open
      close={close}
      okText={before ? "保存" : "发布"}
      initial={
        before
          ? { ...before, kind: before.post_id ? "duty" : "volunteers", wanted: before.wanted || 2 }
          : { kind: "volunteers", from_hour: 9, until_hour: 12, wanted: 2, guided: true, weeks: 1 }
      }
      submit={({ kind, station_id, weeks, ...typed }, sending) => {
        const duty = kind === "duty";
        const form: StationShiftForm = {
          ...typed,
          wanted: duty ? 0 : typed.wanted,
          guided: typed.guided ?? false,
          post_id: duty ? typed.post_id : null,
        };
        return before
          ? put<StationShift>(`/station-shifts/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
          : post<StationShift[]>("/station-shifts", { ...form, station_id, weeks }, sending);
      }}
      done={done}
    >
      {!before && (
        <Form.Item label="驿站" name="station_id" rules={[{ required: true, message: "请选择驿站" }]}>
          <StationPicker />
        </Form.Item>
      )}
      <Form.Item label="类型" name="kind">
        <Radio.Group
          options={[
            { value: "volunteers", label: "招募志愿者" },
            { value: "duty", label: "站长、副站长值守" },
          ]}
        />
      </Form.Item>
      <Form.Item label="做什么" name="task" rules={[{ required: true, message: "请填写做什么" }]}>
        <Input maxLength={40} placeholder="如：整理图书、午间热饭引导" />
      </Form.Item>
      <DayField label="日期" name="day" required />
      <Form.Item label="开始" name="from_hour">
        <Select options={HOURS.slice(0, 24)} />
      </Form.Item>
      <Form.Item label="结束" name="until_hour">
        <Select options={HOURS.slice(1)} />
      </Form.Item>
      {!before && (
        <Form.Item
          label="连续几周"
          name="weeks"
          extra="每周同一天、同一时间，最多 26 周。"
          rules={[{ required: true, message: "请填写几周，只排一次的填 1" }]}
        >
          <NumberField min={1} max={26} precision={0} />
        </Form.Item>
      )}
      <Form.Item noStyle dependencies={["kind", "station_id"]}>
        {({ getFieldValue }) =>
          getFieldValue("kind") === "duty" ? (
            <PostField station={before?.station_id ?? getFieldValue("station_id")} held={before?.post_id} />
          ) : (
            <>
              <Form.Item label="需要几人" name="wanted" rules={[{ required: true, message: "请填写人数" }]}>
                <NumberField min={1} max={30} precision={0} />
              </Form.Item>
              <Form.Item
                name="guided"
                valuePropName="checked"
                extra="不勾选时，最后一个名额留给参加过的志愿者，新手不会独自上岗。"
              >
                <Checkbox>站里有人带，第一次来的也能单独报名</Checkbox>
              </Form.Item>
            </>
          )
        }
      </Form.Item>
    </FormModal>
  );
}

interface PostProps {
  station?: string;
  /** The post of who stands on the shift, which may be over. */
  held?: string | null;
}

/** Who is on duty: the master and deputies of the station that was chosen, of now or to come. */
function PostField({ station, held }: PostProps) {
  const today = useToday();
  const path = `/stations/${station}`;
  const asked = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => get<StationView>(path, {}, signal),
    enabled: station !== undefined,
  });
  return (
    <Form.Item label="谁值守" name="post_id" rules={[{ required: true, message: "请选择值守人" }]}>
      <Select
        disabled={station === undefined}
        placeholder={station === undefined ? "请先选择驿站" : "选择站长或副站长"}
        loading={asked.isFetching}
        options={lasting(asked.data?.posts ?? [], today, held).map((one) => ({
          value: one.id,
          label: `${one.role_label} ${one.name}${one.from_day > today ? `（${day(one.from_day)}起）` : ""}`,
        }))}
      />
    </Form.Item>
  );
}
