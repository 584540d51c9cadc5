import { address } from '../api/client';
import type { AlignmentAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { AxesControls } from '../components/AxesControls';
import { AxisList } from '../components/AxisList';
import { Balance } from '../components/Balance';
import { PairEvidence } from '../components/PairEvidence';
import { Standing } from '../components/Standing';
import { Waiting } from '../components/Waiting';
import { span } from '../state/parties';
import { query } from '../state/place';

/** Who stands together against whom on a day. */
export function Axes() {
  const now = query.value;
  const [first, last] = span.value ?? [];
  const today = new Date().toISOString().slice(0, 10);
  const chosen = now.get('on');
  const pick = now.get('pick');
  const asked = { on: chosen, half_life: now.get('half_life'), parties: now.get('parties') };
  const alignment = useLoad<AlignmentAnswer>(address('/alignment', asked));
  // Without a chosen day the server takes the last that has acts.
  const on = chosen ?? alignment.value?.day ?? last ?? today;
  return (
    <>
      <h1>Axes</h1>
      <AxesControls first={first ?? on} last={last ?? today} on={on} />
      <div class="columns wide-first axes">
        <Waiting loaded={alignment}>{(answer) => <Standing answer={answer} />}</Waiting>
        <div class="beside">
          {pick && <PairEvidence pair={pick} on={on} />}
          <AxisList asked={asked} />
        </div>
        <Balance asked={asked} alignment={alignment.value} />
      </div>
    </>
  );
}
