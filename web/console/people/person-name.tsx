import { Link } from "react-router";
import { useMay } from "../session";

interface NameProps {
  of: { person_id?: string | null; name: string };
}

/** Somebody's name, for whoever may see people the way to his record. */
export function PersonName({ of: { person_id, name } }: NameProps) {
  const may = useMay();
  return person_id && may("people.view") ? <Link to={`/people/${person_id}`}>{name}</Link> : name;
}
