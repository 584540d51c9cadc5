import type { Told } from '../api/types';
import { PartyLink } from './PartyLink';

/** Parties as the reports of a happening tell them, such as "DNK GOV" or a bare name. */
export function ToldParties({ list, none }: { list: readonly Told[]; none: string }) {
  if (list.length === 0) return <span class="quiet">{none}</span>;
  return (
    <>
      {list.map(({ value }, place) => (
        <span key={value}>
          {place > 0 && ', '}
          <ToldParty value={value} />
        </span>
      ))}
    </>
  );
}

function ToldParty({ value }: { value: string }) {
  const code = /^([A-Z]{3})\b ?(.*)$/.exec(value);
  if (!code?.[1]) return <bdi>{value}</bdi>;
  return <><PartyLink code={code[1]} />{code[2] && <span class="quiet"> {code[2]}</span>}</>;
}
