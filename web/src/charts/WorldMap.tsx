import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import type { Feature, Geometry } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import shapes from 'world-atlas/countries-110m.json?url';
import type { ListedHappening } from '../api/types';
import { useLoad } from '../api/use_load';
import { Figure } from '../components/Figure';
import { hrefWith } from '../state/place';
import { nameOf } from '../state/parties';
import { countOf, signed, toneClass } from '../words';
import { CODE_OF_NUMBER } from './numeric_codes';
import { tallyOf, type CountryTally } from './country_tally';

const WIDTH = 960;
const HEIGHT = 440;

type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

interface Country {
  code: string;
  outline: string;
}

function countriesOf(world: World): Country[] {
  const { features } = feature(world, world.objects.countries);
  const shown = features.filter((each) => each.id !== '010');
  const draw = geoPath(geoNaturalEarth1().fitSize([WIDTH, HEIGHT], { type: 'FeatureCollection', features: shown })).digits(1);
  return shown.map((each: Feature<Geometry>) => ({
    code: CODE_OF_NUMBER.get(String(each.id)) ?? '',
    outline: draw(each) ?? '',
  }));
}

const titleOf = (tally: CountryTally): string =>
  `${nameOf(tally.code)}: ${countOf(tally.happenings, 'happening')}, leaning ${signed(tally.lean)}`;

/** Where the happenings are: countries in the colour of how their happenings lean. */
export function WorldMap({ happenings, drawing }: { happenings: readonly ListedHappening[]; drawing?: RefObject<HTMLElement | null> }) {
  const { value: world } = useLoad<World>(shapes);
  const countries = useMemo(() => (world ? countriesOf(world) : []), [world]);
  const tallies = useMemo(() => tallyOf(happenings), [happenings]);
  const byCode = new Map(tallies.map((tally) => [tally.code, tally]));
  const rows = tallies.map((tally) => ({ country: nameOf(tally.code), happenings: tally.happenings, lean: signed(tally.lean) }));
  return (
    <Figure
      title="Countries of these happenings"
      rows={rows}
      href={(_, place) => hrefWith({ party: tallies[place]?.code, after: null })}
      {...(drawing ? { drawing } : {})}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} class="map" role="group" aria-label="Map of the world">
        {countries.map(({ code, outline }, place) => {
          const tally = byCode.get(code);
          if (!tally) return <path key={place} d={outline} class="land" />;
          return (
            <a key={place} href={hrefWith({ party: code, after: null })} aria-label={titleOf(tally)}>
              <path d={outline} class={`land ${toneClass(tally.lean)}`}><title>{titleOf(tally)}</title></path>
            </a>
          );
        })}
      </svg>
    </Figure>
  );
}
