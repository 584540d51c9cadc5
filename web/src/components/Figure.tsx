import type { ComponentChildren, RefObject } from 'preact';
import { columnsOf, type Row } from '../export/csv';

interface Props {
  title: string;
  children: ComponentChildren;
  rows: readonly Row[];
  /** A link for a row, so that all that can be clicked in the drawing can be reached in the table. */
  href?: (row: Row, place: number) => string;
  drawing?: RefObject<HTMLElement | null>;
}

/** A drawing with its title, and its numbers as a table for those who cannot use the drawing. */
export function Figure({ title, children, rows, href, drawing }: Props) {
  const columns = columnsOf(rows);
  const cell = (row: Row, column: string, first: boolean, place: number) =>
    first && href ? <a href={href(row, place)}>{row[column]}</a> : row[column];
  return (
    <figure ref={drawing}>
      <figcaption>{title}</figcaption>
      {children}
      <details>
        <summary>{title}, as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={`Table: ${title}`}>
          <table>
            <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
            <tbody>
              {rows.map((row, place) => (
                <tr key={place}>{columns.map((column, number) => <td key={column}>{cell(row, column, number === 0, place)}</td>)}</tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
