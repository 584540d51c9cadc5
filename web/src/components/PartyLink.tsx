import { toActor } from '../state/links';
import { nameOf } from '../state/parties';

/** A party by name; leads to all that is known of it. */
export function PartyLink({ code }: { code: string }) {
  return <a href={toActor(code)} title={code}><bdi>{nameOf(code)}</bdi></a>;
}
