// Serves the desk as built and the API from records of the demo year, with the headers of `entente serve`.
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DIST = join(HERE, '..', 'dist');
const PORT = Number(process.env.PORT ?? 4178);
const BASE = '/api/v1';
const POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const KINDS = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json' };
const NAMES = {
  NOR: 'Norway', DNK: 'Denmark', ISL: 'Iceland', SWE: 'Sweden', FIN: 'Finland', EST: 'Estonia', SVN: 'Slovenia',
  PRT: 'Portugal', IRL: 'Ireland', CHE: 'Switzerland', JAM: 'Jamaica', GHA: 'Ghana', MYS: 'Malaysia', URY: 'Uruguay',
  CHL: 'Chile', SGP: 'Singapore', BWA: 'Botswana', GBR: 'United Kingdom', DEU: 'Germany', BRA: 'Brazil',
};

const fixture = (name) => JSON.parse(readFileSync(join(HERE, 'fixtures', `${name}.json`), 'utf8'));
const events = fixture('events');
const statements = fixture('statements');
const people = fixture('people');
const happenings = fixture('happenings');
const documents = fixture('documents');
const watchlists = [];
let numbers = 0;
const reviews = [];

class Problem extends Error {
  constructor(status, title, detail) {
    super(title);
    this.answer = { type: 'about:blank', title, status, detail };
  }
}

const codesOf = (entities) => entities.map((each) => each.code);
const sides = ({ event }) => [...codesOf(event.actor), ...codesOf(event.recipient)];
const list = (text) => text.split(',');

const TESTS = {
  party: (stored, value) => list(value).some((each) => sides(stored).includes(each)),
  with: (stored, value) => list(value).some((each) => sides(stored).includes(each)),
  type: ({ event }, value) => list(value).includes(event.event),
  quad: ({ event }, value) => list(value).includes(String(event.quad_code)),
  from: ({ event }, value) => (event.date ?? '') >= value,
  to: ({ event }, value) => (event.date ?? '9') <= value,
  source: ({ source }, value) => source === value,
  confidence: ({ event }, value) => event.confidence >= Number(value),
  text: ({ event, title }, value) => `${title} ${event.trigger.text}`.toLowerCase().includes(value.toLowerCase()),
  document: ({ event }, value) => event.document_id === value,
};

const passes = (stored, query) => Object.entries(TESTS).every(([name, test]) => !query.get(name) || test(stored, query.get(name)));

function page(items, query) {
  const from = Number(query.get('after') ?? 0);
  const size = Number(query.get('limit') ?? 50);
  const end = from + size;
  return { items: items.slice(from, end), next: end < items.length ? String(end) : null, total: items.length };
}

function sorted(found, query) {
  if (query.get('sort') !== 'confidence') return found;
  const way = query.get('ascending') === 'true' ? 1 : -1;
  return [...found].sort((a, b) => way * (a.event.confidence - b.event.confidence));
}

function explanation(id) {
  const stored = events.find((each) => each.event.id === id);
  if (!stored) throw new Problem(404, 'Not found', `no event ${id}`);
  const article = documents.find((each) => each.id === stored.event.document_id);
  const { start, end } = stored.event.text_info;
  const sentence = article ? [...article.text].slice(start, end).join('') : null;
  const { document, run } = fixture('explanation');
  return { event: stored, sentence, document: { ...document, document_id: stored.event.document_id, url: stored.url, text: '' }, run, mates: [] };
}

function happeningsOf(query) {
  const kept = new Set(events.filter((each) => passes(each, query)).map((each) => each.event.id));
  return happenings.filter((each) => each.mentions.some((mention) => kept.has(mention.event_id)));
}

