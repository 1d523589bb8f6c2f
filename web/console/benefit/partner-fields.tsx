import { Form, Input, Select } from "antd";
import type { BenefitPartner } from "../../client/types";
import { options } from "../parts/options";
import { OrganisationPicker } from "../parts/organisation-picker";
import { useMay } from "../session";
import { StationPicker } from "../station/station-picker";
import { PARTNER_KINDS } from "./words";

/** The kinds of place, to choose from. */
export const KINDS = options(PARTNER_KINDS);

interface FieldsProps {
  /** The station of the register that it is, for who may not see the register. */
  known?: string | null;
}

/** What is known of a place of redemption. Of a station in the register everything but whether it redeems stands there. */
export function PartnerFields({ known }: FieldsProps) {
  const form = Form.useFormInstance<Partial<BenefitPartner>>();
  const kind = Form.useWatch("kind", form);
  const picked = Form.useWatch("site_id", form);
  const may = useMay()("station.view");
  const picks = kind === "station" && may;
  const site = picks ? picked : kind === "station" ? known : undefined;
  return (
    <>
      <Form.Item label="类型" name="kind">
        <Select options={KINDS} />
      </Form.Item>
      {picks && (
        <Form.Item
          label="驿站"
          name="site_id"
          extra={
            site
              ? "名称、编号、地址、电话和管理单位以驿站登记为准，随它更新；站长在手机“我的驿站”里直接核销。"
              : "从驿站登记中选；没有登记的站点不选，在下面填写。"
          }
        >
          <StationPicker />
        </Form.Item>
      )}
      {site && !picks && <p>名称、编号、地址、电话和管理单位以驿站登记为准，随它更新。</p>}
      {!site && (
        <>
          <Form.Item label="名称" name="name" rules={[{ required: true, message: "请填写名称" }]}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item label="编号（可不填）" name="code">
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item label="地址" name="address">
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item label="对外联系电话" name="contact">
            <Input maxLength={40} />
          </Form.Item>
          <Form.Item label="归哪级工会管理" name="organisation_id">
            <OrganisationPicker />
          </Form.Item>
        </>
      )}
    </>
  );
}
