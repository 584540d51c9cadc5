import { useEffect, useId, useState } from 'preact/hooks';
import { change } from '../state/place';
import { readableDate } from '../words';

const DAY = 86_400_000;
const PATIENCE = 150;

const dayOf = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / DAY);
const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

interface Props {
  first: string;
  last: string;
  value: string;
}

/** Moves a view through time. The address follows the slider without filling the history. */
export function TimeSlider({ first, last, value }: Props) {
  const id = useId();
  const [shown, setShown] = useState(value);
  useEffect(() => setShown(value), [value]);
  useEffect(() => {
    if (shown === value) return;
    const timer = setTimeout(() => change({ on: shown }, true), PATIENCE);
    return () => clearTimeout(timer);
  }, [shown, value]);
  return (
    <div class="slider">
      <label for={id}>Day</label>
      <output for={id}>{readableDate(shown)}</output>
      <input
        id={id}
        type="range"
        min={dayOf(first)}
        max={dayOf(last)}
        value={dayOf(shown)}
        aria-valuetext={readableDate(shown)}
        onInput={(event) => setShown(dateOf(Number(event.currentTarget.value)))}
      />
    </div>
  );
}
