import styles from "maplibre-gl/dist/maplibre-gl.css?url";
import { type ComponentType, useState } from "react";
import type { StationMapProps } from "./station-map";

const CANNOT = "这台手机或浏览器画不了地图，请看列表，点“怎么去”可用地图软件导航。";
const LOST = "地图没有加载出来，请看列表；网络好了再点“地图”，还不行就刷新页面。";

type Map = ComponentType<StationMapProps>;

let fetched: Promise<Map> | undefined;

/** The map's program, fetched once; after a failure again. */
function fetchMap(): Promise<Map> {
  fetched ??= Promise.all([import("./station-map"), styled(styles)])
    .then(([{ default: map }]) => map)
    .catch((error) => {
      fetched = undefined;
      throw error;
    });
  return fetched;
}

/**
 * The map, fetched when it is first asked for: most riders read the list, and the map's program is four times as large as all
 * that the page needs else. Without it `why` says in words why not.
 */
export function useMap() {
  const [StationMap, have] = useState<Map>();
  const [wanted, want] = useState(false);
  const [why, tell] = useState<string>();
  const close = () => {
    want(false);
    tell(undefined);
  };
  const fail = () => {
    want(false);
    tell(CANNOT);
  };
  const open = async () => {
    if (!canDraw()) return fail();
    tell(undefined);
    want(true);
    try {
      const map = await fetchMap();
      have(() => map);
    } catch {
      want(false);
      tell(LOST);
    }
  };
  return { wanted, StationMap: wanted ? StationMap : undefined, why, open, close, fail };
}

/** Loads a style. As an import of the map's it would not be asked for again where it once didn't come. */
function styled(href: string): Promise<void> {
  return new Promise((done, failed) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = () => done();
    link.onerror = () => {
      link.remove();
      failed(new Error(href));
    };
    document.head.append(link);
  });
}

/** Whether this browser draws by WebGL 2, without which the map's program needn't be fetched. */
function canDraw(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return Boolean(context);
  } catch {
    return false;
  }
}
