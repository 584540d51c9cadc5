import { Suspense, lazy } from 'preact/compat';
import { useState } from 'preact/hooks';
import { get } from '../api';
import { useLoaded } from '../load';
import { EventsOfIds } from '../parts/events';
import { ExportButton } from '../parts/export';
import { Matrix } from '../parts/matrix';
import { Waiting } from '../parts/waiting';
import { go, withQuery } from '../route';
import type { Alignment, Axis, PartyCount } from '../types';

const Network = lazy(() => import('../parts/network').then((part) => part.Network));
const DAY = 86_400_000;
/** How long acts count, and from when on two are friends or foes: lenient, for small ledgers have thin pairs. */
const USUAL = { half_life: 180, certainty: 0.3 };

/** Who stands together against whom on a day, and how near any two stand. */
export function Axes({ query }: { query: URLSearchParams }) {
  const on = query.get('on') ?? '';
  const parties = useLoaded('parties', () => get<{ items: PartyCount[]; span: [string, string] | null }>('parties'));
  const axes = useLoaded(`axes ${on}`, () => get<{ day: string; axes: Axis[] }>('axes', { on, ...USUAL }));
  const alignment = useLoaded(`alignment ${on}`, () => get<Alignment>('alignment', { on, half_life: USUAL.half_life }));
  return (
    <>
      <h1>Axes</h1>
      <Waiting of={parties}>{({ span }) => span && <Slider span={span} on={on || span[1]} />}</Waiting>
      <Waiting of={axes}>
        {(found) => (
          <>
            {found.axes.length ? found.axes.slice(0, 12).map((axis) => <AxisCard axis={axis} />) : <p>No axis stands out on {found.day}.</p>}
            <ExportButton name={`axes-${found.day}`} value={found} />
          </>
        )}
      </Waiting>
      <Waiting of={alignment}>
        {(found) => (
          <>
            <h2>Who deals well and badly with whom</h2>
            <Suspense fallback={<p>Loading…</p>}>
              <Network of={found} />
            </Suspense>
            <h2>Alignment</h2>
            <Matrix of={found} />
          </>
        )}
      </Waiting>
    </>
  );
}

function Slider({ span, on }: { span: [string, string]; on: string }) {
  const [first, last, now] = [span[0], span[1], on].map((day) => Math.round(Date.parse(day) / DAY)) as [number, number, number];
  const [shown, show] = useState(now);
  const date = (day: number) => new Date(day * DAY).toISOString().slice(0, 10);
  return (
    <label class="slider">
      As of <time>{date(shown)}</time>
      <input
        type="range"
        min={first}
        max={last}
        value={shown}
        aria-valuetext={date(shown)}
        onInput={(event) => show(Number(event.currentTarget.value))}
        onChange={(event) => go(withQuery({ on: date(Number(event.currentTarget.value)) }), true)}
      />
    </label>
  );
}

function AxisCard({ axis }: { axis: Axis }) {
  const [isOpen, open] = useState(false);
  return (
    <article class="axis">
      <h2>
        {axis.members.map((member, place) => (
          <>
            {place > 0 && ' + '}
            <a href={`/actor/${encodeURIComponent(member.party)}`}>{member.party}</a>
          </>
        ))}{' '}
        against <a href={`/actor/${encodeURIComponent(axis.target)}`}>{axis.target}</a>
      </h2>
      <p>
        strength {axis.strength.toFixed(2)} of {(axis.members.length / 2).toFixed(1)}
        {axis.since && ` since ${axis.since}`}, {axis.trend} <Spark values={axis.history.map(([, strength]) => strength)} />
      </p>
      {axis.edge.length > 0 && <p>at the edge: {axis.edge.slice(0, 5).map((near) => near.party).join(', ')}</p>}
      <details onToggle={(event) => open(event.currentTarget.open)}>
        <summary>Evidence and treaties</summary>
        <ul>
          {axis.pairs.map((pair) => (
            <li>
              <a href={`/dyad?${new URLSearchParams({ a: pair.members[0], b: pair.members[1] })}`}>{pair.members.join(' and ')}</a>: conduct{' '}
              {pair.conduct.toFixed(2)}; {pair.pacts.map((pact) => pact.name).join(', ') || 'no treaty known'}
            </li>
          ))}
        </ul>
        {isOpen && <EventsOfIds ids={axis.evidence_ids} name={`axis-${axis.target}`} />}
      </details>
    </article>
  );
}

function Spark({ values }: { values: number[] }) {
  const most = Math.max(...values, 0.01);
  const points = values.map((value, place) => `${place * 8},${20 - (value / most) * 18}`).join(' ');
  return (
    <svg class="spark" viewBox={`0 0 ${Math.max(values.length - 1, 1) * 8} 20`} aria-hidden="true">
      <polyline class="line one" points={points} />
    </svg>
  );
}
