import { useRef, useState } from "react";
import { type From, whereAmI } from "./position";

/** Looks from the phone's own place, or from another: whoever chose that while the phone looked for its own looks from there. */
export function useHere(go: (from: From) => void) {
  const [busy, look] = useState(false);
  const [wrong, tell] = useState<string>();
  const chosen = useRef(0);
  const here = async () => {
    const before = chosen.current;
    const asked = () => before === chosen.current;
    look(true);
    tell(undefined);
    await whereAmI().then(
      (found) => asked() && go(found),
      (error: Error) => asked() && tell(error.message),
    );
    look(false);
  };
  const there = (place: From) => {
    chosen.current += 1;
    tell(undefined);
    go(place);
  };
  return { busy, wrong, here, there };
}
