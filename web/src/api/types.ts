/** The records as the server writes them; offsets are Unicode code points, end exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface Quoted extends Span {
  text: string;
}

export interface Entity extends Span {
  entity_text: string;
  entity_name: string;
  identifier_id: string | null;
  code: string | null;
  sector: string | null;
  other_sectors: string[];
  office: string | null;
  age: number | null;
  resolved_by: string;
}

export interface Location {
  extracted_place: string;
  country_code: string | null;
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
  date: string | null;
  enddate: string | null;
  date_reason: string | null;
  actor: Entity[];
  recipient: Entity[];
  claim: Entity[];
  condition: (Quoted & { event_id: string | null }) | null;
  content: Quoted | null;
  event_loc: Location | null;
  trigger: Quoted;
  text_info: Span & { sequence: number };
  size: { dead: number | null; injured: number | null; arrested: number | null };
  confidence: number;
  reason: string[];
  happening_id: string | null;
  coder: string;
  codebook: string;
}

export interface StoredEvent {
  event: EventRecord;
  source: string | null;
  title: string | null;
  published: string | null;
  url: string | null;
  run: number;
}

export interface Statement {
  id: string;
  speaker: Entity | null;
  cue: Quoted | null;
  content: Quoted;
  kind: string;
  via: Entity[];
}

export interface StoredStatement {
  statement: Statement;
  document_id: string;
  published: string | null;
  source: string | null;
}

export interface Person extends Span {
  name: string;
  office: string | null;
  code: string | null;
  sector: string | null;
  age: number | null;
}

export interface StoredPerson {
  person: Person;
  document_id: string;
  published: string | null;
}

export interface Mention extends Span {
  text: string;
  kind: string;
  entity: Entity;
}

export interface Annotation {
  id: string;
  title: string | null;
  published: string | null;
  publication: string | null;
  url?: string | null;
  language: string;
  text: string;
  sentences: Span[];
  entities: Mention[];
  people: Person[];
  statements: Statement[];
  events: EventRecord[];
}

export interface Run {
  id: number;
  started: string;
  ended: string | null;
  versions: Record<string, string>;
}

export interface Explanation {
  event: StoredEvent;
  sentence: string | null;
  document: {
    document_id: string;
    title: string | null;
    published: string | null;
    publication: string | null;
    url: string | null;
  } | null;
  run: Run | null;
}

export interface DocumentItem {
  id: string;
  title: string | null;
  published: string | null;
  publication: string | null;
  url: string | null;
  events: number;
  story_id: string | null;
}

export interface DocumentAnswer {
  annotation: Annotation;
  /** Other articles that tell the same. */
  story: string[];
  duplicate_of: string | null;
  revision_of: string | null;
}

export interface Told {
  value: string;
  events: string[];
  stories: number;
}

export interface Happening {
  id: string;
  event: string;
  mode: string[];
  date: string | null;
  place: string | null;
  actors: Told[];
  recipients: Told[];
  claimants: Told[];
  mentions: {
    event_id: string;
    document_id: string;
    published: string | null;
    publication: string | null;
    claimant: string | null;
  }[];
  documents: number;
  stories: number;
  conflicts: unknown[];
}

/** A happening in a list, with what its events add up to. */
export interface ListedHappening extends Happening {
  sources: number;
  event_scale: number;
  confidence: number;
}

export interface Direction {
  acts: number;
  quads: number[];
  score: number;
  low: number;
  high: number;
  remembered: number;
}

export interface DyadPoint {
  from: string;
  to: string;
  forward: Direction;
  backward: Direction;
  both: Direction;
  forward_event_ids: string[];
  backward_event_ids: string[];
}

export interface Pact {
  name: string;
  kind: string;
  since: string | null;
}

export interface DyadAnswer {
  sides: string[];
  points: DyadPoint[];
  pacts: Pact[];
  memberships: string[];
}

export interface AlignmentPair {
  one: number;
  other: number;
  direct: number;
  likeness: number;
  ties: number;
  conduct: number;
  score: number;
  remembered: number;
  dealings: { mean: number; deviation: number };
}

export interface AlignmentAnswer {
  day: string;
  parties: string[];
  blocs: number[];
  pairs: AlignmentPair[];
}

export interface AxisMember {
  party: string;
  with_members: number;
  with_target: number;
}

export interface Axis {
  members: AxisMember[];
  target: string;
  strength: number;
  since: string;
  trend: string;
  edge: AxisMember[];
  history: [string, number][];
  evidence_ids: string[];
}

export interface AxesAnswer {
  day: string;
  axes: Axis[];
}

/** How far all parties are from splitting into two camps; lists are in the order of the parties. */
export interface BalanceAnswer {
  day: string;
  parties: string[];
  /** Three friends, two friends with a common foe, two foes with a common friend, three foes. */
  triads: [number, number, number, number];
  balanced: number | null;
  frustration: number;
  second_camp: boolean[];
  strain: number[];
  modularity: number;
  blocs: number[];
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


export interface Party {
  party: string;
  name: string;
  acts: number;
}

export interface PartiesAnswer {
  items: Party[];
  span: [first: string, last: string] | null;
}

/** The last sending of alerts to a webhook. */
export interface Delivery {
  at: string;
  events: number;
  failure: string | null;
}

export interface Watchlist {
  id: string | number;
  name: string;
  filter: Record<string, string>;
  webhook?: string | null;
  delivery?: Delivery | null;
}

/** A watchlist just made; the secret of its webhook is told this once. */
export interface MadeWatchlist extends Watchlist {
  secret?: string | null;
}

export interface Review {
  event_id: string;
  verdict: 'accept' | 'correct' | 'reject';
  correction?: Record<string, unknown> | null;
  note?: string | null;
  at?: string | null;
}

export interface SearchAnswer {
  documents: DocumentItem[];
  statements: StoredStatement[];
  people: StoredPerson[];
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Forecast {
  next_day: {
    day: string;
    acts: { actor: string; event: string; recipient: string; chance: number }[];
  } | null;
  material_conflict: { pairs: { parties: string[]; chance: number }[] } | null;
  within_days: number;
}
