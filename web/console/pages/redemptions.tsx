import { useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Card, Form, Input, Space } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { post } from "../../client/http";
import type { Redeemed } from "../../client/types";
import { COMPARE, isTyped } from "../../shared/voucher-code";
import { Place } from "../benefit/places";
import { RedemptionList } from "../benefit/redemption-list";
import { REDEMPTIONS } from "../benefit/take-back";
import { useOrganisation } from "../parts/organisation";
import { PageHead } from "../parts/page-head";
import { ProblemNotice } from "../parts/problem-notice";
import { scanOn } from "../parts/scan-field";
import { useMay } from "../session";

interface Typed {
  partner_id: string;
  code: string;
}

/**
 * An officer redeems vouchers, one after another, at one place; a scanner types what it reads. Whoever types a code himself
 * sees first for whom it is. Below stands all that was handed over.
 */
export default function Redemptions() {
  const [form] = Form.useForm<Typed>();
  const [organisation] = useOrganisation();
  const [last, tell] = useState<Redeemed>();
  const client = useQueryClient();
  const may = useMay();
  const [looked, show] = useState<{ typed: Typed; voucher: Redeemed }>();
  const look = useAction((typed: Typed, sending) => post<Redeemed>("/benefit-redemptions/look", typed, sending));
  const redeem = useAction((typed: Typed, sending) => post<Redeemed>("/benefit-redemptions", typed, sending));
  const problem = look.problem ?? redeem.problem;
  const handOver = async (typed: Typed) => {
    const answer = await redeem.run(typed);
    if (answer) {
      tell(answer);
      show(undefined);
      client.invalidateQueries({ queryKey: [REDEMPTIONS] });
      // Resetting would make the field anew, without the focus.
      form.setFieldValue("code", "");
    }
    scanOn(form, "code");
  };
  const begin = async (typed: Typed) => {
    look.clear();
    redeem.clear();
    tell(undefined);
    show(undefined);
    if (!isTyped(typed.code)) return handOver(typed);
    const voucher = await look.run(typed);
    if (voucher) show({ typed, voucher });
    else scanOn(form, "code");
  };
  return (
    <>
      <PageHead note="请职工打开“我的凭证”，用扫码枪扫描二维码，扫不了时输入二维码下面的券码；核销即入台账。" />
      <Card>
        <Form<Typed> form={form} layout="vertical" onFinish={begin} onValuesChange={() => show(undefined)}>
          <Form.Item label="核销点" name="partner_id" rules={[{ required: true, message: "请选择核销点" }]}>
            <Place organisation={organisation} />
          </Form.Item>
          <Form.Item
            label="凭证二维码内容或券码"
            name="code"
            rules={[{ required: true, message: "请扫描凭证二维码，或输入券码" }]}
          >
            <Input maxLength={500} autoComplete="off" />
          </Form.Item>
          <Form.Item>
            <Button type="primary" htmlType="submit" loading={look.busy || redeem.busy}>
              核销
            </Button>
          </Form.Item>
        </Form>
        <ProblemNotice problem={problem} />
        {looked && (
          <Alert
            className="notice"
            role="status"
            type="info"
            showIcon
            title={`${looked.voucher.name}，${looked.voucher.title}（${looked.voucher.kind_label}）`}
            description={COMPARE}
            action={
              <Space>
                <Button
                  onClick={() => {
                    show(undefined);
                    scanOn(form, "code");
                  }}
                >
                  不核销
                </Button>
                <Button type="primary" loading={redeem.busy} onClick={() => handOver(looked.typed)}>
                  确认核销
                </Button>
              </Space>
            }
          />
        )}
        {last && !problem && (
          <Alert
            className="notice"
            role="status"
            type="success"
            showIcon
            title={`已核销：${last.name}，${last.title}`}
          />
        )}
      </Card>
      {may("benefit.view") && (
        <>
          <h2>核销记录</h2>
          <RedemptionList organisation={organisation} />
        </>
      )}
    </>
  );
}