// Accuses are enough of a coder to see an article marked.
function coded({ text, title = null }) {
  const points = [...text];
  const found = [];
  for (const match of text.matchAll(/(\S+) (accused) (\S+)/g)) {
    const at = (unit) => [...text.slice(0, unit)].length;
    const start = at(match.index);
    const entity = (word, from, code) => ({ entity_text: word, start: from, end: from + [...word].length, entity_name: word, identifier_id: null, code, sector: 'GOV', other_sectors: [], office: null, age: null, resolved_by: 'registry' });
    const trigger = start + [...match[1]].length + 1;
    found.push({
      ...fixture('coded').events[0],
      id: `coded${found.length}`,
      actor: [entity(match[1], start, 'NOR')],
      recipient: [entity(match[3], trigger + 8, 'DNK')],
      trigger: { start: trigger, end: trigger + 7, text: 'accused' },
      text_info: { sequence: 0, start: 0, end: points.length },
    });
  }
  if (text === fixture('coded').text) return fixture('coded');
  return { id: 'coded', title, published: null, publication: null, language: 'en', text, sentences: [], times: [], entities: [], people: [], statements: [], events: found };
}

const quarterOf = (day) => ['12-31', '09-30', '06-30', '03-31'].find((each) => day >= `2031-${each}`) ?? '03-31';

const balanceOf = (day) => fixture('balance').find((each) => each.day.endsWith(quarterOf(day)));

function balance(query) {
  const { day, parties, blocs } = alignment(query);
  const { triads, balanced, frustration, modularity, camps, strained } = balanceOf(day);
  const strain = new Map(strained);
  return {
    day, parties, blocs, triads, balanced, frustration, modularity,
    second_camp: parties.map((party) => camps[1].includes(party)),
    strain: parties.map((party) => strain.get(party) ?? 0),
  };
}

function alignment(query) {
  const day = query.get('on') ?? '2031-12-31';
  const rows = fixture(`alignment-${quarterOf(day)}`);
  const parties = [...new Set(rows.flatMap((row) => row.parties))];
  const { blocs } = balanceOf(day);
  const bloc = (party) => Math.max(0, blocs.findIndex((each) => each.includes(party)));
  const pairs = rows.map(({ parties: [one, other], pacts: _, day: __, ...rest }) => ({ one: parties.indexOf(one), other: parties.indexOf(other), ...rest }));
  return { day, parties, blocs: parties.map(bloc), pairs };
}

const byId = (items, id) => {
  const found = items.find((each) => String(each.id) === id);
  if (!found) throw new Problem(404, 'Not found', `nothing has the id ${id}`);
  return found;
};

const itemOf = ({ id, title, published, publication, url, events: found }) => ({ id, title, published, publication, url, events: found.length, story_id: id });
const contains = (text, words) => text.toLowerCase().includes(words.toLowerCase());

const GET = {
  events: (query) => page(sorted(events.filter((each) => passes(each, query)), query), query),
  statements: (query) => page(statements.filter(({ statement, published }) => (!query.get('speaker') || statement.speaker?.code === query.get('speaker')) && (!query.get('from') || published >= query.get('from')) && (!query.get('to') || published <= query.get('to'))), query),
  people: (query) => page(people.filter(({ person }) => !query.get('code') || person.code === query.get('code')), query),
  happenings: (query) => page(happeningsOf(query), query),
  documents: (query) => page(documents.filter((each) => !query.get('text') || contains(each.text, query.get('text'))).map(itemOf), query),
  dyads: (query) => ({ sides: [query.get('a'), query.get('b')], points: fixture('dyad'), pacts: [{ name: 'North Atlantic Treaty', kind: 'defence', since: '1949-08-24' }], memberships: ['NATO', 'Nordic Council'], credibility: { mean: 1.8, within: 20, between: 2 } }),
  alignment,
  axes: (query) => ({ day: query.get('on'), axes: fixture(`axes-${quarterOf(query.get('on') ?? '2031-12-31')}`) }),
  balance,
  surges: () => ({ items: fixture('surges'), series: 45, false_alarms: {} }),
  forecast: () => ({ ...fixture('forecast'), within_days: 30 }),
  stats: () => fixture('stats'),
  parties: () => ({ items: Object.entries(NAMES).map(([party, name]) => ({ party, name, acts: events.filter((each) => sides(each).includes(party)).length })), span: ['2031-01-02', '2031-12-31'] }),
  search: (query) => ({
    documents: documents.filter((each) => contains(each.text, query.get('q'))).map(itemOf),
    statements: statements.filter(({ statement }) => contains(statement.content.text, query.get('q'))),
    people: people.filter(({ person }) => contains(person.name, query.get('q'))),
  }),
  watchlists: (query) => page(watchlists, query),
  reviews: (query) => page(reviews, query),
};

