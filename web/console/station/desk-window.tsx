import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { get, post, put } from "../../client/http";
import type { StationDesk, StationDeskAdviser, StationDeskForm } from "../../client/types";
import { DESKS } from "../../shared/stations";
import { FormModal } from "../parts/form-modal";
import { nothingFound } from "../parts/nothing-found";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { hoursOf, type TypedHours, typedOf } from "./hours";
import { HoursFields } from "./hours-fields";
import { StationPicker } from "./station-picker";

interface Typed extends Omit<StationDeskForm, "hours"> {
  station_id: string;
  hours: TypedHours;
}

interface WindowProps {
  /** The desk that is changed; a new one without. */
  before?: StationDesk;
  close: () => void;
  done: () => void;
}

/** At first somebody sits there on one afternoon. */
const FIRST: TypedHours = { ...typedOf(), week: ["", "", "14:00-17:00", "", "", "", ""] };

/** Sets a desk up, or changes one. */
export function DeskWindow({ before, close, done }: WindowProps) {
  return (
    <FormModal<Typed, StationDesk>
      title={before ? `修改：${before.station} ${before.kind_label}` : "设立咨询窗口"}
      open
      width={640}
      close={close}
      okText={before ? "保存" : "设立"}
      initial={
        before ? { ...before, hours: typedOf(before.hours) } : { kind: "legal", minutes: 30, about: "", hours: FIRST }
      }
      submit={({ station_id, hours, ...typed }, sending) => {
        const form: StationDeskForm = { ...typed, hours: { ...hoursOf(hours), self_service: false } };
        return before
          ? put<StationDesk>(`/station-desks/${before.id}`, form, { ...sending, tag: `"${before.version}"` })
          : post<StationDesk>("/station-desks", { ...form, station_id }, sending);
      }}
      done={done}
    >
      {!before && (
        <Form.Item label="驿站" name="station_id" rules={[{ required: true, message: "请选择驿站" }]}>
          <StationPicker />
        </Form.Item>
      )}
      <Form.Item label="咨询类型" name="kind">
        <Select options={options(DESKS)} />
      </Form.Item>
      <Form.Item noStyle dependencies={["station_id"]}>
        {({ getFieldValue }) => <AdviserField station={before?.station_id ?? getFieldValue("station_id")} />}
      </Form.Item>
      <Form.Item
        label="每次咨询（分钟）"
        name="minutes"
        rules={[{ required: true, message: "请填写每次咨询的时长" }]}
        extra="值班时间按这个时长分成可预约的时段。"
      >
        <NumberField min={10} max={240} precision={0} />
      </Form.Item>
      <HoursFields legend="值班时间" staffed />
      <Form.Item label="说明" name="about" extra="职工预约时看到，如：在二楼，请带劳动合同。">
        <Input.TextArea rows={2} maxLength={200} />
      </Form.Item>
    </FormModal>
  );
}

/** Who may advise at the station that was chosen. */
function AdviserField({ station }: { station?: string }) {
  const path = `/stations/${station}/desk-advisers`;
  const asked = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => get<StationDeskAdviser[]>(path, {}, signal),
    enabled: station !== undefined,
  });
  return (
    <Form.Item
      label="咨询人员"
      name="adviser_id"
      rules={[{ required: true, message: "请选择咨询人员" }]}
      extra="有“在驿站窗口接待咨询”权限的账号。咨询记录只有他本人和来咨询的职工能看。"
    >
      <Select
        disabled={station === undefined}
        placeholder={station === undefined ? "请先选择驿站" : "选择账号"}
        showSearch={{ optionFilterProp: "label" }}
        loading={asked.isFetching}
        notFoundContent={nothingFound(asked, "没有可选的账号，请先由管理账号的干部授予这个权限。")}
        options={asked.data?.map((one) => ({ value: one.id, label: one.name }))}
      />
    </Form.Item>
  );
}
