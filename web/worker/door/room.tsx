import { useQueryClient } from "@tanstack/react-query";
import { useAction } from "../../client/action";
import type { StationDevice, StationOpening, StationRoom } from "../../client/types";
import { count, lately } from "../../shared/words";
import { tell } from "../ask";
import { NotDone } from "../frame";
import { Sure } from "../sure";
import { Answered, useMine } from "../use-mine";

/** Whoever waits before a door should not wait for the page. */
const SOON = 3_000;

type Order = "open" | "power_on" | "power_off";

/** The station's devices: what is wrong, how they stand, and what can be done from afar. */
export function Room({ station }: { station: string }) {
  const path = `/me/stations/${station}`;
  const asked = useMine<StationRoom>(`${path}/devices`, { refetchInterval: SOON, staleTime: 0 });
  const client = useQueryClient();
  const again = () => client.invalidateQueries({ queryKey: ["mine", `${path}/devices`] });
  const order = useAction((input: { device_id: string; kind: Order }, sending) =>
    tell<StationOpening>(`${path}/orders`, input, sending),
  );
  const vacate = useAction((_: object, sending) => tell<StationRoom>(`${path}/vacate`, {}, sending));
  const see = useAction((input: { alarm_id: string }, sending) => tell<unknown>(`${path}/alarms`, input, sending));
  const send = async (device: StationDevice, kind: Order) => {
    if (await order.run({ device_id: device.id, kind })) await again();
  };
  const empty = async () => {
    if (await vacate.run({})) await again();
  };
  const saw = async (alarm_id: string) => {
    if (await see.run({ alarm_id })) await again();
  };
  return (
    <section aria-label="门与设备">
      <Answered asked={asked}>
        {(room) => (
          <>
            <NotDone problem={order.problem} />
            <NotDone problem={see.problem} />
            <NotDone problem={vacate.problem} />
            {room.devices.length === 0 && (
              <p className="note">还没有登记门锁等设备。设备装好后，请上级工会在工作台打开本站，在“设备”一栏登记。</p>
            )}
            {room.inside !== null && room.inside !== undefined && (
              <p>
                室内 <b className="figure">{count(room.inside)}</b> 人，今天进站{" "}
                <b className="figure">{count(room.entered_today)}</b> 人次
              </p>
            )}
            {/* Power may go off once nobody is inside. */}
            {(room.inside ?? 0) > 0 && (
              <Sure
                open="室内无人，归零"
                look="plain"
                says="请先看过室内每处，确认没有人。"
                yes="确认无人"
                no="不归零"
                busy={vacate.busy}
                done={(close) => empty().then(close)}
              />
            )}
            {room.alarms.filter((alarm) => !alarm.over_at).length > 0 && (
              <div className="note bad" role="alert">
                {room.alarms
                  .filter((alarm) => !alarm.over_at)
                  .map((alarm) => (
                    <div key={alarm.id}>
                      <p>
                        <b>{alarm.label}</b>：{alarm.device}，{alarm.words}（{lately(alarm.raised_at)}起）
                      </p>
                      {alarm.seen_at ? (
                        <p className="quiet small">
                          {alarm.seen_by} {lately(alarm.seen_at)} 已看到
                        </p>
                      ) : (
                        <button type="button" className="plain" disabled={see.busy} onClick={() => saw(alarm.id)}>
                          我看到了，去处理
                        </button>
                      )}
                    </div>
                  ))}
              </div>
            )}
            {room.devices.map((device) => (
              <Device
                key={device.id}
                device={device}
                last={room.openings.find((one) => one.device === device.label)}
                busy={order.busy}
                send={send}
              />
            ))}
            {room.openings.length > 0 && (
              <>
                <h2>最近开门和通断电</h2>
                <p className="quiet small">同一个人一小时内多次开门，只计一次到站。</p>
                <ol className="line">
                  {room.openings.map((one) => (
                    <li key={one.id}>
                      <time dateTime={one.asked_at}>{lately(one.asked_at)}</time>
                      <b>
                        {one.device}：{one.words}
                      </b>
                      <span className="quiet">
                        {one.by}
                        {one.counted && " · 已计到站"}
                      </span>
                    </li>
                  ))}
                </ol>
              </>
            )}
          </>
        )}
      </Answered>
    </section>
  );
}

interface DeviceProps {
  device: StationDevice;
  /** What it was told last. */
  last?: StationOpening;
  busy: boolean;
  send: (device: StationDevice, kind: Order) => Promise<void>;
}

function Device({ device, last, busy, send }: DeviceProps) {
  return (
    <div className="box">
      <p>
        <b>{device.label}</b> · {device.words}
        {device.battery !== null && device.battery !== undefined && `，电量${device.battery}%`}
        {device.battery_low && <b className="warns">，请尽快充电或换电池</b>}
      </p>
      <p className="quiet small">
        {device.heard_at ? `最近上报 ${lately(device.heard_at)}` : "设备还没有连上"}
        {device.alarms.length > 0 && ` · ${device.alarms.join("、")}`}
      </p>
      {/* Who opens from afar sees beside the button what becomes of it: the list stands far below. */}
      {["lock", "power"].includes(device.kind) && (
        <p className="small" role="status">
          {last && `最近一次：${last.words}（${lately(last.asked_at)}）`}
        </p>
      )}
      {device.kind === "lock" && (
        <Sure
          open="远程开门"
          look="plain wide"
          says="门会马上打开。请先弄清门前是谁。"
          yes="确定开门"
          no="不开门"
          busy={busy}
          done={(close) => send(device, "open").then(close)}
        />
      )}
      {device.kind === "power" && device.on === false && (
        <button type="button" className="plain wide" disabled={busy} onClick={() => send(device, "power_on")}>
          送电
        </button>
      )}
      {device.kind === "power" && device.on !== false && (
        <Sure
          open="断电"
          look="plain wide"
          says="站内的灯和电器会马上停，里面可能还有人。"
          yes="确定断电"
          no="不断电"
          busy={busy}
          done={(close) => send(device, "power_off").then(close)}
        />
      )}
    </div>
  );
}
