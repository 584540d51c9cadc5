import { address } from '../api/client';
import type { DyadAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { DyadForm } from '../components/DyadForm';
import { DyadStep } from '../components/DyadStep';
import { DyadTies } from '../components/DyadTies';
import { DyadTimeline } from '../components/DyadTimeline';
import { StatementsOf } from '../components/StatementsOf';
import { Waiting } from '../components/Waiting';
import { nameOf } from '../state/parties';
import { query } from '../state/place';

/** How two parties deal with each other over time. */
export function Dyad() {
  const now = query.value;
  const [a, b] = [now.get('a') ?? '', now.get('b') ?? ''];
  const span = { from: now.get('from'), to: now.get('to') };
  const asked = { a, b, ...span, step: now.get('step'), half_life: now.get('half_life') };
  const loaded = useLoad<DyadAnswer>(a && b ? address('/dyads', asked) : null);
  return (
    <>
      <h1>{a && b ? `${nameOf(a)} and ${nameOf(b)}` : 'Dyad'}</h1>
      <DyadForm />
      {!(a && b) && <p class="quiet">Name two parties to see how they deal with each other.</p>}
      <Waiting loaded={loaded}>
        {(dyad) => {
          const step = dyad.points.find((point) => point.from === now.get('at'));
          return (
            <>
              <DyadTimeline dyad={dyad} a={a} b={b} />
              {step && <DyadStep step={step} a={a} b={b} />}
              <DyadTies dyad={dyad} />
              <div class="columns">
                <StatementsOf party={a} from={step?.from ?? span.from} to={step?.to ?? span.to} />
                <StatementsOf party={b} from={step?.from ?? span.from} to={step?.to ?? span.to} />
              </div>
            </>
          );
        }}
      </Waiting>
    </>
  );
}
