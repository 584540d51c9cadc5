import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Explanation } from '../api/types';
import { bundleIn, bundleOf } from '../export/bundle';
import { csvOf, type Row } from '../export/csv';
import { savePng } from '../export/png';
import { saveText } from '../export/save';
import { saveTablePng } from '../export/table_png';

interface Props {
  /** Begins the names of the files. */
  name: string;
  rows: () => Row[];
  json: () => unknown;
  /** Ids of the events that the view rests on. */
  evidence: () => readonly string[];
  /** The evidence itself where the ledger does not have it. */
  inHand?: (() => readonly Explanation[]) | undefined;
  /** Holds the drawing that a PNG shows; without one it shows the rows. */
  drawing?: RefObject<HTMLElement | null>;
}

async function png({ name, rows, drawing }: Props): Promise<void> {
  const svg = drawing?.current?.querySelector('svg');
  await (svg ? savePng(`${name}.png`, svg) : saveTablePng(`${name}.png`, rows()));
}

async function bundle({ name, evidence, inHand }: Props): Promise<void> {
  const text = inHand ? bundleIn(location.href, inHand()) : await bundleOf(location.href, evidence());
  saveText(`${name}-evidence.json`, text, 'application/json');
}

/** Takes a view away: as a table, as data, as an image, or with all its evidence. */
export function ExportBar(props: Props) {
  const [told, setTold] = useState('');
  const run = (work: () => Promise<void> | void) => () => {
    setTold('Preparing…');
    Promise.resolve()
      .then(work)
      .then(() => setTold(''))
      .catch((error: unknown) => setTold(String(error)));
  };
  const { name, rows, json } = props;
  return (
    <div class="export" role="group" aria-label="Export this view">
      <span class="quiet">Export</span>
      <button type="button" onClick={run(() => saveText(`${name}.csv`, csvOf(rows()), 'text/csv'))}>CSV</button>
      <button type="button" onClick={run(() => saveText(`${name}.json`, `${JSON.stringify(json(), null, 2)}\n`, 'application/json'))}>JSON</button>
      <button type="button" onClick={run(() => png(props))}>PNG</button>
      <button type="button" onClick={run(() => bundle(props))}>Evidence</button>
      <span role="status" class="quiet">{told}</span>
    </div>
  );
}
