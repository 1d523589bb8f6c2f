// What the server answers, as far as pages use it. Same names as in the OpenAPI document.

export interface Place {
  id: string;
  code: string;
  name: string;
  level: string;
}

export interface Session {
  kind: "officer" | "worker" | "token";
  name: string;
  organisations: Place[];
  permissions: string[];
  today: string;
  demo: boolean;
}

export interface OrganisationRow extends Place {
  kind: string;
  division: string | null;
  parent_id: string | null;
  parent_name: string | null;
  child_count: number;
  closed_on: string | null;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface Figure {
  key: string;
  label: string;
  person_times: number;
  people: number;
  items: number;
  amount_fen: number;
}

export interface FactKind {
  code: string;
  label: string;
  unit: string;
  measures: ("person_times" | "people" | "items" | "yuan")[];
}

export interface FactRow {
  id: string;
  day: string;
  kind: string;
  kind_label: string;
  organisation: { id: string; name: string };
  person: { id: string; name: string } | null;
  group: string | null;
  quantity: number;
  amount_fen: number;
  reversed: boolean;
  reverses: string | null;
}
