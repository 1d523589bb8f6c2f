import { App, Button, Flex, Space } from "antd";
import { useState } from "react";
import { useAction } from "../../client/action";
import { every } from "../../client/every";
import { useOrganisation } from "../parts/organisation";
import { OrganisationPicker } from "../parts/organisation-picker";
import { ProblemNotice } from "../parts/problem-notice";
import { Many, type ManyProps, type Named, One, type PickerProps, useSought } from "../parts/sought";

const PATH = "/benefit-partners";
const HINT = "输入驿站、餐厅等核销点名称查找";
const NONE = "没有符合的核销点，请先在“核销点”登记";

/** How many an offer may have. */
const MOST = 500;

interface PlacesProps extends ManyProps {
  /** Those that the offer has already. */
  has?: Named[];
}

/** Places of redemption, found by name or code, or all of a union and those below it at once. */
export function Places({ known, has = [], ...props }: PlacesProps) {
  const sought = useSought(PATH, { active: true });
  const [own] = useOrganisation();
  const [picked, pick] = useState<string>();
  const [added, add] = useState<Named[]>([]);
  const { message } = App.useApp();
  const organisation = picked ?? own;
  const all = useAction(async () => {
    const found = (await every<Named>(PATH, { organisation, active: true }, MOST)).filter((one) =>
      has.every((before) => before.id !== one.id),
    );
    const ids = [...new Set([...(props.value ?? []), ...found.map((one) => one.id)])];
    if (ids.length + has.length > MOST) {
      message.warning(`一项服务最多 ${MOST} 个核销点，请选择下级工会。`);
      return;
    }
    add((before) => [...before, ...found]);
    props.onChange?.(ids);
    message.info(found.length > 0 ? `已选中 ${found.length} 个核销点。` : NONE);
  });
  return (
    <Flex vertical gap="small">
      <Many {...props} known={[...known, ...added]} sought={sought} placeholder={HINT} none={NONE} most={MOST} />
      <Space wrap>
        <OrganisationPicker label="哪个工会的核销点" className="share-picker" value={organisation} onChange={pick} />
        <Button loading={all.busy} disabled={organisation === ""} onClick={() => all.run(undefined)}>
          选中该工会及下级的全部核销点
        </Button>
      </Space>
      <ProblemNotice problem={all.problem} />
    </Flex>
  );
}

interface PlaceProps extends PickerProps {
  /** Of this union and those below it. */
  organisation: string;
  /** For a filter, which has no label beside it, may be left open, and also seeks places that no longer redeem. */
  label?: string;
}

/** One place of redemption, found by name or code; the chosen one keeps its name. */
export function Place({ organisation, label, ...field }: PlaceProps) {
  const active = label ? undefined : true;
  const sought = useSought(PATH, { organisation, active }, organisation !== "");
  const rows = sought.rows.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <One
      {...field}
      label={label}
      sought={{ ...sought, rows }}
      open={label !== undefined}
      // A page that was sent names a place that nobody sought here.
      known="已选的核销点"
      placeholder={HINT}
      none={NONE}
    />
  );
}
