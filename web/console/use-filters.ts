import { useCallback } from "react";
import { useSearchParams } from "react-router";

/**
 * Filters that live in the address, so that a page can be bookmarked, sent and gone back to; how they are changed, where that
 * goes down from one row by a step that Back undoes; and whether any is set: a list that finds nothing then must not say that
 * there is nothing.
 */
export function useFilters<T extends Record<string, string>>(
  defaults: T,
): [filters: T, change: (changes: Partial<T>, isStep?: boolean) => void, isFiltered: boolean] {
  const [params, setParams] = useSearchParams();
  const filters = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, params.get(name) ?? value]),
  ) as T;
  const change = useCallback(
    (changes: Partial<T>, isStep = false) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(changes)) {
            if (value === undefined || value === "" || value === defaults[name]) after.delete(name);
            else after.set(name, value as string);
          }
          return after;
        },
        { replace: !isStep },
      ),
    [setParams, defaults],
  );
  return [filters, change, Object.keys(defaults).some((name) => filters[name] !== defaults[name])];
}
