import { geoNaturalEarth1, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import world from 'world-atlas/countries-110m.json';
import type { StoredEvent } from '../types';
import { quadClass } from './event';

const SIZE: [number, number] = [960, 460];
const topology = world as unknown as Topology<{ countries: GeometryCollection }>;
const countries = feature(topology, topology.objects.countries);
const projection = geoNaturalEarth1().fitSize(SIZE, countries);
const path = geoPath(projection);

/** Where events took place, as far as their places are known to the degree; the same as a list for those who see no map. */
export function WorldMap({ events }: { events: StoredEvent[] }) {
  const placed = events.flatMap((stored) => {
    const place = stored.event.event_loc;
    const point = place?.lat != null && place.lon != null ? projection([place.lon, place.lat]) : null;
    return place && point ? [{ stored, place, point }] : [];
  });
  return (
    <figure>
      <svg viewBox={`0 0 ${SIZE[0]} ${SIZE[1]}`} role="img" aria-label={`Map of ${placed.length} events`}>
        {countries.features.map((country) => (
          <path class="country" d={path(country) ?? ''} />
        ))}
        {placed.map(({ stored, place, point }) => (
          <a href={`/read/${encodeURIComponent(stored.event.document_id)}?event=${stored.event.id}`}>
            <circle class={quadClass(stored.event.quad_code)} cx={point[0]} cy={point[1]} r={5}>
              <title>{`${stored.event.event} in ${place.extracted_place}, ${stored.event.date ?? 'undated'}`}</title>
            </circle>
          </a>
        ))}
      </svg>
      <figcaption>{placed.length} of the last {events.length} events have a known place.</figcaption>
    </figure>
  );
}
