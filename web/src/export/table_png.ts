import { columnsOf, type Row } from './csv';
import { save } from './save';

const LINE = 22;
const LETTER = 7.2;
const WIDEST = 60;
const MOST_ROWS = 400;

const shorten = (text: string): string => (text.length > WIDEST ? `${text.slice(0, WIDEST - 1)}…` : text);

/** Saves a view without a drawing as an image of its table. */
export async function saveTablePng(name: string, rows: readonly Row[]): Promise<void> {
  const columns = columnsOf(rows);
  const shown = rows.slice(0, MOST_ROWS);
  const table = [columns, ...shown.map((row) => columns.map((column) => shorten(String(row[column] ?? ''))))];
  const widths = columns.map((_, place) => 16 + LETTER * Math.max(...table.map((line) => (line[place] ?? '').length)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.min(8000, widths.reduce((sum, width) => sum + width, 24));
  canvas.height = LINE * (table.length + 1);
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser draws no images');
  const { backgroundColor, color } = getComputedStyle(document.body);
  pen.fillStyle = backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = color;
  table.forEach((line, number) => {
    pen.font = `${number === 0 ? 'bold ' : ''}12px monospace`;
    let x = 12;
    line.forEach((text, place) => {
      pen.fillText(text, x, LINE * (number + 1));
      x += widths[place] ?? 0;
    });
  });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob) save(name, blob);
}
