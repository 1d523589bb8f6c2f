import { Button, Modal } from "antd";
import { useState } from "react";
import type { Spot } from "../../shared/map/spot";
import { BeginHere } from "../parts/begin-here";
import { useFocusBack } from "../parts/focus-back";
import { useOrganisationDetail } from "../parts/organisation";
import { ProblemNotice } from "../parts/problem-notice";
import { type System, useConverted } from "./convert";
import { spoken } from "./degrees";
import { useStationMap } from "./use-station-map";
import { SYSTEMS } from "./words";

interface PickProps {
  /** Where it is meant to be so far, in the numbers of `system`. */
  typed?: Spot;
  system: System;
  /** What the form says of where it lies. */
  division?: string;
  organisation: string;
  close: () => void;
  /** Takes the place in the numbers of the same system. */
  done: (at: Spot) => void;
}

const CANNOT = "这个浏览器画不了地图，请直接填写经纬度。";

/** Sets a place on a map instead of by its numbers. */
export function PickWindow({ typed, system, division, organisation, close, done }: PickProps) {
  useFocusBack();
  const { StationMap, ground, instead } = useStationMap(() => import("./pick-map"), CANNOT);
  const union = useOrganisationDetail(organisation);
  const before = useConverted(typed, system, "wgs84");
  const [set, put] = useState<Spot>();
  const moved = useConverted(set, "wgs84", system);
  const isReady = !before.isAsking && !before.problem && !union.isLoading;
  // What was typed and not moved stays as it was typed.
  const chosen = set ? moved.at : typed;
  return (
    <Modal
      open
      title="在地图上选位置"
      width={860}
      onCancel={close}
      onOk={() => chosen && done(chosen)}
      okText="用这个位置"
      okButtonProps={{ disabled: !ground || !chosen }}
      confirmLoading={moved.isAsking}
      mask={{ closable: false }}
      // In antd's own container, inside of another window, it wouldn't keep the focus: Tab led to the form that it covers.
      getContainer={() => document.body}
    >
      <BeginHere />
      {instead ?? (
        <>
          <p>点一下地图放上标记，再拖到门口。用键盘时按 Tab 到标记，按方向键移动，按加号、减号缩放。</p>
          <ProblemNotice problem={before.problem} again={before.again} />
          {StationMap && ground && isReady && (
            <StationMap
              {...ground}
              at={set ?? before.at}
              put={put}
              divisions={[division, union.data?.division].filter((code) => code != null)}
            >
              {(middle) => (
                <Button className="more" disabled={!middle} onClick={() => middle && put(middle())}>
                  标记放到图中央
                </Button>
              )}
            </StationMap>
          )}
          <p role="status">
            {chosen ? `${SYSTEMS[system]}：${spoken(chosen)}` : moved.isAsking ? "正在换算…" : "还没有放标记。"}
          </p>
          <ProblemNotice problem={moved.problem} again={moved.again} />
        </>
      )}
    </Modal>
  );
}
