import { change, hrefWith, query } from '../state/place';
import { Field } from './Field';
import { TimeSlider } from './TimeSlider';

const VIEWS = ['network', 'matrix'] as const;

export const viewOf = (): string => (query.value.get('view') === 'matrix' ? 'matrix' : 'network');

/** The day, and how the standing of parties is drawn. */
export function AxesControls({ first, last, on }: { first: string; last: string; on: string }) {
  const set = (name: string) => (event: { currentTarget: HTMLInputElement }): void => change({ [name]: event.currentTarget.value });
  return (
    <div class="filters" role="group" aria-label="Day and drawing">
      <TimeSlider first={first} last={last} value={on} />
      <nav class="tabs" aria-label="Drawing">
        {VIEWS.map((view) => <a key={view} href={hrefWith({ view })} aria-current={viewOf() === view ? 'true' : undefined}>{view}</a>)}
      </nav>
      <Field label="Half-life, days"><input type="number" min="1" placeholder="180" value={query.value.get('half_life') ?? ''} onChange={set('half_life')} /></Field>
      <Field label="Least strength of a line"><input type="number" min="0" max="1" step="0.05" placeholder="0.25" value={query.value.get('least') ?? ''} onChange={set('least')} /></Field>
    </div>
  );
}
