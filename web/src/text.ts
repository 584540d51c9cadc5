// Offsets of records are Unicode code points; JavaScript counts UTF-16 units.

/** Units before each code point of a text, and its length at the end. */
export function unitsOf(text: string): Uint32Array {
  const units = new Uint32Array(text.length + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; ) {
    units[points++] = unit;
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  units[points] = text.length;
  return units.slice(0, points + 1);
}

export interface Mark {
  start: number;
  end: number;
  kind: string;
  id: string;
}

export interface Piece {
  text: string;
  marks: Mark[];
}

/** A text cut where marks begin and end; marks may overlap, and those that are none of the text are left out. */
export function cut(text: string, marks: Mark[]): Piece[] {
  const units = unitsOf(text);
  const points = units.length - 1;
  const sound = marks.filter((mark) => mark.start < mark.end && mark.end <= points);
  const edges = [...new Set([0, points, ...sound.flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  for (let place = 0; place + 1 < edges.length; place++) {
    const [start, end] = [edges[place] ?? 0, edges[place + 1] ?? 0];
    const over = sound.filter((mark) => mark.start <= start && end <= mark.end);
    pieces.push({ text: text.slice(units[start], units[end]), marks: over });
  }
  return pieces;
}

/** A link that may be followed: only to the web. */
export function webLink(address: string | null | undefined): string | undefined {
  return address && /^https?:\/\//i.test(address) ? address : undefined;
}
