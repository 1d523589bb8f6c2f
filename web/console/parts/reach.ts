/** Given to what stands around a table: one wider than its place is moved by keyboard, also where nothing in it takes the focus. */
export function reach(around: HTMLElement | null) {
  if (!around) return;
  const look = () => {
    for (const place of around.querySelectorAll<HTMLElement>(".ant-table-content")) {
      if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
      else place.removeAttribute("tabindex");
    }
  };
  const watch = new ResizeObserver(look);
  watch.observe(around);
  return () => watch.disconnect();
}
