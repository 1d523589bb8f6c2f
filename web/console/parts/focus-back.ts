import { useEffect, useState } from "react";

/**
 * Gives the focus back to what opened a window, where the page takes the window away at once: whoever works by keyboard would
 * begin at the page's top again. A window that is only hidden gives it back itself.
 */
export function useFocusBack(open = true) {
  const [before] = useState(() => (open ? document.activeElement : null));
  useEffect(
    () => () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    },
    [before],
  );
}
