import { address, type Query } from '../api/client';
import type { AlignmentAnswer, BalanceAnswer } from '../api/types';
import { useLoad } from '../api/use_load';
import { strainsOf, type Strain } from '../charts/strains';
import { rowsOfBalance } from '../export/rows_of_balance';
import { hrefWith, query } from '../state/place';
import { nameOf } from '../state/parties';
import { countOf, percent, signed } from '../words';
import { ExportBar } from './ExportBar';
import { pairEvents } from './PairEvidence';
import { PartyLink } from './PartyLink';
import { Waiting } from './Waiting';

const SHOWN = 8;
const ACROSS = '▲ friends across the camps';
const WITHIN = '▼ foes within a camp';
const NO_TRIAD = 'No triad: no three parties are all surely friends or foes of each other.';
const TOO_LITTLE = 'Too little is known by this day to weigh a balance.';

/** How far all parties are from splitting into two camps, friends within and foes between. */
export function Balance({ asked, alignment }: { asked: Query; alignment: AlignmentAnswer | undefined }) {
  const loaded = useLoad<BalanceAnswer>(address('/balance', asked));
  // A ledger without acts is refused, which the drawing beside this says already.
  const isRefused = loaded.error?.status === 400;
  return (
    <section aria-labelledby="balance-title">
      <h2 id="balance-title">Balance</h2>
      {isRefused ? (
        <p class="quiet">{TOO_LITTLE}</p>
      ) : (
        <Waiting loaded={loaded}>{(answer) => <Weighed answer={answer} alignment={alignment} />}</Waiting>
      )}
    </section>
  );
}

function Weighed({ answer, alignment }: { answer: BalanceAnswer; alignment: AlignmentAnswer | undefined }) {
  if (answer.parties.length < 3) return <p class="quiet">{TOO_LITTLE}</p>;
  const strains = alignment?.day === answer.day ? strainsOf(answer, alignment) : [];
  const isPicked = query.value.has('pick');
  return (
    <>
      <ExportBar
        name={`balance-${answer.day}`}
        rows={() => rowsOfBalance(answer, strains)}
        json={() => answer}
        evidence={() => (isPicked ? pairEvents.value : [])}
      />
      <div class="columns">
        <div>
          <Triads answer={answer} />
          <Figures answer={answer} />
        </div>
        <Strains strains={strains} />
      </div>
    </>
  );
}

function Figures({ answer }: { answer: BalanceAnswer }) {
  return (
    <dl class="facts">
      <dt>One camp</dt><dd><Camp answer={answer} second={false} /></dd>
      <dt>The other</dt><dd><Camp answer={answer} second /></dd>
      <dt>Frustration</dt>
      <dd>
        {percent(answer.frustration)}{' '}
        <span class="quiet">of all dealings, by weight, speak against this split; 0 % would be a clean one</span>
      </dd>
      <dt>Modularity</dt>
      <dd>
        {answer.modularity.toFixed(2)} <span class="quiet">how far blocs keep to themselves: 0 as by chance, 1 at most</span>
      </dd>
    </dl>
  );
}

function Triads({ answer: { triads, balanced } }: { answer: BalanceAnswer }) {
  const [friends, commonFoe, commonFriend, foes] = triads;
  const all = friends + commonFoe + commonFriend + foes;
  if (balanced === null || all === 0) return <p class="quiet">{NO_TRIAD}</p>;
  return (
    <>
      <p>
        <strong>{friends + commonFoe} of {countOf(all, 'triad')}</strong> {all === 1 ? 'is' : 'are'} balanced
        ({percent(balanced)}): a friend’s friend is a friend, a foe’s foe is a friend.
      </p>
      <p class="quiet">
        Balanced: {friends} of three friends, {commonFoe} of two friends with a common foe. Unbalanced: {commonFriend} of
        two foes with a common friend, {foes} of three foes.
      </p>
    </>
  );
}

function Camp({ answer, second }: { answer: BalanceAnswer; second: boolean }) {
  const members = answer.parties.filter((_, place) => answer.second_camp[place] === second);
  if (members.length === 0) return <span class="quiet">nobody</span>;
  return <>{members.map((party, place) => <span key={party}>{place > 0 && ', '}<PartyLink code={party} /></span>)}</>;
}

function Strains({ strains }: { strains: readonly Strain[] }) {
  if (strains.length === 0) return <p class="quiet">No pair strains the split.</p>;
  return (
    <div>
      <h3>Pairs that strain the split</h3>
      <ul class="plain">
        {strains.slice(0, SHOWN).map(({ key, one, other, direct }) => (
          <li key={key}>
            <a href={hrefWith({ pick: key })}>{nameOf(one)} and {nameOf(other)}</a>{' '}
            <span class="quiet">{direct > 0 ? ACROSS : WITHIN}, certainty {signed(direct, 2)}</span>
          </li>
        ))}
      </ul>
      {strains.length > SHOWN && <p class="quiet">and {strains.length - SHOWN} more, less certain; the export has all.</p>}
    </div>
  );
}
