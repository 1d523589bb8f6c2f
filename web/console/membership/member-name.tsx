import { Link } from "react-router";

interface NameProps {
  of: { member_id: string; name: string; sees_member: boolean };
}

/** A member's name; the way to his record for whoever may see that. */
export function MemberName({ of: { member_id, name, sees_member } }: NameProps) {
  return sees_member ? <Link to={`/members/${member_id}`}>{name}</Link> : name;
}
