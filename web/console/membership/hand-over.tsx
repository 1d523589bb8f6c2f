import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, AutoComplete, Button, Form, Input } from "antd";
import { useCallback, useEffect, useState } from "react";
import { useAction } from "../../client/action";
import { post } from "../../client/http";
import { kept as keptText, store } from "../../shared/store";
import { minute, minuteOf } from "../../shared/words";
import { ProblemNotice } from "../parts/problem-notice";
import { scanOn } from "../parts/scan-field";
import { begun, type Given, isOut, isUnstored, type KeptKit, keep, kept, sendKept, type Unsettled } from "./kept-kits";

interface Typed {
  gate: string;
  code: string;
}

/** A card's number, unlike what its code says. */
const NUMBER = /^[\d\s]+$/;

/** How often what was kept offline is tried again, in milliseconds. */
const AGAIN = 15_000;

/** Hands kits over one after another, at one table; goes on without the network. */
export function HandOver({ id, gates }: { id: string; gates: string[] }) {
  const [form] = Form.useForm<Typed>();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [waiting, wait] = useState<KeptKit[]>(() => kept(id));
  const [unsettled, unsettle] = useState<Unsettled[]>([]);
  // A device stays at its table, however often its page is opened.
  const table = `niangjia/table/${id}`;
  const changed = useCallback(() => {
    wait(kept(id));
    client.invalidateQueries({ queryKey: [`/events/${id}/joins`] });
  }, [client, id]);
  useEffect(() => {
    let sending = false;
    const send = async () => {
      if (sending || kept(id).length === 0) return;
      sending = true;
      const left = await sendKept(id);
      sending = false;
      unsettle((before) => [...before, ...left]);
      changed();
    };
    send();
    const timer = setInterval(send, AGAIN);
    window.addEventListener("online", send);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", send);
    };
  }, [id, changed]);
  const give = useAction(async (typed: Typed) => {
    const kit = begun(typed.gate, typed.code);
    try {
      await post<Given>(`/events/${id}/kits`, typed, { key: kit.key, waits: [500], patience: 8_000 });
      return "sent" as const;
    } catch (error) {
      if (!isOut(error)) throw error;
      keep(id, kit);
      return "kept" as const;
    }
  });
  const both = give.problem?.code === "kit_given" ? (give.problem.extra as Unsettled["both"]) : undefined;
  return (
    <>
      <Form<Typed>
        form={form}
        layout="inline"
        className="hand-over"
        initialValues={{ gate: keptText(table) || (gates[0] ?? "一号台") }}
        onValuesChange={({ gate }: Partial<Typed>) => gate !== undefined && store(table, gate)}
        onFinish={async (typed) => {
          const done = await give.run(typed);
          if (!done) return scanOn(form, "code");
          if (done === "sent") message.success("礼包已登记发放。");
          else message.warning("网络不通，已记在本机，联网后自动上报。");
          // Resetting would make the field anew, without the focus.
          form.setFieldValue("code", "");
          scanOn(form, "code");
          changed();
        }}
      >
        <Form.Item label="发放台" name="gate" rules={[{ required: true, message: "请填写" }]}>
          <AutoComplete className="gate" maxLength={20} options={gates.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item label="会员证号" name="code" rules={[{ required: true, message: "请填写或扫码" }]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={give.busy}>
          发放礼包
        </Button>
        <ProblemNotice problem={give.problem} />
        {both && <Both {...both} />}
      </Form>
      {waiting.length > 0 && (
        <Alert
          className="notice"
          type="warning"
          showIcon
          title={`${waiting.length} 份礼包记在本机，联网后自动上报。`}
          description={isUnstored(id) && "这台设备没有空间保存了，没有上报的只在本页。上报前请不要关闭、刷新本页。"}
        />
      )}
      {unsettled.length > 0 && (
        <Alert
          className="notice"
          role="alert"
          type="error"
          showIcon
          closable={{ onClose: () => unsettle([]) }}
          title="离线发放的礼包中有需要核对的"
          description={
            <ul>
              {unsettled.map((one) => (
                <li key={one.kit.key}>
                  {minuteOf(Date.parse(one.kit.given_at))} {one.kit.gate}
                  {NUMBER.test(one.kit.code) && `，会员证尾号 ${one.kit.code.trim().slice(-4)}`}：{one.message}
                  {one.both && <Both {...one.both} />}
                </li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
}

/** Both hand-overs of a kit. */
function Both({ first, second }: { first: Given; second: Given }) {
  return (
    <p>
      第一次：{first.gate} {minute(first.given_at)}；第二次：{second.gate} {minute(second.given_at)}
    </p>
  );
}
