import { quadName } from '../words';

/** An event's PLOVER type and modes, in the colour and with the sign of its quad. */
export function TypeTag({ type, mode = [], quad }: { type: string; mode?: readonly string[]; quad: number }) {
  return (
    <span class={`tag quad-${quad}`} title={quadName(quad)}>
      <span aria-hidden="true">{quad <= 2 ? '▲' : '▼'}</span> {type}
      {mode.length > 0 && <span class="mode"> {mode.join(' ')}</span>}
    </span>
  );
}
