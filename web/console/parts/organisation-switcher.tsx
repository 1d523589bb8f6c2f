import { DownOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { Catch } from "../../shared/catch";
import { useForgetUnseen, useOrganisation, useOrganisationName } from "./organisation";

// Most who come only look at where they are; the tree weighs an eighth of all that the home page loads.
const load = () => import("./organisation-picker");
const loadAhead = () => void load().catch(() => undefined);
const OrganisationPicker = lazy(async () => ({ default: (await load()).OrganisationPicker }));

/** The choice of the organisation that all pages show. */
export function OrganisationSwitcher() {
  const [id, choose] = useOrganisation();
  const [isOpened, open] = useState(false);
  useForgetUnseen();
  const name = useOrganisationName(id);
  const shown = (
    <Button
      className="switcher"
      color="default"
      variant="filled"
      aria-label={`切换组织：${name}`}
      aria-haspopup="tree"
      loading={isOpened}
      onFocus={loadAhead}
      onPointerEnter={loadAhead}
      onClick={() => open(true)}
    >
      <span>{name}</span>
      <DownOutlined aria-hidden />
    </Button>
  );
  if (!isOpened) return shown;
  const again = (
    <Button className="switcher" onClick={() => window.location.reload()}>
      没有打开，请重新打开页面
    </Button>
  );
  return (
    <Catch instead={again}>
      <Suspense fallback={shown}>
        <OrganisationPicker
          className="switcher"
          variant="filled"
          label="切换组织"
          value={id}
          onChange={choose}
          isOpened
        />
      </Suspense>
    </Catch>
  );
}
