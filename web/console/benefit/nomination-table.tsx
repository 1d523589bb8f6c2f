import type { NominationTableAnswer } from "../../client/types";
import { upload } from "../../client/upload";
import { type Chosen, chosenFile, FileField, TABLES } from "../parts/file-field";
import { FormModal } from "../parts/form-modal";
import { useRowsTold } from "../parts/rows-told";

interface Props {
  round: string;
  open: boolean;
  close: () => void;
  done: () => void;
}

/** Nominates whom a table names. */
export function NominationTableWindow({ round, open, close, done }: Props) {
  const say = useRowsTold();
  return (
    <FormModal<{ file: Chosen }, NominationTableAnswer>
      title="从表格推荐"
      open={open}
      close={close}
      okText="推荐"
      submit={(form, { key }) => {
        const body = new FormData();
        body.set("round_id", round);
        body.set("file", chosenFile(form.file) as File);
        return upload<NominationTableAnswer>("/benefit-nominations/table", body, { key });
      }}
      done={({ nominated, refused, to_mend }) => {
        close();
        done();
        say(`已推荐 ${nominated} 人`, refused, "行没有推荐", to_mend);
      }}
    >
      <p>
        表头要有“姓名”、“证件号码”或“手机号码”，以及“推荐理由”；可以有“所在工会”，用来核对。每一行逐条核对条件和名额，没有问题的直接推荐，其余的退回并写明原因。
      </p>
      <FileField label="推荐表" accept={TABLES} required extra="xlsx、xls 或 csv，最多 200 行" />
    </FormModal>
  );
}
