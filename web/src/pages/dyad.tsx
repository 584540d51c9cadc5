import { get } from '../api';
import { useLoaded } from '../load';
import { EventsOfIds } from '../parts/events';
import { ExportButton } from '../parts/export';
import { Filters } from '../parts/filters';
import { Waiting } from '../parts/waiting';
import { go, withQuery } from '../route';
import type { Dyad, DyadPoint, List, PartyCount, StoredStatement } from '../types';

/** How two sides deal with each other: line, acts of a step, statements, formal ties. */
export function DyadPage({ query }: { query: URLSearchParams }) {
  const [a, b] = [query.get('a') ?? '', query.get('b') ?? ''];
  return (
    <>
      <h1>Dyad</h1>
      <Filters query={query} names={['a', 'b', 'step', 'from', 'to']} />
      {a && b ? <Shown query={query} a={a} b={b} /> : <Suggested />}
    </>
  );
}

function Suggested() {
  const loaded = useLoaded('parties', () => get<{ items: PartyCount[] }>('parties'));
  return (
    <Waiting of={loaded}>
      {({ items }) => (
        <p>
          For example{' '}
          {items.slice(1, 6).map((other) => (
            <>
              <a href={`/dyad?${new URLSearchParams({ a: items[0]?.party ?? '', b: other.party })}`}>
                {items[0]?.name} and {other.name}
              </a>
              {'; '}
            </>
          ))}
        </p>
      )}
    </Waiting>
  );
}

function Shown({ query, a, b }: { query: URLSearchParams; a: string; b: string }) {
  const wanted = { a, b, step: query.get('step') ?? '', from: query.get('from') ?? '', to: query.get('to') ?? '' };
  const loaded = useLoaded(`dyad ${JSON.stringify(wanted)}`, () => get<Dyad>('dyads', wanted));
  return (
    <Waiting of={loaded}>
      {(dyad) => {
        const at = query.get('at') ?? '';
        const point = dyad.points.find((point) => point.from === at);
        return (
          <>
            <Line dyad={dyad} at={at} />
            <Table dyad={dyad} at={at} />
            <ExportButton name={`${a}-${b}`} value={dyad} />
            {point && (
              <section aria-label="Events of the step">
                <h2>
                  {point.from} to {point.to}
                </h2>
                <EventsOfIds ids={[...point.forward_event_ids, ...point.backward_event_ids]} name={`${a}-${b}-${point.from}`} />
              </section>
            )}
            <h2>Formal ties</h2>
            <ul>
              {dyad.pacts.map((pact) => (
                <li>
                  {pact.name} ({pact.kind}
                  {pact.since && `, since ${pact.since}`})
                </li>
              ))}
              {dyad.memberships.map((name) => (
                <li>{name}</li>
              ))}
              {!dyad.pacts.length && !dyad.memberships.length && <li>none known</li>}
            </ul>
            <div class="sides">
              <Said by={a} />
              <Said by={b} />
            </div>
          </>
        );
      }}
    </Waiting>
  );
}

function Said({ by }: { by: string }) {
  const loaded = useLoaded(`said ${by}`, () => get<List<StoredStatement>>('statements', { speaker: by, limit: 8 }));
  return (
    <section aria-label={`Statements of ${by}`}>
      <h2>{by} says</h2>
      <Waiting of={loaded}>
        {(list) => (
          <ul>
            {list.items.map((item) => (
              <li>
                <time>{item.published}</time> {item.statement.speaker?.entity_name}:{' '}
                <a href={`/read/${encodeURIComponent(item.document_id)}`}>“{item.statement.content.text}”</a>
              </li>
            ))}
          </ul>
        )}
      </Waiting>
    </section>
  );
}

const WIDTH = 900;
const HEIGHT = 300;
const LEFT = 36;

function Line({ dyad, at }: { dyad: Dyad; at: string }) {
  const count = Math.max(dyad.points.length - 1, 1);
  const x = (place: number) => LEFT + (place / count) * (WIDTH - LEFT - 8);
  const y = (score: number) => HEIGHT / 2 - (score / 10) * (HEIGHT / 2 - 12);
  const line = (of: (point: DyadPoint) => number) => dyad.points.map((point, place) => `${x(place)},${y(of(point))}`).join(' ');
  const band = (side: 'forward' | 'backward') => {
    const back = dyad.points.map((point, place) => `${x(place)},${y(point[side].low)}`).reverse();
    return `${line((point) => point[side].high)} ${back.join(' ')}`;
  };
  const [one, other] = dyad.sides;
  return (
    <figure>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`Scores of ${one} and ${other} over time; the table has the numbers`}>
        {[-10, -5, 0, 5, 10].map((score) => (
          <g class="grid">
            <line x1={LEFT} x2={WIDTH} y1={y(score)} y2={y(score)} />
            <text x={LEFT - 6} y={y(score) + 4} text-anchor="end">
              {score}
            </text>
          </g>
        ))}
        <polygon class="band one" points={band('forward')} />
        <polygon class="band other" points={band('backward')} />
        <polyline class="line one" points={line((point) => point.forward.score)} />
        <polyline class="line other" points={line((point) => point.backward.score)} />
        {dyad.points.map((point, place) => (
          <rect
            class={point.from === at ? 'pick chosen' : 'pick'}
            x={x(place) - (WIDTH - LEFT) / count / 2}
            width={(WIDTH - LEFT) / count}
            y={0}
            height={HEIGHT}
            onClick={() => go(withQuery({ at: point.from }), true)}
          >
            <title>{`${point.from} to ${point.to}: ${point.both.acts} acts`}</title>
          </rect>
        ))}
      </svg>
      <figcaption>
        <span class="key one">{one} to {other}</span> <span class="key other">{other} to {one}</span> PLOVER score, −10 to 10; the band holds nine
        chances in ten
      </figcaption>
    </figure>
  );
}

function Table({ dyad, at }: { dyad: Dyad; at: string }) {
  const [one, other] = dyad.sides;
  return (
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">
              {one} to {other}
            </th>
            <th scope="col">
              {other} to {one}
            </th>
            <th scope="col">Friendly</th>
            <th scope="col">Hostile</th>
          </tr>
        </thead>
        <tbody>
          {dyad.points.map((point) => {
            const [verbal, material, threats, blows] = point.both.quads;
            return (
              <tr class={point.from === at ? 'chosen' : undefined}>
                <th scope="row">
                  <a href={withQuery({ at: point.from })}>{point.from}</a>
                </th>
                <td>{point.forward.score.toFixed(1)}</td>
                <td>{point.backward.score.toFixed(1)}</td>
                <td>{verbal + material}</td>
                <td>{threats + blows}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
