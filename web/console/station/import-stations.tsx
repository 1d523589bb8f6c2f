import { Alert, App, Button, Form, Modal, Space, Upload } from "antd";
import { useRef, useState } from "react";
import { Problem } from "../../client/http";
import type { StationFileAnswer, StationFileRow } from "../../client/types";
import { upload } from "../../client/upload";
import { count } from "../../shared/words";
import { ExportButton } from "../parts/acts";
import { BeginHere } from "../parts/begin-here";
import { TABLES } from "../parts/file-field";
import { MendRows } from "../parts/mend-rows";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { PlainTable } from "../parts/plain-table";
import { ProblemNotice } from "../parts/problem-notice";
import type { Tone } from "../parts/tones";
import { Word } from "../parts/word";

const VERDICTS: Record<StationFileRow["verdict"], [string, Tone]> = {
  new: ["新增", "good"],
  changed: ["修改", "plain"],
  same: ["不变", "quiet"],
  wrong: ["要改正", "bad"],
};

/** Stations from a file: first looked through in words, then brought in. */
export function ImportStations({ open, close, done }: { open: boolean; close: () => void; done: () => void }) {
  const { message } = App.useApp();
  const [chosen] = useOrganisation();
  const [named, name] = useState<string>();
  const [file, take] = useState<File>();
  const [looked, look] = useState<StationFileAnswer>();
  const [problem, refuse] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const organisation = named ?? chosen;
  // What is said of a file counts only while that file and that union are chosen.
  const turn = useRef(0);
  const begin = () => {
    turn.current += 1;
    refuse(undefined);
    setBusy(false);
    return turn.current;
  };
  const send = async (chosenFile: File, dry: boolean, skip = false) => {
    const body = new FormData();
    body.set("organisation_id", organisation);
    body.set("dry_run", String(dry));
    body.set("skip_wrong", String(skip));
    body.set("file", chosenFile);
    const mine = begin();
    if (dry) look(undefined);
    setBusy(true);
    try {
      const answer = await upload<StationFileAnswer>("/stations/import", body);
      if (answer.written) {
        message.success(`已导入：新增 ${answer.new} 个，修改 ${answer.changed} 个。`);
        done();
      }
      if (mine !== turn.current) return;
      if (answer.written && answer.wrong === 0) leave();
      else look(answer);
    } catch (error) {
      if (mine === turn.current)
        refuse(error instanceof Problem ? error : new Problem(-1, "page", "文件没有传完，请重新上传。"));
    } finally {
      if (mine === turn.current) setBusy(false);
    }
  };
  const leave = () => {
    take(undefined);
    look(undefined);
    begin();
    close();
  };
  const good = looked && !looked.written ? looked.new + looked.changed : 0;
  const ready = looked?.wrong === 0 && good > 0;
  return (
    <Modal
      open={open}
      title="导入驿站"
      width={820}
      onCancel={leave}
      okText="导入"
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => file && send(file, false)}
      destroyOnHidden
      mask={{ closable: false }}
    >
      <BeginHere />
      <ProblemNotice problem={problem} />
      <p>
        <ExportButton path="/stations/template.xlsx">下载模板</ExportButton>
      </p>
      <p className="quiet">
        已有的驿站按编号修改：文件里没有的列保持原样，列在而格子空着的会清空（“状态”“站长”空着的不变）。任命站长请填写姓名和手机号码；改状态按办理规则核对，暂停、撤销要填“状态原因”。
      </p>
      <Form layout="vertical">
        <Form.Item label="归哪级工会（新驿站没有写明所属工会的）">
          <OrganisationPicker
            label="归哪级工会"
            value={organisation}
            onChange={(id) => {
              name(id);
              look(undefined);
              begin();
            }}
          />
        </Form.Item>
        <Form.Item label="填好的表格，或 GeoJSON 文件">
          <Upload.Dragger
            accept={`${TABLES},.json,.geojson`}
            maxCount={1}
            showUploadList={false}
            beforeUpload={(picked) => {
              take(picked);
              send(picked, true);
              return false;
            }}
          >
            <p>{file ? file.name : "点击选择，或把文件拖到这里；先检查，确认后再导入"}</p>
          </Upload.Dragger>
        </Form.Item>
      </Form>
      {looked && (
        <>
          <Alert
            className="notice"
            role="status"
            type={looked.wrong > 0 ? "warning" : "info"}
            showIcon
            title={`新增 ${count(looked.new)} 个，修改 ${count(looked.changed)} 个，不变 ${count(looked.same)} 个，要改正 ${count(looked.wrong)} 行。`}
            description={
              looked.wrong > 0 && (
                <Space orientation="vertical">
                  {looked.written
                    ? "其余的已导入；这些行请改正后再导入。"
                    : "没有写入任何内容。可以全部改正后再导入，也可以先导入其余的。"}
                  <Space wrap>
                    <MendRows rows={looked.to_mend} />
                    {file && good > 0 && (
                      <Button loading={busy} onClick={() => send(file, false, true)}>
                        跳过这些行，先导入 {count(good)} 个
                      </Button>
                    )}
                  </Space>
                </Space>
              )
            }
            action={
              file && (
                <Button size="small" onClick={() => send(file, true)}>
                  重新检查
                </Button>
              )
            }
          />
          <PlainTable<StationFileRow>
            rowKey="row"
            size="small"
            pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
            dataSource={looked.rows}
            columns={[
              { title: "行", dataIndex: "row" },
              { title: "编号", dataIndex: "code" },
              { title: "名称", dataIndex: "name" },
              {
                title: "结果",
                render: (_, row) => <Word tone={VERDICTS[row.verdict][1]}>{VERDICTS[row.verdict][0]}</Word>,
              },
              { title: "说明", dataIndex: "words" },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
