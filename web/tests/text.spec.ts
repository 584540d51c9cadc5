import { expect, test } from '@playwright/test';
import { csvOf } from '../src/export/csv';
import { cutAt } from '../src/text/code_points';
import { paragraphsOf } from '../src/text/marks';

test('text is cut at code points', () => {
  expect(cutAt('a🚢b', [1, 2])).toEqual(['a', '🚢', 'b']);
  expect(cutAt('🇳🇴x', [2])).toEqual(['🇳🇴', 'x']);
  expect(cutAt('ab', [5])).toEqual(['ab', '']);
  expect(cutAt('\ud83dx', [1])).toEqual(['\ud83d', 'x']);
});

test('marks may overlap and cross lines', () => {
  const marks = [
    { kind: 'quote' as const, of: 'q', start: 1, end: 6 },
    { kind: 'trigger' as const, of: 't', start: 4, end: 8 },
  ];
  const told = paragraphsOf('a🚢\nbcdefg', marks).map((pieces) => pieces.map(({ text, marks: over }) => [text, over.map((mark) => mark.of).join('')]));
  expect(told).toEqual([[['a', ''], ['🚢', 'q']], [['b', 'q'], ['cd', 'qt'], ['ef', 't'], ['g', '']]]);
});

test('a cell of a table is never a formula', () => {
  expect(csvOf([{ a: '=1+1', b: 'x,"y"', c: -2 }])).toBe('a,b,c\r\n\'=1+1,"x,""y""",-2\r\n');
});
