import { type ComponentType, useState } from "react";

/** A page's map: a module of its own, which brings the map's program along. */
type Fetch<P> = () => Promise<{ default: ComponentType<P> }>;

/** What a page says instead of a map. */
export interface NoMap {
  /** This device draws none. */
  cannot: string;
  /** Its program didn't come. */
  lost: string;
}

/** The map and how it looks; what once didn't come is asked for again. */
async function fetched<P>(fetch: Fetch<P>): Promise<ComponentType<P>> {
  const [program] = await Promise.all([fetch(), import("./look").then(({ look }) => look())]);
  return program.default;
}

/**
 * A map, fetched when it is first asked for: most who open its page never do, and the map's program is larger than all that a
 * page needs else. Without it `why` says in words why not.
 */
export function useDrawn<P>(fetch: Fetch<P>, { cannot, lost }: NoMap) {
  const [drawn, have] = useState<ComponentType<P>>();
  const [wanted, want] = useState(false);
  const [why, tell] = useState<string>();
  const close = () => {
    want(false);
    tell(undefined);
  };
  const fail = () => {
    want(false);
    tell(cannot);
  };
  const open = async () => {
    if (!canDraw()) return fail();
    tell(undefined);
    want(true);
    try {
      const map = await fetched(fetch);
      have(() => map);
    } catch {
      want(false);
      tell(lost);
    }
  };
  return { wanted, Drawn: wanted ? drawn : undefined, why, open, close, fail };
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
