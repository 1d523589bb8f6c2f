import { Form, Input, Radio } from "antd";
import { post } from "../../client/http";
import type { DecidedMany, NominationRow, ObjectionView } from "../../client/types";
import { FormModal } from "../parts/form-modal";
import { PersonPicker } from "../station/person-picker";

interface WindowProps {
  close: () => void;
  done: () => void;
}

const both = (close: () => void, done: () => void) => () => {
  close();
  done();
};

/** Nominates somebody. */
export function NominateWindow({ path, open, close, done }: WindowProps & { path: string; open: boolean }) {
  return (
    <FormModal<{ person_id: string; reason: string }, NominationRow>
      title="推荐"
      open={open}
      close={close}
      okText="推荐"
      submit={(form, sending) => post<NominationRow>(`${path}/nominations`, form, sending)}
      done={both(close, done)}
    >
      <Form.Item label="推荐谁" name="person_id" rules={[{ required: true, message: "请选择职工" }]}>
        <PersonPicker />
      </Form.Item>
      <Form.Item
        label="推荐理由"
        name="reason"
        extra="只有经办的工会能看到，不公示。"
        rules={[{ required: true, message: "请写明推荐理由" }]}
      >
        <Input.TextArea maxLength={200} rows={2} />
      </Form.Item>
    </FormModal>
  );
}

/** Decides on a nomination. */
export function DecideWindow({ row, close, done }: WindowProps & { row?: NominationRow }) {
  return (
    <FormModal<{ approve: boolean; note?: string }, NominationRow>
      title={`审批：${row?.name ?? ""}`}
      open={row !== undefined}
      close={close}
      okText="提交"
      initial={{ approve: true, note: row?.note }}
      submit={(form, sending) =>
        post<NominationRow>(
          `/benefit-nominations/${row?.id}/decide`,
          { ...form, note: form.note ?? "", seen: row?.state },
          sending,
        )
      }
      done={both(close, done)}
    >
      <p>
        {row?.organisation}推荐：{row?.reason}
      </p>
      <Form.Item label="审批意见" name="approve">
        <Radio.Group
          options={[
            { value: true, label: "通过" },
            { value: false, label: "不通过" },
          ]}
        />
      </Form.Item>
      <Form.Item label="说明（不通过必填）" name="note">
        <Input.TextArea maxLength={200} rows={2} />
      </Form.Item>
    </FormModal>
  );
}

/** Nominations that are decided on together, and how. */
export interface Deciding {
  rows: NominationRow[];
  approve: boolean;
}

interface DecideManyProps {
  deciding?: Deciding;
  close: () => void;
  done: (answer: DecidedMany) => void;
}

/** Decides on several nominations in the same way. */
export function DecideManyWindow({ deciding, close, done }: DecideManyProps) {
  const { rows = [], approve = true } = deciding ?? {};
  const verdict = approve ? "同意" : "不同意";
  return (
    <FormModal<{ note?: string }, DecidedMany>
      title={`批量${verdict}：${rows.length} 人`}
      open={deciding !== undefined}
      close={close}
      okText={verdict}
      danger={!approve}
      submit={(form, sending) =>
        post<DecidedMany>(
          "/benefit-nominations/decide",
          { nominations: rows.map((row) => row.id), approve, note: form.note ?? "" },
          sending,
        )
      }
      done={(answer) => {
        close();
        done(answer);
      }}
    >
      <p>每一条仍逐一核对：现在不符合条件的、自己推荐的和已经办理的不办，并说明原因。</p>
      <Form.Item
        label={approve ? "说明（可不填）" : "不同意的原因"}
        name="note"
        rules={[{ required: !approve, message: "请写明不同意的原因" }]}
      >
        <Input.TextArea maxLength={200} rows={2} />
      </Form.Item>
    </FormModal>
  );
}

/** Writes an objection down that somebody told. */
export function ObjectWindow({ row, close, done }: WindowProps & { row?: NominationRow }) {
  return (
    <FormModal<{ reason: string }, NominationRow>
      title={`登记异议：${row?.name ?? ""}`}
      open={row !== undefined}
      close={close}
      okText="登记"
      submit={(form, sending) => post<NominationRow>(`/benefit-nominations/${row?.id}/objections`, form, sending)}
      done={both(close, done)}
    >
      <Form.Item label="异议和理由" name="reason" rules={[{ required: true, message: "请写明异议和理由" }]}>
        <Input.TextArea maxLength={200} rows={2} placeholder="来电来访反映的情况，不写反映人姓名" />
      </Form.Item>
    </FormModal>
  );
}

/** Answers an objection. */
export function AnswerObjectionWindow({ objection, close, done }: WindowProps & { objection?: ObjectionView }) {
  return (
    <FormModal<{ answer: string; upheld: boolean }, NominationRow>
      title="答复公示异议"
      open={objection !== undefined}
      close={close}
      okText="答复"
      initial={{ upheld: false }}
      submit={(form, sending) => post<NominationRow>(`/benefit-objections/${objection?.id}/answer`, form, sending)}
      done={both(close, done)}
    >
      <p>{objection?.reason}</p>
      <Form.Item label="核实结果" name="upheld">
        <Radio.Group
          options={[
            { value: false, label: "异议不成立，期满照常发放" },
            { value: true, label: "异议成立，取消资格" },
          ]}
        />
      </Form.Item>
      <Form.Item label="核实情况" name="answer" rules={[{ required: true, message: "请写明核实情况" }]}>
        <Input.TextArea maxLength={200} rows={2} />
      </Form.Item>
    </FormModal>
  );
}
