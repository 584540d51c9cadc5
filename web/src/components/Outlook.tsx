import { address } from '../api/client';
import type { Forecast } from '../api/types';
import { useLoad } from '../api/use_load';
import { toDyad } from '../state/links';
import { nameOf } from '../state/parties';
import { percent } from '../words';
import { Waiting } from './Waiting';

const SHOWN = 6;

/** Between whom material conflict is likeliest. */
export function Outlook() {
  const loaded = useLoad<Forecast>(address('/forecast'));
  return (
    <section>
      <h2>Outlook</h2>
      <Waiting loaded={loaded}>
        {({ material_conflict, within_days }) => (
          <>
            <p class="quiet">Chance of material conflict within {within_days} days; each leads to the dealings it comes from.</p>
            <ol class="plain">
              {(material_conflict?.pairs ?? []).slice(0, SHOWN).map(({ parties, chance }) => (
                <li key={parties.join()}>
                  <a href={toDyad(parties[0] ?? '', parties[1] ?? '')}>{parties.map(nameOf).join(' – ')}</a> {percent(chance)}
                </li>
              ))}
            </ol>
          </>
        )}
      </Waiting>
    </section>
  );
}
