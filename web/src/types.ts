// Records as the API sends them; docs of every field: /api/v1/openapi.json and the record types of entente-coder.

export interface Entity {
  entity_text: string;
  entity_name: string;
  start: number;
  end: number;
  code?: string | null;
  sector?: string | null;
  office?: string | null;
  resolved_by?: string;
}
export interface Quoted {
  start: number;
  end: number;
  text: string;
}
export interface EventRecord {
  id: string;
  document_id: string;
  event: string;
  mode: string[];
  aux: string[];
  context: string[];
  quad_code: number;
  event_scale: number;
  date?: string | null;
  date_reason?: string | null;
  actor: Entity[];
  recipient: Entity[];
  claim: Entity[];
  condition?: Quoted | null;
  content?: Quoted | null;
  event_loc?: { extracted_place: string; country_code?: string | null; lat?: number | null; lon?: number | null } | null;
  trigger: Quoted;
  text_info: { start: number; end: number };
  confidence: number;
  reason: string[];
  happening_id?: string | null;
}
export interface StoredEvent {
  event: EventRecord;
  source?: string | null;
  title?: string | null;
  published?: string | null;
  url?: string | null;
}
export interface Statement {
  id: string;
  speaker?: Entity | null;
  cue?: Quoted | null;
  content: Quoted;
  kind: string;
}
export interface StoredStatement {
  statement: Statement;
  document_id: string;
  published?: string | null;
  source?: string | null;
}
export interface StoredPerson {
  person: { name: string; office?: string | null; code?: string | null; sector?: string | null; age?: number | null };
  document_id: string;
  published?: string | null;
}
export interface Annotation {
  id: string;
  title?: string | null;
  published?: string | null;
  publication?: string | null;
  url?: string | null;
  text: string;
  events: EventRecord[];
  statements: Statement[];
}
export interface DocumentEntry {
  document_id: string;
  title?: string | null;
  published?: string | null;
  publication?: string | null;
  event_count: number;
}
export interface List<T> {
  items: T[];
  next: string | null;
  total: number | null;
}
export interface Dealing {
  acts: number;
  quads: [number, number, number, number];
  score: number;
  low: number;
  high: number;
}
export interface DyadPoint {
  from: string;
  to: string;
  forward: Dealing;
  backward: Dealing;
  both: Dealing;
  forward_event_ids: string[];
  backward_event_ids: string[];
}
export interface Pact {
  name: string;
  kind: string;
  since?: string | null;
}
export interface Dyad {
  sides: [string, string];
  points: DyadPoint[];
  pacts: Pact[];
  memberships: string[];
}
export interface Pair {
  one: number;
  other: number;
  direct: number;
  likeness: number;
  ties: number;
  conduct: number;
  score: number;
  remembered: number;
}
export interface Alignment {
  day: string;
  parties: string[];
  blocs: number[];
  pairs: Pair[];
}
export interface Axis {
  members: { party: string; with_members: number; with_target: number }[];
  target: string;
  strength: number;
  since?: string | null;
  trend: string;
  history: [string, number][];
  edge: { party: string; with_members: number; with_target: number }[];
  pairs: { members: [string, string]; conduct: number; ties: number; pacts: Pact[] }[];
  evidence_ids: string[];
}
export interface Surge {
  parties: string[];
  matter: string;
  from: string;
  to: string;
  acts: number;
  expected: number;
  chance: number;
  event_ids: string[];
}
export interface PartyCount {
  party: string;
  name: string;
  acts: number;
}
