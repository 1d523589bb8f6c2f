/** A page of ours to go on to, with what it was asked; whatever else an address asks for is not followed. */
export function inside(to: string | null): string {
  return to && /^(\/|(\/[\w-]+)+)(\?[^#]*)?$/.test(to) ? to : "/";
}
