/**
 * Cuts a text at offsets counted in code points. JavaScript counts in UTF-16 units, of which an emoji or a rare
 * character takes two, so the text is walked once from cut to cut.
 */
export function cutAt(text: string, cuts: readonly number[]): string[] {
  const pieces: string[] = [];
  let unit = 0;
  let point = 0;
  for (const cut of cuts) {
    const from = unit;
    while (point < cut && unit < text.length) {
      unit += isPairAt(text, unit) ? 2 : 1;
      point += 1;
    }
    pieces.push(text.slice(from, unit));
  }
  pieces.push(text.slice(unit));
  return pieces;
}

function isPairAt(text: string, unit: number): boolean {
  const first = text.charCodeAt(unit);
  if (first < 0xd800 || first > 0xdbff || unit + 1 >= text.length) return false;
  const second = text.charCodeAt(unit + 1);
  return second >= 0xdc00 && second <= 0xdfff;
}
