import { Button, Form, Input, Radio, Select, Space } from "antd";
import { post, put } from "../../client/http";
import type { StationForm, StationPartner, StationPhoto, StationView } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { NumberField } from "../parts/number-field";
import { options } from "../parts/options";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { optionsOf, useCatalogue } from "./catalogue";
import { hoursOf, type TypedHours, typedOf } from "./hours";
import { HoursFields } from "./hours-fields";
import { Photos } from "./photos";
import { PositionFields } from "./position-fields";
import { ACCESS, KINDS } from "./words";

interface Typed {
  organisation_id: string;
  code: string;
  name: string;
  kind: StationForm["kind"];
  access: StationForm["access"];
  host?: string;
  division?: string;
  address: string;
  longitude?: number | null;
  latitude?: number | null;
  system: string;
  area: number;
  capacity: number;
  service_line?: string;
  hours: TypedHours;
  equipment: string[];
  services: string[];
  partners: StationPartner[];
  photos: StationPhoto[];
}

const formOf = (typed: Typed): StationForm => ({
  organisation_id: typed.organisation_id,
  code: typed.code,
  name: typed.name,
  kind: typed.kind,
  access: typed.access,
  host: typed.host || null,
  division: typed.division || null,
  address: typed.address,
  position:
    typed.longitude != null && typed.latitude != null
      ? { longitude: typed.longitude, latitude: typed.latitude, system: typed.system }
      : null,
  area: typed.area ?? 0,
  capacity: typed.capacity ?? 0,
  service_line: typed.service_line || null,
  hours: hoursOf(typed.hours),
  partners: typed.partners ?? [],
  photos: typed.photos ?? [],
  items: [...(typed.equipment ?? []), ...(typed.services ?? [])],
});

interface WindowProps {
  shown: StationView | "new" | undefined;
  close: () => void;
  done: (station: StationView) => void;
}

/** Writes a station down, or changes it. */
export function StationWindow({ shown, close, done }: WindowProps) {
  const before = typeof shown === "object" ? shown : undefined;
  const [organisation] = useOrganisation();
  const catalogue = useCatalogue().data ?? [];
  const held = (kind: string) => (before?.stock ?? []).filter((item) => item.kind === kind).map((item) => item.code);
  return (
    <FormModal<Typed, StationView>
      title={before ? `修改：${before.name}` : "新建驿站"}
      open={shown !== undefined}
      close={close}
      width={760}
      initial={{
        ...(before as unknown as Partial<Typed>),
        organisation_id: before?.organisation_id ?? organisation,
        kind: before?.kind ?? "own",
        access: before?.access ?? "everyone",
        longitude: before?.position?.longitude,
        latitude: before?.position?.latitude,
        system: "wgs84",
        area: before?.area ?? 30,
        capacity: before?.capacity ?? 20,
        hours: typedOf(before?.hours),
        equipment: before ? held("equipment") : [],
        services: before ? held("service") : [],
        partners: before?.partners ?? [],
        photos: before?.photos ?? [],
      }}
      submit={(typed, sending) =>
        before
          ? put<StationView>(`/stations/${before.id}`, formOf(typed), { ...sending, tag: `"${before.version}"` })
          : post<StationView>("/stations", formOf(typed), sending)
      }
      done={(station) => {
        close();
        done(station);
      }}
    >
      <div className="two">
        <Form.Item label="驿站名称" name="name" rules={[{ required: true, message: "请填写驿站名称" }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item label="驿站编号" name="code" rules={[{ required: true, message: "请填写驿站编号" }]}>
          <Input maxLength={32} placeholder="如：BT-001" />
        </Form.Item>
        <Form.Item label="归哪级工会" name="organisation_id" rules={[{ required: true, message: "请选择工会" }]}>
          <OrganisationPicker />
        </Form.Item>
        <Form.Item label="类型" name="kind">
          <Radio.Group options={options(KINDS)} />
        </Form.Item>
        <Form.Item label="使用对象" name="access">
          <Radio.Group options={options(ACCESS)} />
        </Form.Item>
        <Form.Item label="场地提供单位（共建的填写）" name="host">
          <Input maxLength={60} placeholder="如：建设银行某支行" />
        </Form.Item>
        <Form.Item label="服务电话" name="service_line">
          <Input maxLength={30} inputMode="tel" />
        </Form.Item>
        <Form.Item
          className="whole"
          label="详细地址"
          name="address"
          rules={[{ required: true, message: "请填写详细地址" }]}
        >
          <Input maxLength={120} />
        </Form.Item>
      </div>
      <PositionFields />
      <div className="two">
        <Form.Item label="行政区划代码（6位）" name="division">
          <Input maxLength={6} inputMode="numeric" />
        </Form.Item>
        <Form.Item label="面积（平方米）" name="area">
          <NumberField min={0} max={100_000} precision={0} />
        </Form.Item>
        <Form.Item label="可同时容纳（人）" name="capacity">
          <NumberField min={0} max={10_000} precision={0} />
        </Form.Item>
      </div>
      <HoursFields />
      <Form.Item label="设施" name="equipment">
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={optionsOf(catalogue, "equipment", held("equipment"))}
        />
      </Form.Item>
      <Form.Item label="服务" name="services">
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={optionsOf(catalogue, "service", held("service"))}
        />
      </Form.Item>
      <Form.List name="partners">
        {(rows, { add, remove }) => (
          <Form.Item label="共建单位">
            {rows.map((row) => (
              <Space key={row.key} align="baseline" wrap>
                <Form.Item name={[row.name, "name"]} rules={[{ required: true, message: "请填写单位" }]}>
                  <Input maxLength={60} placeholder="如：区司法局" aria-label="共建单位" />
                </Form.Item>
                <Form.Item name={[row.name, "gives"]} rules={[{ required: true, message: "请填写提供的支持" }]}>
                  <Input maxLength={200} placeholder="如：每周三律师值班" aria-label="提供的支持" />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>删去</Button>
              </Space>
            ))}
            <Button onClick={() => add()}>加一家</Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.Item noStyle dependencies={["organisation_id"]}>
        {({ getFieldValue }) => (
          <Form.Item label="照片" name="photos">
            <Photos organisation={getFieldValue("organisation_id") ?? ""} station={before} />
          </Form.Item>
        )}
      </Form.Item>
    </FormModal>
  );
}