const GET_ONE = {
  events: (id) => explanation(id),
  // One happening comes without what a list adds.
  happenings: (id) => ({ ...byId(happenings, id), sources: undefined, event_scale: undefined, confidence: undefined, enddate: undefined }),
  documents: (id) => ({ annotation: byId(documents, id), story: [], story_id: id, source: null, duplicate_of: null, revision_of: null }),
};

const POST = {
  code: (body, query) => {
    if (!body.text?.trim()) throw new Problem(422, 'Nothing to code', 'the text is empty');
    if (query.get('store') !== 'true') return coded(body);
    if (body.title === 'Busy') throw new Problem(409, 'Conflict', 'the ledger is being written to');
    const kept = { ...coded(body), id: `kept-${documents.length}.txt` };
    documents.push(kept);
    return kept;
  },
  watchlists: (body) => {
    const made = { id: String((numbers += 1)), ...body };
    const failure = body.webhook?.includes('broken') ? 'answered 500' : null;
    watchlists.push(body.webhook ? { ...made, delivery: { at: '2031-12-31T09:05:00Z', events: 4, failure } } : made);
    return body.webhook ? { ...made, secret: '0123456789abcdef' } : made;
  },
  reviews: (body) => {
    reviews.push(body);
    return body;
  },
};

function answer(method, parts, query, body) {
  const [name, id, part] = parts;
  if (method === 'POST' && POST[name]) return POST[name](body, query);
  if (method === 'DELETE' && name === 'watchlists') return void watchlists.splice(watchlists.indexOf(byId(watchlists, id)), 1);
  if (name === 'watchlists' && part === 'alerts') {
    const { filter } = byId(watchlists, id);
    return page(events.filter((each) => passes(each, new URLSearchParams(filter))), new URLSearchParams({ limit: '10' }));
  }
  if (method === 'GET' && name === 'reviews' && id === 'export') return reviews;
  if (method === 'GET' && id && GET_ONE[name]) return GET_ONE[name](id);
  if (method === 'GET' && !id && GET[name]) return GET[name](query);
  throw new Problem(404, 'Not found', `${method} ${parts.join('/')}`);
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return parts.length ? JSON.parse(Buffer.concat(parts).toString('utf8')) : {};
}

async function serveApi(request, response, url) {
  const parts = url.pathname.slice(BASE.length + 1).split('/').map(decodeURIComponent);
  if (parts[0] === 'stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('event: added\ndata: {"documents":1,"events":5,"happenings":3}\n\n');
    return;
  }
  try {
    const found = answer(request.method, parts, url.searchParams, await bodyOf(request));
    response.writeHead(found === undefined ? 204 : request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(found === undefined ? '' : JSON.stringify(found));
  } catch (error) {
    const told = error instanceof Problem ? error.answer : { type: 'about:blank', title: 'Mock failed', status: 500, detail: String(error) };
    response.writeHead(told.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(told));
  }
}

function serveFile(response, pathname) {
  const wanted = join(DIST, normalize(pathname));
  const isFile = wanted.startsWith(DIST) && existsSync(wanted) && statSync(wanted).isFile();
  if (!isFile && pathname.includes('.')) return void response.writeHead(404).end();
  const file = isFile ? wanted : join(DIST, 'index.html');
  response.writeHead(200, { 'content-type': KINDS[extname(file)] ?? 'application/octet-stream' });
  createReadStream(file).pipe(response);
}

createServer((request, response) => {
  response.setHeader('content-security-policy', POLICY);
  response.setHeader('x-content-type-options', 'nosniff');
  const url = new URL(request.url, 'http://mock');
  if (url.pathname.startsWith(`${BASE}/`)) void serveApi(request, response, url);
  else serveFile(response, url.pathname);
}).listen(PORT, '127.0.0.1', () => console.log(`desk at http://127.0.0.1:${PORT}`));
