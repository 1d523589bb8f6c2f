import { Button, Upload } from "antd";
import type { RegionCalendar } from "../../client/types";
import { useConfirm } from "../parts/acts";
import { readYear } from "./days";
import type { SaveDays } from "./save";

/** Loads a year's arrangement from a file in the public shape, in place of what is there. */
export function LoadYear({ calendar, save }: { calendar: RegionCalendar; save: SaveDays }) {
  const confirm = useConfirm();
  const take = async (file: File) => {
    const text = await file.text();
    confirm(
      {
        title: `载入${calendar.year}年放假安排？`,
        text: calendar.own.length > 0 ? "现有的安排会被文件里的替换。" : `从“${file.name}”载入。`,
        okText: "载入",
      },
      async (sending) => save(readYear(text, calendar.year), sending),
    );
  };
  return (
    <Upload
      accept=".json"
      showUploadList={false}
      beforeUpload={(file) => {
        take(file);
        return false;
      }}
    >
      <Button>载入放假安排文件</Button>
    </Upload>
  );
}
