import type { Entity } from '../api/types';
import { toActor } from '../state/links';
import { shortName } from '../words';

/** Who acts, receives or claims. */
export function Entities({ list, none = 'someone unnamed' }: { list: readonly Entity[]; none?: string }) {
  if (list.length === 0) return <span class="quiet">{none}</span>;
  return (
    <>
      {list.map((entity, place) => (
        <span key={place}>
          {place > 0 && ', '}
          {entity.code ? (
            <a href={toActor(entity.code)} title={[entity.code, entity.sector, entity.office].filter(Boolean).join(', ')}>
              <bdi>{shortName(entity)}</bdi>
            </a>
          ) : (
            <bdi>{entity.entity_name}</bdi>
          )}
        </span>
      ))}
    </>
  );
}
